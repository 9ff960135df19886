/** Aliases that PowerShell starts with, as its documentation lists them (about_Aliases), for cmdlets that rules know or that scripts read on from. */
const aliases: Readonly<Record<string, string>> = {
  rm: 'remove-item', del: 'remove-item', erase: 'remove-item', rd: 'remove-item', ri: 'remove-item', rmdir: 'remove-item',
  clc: 'clear-content', cli: 'clear-item', clp: 'clear-itemproperty', rp: 'remove-itemproperty',
  gci: 'get-childitem', ls: 'get-childitem', dir: 'get-childitem', gi: 'get-item', gc: 'get-content', cat: 'get-content', type: 'get-content',
  '%': 'foreach-object', foreach: 'foreach-object', '?': 'where-object', where: 'where-object',
  iex: 'invoke-expression', icm: 'invoke-command', irm: 'invoke-restmethod', iwr: 'invoke-webrequest', saps: 'start-process', start: 'start-process', sajb: 'start-job',
  kill: 'stop-process', spps: 'stop-process', spsv: 'stop-service', mi: 'move-item', mv: 'move-item', move: 'move-item',
  echo: 'write-output', write: 'write-output',
}; // prettier-ignore

/** The name that rules know a command by: in lower case, without path and ending, an alias as what it stands for. */
export function commandName(written: string): string {
  const name = programName(written);
  return Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
}

/** The name of a program on Windows, where case and ending say nothing. */
export function programName(written: string): string {
  return written.slice(Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\')) + 1).toLowerCase().replace(/\.(?:exe|com|cmd|bat)$/, '');
}

/** The aliases of what rules know, by which they are found in a text. */
export const aliasWords: readonly string[] = Object.keys(aliases).filter((name) => /^\w+$/.test(name));
