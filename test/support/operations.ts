import assert from 'node:assert/strict';
import { familyOf, languageOf } from '../../src/core/language/language.ts';
import type { Link, Operation } from '../../src/core/language/operation.ts';
import { runThrough, unhurried } from '../../src/core/language/pace.ts';
import { noProject, type Project } from '../../src/core/language/project.ts';
import { readers } from '../../src/core/language/readers.ts';
import { tableOf, WordScan } from '../../src/core/language/scan.ts';
import type { View } from '../../src/core/language/view.ts';
import { LineText } from '../../src/core/text/lineText.ts';
import { OffsetRange } from '../../src/core/text/offsetRange.ts';
import { ports } from './check.ts';

const views: View[] = [];

export interface Known {
  readonly words: readonly string[];
  readonly imported?: readonly string[];
}

/** Operations are read from the tree as they are asked for: it has to live as long as the test looks at them. */
export async function operationsIn(path: string, code: string, { words, imported = [] }: Known, project: Project = noProject): Promise<Operation[]> {
  const text = new LineText(code);
  const language = languageOf(path, text.line(0));
  if (language === undefined) throw new Error(`no reader for ${path}`);
  const reader = readers[familyOf(language)];
  const view = await reader.open(language, text, { path, changed: [], project }, ports.grammars);
  views.push(view);
  const wordsOf = new WordScan(tableOf([...words, ...reader.words]));
  return runThrough(view.operations({ words: wordsOf, called: wordsOf, inText: wordsOf, imported: new Set(imported) }, [new OffsetRange(0, text.length)], unhurried));
}

/** Call when a describe block is over. */
export function disposeViews(): void {
  for (const view of views.splice(0)) view.dispose();
}

/** One line an operation: what it is, and what it covers. */
export function told(operation: Operation, code: string): string {
  const what =
    operation.kind === 'call' ? (operation.imported ?? `?${operation.name}`) : operation.kind === 'command' ? `$ ${operation.name}` : operation.kind === 'statement' ? `sql ${operation.verb}` : operation.kind;
  return `${what} | ${operation.range.of(code)}`;
}

export function toldLinks(links: readonly Link[]): string {
  return links.map(({ name, args }) => (args === undefined ? name : `${name}(${args.length})`)).join(' ');
}

/** The same text with ⟦⟧ around each operation. */
function marked(text: string, operations: readonly Operation[]): string {
  const ends = operations.flatMap(({ range }) => [{ at: range.start, sign: '⟦' }, { at: range.endExclusive, sign: '⟧' }]);
  return ends.sort((a, b) => b.at - a.at || (a.sign === '⟦' ? -1 : 1)).reduce((whole, { at, sign }) => whole.slice(0, at) + sign + whole.slice(at), text);
}

/** Holds when exactly the ⟦marked⟧ commands of these names are found. */
export async function assertCommands(path: string, example: string, names: readonly string[], project?: Project): Promise<void> {
  const text = example.replace(/[⟦⟧]/g, '');
  const operations = await operationsIn(path, text, { words: names }, project);
  assert.equal(marked(text, operations.filter((operation) => operation.kind === 'command' && names.includes(operation.name))), example);
}
