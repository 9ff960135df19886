import { looseName } from '../text/looseName.ts';

/** The languages that have a checker, by the grammar that reads them. */
export type LanguageId =
  | 'javascript' | 'typescript' | 'tsx' | 'python' | 'go' | 'ruby' | 'php' | 'rust' | 'java' | 'kotlin' | 'csharp'
  | 'shell' | 'sql' | 'hcl'
  | 'yaml' | 'json'
  | 'dockerfile' | 'makefile' | 'powershell' | 'cmd' | 'graphql' | 'properties' | 'crontab' | 'unit'; // prettier-ignore

/** What rules are written for: JavaScript, TypeScript and their JSX kin are one family. */
export type Family = Exclude<LanguageId, 'typescript' | 'tsx'>;

const byEnding: Readonly<Record<string, LanguageId>> = {
  vue: 'typescript', svelte: 'typescript', astro: 'typescript',
  js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascript',
  ts: 'typescript', mts: 'typescript', cts: 'typescript', tsx: 'tsx',
  sh: 'shell', bash: 'shell', zsh: 'shell', ksh: 'shell', fish: 'shell', command: 'shell',
  sql: 'sql', psql: 'sql', pgsql: 'sql', plsql: 'sql', tsql: 'sql', ddl: 'sql', cql: 'sql',
  tf: 'hcl', tofu: 'hcl', tfvars: 'hcl', hcl: 'hcl',
  py: 'python', pyw: 'python',
  go: 'go',
  rb: 'ruby', rake: 'ruby', gemspec: 'ruby', ru: 'ruby',
  php: 'php', phtml: 'php',
  rs: 'rust',
  java: 'java',
  kt: 'kotlin', kts: 'kotlin',
  cs: 'csharp', csx: 'csharp',
  yml: 'yaml', yaml: 'yaml',
  json: 'json', jsonc: 'json', json5: 'json',
  graphql: 'graphql', gql: 'graphql',
  properties: 'properties',
  cron: 'crontab', crontab: 'crontab', service: 'unit', socket: 'unit', mount: 'unit',
  ps1: 'powershell', psm1: 'powershell', psd1: 'powershell', cmd: 'cmd', bat: 'cmd',
  dockerfile: 'dockerfile', containerfile: 'dockerfile', mk: 'makefile', mak: 'makefile',
}; // prettier-ignore

/** Files whose name says what they are, though their ending does not; tried in order on the name in lower case. */
const byName: readonly (readonly [RegExp, LanguageId])[] = [
  [/^(?:docker|container)file(?:\.(?!dockerignore|md|txt|[jt]sx?|py|go|rs|rb|java)[\w-]+)*$/, 'dockerfile'],
  [/^(?:gnu)?makefile(?:\.(?:am|in|inc|include|common|local|dev|test|linux|darwin|macos|osx|win|windows))?$/, 'makefile'],
  [/\.ya?ml\.gotmpl$/, 'yaml'],
  [/^\.(?:envrc|profile|bash(?:rc|_profile|_login|_logout|_aliases)|z(?:shrc|shenv|profile|login|logout)|kshrc|xprofile|xinitrc)$/, 'shell'],
  [/\.(?:ba|z|k)?sh\.(?:tmpl|tpl|gotmpl|j2|jinja2?|erb)$/, 'shell'],
  [/^(?:persistence|hibernate\.cfg)\.xml$/, 'properties'],
  [/^crontab(?:[.-](?!md$|txt$)\w+)*$/, 'crontab'],
  [/\.service\.(?:j2|tmpl|tpl|in)$/, 'unit'],
  [/^flyway(?:[-.]\w+)*\.(?:conf|toml)$/, 'properties'],
  [/^(?:rakefile|gemfile|capfile|guardfile|vagrantfile|brewfile|fastfile|podfile|dangerfile)$/, 'ruby'],
];

/** Files whose folder says what they are. */
const byFolder: readonly (readonly [RegExp, LanguageId])[] = [
  [/(?:^|\/)cron\.d\/[\w-]+$/, 'crontab'],
  [/\.(?:service|socket|mount)\.d\/[^/]+\.conf$/, 'unit'],
];

/** VS Code's ids of the same languages, for documents whose name says nothing (untitled ones). */
const byEditorId: Readonly<Record<string, LanguageId>> = {
  javascript: 'javascript', javascriptreact: 'javascript', typescript: 'typescript', typescriptreact: 'tsx',
  shellscript: 'shell', sql: 'sql', terraform: 'hcl', opentofu: 'hcl', python: 'python', go: 'go', ruby: 'ruby', php: 'php', rust: 'rust', java: 'java', kotlin: 'kotlin', csharp: 'csharp',
  yaml: 'yaml', dockercompose: 'yaml', 'github-actions-workflow': 'yaml', 'azure-pipelines': 'yaml', ansible: 'yaml', dockerfile: 'dockerfile', makefile: 'makefile', powershell: 'powershell', bat: 'cmd', graphql: 'graphql', json: 'json', jsonc: 'json',
}; // prettier-ignore

/** Interpreters that a first line can name; tried in order. */
const shebangs: readonly (readonly [RegExp, LanguageId])[] = [
  [/^#!.*\b(?:ba|z|k|da)?sh\b/, 'shell'],
  [/^#!.*\b(?:node|bun|deno)\b/, 'javascript'],
  [/^#!.*\bpython[\d.]*\b/, 'python'],
  [/^#!.*\bruby\b/, 'ruby'],
  [/^#!.*\bphp\b/, 'php'],
  // What is included as PHP may be called anything.
  [/^\ufeff?<\?php\b/i, 'php'],
];

/** Hooks of git that no first line says more of: git's own folder aside, where hook managers and teams keep them. Their manager runs them with a shell. */
const hook = /(?:^|\/)\.?(?:husky|(?:git-?)?hooks)\/(?:applypatch-msg|(?:pre|post)-applypatch|pre-commit|pre-merge-commit|prepare-commit-msg|commit-msg|post-commit|pre-rebase|post-checkout|post-merge|pre-push|pre-receive|proc-receive|post-receive|post-update|push-to-checkout|reference-transaction|pre-auto-gc|post-rewrite)$/;

/** What a shell runs where a program is asked for: a text without an ending in its name and without a first line that names another interpreter. */
export function isScriptWhereExecutable(path: string, firstLine: string): boolean {
  return !path.slice(path.lastIndexOf('/') + 1).includes('.') && !firstLine.startsWith('#!') && languageOf(path, firstLine) === undefined;
}

/** The language of a file, by its name, else by what the editor calls it, else by its first line; undefined when no checker reads it. */
export function languageOf(path: string, firstLine = '', editorId = ''): LanguageId | undefined {
  const name = looseName(path.slice(path.lastIndexOf('/') + 1)).toLowerCase();
  // Declarations say what there is and do nothing.
  if (/\.d\.[cm]?ts$/.test(name)) return undefined;
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  return firstMatch(byName, name) ?? byEnding[ending] ?? firstMatch(byFolder, path) ?? byEditorId[editorId] ?? firstMatch(shebangs, firstLine) ?? (hook.test(path) && !firstLine.startsWith('#!') ? 'shell' : undefined);
}

function firstMatch(table: readonly (readonly [RegExp, LanguageId])[], text: string): LanguageId | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

export function familyOf(language: LanguageId): Family {
  return language === 'typescript' || language === 'tsx' ? 'javascript' : language;
}
