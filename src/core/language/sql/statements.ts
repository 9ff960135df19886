import { OffsetRange } from '../../text/offsetRange.ts';
import type { Loop, SqlStatement } from '../operation.ts';
import { dynamicSqlAt } from './dynamic.ts';
import { comparable, nameAt } from './names.ts';
import { isWhole, type Parsed, parseStatement } from './parse.ts';
import { type Token, tokensOf } from './tokens.ts';

/** The statements of a text that take something away or change many rows, whatever its dialect. */
export function sqlStatementsIn(text: string): readonly SqlStatement[] {
  return statementsOf(text, [], deepestText);
}

/** Bodies in bodies and strings in strings are followed this far. */
const deepestText = 5;

function statementsOf(text: string, address: readonly string[], depth: number): readonly SqlStatement[] {
  return depth === 0 ? [] : new StatementReader(text, address, depth).read();
}

const verbs = new Set(['drop', 'truncate', 'delete', 'update', 'alter']);

/** Behind these a statement begins. */
const openers = new Set(['begin', 'then', 'else', 'loop', 'do', 'as', 'repeat', 'analyze', 'verbose', 'row', 'instead']);

/** Statements that name verbs without running them. */
const talkers = new Set(['grant', 'revoke', 'deny', 'merge', 'comment', 'explain', 'describe', 'desc']);

class StatementReader {
  private readonly tokens: readonly Token[];
  private readonly found: SqlStatement[] = [];
  private readonly created = new Set<string>();
  private readonly loops: Loop[] = [];
  /** Where the current statement begins. */
  private head = 0;
  /** Where the last statement that was found ends: there is none in it that its own brackets do not hold. */
  private foundUntil = 0;
  private brackets = 0;

  constructor(
    private readonly text: string,
    private readonly address: readonly string[],
    private readonly depth: number,
  ) {
    this.tokens = tokensOf(text);
  }

  read(): readonly SqlStatement[] {
    this.tokens.forEach((token, at) => {
      if (token.kind === 'end') this.begin(at + 1);
      else if (token.text === '(') this.brackets++;
      else if (token.text === ')') this.brackets--;
      else if (token.kind === 'body') this.readBody(token);
      else if (token.kind === 'string') this.readDynamic(at);
      else if (token.kind === 'word') this.readWord(token.text, at);
    });
    return this.found;
  }

  private begin(at: number): void {
    this.head = at;
    this.brackets = 0;
  }

  private get headWord(): string {
    return this.tokens[this.head]?.text ?? '';
  }

  private readWord(word: string, at: number): void {
    if (verbs.has(word) && at >= this.foundUntil && this.startsStatement(at)) this.add(at);
    else if (word === 'create') this.noteCreated(at);
    else if (word === 'add' && this.headWord === 'alter') this.noteAdded(at);
    else if (word === 'loop' || word === 'do' || word === 'while') this.readLoop(word, at);
    if (openers.has(word) && this.brackets === 0 && word !== 'as' && word !== 'analyze' && word !== 'verbose' && !(word === 'then' && this.headWord === 'merge')) this.begin(at + 1);
  }

  private readLoop(word: string, at: number): void {
    if (this.tokens[at - 1]?.text === 'end') this.loops.pop();
    else if (word === 'while' || (word === 'do' && this.headWord !== 'while')) return;
    else {
      const keyword = this.headWord === 'for' ? 'in' : 'while';
      const from = this.tokens.slice(this.head, at).find((token) => token.text === keyword);
      const end = this.tokens[at]?.endExclusive ?? 0;
      const start = this.tokens[this.head]?.start ?? end;
      this.loops.push({ over: from === undefined ? '' : this.text.slice(from.endExclusive, this.tokens[at]?.start).trim(), range: new OffsetRange(Math.min(start, end), end) });
    }
  }

  private startsStatement(at: number): boolean {
    const before = at === this.head ? undefined : this.tokens[at - 1];
    if (this.headWord === 'explain' || this.headWord === 'describe' || this.headWord === 'desc') {
      return before !== undefined && (openers.has(before.text) || before.text === ')') && this.tokens.slice(this.head, at).some(({ text }) => text === 'analyze');
    }
    if (before === undefined) return true;
    const isCte = this.headWord === 'with';
    if (before.text === '(') return isCte && ['as', 'materialized'].includes(this.tokens[at - 2]?.text ?? '') && isWhole(this.tokens, at);
    if (openers.has(before.text)) return isWhole(this.tokens, at);
    if (this.brackets !== 0 || talkers.has(this.headWord) || !isWhole(this.tokens, at)) return false;
    return (isCte && before.text === ')') || this.headWord === 'if' || (this.tokens[at]?.beginsLine === true && before.text !== 'on' && before.text !== ',');
  }

  private add(at: number): void {
    const parsed = parseStatement(this.tokens, at, this.text);
    const first = this.tokens[at];
    if (parsed === undefined || first === undefined) return;
    const { verb, object, targets, cascades, endExclusive } = parsed;
    this.foundUntil = endExclusive;
    const range = new OffsetRange(first.start, this.tokens[endExclusive - 1]?.endExclusive ?? first.endExclusive);
    const loop = this.loops.at(-1);
    const where = parsed.where === 'none' && targets.some((target) => this.isCte(target, at)) ? 'present' : parsed.where;
    const address = first.section === 'down' ? [...this.address, 'down'] : this.address;
    this.found.push({ kind: 'statement', verb, object, target: targets.join(', '), where, cascades, isScratch: this.isScratch(parsed), range, address, resolution: 'literal', ...(loop !== undefined && { loop }) });
  }

  /** A statement on a common table expression is bounded by what that selects. */
  private isCte(target: string, at: number): boolean {
    if (this.headWord !== 'with') return false;
    return this.tokens.slice(this.head, at).some((token, index, own) => comparable(token.text) === comparable(target) && own[index + 1]?.text === 'as' && own[index + 2]?.text === '(');
  }

  private isScratch({ object, targets, isTemporary, verb, columns }: Parsed): boolean {
    if (isTemporary) return true;
    const isNew = (target: string): boolean => /^(?:#|@|tempdb\b|pg_temp\b)/i.test(comparable(target)) || this.created.has(`${object} ${comparable(target)}`);
    if (targets.every(isNew)) return true;
    return verb === 'update' && columns.length > 0 && columns.every((column) => this.created.has(`column ${comparable(targets[0] ?? '')}.${comparable(column)}`));
  }

  /** What the same text creates may go again; IF NOT EXISTS says that it may have been there before. */
  private noteCreated(at: number): void {
    if (at !== this.head && !this.tokens[at]?.beginsLine) return;
    let isTemporary = false;
    for (let next = at + 1; next < at + 6; next++) {
      const word = this.tokens[next]?.text ?? '';
      if (word.startsWith('temp')) isTemporary = true;
      if (!['table', 'database', 'schema', 'view', 'index', 'type', 'sequence', 'function', 'role', 'user'].includes(word)) continue;
      const isConditional = this.tokens[next + 1]?.text === 'if';
      const name = nameAt(this.tokens, next + (isConditional ? 4 : 1), this.text);
      const replaces = this.tokens[at + 1]?.text === 'or';
      if (name !== undefined && (isTemporary || !(isConditional || replaces))) this.created.add(`${word} ${comparable(name.text)}`);
      return;
    }
  }

  /** ALTER TABLE t ADD COLUMN c: filling a new column takes nothing away. */
  private noteAdded(at: number): void {
    if (this.brackets !== 0) return;
    const skipWords = (from: number, ...words: string[]): number => {
      let next = from;
      while (words.includes(this.tokens[next]?.text ?? '')) next++;
      return next;
    };
    const table = nameAt(this.tokens, skipWords(this.head + 2, 'if', 'exists', 'only'), this.text);
    const column = nameAt(this.tokens, skipWords(at + 1, 'column', 'if', 'not', 'exists'), this.text);
    if (table !== undefined && column !== undefined) this.created.add(`column ${comparable(table.text)}.${comparable(column.text)}`);
  }

  /** A dollar-quoted body of DO or CREATE FUNCTION runs; any other is a string. */
  private readBody(token: Token): void {
    if (this.headWord !== 'do' && this.headWord !== 'create' && this.tokens[this.head - 1]?.text !== 'do') return;
    const written = this.text.slice(token.start, token.endExclusive);
    const tag = /^\$\w*\$/.exec(written)?.[0] ?? '';
    const body = written.slice(tag.length, written.length > tag.length && written.endsWith(tag) ? -tag.length : undefined);
    const words = this.tokens.slice(this.head, this.head + 6);
    const named = words.findIndex(({ text }) => text === 'function' || text === 'procedure');
    const name = named === -1 ? undefined : nameAt(this.tokens, this.head + named + 1, this.text);
    const address = name === undefined ? this.address : [...this.address, name.text];
    this.take(statementsOf(body, address, this.depth - 1), (range) => range.shift(token.start + tag.length));
  }

  private readDynamic(at: number): void {
    const decoded = dynamicSqlAt(this.tokens, at, this.text);
    if (decoded !== undefined) this.take(statementsOf(decoded.text, this.address, this.depth - 1), (range) => decoded.rangeOf(range));
  }

  private take(statements: readonly SqlStatement[], place: (range: OffsetRange) => OffsetRange): void {
    const outer = this.loops.at(-1);
    for (const statement of statements) {
      const loop = statement.loop === undefined ? outer : { over: statement.loop.over, range: place(statement.loop.range) };
      this.found.push({ ...statement, range: place(statement.range), ...(loop !== undefined && { loop }) });
    }
  }
}
