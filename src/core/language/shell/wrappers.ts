import type { Word } from '../operation.ts';

/** How to get past a command that runs the command in its arguments. */
interface Wrapper {
  /** Options that take the next word as their value. */
  readonly valued?: readonly string[];
  /** Options with which it runs nothing. */
  readonly idle?: readonly string[];
  /** How many words stand before the command: `timeout 5 …`. */
  readonly operands?: number;
  /** Whether `NAME=value` may stand before the command. */
  readonly assigns?: boolean;
  /** The subcommands that run a command: `docker exec …`. */
  readonly subcommands?: readonly string[];
}

const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: {
    valued: ['-u', '--user', '-g', '--group', '-h', '--host', '-p', '--prompt', '-C', '--close-from', '-r', '--role', '-t', '--type', '-U', '--other-user', '-D', '--chdir', '-R', '--chroot', '-T', '--command-timeout'],
    idle: ['-l', '--list', '-v', '--validate', '-k', '-K', '-e', '--edit', '-V', '--version'],
    assigns: true,
  },
  doas: { valued: ['-u', '-C'] },
  env: { valued: ['-u', '--unset', '-C', '--chdir', '-a', '--argv0'], assigns: true },
  command: { idle: ['-v', '-V'] },
  builtin: {},
  exec: { valued: ['-a'] },
  nohup: {},
  setsid: {},
  nice: { valued: ['-n', '--adjustment'] },
  ionice: { valued: ['-c', '--class', '-n', '--classdata'] },
  time: { valued: ['-f', '--format', '-o', '--output'] },
  timeout: { valued: ['-s', '--signal', '-k', '--kill-after'], operands: 1 },
  gtimeout: { valued: ['-s', '--signal', '-k', '--kill-after'], operands: 1 },
  stdbuf: { valued: ['-i', '--input', '-o', '--output', '-e', '--error'] },
  xargs: { valued: ['-I', '-i', '-n', '--max-args', '-P', '--max-procs', '-L', '--max-lines', '-d', '--delimiter', '-E', '-s', '--max-chars', '-a', '--arg-file', '-J', '-R'] },
  watch: { valued: ['-n', '--interval', '-q', '--equexit'] },
  busybox: {},
  unbuffer: {},
  noglob: {},
  chronic: {},
  caffeinate: { valued: ['-t', '-w'] },
  chroot: { operands: 1 },
  flock: { valued: ['-w', '--timeout', '-E'], operands: 1 },
  npx: { valued: ['-p', '--package'], idle: ['-c', '--call'] },
  bunx: {},
  uvx: {},
  npm: { valued: ['-w', '--workspace', '-p', '--package'], idle: ['-c', '--call'], subcommands: ['exec', 'x'] },
  pnpm: { valued: ['--package'], subcommands: ['exec', 'dlx'] },
  yarn: { valued: ['-p', '--package'], subcommands: ['exec', 'dlx'] },
  bun: { subcommands: ['x'] },
  'cross-env': { assigns: true },
  dotenv: { valued: ['-e', '-v', '-p', '-c'] },
  dotenvx: { valued: ['-f', '--env-file', '-e', '--env'], subcommands: ['run'] },
  'env-cmd': { valued: ['-f', '--file', '-e', '--environments', '-r', '--rc-file'] },
  bundle: { subcommands: ['exec'] },
  poetry: { subcommands: ['run'] },
  pipenv: { subcommands: ['run'] },
  pdm: { subcommands: ['run'] },
  uv: { valued: ['--with', '--python', '-p', '--env-file', '--package'], subcommands: ['run'] },
  pipx: { valued: ['--spec'], subcommands: ['run'] },
  conda: { valued: ['-n', '--name', '-p', '--prefix'], subcommands: ['run'] },
  doppler: { valued: ['-p', '--project', '-c', '--config', '-t', '--token'], subcommands: ['run'] },
  infisical: { valued: ['--env', '--path', '--projectId', '--token'], subcommands: ['run'] },
  op: { valued: ['--env-file', '--account'], subcommands: ['run'] },
  'aws-vault': { valued: ['-d', '--duration', '--region'], subcommands: ['exec'], operands: 1 },
  chamber: { subcommands: ['exec'], operands: 1 },
  railway: { valued: ['-s', '--service', '-e', '--environment', '-p', '--project'], subcommands: ['run'] },
  heroku: { valued: ['-a', '--app', '-r', '--remote', '-s', '--size'], subcommands: ['run', 'run:detached'] },
  kubectl: { valued: ['-n', '--namespace', '-c', '--container', '--context'], subcommands: ['exec'], operands: 1 },
  docker: { valued: ['-e', '--env', '-u', '--user', '-w', '--workdir', '--env-file'], subcommands: ['exec'], operands: 1 },
  podman: { valued: ['-e', '--env', '-u', '--user', '-w', '--workdir', '--env-file'], subcommands: ['exec'], operands: 1 },
}; // prettier-ignore

const assignment = /^[A-Za-z_]\w*\+?=/;

/**
 * What a wrapper runs: the words from the wrapped command's name on; undefined when `words` are no wrapper's,
 * empty when the wrapper runs nothing.
 */
export function unwrap<W extends Word>(name: string, words: readonly W[]): readonly W[] | undefined {
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  if (wrapper === undefined) return undefined;
  let at = 0;
  if (wrapper.subcommands !== undefined) {
    if (!wrapper.subcommands.includes(words[0]?.text ?? '')) return undefined;
    at = 1;
  }
  let operands = wrapper.operands ?? 0;
  for (; at < words.length; at++) {
    const word = words[at]?.text ?? '';
    if (word === '--') {
      at += 1 + operands;
      break;
    }
    if (wrapper.idle?.includes(word) === true) return [];
    if (wrapper.valued?.includes(word) === true) at++;
    else if (word.startsWith('-') && word !== '-') continue;
    else if (wrapper.assigns === true && assignment.test(word)) continue;
    else if (operands > 0) operands--;
    else break;
  }
  return words.slice(at);
}

/** The commands that `find … -exec COMMAND ;` runs, each with the last word of what says on which files. */
export function commandsOfFind<W extends Word>(words: readonly W[]): { readonly words: readonly W[]; readonly behind: W }[] {
  const commands: { words: readonly W[]; behind: W }[] = [];
  for (let at = 1; at < words.length; at++) {
    const behind = words[at - 1];
    if (behind === undefined || !/^-(?:exec|execdir|ok|okdir)$/.test(words[at]?.text ?? '')) continue;
    const end = words.findIndex((word, index) => index > at && (word.text === ';' || word.text === '+'));
    const until = end === -1 ? words.length : end;
    commands.push({ words: words.slice(at + 1, until), behind });
    at = until;
  }
  return commands;
}
