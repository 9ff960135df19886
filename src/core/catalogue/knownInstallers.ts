/** Sites of well-known tools whose own documentation says to pipe their installer into a shell. */
export const knownInstallers: readonly string[] = [
  'sh.rustup.rs', 'get.docker.com', 'bun.sh', 'deno.land', 'get.pnpm.io', 'fnm.vercel.app', 'raw.githubusercontent.com/nvm-sh', 'raw.githubusercontent.com/Homebrew', 'raw.githubusercontent.com/helm',
  'raw.githubusercontent.com/ohmyzsh', 'raw.githubusercontent.com/golangci', 'raw.githubusercontent.com/aquasecurity', 'raw.githubusercontent.com/anchore', 'install.python-poetry.org', 'astral.sh', 'bootstrap.pypa.io', 'pyenv.run',
  'deb.nodesource.com', 'rpm.nodesource.com', 'get.helm.sh', 'get.k3s.io', 'get.sdkman.io', 'get.rvm.io', 'rvm.io', 'dl.yarnpkg.com', 'yarnpkg.com', 'aka.ms', 'sdk.cloud.google.com', 'cli.github.com', 'get.pulumi.com', 'fly.io', 'cli.doppler.com',
  'foundry.paradigm.xyz', 'starship.rs', 'get.nextflow.io', 'sh.brew.sh', 'nixos.org', 'install.determinate.systems', 'mise.run', 'mise.jdx.dev', 'taskfile.dev', 'just.systems', 'get.volta.sh', 'dot.net', 'dot.microsoft.com', 'packages.microsoft.com', 'ollama.com', 'claude.ai', 'tailscale.com', 'get.haskellup.org', 'get-ghcup.haskell.org',
]; // prettier-ignore
