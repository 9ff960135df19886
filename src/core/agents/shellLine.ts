/** Commands that write no file, whatever their arguments are. */
const readers = new Set(
  ['[', 'basename', 'cat', 'cd', 'cmp', 'cut', 'date', 'df', 'diff', 'dirname', 'du', 'echo', 'egrep', 'false', 'fgrep', 'grep', 'head', 'hostname', 'id', 'ls', 'pwd', 'readlink', 'realpath', 'sleep', 'stat', 'tail', 'test', 'tr', 'true', 'type', 'uname', 'wc', 'which', 'whoami'],
);

/** Those that write none but with such an argument. */
const readersBut: readonly (readonly [command: string, writes: RegExp])[] = [
  ['find', /\s-(?:delete|exec|ok|fprint|fls)/],
  ['rg', /\s--(?:pre|hostname)/],
  ['sort', /\s(?:-\w*o|--o|--c|\/o)/i],
];

const gitReads = /^git (?:status|log|diff|show|rev-parse|ls-files|ls-tree|blame|grep|cat-file|describe|shortlog)(?= |$)(?!.* (?:--ou|--ext|--textc|-O))/;
const printsLines = /^sed -n (['"]?)\d+(?:,(?:\d+|\$))?p\1(?: [^\s-]\S*)*$/;

/**
 * Whether a shell's command line surely writes no file: each part of it is a reading command, and nothing goes to a file. What is not understood counts as
 * writing: quotes are not looked into, so that what stands in them can only make a line count as one that writes.
 */
export function onlyReads(commandLine: string): boolean {
  const line = commandLine.replaceAll(/(?:\b[12]|&)?>(?:&[12](?!\d)| ?\/dev\/null(?![\w/.]))/g, '');
  if (/[>`]|\$[({]|<\(|(?<!&)&(?!&)/.test(line)) return false;
  const parts = line.split(/&&|\|\|?|[;\n]/).map((part) => part.trim().replaceAll(/\s+/g, ' '));
  return parts.some((part) => part !== '') && parts.every((part) => part === '' || isReader(part));
}

function isReader(part: string): boolean {
  const [command = ''] = part.split(' ');
  if (readers.has(command) || gitReads.test(part) || printsLines.test(part)) return true;
  return readersBut.some(([reader, writes]) => reader === command && !writes.test(part));
}

/** git commands, with the options in front of them, but not those that only tell of such, after which others' text stands in the files: it is no agent's for that. The patch of `git apply` is mostly its own. */
const bringing = /(?:^|[\s;&|(/])git(?:\s+(?:-[Cc]\s+\S+|--(?:git-dir|work-tree|namespace)\s+\S+|-\S+))*\s+(?:(?:checkout(?:-index)?|switch|restore|reset|pull|merge|cherry-pick|revert|clone)(?![\w-])|stash(?!\s+(?:list|show)\b|[\w-])|(?:rebase|am)(?!\s+--show-current-patch\b|[\w-])|worktree\s+add\b|submodule\s+(?!(?:status|summary)\b)[\w-])/;

/** Of these, those that leave the files as they are: a branch that is made where one stands, and what only the index or the branch is set to. */
const leaving = [
  /\bgit(?:\s+-C\s+\S+)?\s+(?:checkout(?:\s+-q|\s+--quiet)*\s+-[bB]|switch(?:\s+-q|\s+--quiet)*\s+(?:-[cC]|--create))\s+[\w./-]+\s*(?=$|[;&|\n])/g,
  /\bgit(?:\s+-C\s+\S+)?\s+reset\b(?![^;&|\n]*\s--(?:hard|merge|keep|recurse-submodules|[hmkr]\w*))(?=[^;&|\n]*)/g,
  /\bgit(?:\s+-C\s+\S+)?\s+restore\b(?=[^;&|\n]*\s(?:--staged|-S)\b)(?![^;&|\n]*\s(?:--worktree|-\w*W))/g,
];

export function bringsBack(commandLine: string): boolean {
  return bringing.test(leaving.reduce((line, harmless) => line.replaceAll(harmless, ' '), commandLine));
}

/** Whether it says that it makes a commit; what a script of its own does it does not say. */
export function commits(commandLine: string): boolean {
  return /(?:^|[\s;&|(/])git(?:\s+(?:-[Cc]\s+\S+|-\S+))*\s+commit(?![\w-])/.test(commandLine);
}

const gitKeepsFiles = /^git (?:add|commit|push|fetch|tag|branch|remote|config)(?![\w-])/;

/** Whether all that a command line says is to read, and to commit, push and the like what stands there: of its own it changes no file. */
export function keepsFiles(commandLine: string): boolean {
  const line = commandLine.replaceAll(/"\$\(cat <<-?\s*'?(\w+)'?\n[^]*?\n\s*\1\s*\)"|'[^']*'|"(?:[^"\\`$]|\\[^])*"/g, 'quoted');
  if (/[>`]|\$[({]|<[(<]|(?<!&)&(?!&)/.test(line)) return false;
  return line.split(/&&|\|\|?|[;\n]/).map((part) => part.trim().replaceAll(/\s+/g, ' ')).every((part) => part === '' || isReader(part) || gitKeepsFiles.test(part));
}

/** The words of a command line that may name files, each once: quotes and what redirects are left out. */
export function wordsOf(commandLine: string): readonly string[] {
  return [...new Set(commandLine.split(/[\s;&|<>()'"`=]+/).filter((word) => word !== '' && !/^-|[*?[\]{}$\0]/.test(word)))];
}
