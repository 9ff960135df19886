import { hole, type Operation, type OperationBase } from '../language/operation.ts';
import type { Factor } from './blastRadius.ts';

/** How much of a foreign text a factor quotes. */
const longestQuote = 60;

export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll(hole, '…').trim();
  return `\`${line.length > longestQuote ? `${line.slice(0, longestQuote - 1)}…` : line}\``;
}

/** What a name that is written stands for, when another file says so. */
export function viaFactors({ via = [] }: Pick<OperationBase, 'via'>): Factor[] {
  return via.map(({ name, file, text }) => ({ text: `${file.endsWith(name.replace(/^\.\//, '')) ? quoted(file) : `${quoted(name)} in ${file}`} runs ${quoted(text)}`, weight: 0 }));
}

/** Commands and calls whose result is a list of what there is. */
const listing = /\b(?:list|ls|describe|get|find|branch|findMany|findAll|all|glob|readdir)\w*/i;

/** A loop makes one deletion many; over words that are all written down it is no more than they are. */
export function loopFactors({ loop }: Pick<OperationBase, 'loop'>): Factor[] {
  if (loop === undefined) return [];
  const { over, range } = loop;
  const isCondition = over === '' || loop.isCondition === true || /[;<>]|^(?:\[\[?\s|!|true$|:$|test\s)/.test(over);
  const isWrittenDown = !isCondition && (/^[\w./@:-]+(?:\s+[\w./@:-]+)*$/.test(over) ? /\s/.test(over) : /^\[[^$`(]*\]$/.test(over));
  const text = isCondition ? 'called in a loop' : /^[$`\w]*.*\(|\s/.test(over) && listing.test(over) ? `called for each that ${quoted(over)} lists` : `called in a loop over ${quoted(over)}`;
  return [{ text, weight: isWrittenDown ? 0 : 1, range }];
}

const production = /(?<![a-z])(?:prod|prd|production)(?![a-z])/i;
const productionInCamelCase = /(?:^|[^A-Za-z])(?:prod|production)(?=[A-Z])|(?<=[a-z])(?:Prod|Production)(?![a-z])/;
const notProduction = /\b(?:non|not|pre)[-_ ]?prod/i;

export function namesProduction(text: string): boolean {
  return (production.test(text) || productionInCamelCase.test(text)) && !notProduction.test(text);
}

const namesIt = ' names production';

/** One factor at most, for the first of the texts that names production. */
export function productionFactors(texts: readonly string[]): Factor[] {
  const named = texts.find(namesProduction);
  return named === undefined ? [] : [{ text: `${quoted(named)}${namesIt}`, weight: 1 }];
}

/** What is known of where an operation is done beside what it is done to, when that is production: the host that a client is given, its address. */
export function placeFactors(operation: Operation, known: readonly Factor[]): Factor[] {
  if (known.some(({ text }) => text.endsWith(namesIt))) return [];
  const client = operation.kind === 'call' ? (operation.receiverValue?.standsFor ?? '') : '';
  return productionFactors([...(operation.on?.split(' ') ?? []), ...[...client.matchAll(/(["'`])([^"'`\s]*)\1/g)].map((match) => match[2] ?? '')]);
}

const dryRuns = new Set(['--dry-run', '--dryrun', '--dry_run', '--just-print', '--what-if', '-WhatIf', '--noop', '--simulate', '--check']);

/** Whether a command only says what it would do. */
export function isDryRun(texts: readonly string[]): boolean {
  return texts.some((text) => dryRuns.has(text) || (/^--dry-?run=/.test(text) && !/=(?:none|false|no|0)$/.test(text)));
}
