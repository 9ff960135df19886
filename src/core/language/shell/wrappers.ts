import type { LanguageId } from '../language.ts';
import type { Word } from '../operation.ts';

/** How to get past a command that runs the command in its arguments. Lists are separated by blanks. */
interface Wrapper {
  /** Options that take the next word as their value. */
  readonly valued?: string;
  /** Options with which it runs nothing. */
  readonly idle?: string;
  /** Options with which it runs something else than a command. */
  readonly otherwise?: string;
  /** How many words stand before the command: `timeout 5 …`. */
  readonly operands?: number;
  /** Whether `NAME=value` may stand before the command. */
  readonly assigns?: true;
  /** The subcommands that run a command, and how many words stand between: `docker exec CONTAINER …`. */
  readonly subcommands?: Readonly<Record<string, number>>;
  /** Subcommands of its own; every other word is a command. */
  readonly own?: string;
  /** An option whose value is the command: `python -m alembic`. */
  readonly module?: string;
}

const container = '-e --env -u --user -w --workdir --env-file -v --volume --name --network --mount --entrypoint -p --publish -f --file --project-name --profile --context -c --container -H --host --index -l --label --platform';
const tracer = '-o -e -p -s -u -a -E -P -b -I -O -S -X --output --trace --string-limit --user';
const environment = '-e -f --env --file -p --project -c --config -t --token --env-file --environment --path';
const ofNode = '-r --require --import --loader -C --conditions --env-file';

const wrappers: Readonly<Record<string, Wrapper>> = {
  // Who runs it.
  sudo: {
    valued: '-u --user -g --group -h --host -p --prompt -C --close-from -r --role -t --type -U --other-user -D --chdir -R --chroot -T --command-timeout',
    idle: '-l --list -v --validate -k -K -e --edit -V --version',
    assigns: true,
  },
  doas: { valued: '-u -C' },
  gosu: { operands: 1 },
  'su-exec': { operands: 1 },
  pkexec: { valued: '--user' },
  run0: { valued: '-u --user' },
  setpriv: { valued: '--reuid --regid --groups' },
  runuser: { valued: '-u --user -g --group', otherwise: '-c --command -' },
  // How it runs.
  env: { valued: '-u --unset -C --chdir -a --argv0', otherwise: '-S --split-string', assigns: true },
  'cross-env': { assigns: true },
  'cross-env-shell': { assigns: true },
  command: { idle: '-v -V' },
  builtin: {},
  exec: { valued: '-a' },
  nohup: {},
  setsid: {},
  nice: { valued: '-n --adjustment' },
  ionice: { valued: '-c --class -n --classdata' },
  chrt: { operands: 1 },
  taskset: { operands: 1 },
  cpulimit: { valued: '-l -p' },
  time: { valued: '-f --format -o --output' },
  timeout: { valued: '-s --signal -k --kill-after', operands: 1 },
  gtimeout: { valued: '-s --signal -k --kill-after', operands: 1 },
  retry: { valued: '-t --times -d --delay' },
  stdbuf: { valued: '-i --input -o --output -e --error' },
  strace: { valued: tracer },
  ltrace: { valued: tracer },
  xargs: { valued: '-I -i -n --max-args -P --max-procs -L --max-lines -d --delimiter -E -s --max-chars -a --arg-file -J -R' },
  gxargs: { valued: '-I -i -n --max-args -P --max-procs -L --max-lines -d --delimiter -E -s --max-chars -a --arg-file -J -R' },
  parallel: { valued: '-j --jobs -a --arg-file --colsep -S --sshlogin -N -n -I --delay --timeout --retries --joblog' },
  entr: {},
  busybox: {},
  toybox: {},
  unbuffer: {},
  noglob: {},
  nocorrect: {},
  chronic: {},
  fakeroot: {},
  eatmydata: {},
  'xvfb-run': { valued: '-n -s -e -f' },
  caffeinate: { valued: '-t -w' },
  'dumb-init': {},
  tini: {},
  winpty: {},
  arch: {},
  coproc: {},
  'systemd-run': { valued: '-p --property -u --unit --uid --gid -M --machine -E --setenv' },
  'systemd-inhibit': { valued: '--what --why --who --mode' },
  'start-stop-daemon': { otherwise: '--start --stop -S -K' },
  proxychains4: { valued: '-f' },
  proxychains: { valued: '-f' },
  torsocks: {},
  // Where it runs.
  psexec: { valued: '-u -p -n -w -r -a', operands: 1 },
  psexec64: { valued: '-u -p -n -w -r -a', operands: 1 },
  chroot: { operands: 1 },
  'arch-chroot': { operands: 1 },
  unshare: { valued: '--map-user --map-group -R --root -w --wd' },
  nsenter: { valued: '-t --target -S --setuid -G --setgid' },
  flock: { valued: '-w --timeout -E --conflict-exit-code', otherwise: '-c --command', operands: 1 },
  sshpass: { valued: '-p -f -d -P' },
  kubectl: { valued: '-n --namespace -c --container --context --kubeconfig', subcommands: { exec: 1 } },
  k: { valued: '-n --namespace -c --container --context --kubeconfig', subcommands: { exec: 1 } },
  oc: { valued: '-n --namespace -c --container --context', subcommands: { exec: 1, rsh: 1 } },
  docker: { valued: container, subcommands: { exec: 1, run: 1, 'container exec': 1, 'compose exec': 1, 'compose run': 1 } },
  'docker-compose': { valued: container, subcommands: { exec: 1, run: 1 } },
  podman: { valued: container, subcommands: { exec: 1, run: 1, 'compose exec': 1, 'compose run': 1 } },
  nerdctl: { valued: container, subcommands: { exec: 1, run: 1, 'compose exec': 1 } },
  crictl: { subcommands: { exec: 1 } },
  nomad: { valued: '-task -job -namespace', subcommands: { 'alloc exec': 1 } },
  lxc: { subcommands: { exec: 1 } },
  incus: { subcommands: { exec: 1 } },
  multipass: { subcommands: { exec: 1 } },
  k3s: { own: 'server agent etcd-snapshot secrets-encrypt certificate token completion check-config' },
  microk8s: { own: 'start stop status reset enable disable config add-node remove-node leave inspect refresh-certs' },
  limactl: { subcommands: { shell: 1 } },
  lima: {},
  wsl: { valued: '-d --distribution -u --user' },
  toolbox: { valued: '-c --container', subcommands: { run: 0 } },
  heroku: { valued: '-a --app -s --size -r --remote', subcommands: { run: 0, 'run:detached': 0 } },
  railway: { valued: '-s --service -e --environment -p --project', subcommands: { run: 0 } },
  ddev: { valued: '-s --service -d --dir', subcommands: { exec: 0 } },
  lando: { own: 'start stop destroy rebuild info list logs ssh poweroff restart config share version' },
  sail: { own: 'up down build stop restart ps logs shell root-shell open share' },
  // With which settings it runs.
  'aws-vault': { valued: '-d --duration --region', subcommands: { exec: 1 } },
  'aws-okta': { subcommands: { exec: 1 } },
  saml2aws: { valued: '-a --idp-account --exec-profile', subcommands: { exec: 0 } },
  op: { valued: environment, subcommands: { run: 0 } },
  doppler: { valued: environment, otherwise: '--command', subcommands: { run: 0 } },
  infisical: { valued: environment, otherwise: '--command', subcommands: { run: 0 } },
  chamber: { subcommands: { exec: 1 } },
  teller: { subcommands: { run: 0 } },
  berglas: { subcommands: { exec: 0 } },
  dotenv: { valued: environment },
  'dotenv-cli': { valued: environment },
  dotenvx: { valued: environment, subcommands: { run: 0 } },
  'env-cmd': { valued: environment },
  envchain: { operands: 1 },
  direnv: { subcommands: { exec: 1 } },
  asdf: { subcommands: { exec: 0 } },
  mise: { subcommands: { exec: 0, x: 0 } },
  rbenv: { subcommands: { exec: 0 } },
  nvm: { subcommands: { exec: 1 } },
  // Of package managers.
  npx: { valued: '-p --package', idle: '-c --call' },
  pnpx: {},
  bunx: { valued: '-p --package' },
  uvx: { valued: '--from --with -p --python' },
  npm: { valued: '-p --package -w --workspace --prefix', idle: '-c --call', subcommands: { exec: 0, x: 0 } },
  pnpm: { valued: '-C --dir --filter -F --workspace-concurrency --reporter --package', subcommands: { exec: 0, dlx: 0 } },
  yarn: { valued: '--cwd -p --package', subcommands: { exec: 0, dlx: 0 } },
  bun: { valued: '--cwd', subcommands: { x: 0 } },
  bundle: { subcommands: { exec: 0 } },
  composer: { subcommands: { exec: 0 } },
  poetry: { subcommands: { run: 0 } },
  pipenv: { subcommands: { run: 0 } },
  pdm: { subcommands: { run: 0 } },
  hatch: { subcommands: { run: 0 } },
  pipx: { subcommands: { run: 0 } },
  uv: { valued: '--with --python -p --directory --env-file --project --extra --group', subcommands: { run: 0 } },
  conda: { valued: '-n --name -p --prefix', subcommands: { run: 0 } },
  // A script that is a tool of its own: `php artisan`, `python manage.py`.
  python: { valued: '-W -X', otherwise: '-c -', module: '-m' },
  php: { valued: '-d -c', otherwise: '-r -a -i -v -f -' },
  ruby: { valued: '-I -r -C', otherwise: '-e -' },
  node: { valued: ofNode, otherwise: '-e -p --eval --print -' },
  tsx: { valued: ofNode, otherwise: '-e -p --eval --print -' },
  'ts-node': { valued: `${ofNode} -P --project -O`, otherwise: '-e -p --eval --print -' },
};

/** Those of them that run a file, whatever it is called. */
const fileLanguages: Readonly<Record<string, LanguageId>> = { python: 'python', php: 'php', ruby: 'ruby', node: 'javascript', tsx: 'typescript', 'ts-node': 'typescript' };

/** The language as which a wrapper reads the file that it is given; undefined where it is given a module, or anything else. */
export function languageGivenTo(name: string, before: readonly Pick<Word, 'text'>[]): LanguageId | undefined {
  const key = unversioned(name);
  const module = wrappers[key]?.module;
  return Object.hasOwn(fileLanguages, key) && (module === undefined || before.at(-1)?.text !== module) ? fileLanguages[key] : undefined;
}

const assignment = /^[A-Za-z_]\w*\+?=/;

const listOf = (text: string | undefined): readonly string[] => text?.split(' ') ?? [];

/**
 * What a wrapper runs: the words from the wrapped command's name on; undefined when `words` are no wrapper's,
 * empty when the wrapper runs nothing.
 */
export function unwrap<W extends Word>(name: string, words: readonly W[]): readonly W[] | undefined {
  const key = unversioned(name);
  const wrapper = Object.hasOwn(wrappers, key) ? wrappers[key] : undefined;
  if (wrapper === undefined) return undefined;
  const valued = listOf(wrapper.valued);
  const skip = (from: number): number => {
    let at = from;
    for (let text = words[at]?.text ?? ''; text.startsWith('-') && text !== '-' && text !== '--'; text = words[at]?.text ?? '') at += valued.includes(text) ? 2 : 1;
    return at;
  };
  let at = 0;
  let operands = wrapper.operands ?? 0;
  if (wrapper.subcommands !== undefined) {
    const first = skip(0);
    const second = skip(first + 1);
    const one = words[first]?.text ?? '';
    const two = `${one} ${words[second]?.text ?? ''}`;
    const known = [two, one].find((path) => wrapper.subcommands !== undefined && Object.hasOwn(wrapper.subcommands, path));
    if (known !== undefined) {
      operands = wrapper.subcommands[known] ?? 0;
      at = (known === two ? second : first) + 1;
    } else if (wrapper.own === undefined) return undefined;
  }
  if (at === 0 && wrapper.own !== undefined && listOf(wrapper.own).includes(words[skip(0)]?.text ?? '')) return undefined;
  const idle = listOf(wrapper.idle);
  const otherwise = listOf(wrapper.otherwise);
  for (; at < words.length; at++) {
    const word = words[at]?.text ?? '';
    if (otherwise.includes(word)) return undefined;
    if (word === '--') {
      at += 1 + operands;
      break;
    }
    if (word === wrapper.module) return words.slice(at + 1);
    if (idle.includes(word)) return [];
    if (valued.includes(word)) at++;
    else if (word.startsWith('-') && word !== '-') continue;
    else if (wrapper.assigns === true && assignment.test(word)) continue;
    else if (operands > 0) operands--;
    else break;
  }
  const own = words.slice(at);
  const entry = own.length > 0 && !words.slice(0, at).some(({ text }) => text === 'exec') ? entryOf(words.slice(0, at)) : undefined;
  const inner = entry === undefined || own[0]?.text === entry.text ? own : [entry, ...own];
  // A container without a mount is thrown away with all its files.
  if (isThrownAway(words, at) && filesOnly.has(inner[0]?.text ?? '')) return [];
  // Without a command these are what they are: `php`, `npm exec`.
  return at >= words.length && (wrapper.otherwise !== undefined || wrapper.own !== undefined) ? undefined : inner;
}

/** Programs that images start, which their names do not always say. */
const entries: Readonly<Record<string, string>> = { 'aws-cli': 'aws', terraform: 'terraform', opentofu: 'tofu', terragrunt: 'terragrunt', kubectl: 'kubectl', helm: 'helm', pulumi: 'pulumi', rclone: 'rclone', mc: 'mc', flyway: 'flyway', liquibase: 'liquibase' };

/** The program that a container starts with the words behind its image: what it is told to, else the image's own. */
function entryOf<W extends Word>(before: readonly W[]): W | undefined {
  const at = before.findIndex(({ text }) => /^--entrypoint(?:=|$)/.test(text));
  const option = before[at];
  if (option !== undefined) return option.text.includes('=') ? { ...option, text: option.text.slice('--entrypoint='.length) } : before[at + 1];
  const image = before.at(-1);
  const program = entries[(image?.text ?? '').replace(/^.*\//, '').replace(/[:@].*$/, '')];
  return image === undefined || program === undefined ? undefined : { ...image, text: program };
}

const filesOnly = new Set(['rm', 'find', 'dd', 'chmod', 'chown', 'mv', 'truncate', 'shred']);

function isThrownAway(words: readonly Word[], end: number): boolean {
  const options = words.slice(0, end).map(({ text }) => text);
  return options[0] === 'run' && options.includes('--rm') && !options.some((text) => /^(?:-v|--volumes?|--mount|--privileged|--pid|-v.+|--volumes?-from)(?:=|$)/.test(text));
}

/** `python3.12` is `python`. */
export function unversioned(name: string): string {
  return /^(?:python|php|ruby|perl|node)(?=[\d.]+$)/.exec(name)?.[0] ?? name;
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
