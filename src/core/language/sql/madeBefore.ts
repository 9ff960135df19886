import type { Call, Operation, SqlStatement } from '../operation.ts';

/** Marks statements on tables that calls before, in the same function, make: what it made itself it may empty and drop. */
export function knowingWhatWasMade(operations: readonly Operation[], call: Pick<Call, 'preceding' | 'address'>): Operation[] {
  return operations.map((operation) => (operation.kind === 'statement' && operation.object === 'table' && !operation.isScratch && isMadeBefore(operation, call) ? { ...operation, isScratch: true } : operation));
}

function isMadeBefore({ target }: SqlStatement, call: Pick<Call, 'preceding' | 'address'>): boolean {
  const name = target.replace(/^["'`[]|["'`\]]$/g, '');
  if (!/^[\w.]+$/.test(name)) return false;
  const { preceding = '' } = call;
  // Without a function around it the text before holds those of others, which stand farther in.
  const line = call.address.length === 0 ? '^\\S[^\\n]*' : '';
  // IF NOT EXISTS says that it may have been there before, but for one that goes with the session.
  const made = `\\bcreate\\s+(?:(?:global|local)\\s+)?(?:te?mp(?:orary)?\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?|(?:unlogged\\s+|transient\\s+)?table\\s+(?!if\\b))["'\`[]?${name.replaceAll('.', '\\.')}(?![\\w.])`;
  return new RegExp(line + made, 'im').test(preceding);
}
