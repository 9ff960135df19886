import type { Call, Operation, SqlStatement } from '../operation.ts';

/** Marks statements on tables that calls before, in the same function, make: what it made itself it may empty and drop. */
export function knowingWhatWasMade(operations: readonly Operation[], call: Pick<Call, 'preceding' | 'address'>): Operation[] {
  return operations.map((operation) => (operation.kind === 'statement' && operation.object === 'table' && !operation.isScratch && isMadeBefore(operation, call) ? { ...operation, isScratch: true } : operation));
}

function isMadeBefore({ target }: SqlStatement, call: Pick<Call, 'preceding' | 'address'>): boolean {
  const name = target.replace(/^["'`[]|["'`\]]$/g, '');
  if (!/^[\w.]+$/.test(name)) return false;
  const { preceding = '' } = call;
  // Without a function around it the text before holds those of others, which stand farther in, and other blocks.
  const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(preceding)?.[1] ?? '';
  const [line, before] = call.address.length === 0 ? [`^${indent}\\S[^\\n]*`, blockBefore(preceding, indent.length)] : ['', preceding];
  // IF NOT EXISTS says that it may have been there before, but for one that goes with the session.
  const made = `\\bcreate\\s+(?:(?:global|local)\\s+)?(?:te?mp(?:orary)?\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?|(?:unlogged\\s+|transient\\s+)?table\\s+(?!if\\b))["'\`[]?${name.replaceAll('.', '\\.')}(?![\\w.])`;
  return new RegExp(line + made, 'im').test(before);
}

/** The last lines of a text that are set in at least so far. */
function blockBefore(text: string, indent: number): string {
  const lines = text.split('\n');
  const above = lines.findLastIndex((line) => line.trim() !== '' && line.search(/\S/) < indent);
  return lines.slice(above + 1).join('\n');
}
