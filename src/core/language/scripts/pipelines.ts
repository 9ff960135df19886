import { type Data, entryOf, hasKey, valueAt } from '../data/data.ts';
import type { Found, ScriptPlaces } from '../data/places.ts';
import { argsOfImage, argvOrLine, at, codeFor, lines, linesOf, textAt, where } from './read.ts';

/** The action that takes JavaScript, in which `github` is a client of the API. */
export const githubScript = 'actions/github-script';

/** The services that run a repository's scripts, by their own documentation of the file they read. */
export const pipelines: readonly ScriptPlaces[] = [
  {
    files: /(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions)\/.*\.ya?ml$/,
    looksLike: (root) => (hasKey(root, 'on', 'true') && hasKey(root, 'jobs')) || valueAt(root, 'runs', 'steps') !== undefined,
    places: {
      // Code of another language is found by the word for what runs it, which stands beside it.
      ...at(codeOfStep, 'jobs/*/steps/*', 'runs/steps/*'),
      ...at(linesOf(shellOfGithub), 'jobs/*/steps/*/run', 'runs/steps/*/run'),
      // Inputs of actions that hand a script to a shell, often on another machine.
      ...at(where(isShellInput, lines), 'jobs/*/steps/*/with/*', 'runs/steps/*/with/*'),
    },
  },
  {
    files: /(?:^|\/)(?:[^/]*\.?gitlab-ci[^/]*\.ya?ml$|\.?gitlab(?:-ci)?\/.*\.ya?ml$)/,
    looksLike: (root) => (entryOf(root, 'stages')?.value.kind === 'list' && anyValue(root, (job) => hasKey(job, 'script'))) || anyValue(root, (job) => hasKey(job, 'script') && hasKey(job, 'stage', 'before_script', 'after_script')),
    places: {
      ...at(lines, '*/script', '*/before_script', '*/after_script', 'before_script', 'after_script'),
      // Lines kept for jobs that name them by anchor or `!reference`.
      '*': where(({ key, data }) => typeof key === 'string' && key.startsWith('.') && data.kind === 'list', lines),
    },
  },
  {
    files: /(?:^|\/)[^/]*azure-pipelines[^/]*\.ya?ml$|(?:^|\/)\.?azure-?(?:pipelines|devops)?\/.*\.ya?ml$/,
    looksLike: (root) => hasKey(root, 'steps', 'jobs', 'stages', 'extends') && hasKey(root, 'pool', 'trigger', 'pr', 'parameters', 'resources') && !hasKey(root, 'on'),
    places: {
      ...at(linesOf(shellOfAzureTask), '**/inputs/script', '**/inputs/inlineScript', '**/inputs/Inline', '**/inputs/InlineScript', '**/inputs/ScriptText'),
      ...at(linesOf(({ parents }) => (isOnWindows(parents) ? 'cmd' : 'bash')), '**/steps/*/script', '**/script'),
      ...at(lines, '**/steps/*/bash', '**/bash'),
      ...at(linesOf(() => 'pwsh'), '**/steps/*/powershell', '**/steps/*/pwsh', '**/powershell', '**/pwsh'),
    },
  },
  {
    files: /(?:^|\/)\.circleci\/.*\.ya?ml$/,
    looksLike: (root) => hasKey(root, 'version') && hasKey(root, 'jobs', 'commands') && hasKey(root, 'orbs', 'workflows', 'executors'),
    places: at(lines, '**/steps/*/run', '**/steps/*/run/command', '**/steps/*/*/steps/*/run', '**/steps/*/*/steps/*/run/command'),
  },
  {
    files: /(?:^|\/)bitbucket-pipelines\.ya?ml$/,
    looksLike: (root) => valueAt(root, 'pipelines')?.kind === 'map' && !hasKey(root, 'jobs'),
    places: at(lines, '**/script', '**/after-script'),
  },
  {
    files: /(?:^|\/)\.travis\.ya?ml$/,
    places: at(lines, ...travisPhases(), ...travisPhases().map((phase) => `jobs/include/*/${phase}`), ...travisPhases().map((phase) => `matrix/include/*/${phase}`), 'deploy/script', 'deploy/*/script'),
  },
  {
    files: /(?:^|\/)\.?appveyor\.ya?ml$/,
    places: {
      ...at(linesOf(() => 'cmd'), '**/*/cmd', ...appveyorScripts()),
      ...at(linesOf(() => 'pwsh'), '**/*/ps', '**/*/pwsh'),
      ...at(lines, '**/*/sh'),
    },
  },
  {
    files: /(?:^|\/)\.(?:drone|woodpecker)(?:\/.*)?\.ya?ml$/,
    looksLike: (root) => textAt(root, 'kind') === 'pipeline' && hasKey(root, 'steps'),
    places: at(lines, 'steps/*/commands', 'pipeline/*/commands'),
  },
  {
    files: /(?:^|\/)\.?buildkite\/.*\.ya?ml$|(?:^|\/)pipeline\.ya?ml$/,
    places: at(lines, '**/steps/*/command', '**/steps/*/commands'),
  },
  {
    files: /(?:^|\/)buildspec[^/]*\.ya?ml$/,
    looksLike: (root) => hasKey(root, 'version') && valueAt(root, 'phases')?.kind === 'map',
    places: at(lines, 'phases/*/commands', 'phases/*/finally', 'batch/**/commands'),
  },
  {
    files: /(?:^|\/)amplify\.ya?ml$/,
    places: at(lines, '**/phases/*/commands'),
  },
  {
    files: /(?:^|\/)cloudbuild[^/]*\.(?:ya?ml|json)$/,
    looksLike: (root) => anyValue(valueAt(root, 'steps'), (step) => /^(?:gcr\.io|.*-docker\.pkg\.dev)\//.test(textAt(step, 'name') ?? '')),
    places: { ...at(lines, 'steps/*/script'), ...at(argsOfImage('name'), 'steps/*/args') },
  },
  {
    files: /(?:^|\/)\.semaphore\/.*\.ya?ml$/,
    places: at(lines, '**/commands'),
  },
  {
    files: /(?:^|\/)skaffold[^/]*\.ya?ml$/,
    places: at(argvOrLine, '**/hooks/*/*/command', '**/hooks/*/*/host/command', '**/hooks/*/*/container/command', '**/custom/buildCommand', '**/customActions/*/containers/*/command'),
  },
  {
    files: /(?:^|\/)render\.ya?ml$/,
    places: at(lines, ...['buildCommand', 'startCommand', 'preDeployCommand', 'initialDeployHook', 'dockerCommand'].map((key) => `services/*/${key}`)),
  },
];

function shellOfGithub({ parents }: Found): string | undefined {
  const [step] = parents;
  const named = textAt(step, 'shell') ?? parents.map((each) => textAt(each, 'defaults', 'run', 'shell')).find((shell) => shell !== undefined);
  return named ?? (isOnWindows(parents) ? 'pwsh' : undefined);
}

function codeOfStep({ data }: Found): ReturnType<typeof codeFor> {
  if (data.kind !== 'map') return undefined;
  if (textAt(data, 'shell')?.startsWith('python') === true) return codeFor('python', valueAt(data, 'run'));
  return isGithubScript(data) ? codeFor('javascript', valueAt(data, 'with', 'script')) : undefined;
}

function isGithubScript(step: Data | undefined): boolean {
  return textAt(step, 'uses')?.split('@')[0] === githubScript;
}

const shellInputs = new Set(['script', 'script_stop', 'command', 'commands', 'inlineScript', 'run', 'cmd', 'pre_build', 'post_build']);

function isShellInput({ key, parents }: Found): boolean {
  return typeof key === 'string' && shellInputs.has(key) && !/github-script|python/i.test(textAt(parents[1], 'uses') ?? '');
}

function shellOfAzureTask({ parents }: Found): string | undefined {
  const [inputs, step] = parents;
  const task = textAt(step, 'task') ?? '';
  const type = textAt(inputs, 'scriptType') ?? '';
  if (/^(?:PowerShell|AzurePowerShell|SqlAzureDacpac)/i.test(task) || /^(?:ps|pscore)$/i.test(type)) return 'pwsh';
  if (/^batch$/i.test(type) || /^BatchScript/i.test(task)) return 'cmd';
  return /^python/i.test(task) ? 'python' : undefined;
}

function isOnWindows(parents: readonly Data[]): boolean {
  return parents.some((each) => /windows/i.test(textAt(each, 'runs-on') ?? textAt(each, 'pool', 'vmImage') ?? ''));
}

function anyValue(data: Data | undefined, test: (value: Data) => boolean): boolean {
  const values = data?.kind === 'map' ? data.entries.map((entry) => entry.value) : data?.kind === 'list' ? data.items : [];
  return values.some(test);
}

function travisPhases(): string[] {
  return ['before_install', 'install', 'before_script', 'script', 'before_cache', 'after_success', 'after_failure', 'before_deploy', 'after_deploy', 'after_script'];
}

function appveyorScripts(): string[] {
  return ['init', 'install', 'before_build', 'build_script', 'after_build', 'before_test', 'test_script', 'after_test', 'before_deploy', 'deploy_script', 'after_deploy', 'on_success', 'on_failure', 'on_finish'].map((phase) => `${phase}/*`);
}
