import { OffsetRange } from '../../text/offsetRange.ts';
import type { Loop, SqlStatement } from '../operation.ts';
import { openers, verbs } from './begins.ts';
import { actAt, administrativeWords } from './administer.ts';
import { SqlContext } from './context.ts';
import { assignedSqlAt, dynamicSqlAt, executedNames, sqlAt } from './dynamic.ts';
import { comparable, nameAt, skip } from './names.ts';
import { isWhole, type Parsed, parseStatement } from './parse.ts';
import { Routines } from './routines.ts';
import { readByMysql, type Token, tokensOf } from './tokens.ts';

/** The statements of a text that take something away or change many rows, whatever its dialect. */
export function sqlStatementsIn(text: string): readonly SqlStatement[] {
  return telling.test(text) ? statementsOf(text, [], deepestText) : [];
}

/** What stands in every text with such a statement, whole or in pieces that the text puts together. */
const telling = new RegExp(`${[...verbs, 'replace', 'overwrite', ...administrativeWords].join('|')}|\\|\\||\\+|concat|format`, 'i');

/** Bodies in bodies and strings in strings are followed this far. */
const deepestText = 5;

function statementsOf(text: string, address: readonly string[], depth: number): readonly SqlStatement[] {
  if (depth === 0) return [];
  const statements = new StatementReader(text, address, depth).read();
  const other = readByMysql(text);
  if (other === undefined) return statements;
  // Nobody says which server it is for.
  const known = new Set(statements.map(keyOf));
  return [...statements, ...new StatementReader(other, address, depth).read().filter((statement) => !known.has(keyOf(statement)))];
}

function keyOf({ verb, object, target, where, range }: SqlStatement): string {
  return JSON.stringify([verb, object, target, where, range.start]);
}

/** Statements that name verbs without running them. */
const talkers = new Set(['grant', 'revoke', 'deny', 'merge', 'comment', 'explain', 'describe', 'desc']);

/** A statement that was found, before all of the text around it is known. */
interface Found {
  readonly statement: SqlStatement;
  /** What it was parsed to and at which token; absent for what an inner text told of itself. */
  readonly own?: { readonly parsed: Parsed; readonly at: number };
}

class StatementReader {
  private readonly tokens: readonly Token[];
  private readonly found: Found[] = [];
  private readonly context: SqlContext;
  private readonly routines: Routines;
  private readonly loops: Loop[] = [];
  private executed: ReadonlySet<string> | undefined;
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
    this.context = new SqlContext(this.tokens, text);
    this.routines = new Routines(this.tokens, text);
  }

  read(): readonly SqlStatement[] {
    this.tokens.forEach((token, at) => {
      this.routines.note(at);
      if (token.kind === 'end') {
        if (token.text === '\\gexec') this.readGenerated(at);
        this.begin(at + 1);
      } else if (token.text === '(') this.brackets++;
      else if (token.text === ')') this.brackets--;
      else if (token.kind === 'body') this.readBody(token);
      else if (token.kind === 'string') this.readDynamic(at);
      else if (token.kind === 'word') this.readWord(token.text, at);
    });
    return this.found.map(({ statement, own }) => (own === undefined ? statement : { ...statement, ...this.context.fateOf(own.parsed, own.at) }));
  }

  private begin(at: number): void {
    this.head = at;
    this.brackets = 0;
  }

  private get headWord(): string {
    return this.tokens[this.head]?.text ?? '';
  }

  private readWord(word: string, at: number): void {
    const beginsLine = this.tokens[at]?.beginsLine === true && this.brackets === 0;
    if (at === this.head || (beginsLine && this.headWord !== 'if')) this.context.noteHead(at);
    if (verbs.has(word) && at >= this.foundUntil && this.startsStatement(at)) this.add(at);
    else if (word === 'delete' && this.headWord === 'merge') this.addMerge(at);
    else if (administrativeWords.includes(word)) this.addAct(word);
    else if (word === 'create' && (at === this.head || beginsLine)) this.readCreate(at);
    else if (word === 'overwrite' && this.tokens[at - 1]?.text === 'insert') this.add(at - 1);
    else if (word === 'add' && this.headWord === 'alter' && this.brackets === 0) this.context.noteAdded(at, this.head);
    else if (word === 'loop' || word === 'do' || word === 'while') this.readLoop(word, at);
    if (openers.has(word) && this.brackets === 0 && word !== 'as' && word !== 'analyze' && word !== 'verbose' && !(word === 'then' && this.headWord === 'merge')) this.begin(at + 1);
  }

  private readCreate(at: number): void {
    if (this.tokens[at + 1]?.text === 'or' && this.tokens[at + 2]?.text === 'replace') this.add(at);
    this.context.noteCreated(at);
  }

  /** MERGE … WHEN NOT MATCHED BY SOURCE THEN DELETE. */
  private addMerge(at: number): void {
    let when = at - 1;
    while (when > this.head && this.tokens[when]?.text !== 'when') when--;
    const words = this.tokens.slice(when, at).map(({ text }) => text).join(' ');
    const target = nameAt(this.tokens, skip(this.tokens, this.head + 1, 'into', 'top'), this.text);
    if (words !== 'when not matched by source then' || target === undefined) return;
    const parsed: Parsed = { verb: 'delete', object: 'table', targets: [target.text], where: 'unmatched', cascades: false, isTemporary: false, columns: [], endExclusive: at + 1 };
    this.push(parsed, when, at);
  }

  private addAct(word: string): void {
    const act = this.foundUntil > this.head ? undefined : actAt(this.tokens, this.head, word);
    if (act === undefined) return;
    this.push({ verb: 'administer', object: act.object, targets: [act.object], where: 'none', cascades: false, isTemporary: false, columns: [], endExclusive: act.endExclusive }, this.head, this.head);
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

  /** ALTER PUBLICATION … DROP TABLE only takes it off a list. */
  private get isListing(): boolean {
    return this.headWord === 'alter' && ['publication', 'extension', 'share', 'group', 'datashare'].includes(this.tokens[this.head + 1]?.text ?? '');
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
    if (this.brackets !== 0 || talkers.has(this.headWord) || this.isListing || !isWhole(this.tokens, at)) return false;
    return (isCte && before.text === ')') || this.headWord === 'if' || (this.tokens[at]?.beginsLine === true && before.text !== 'on' && before.text !== ',');
  }

  private add(at: number): void {
    for (const parsed of parseStatement(this.tokens, at, this.text)) if (!this.isPhrase(parsed, at)) this.push(parsed, at, at);
  }

  /** `delete users` and nothing else: a dialect has that, and so does everybody who names a task. */
  private isPhrase({ verb, endExclusive }: Parsed, at: number): boolean {
    return verb === 'delete' && at === 0 && endExclusive === this.tokens.length && !this.tokens.some(({ text, kind }) => text === 'from' || text === 'where' || text === 'table' || kind === 'quoted' || text === '.' || text.includes('\\'));
  }

  private push(parsed: Parsed, from: number, at: number): void {
    const first = this.tokens[from];
    if (first === undefined) return;
    const { verb, object, targets, cascades, endExclusive, becomes } = parsed;
    this.foundUntil = endExclusive;
    const range = new OffsetRange(first.start, this.tokens[endExclusive - 1]?.endExclusive ?? first.endExclusive);
    const loop = this.loops.at(-1);
    const where = parsed.where === 'none' && targets.some((target) => this.isCte(target, at)) ? 'present' : parsed.where;
    const { unguarded } = this.context;
    this.found.push({
      own: { parsed, at },
      statement: {
        kind: 'statement', verb, object, target: targets.join(', '), where, cascades, range, resolution: 'literal',
        isScratch: false, isRolledBack: false, isMadeAgain: false,
        address: first.section === 'down' ? [...this.address, 'down'] : this.address,
        ...(becomes !== undefined && { becomes }),
        ...(loop !== undefined && { loop }),
        ...(unguarded !== undefined && { unguarded }),
        ...(this.routines.current !== undefined && { routine: this.routines.current }),
      },
    }); // prettier-ignore
  }

  /** A statement on a common table expression is bounded by what that selects. */
  private isCte(target: string, at: number): boolean {
    if (this.headWord !== 'with') return false;
    return this.tokens.slice(this.head, at).some((token, index, own) => comparable(token.text) === comparable(target) && own[index + 1]?.text === 'as' && own[index + 2]?.text === '(');
  }

  /** A dollar-quoted body of DO or CREATE FUNCTION runs; any other is a string. */
  private readBody(token: Token): void {
    if (this.headWord !== 'do' && this.headWord !== 'create' && this.tokens[this.head - 1]?.text !== 'do') return;
    const written = this.text.slice(token.start, token.endExclusive);
    const tag = /^\$\w*\$/.exec(written)?.[0] ?? '';
    const body = written.slice(tag.length, written.length > tag.length && written.endsWith(tag) ? -tag.length : undefined);
    const name = this.routines.current;
    const statements = statementsOf(body, name === undefined ? this.address : [...this.address, name], this.depth - 1);
    this.take(name === undefined ? statements : statements.map((statement) => ({ ...statement, routine: name })), (range) => range.shift(token.start + tag.length));
  }

  private readDynamic(at: number): void {
    this.executed ??= executedNames(this.tokens);
    const decoded = dynamicSqlAt(this.tokens, at, this.text) ?? (this.executed.size === 0 ? undefined : assignedSqlAt(this.tokens, at, this.text, this.executed));
    if (decoded !== undefined) this.take(statementsOf(decoded.text, this.address, this.depth - 1), (range) => decoded.rangeOf(range));
  }

  /** `SELECT format('DROP TABLE %I', t) … \gexec` runs what it selects. */
  private readGenerated(end: number): void {
    for (let at = this.head; at < end; at++) {
      const token = this.tokens[at];
      const decoded = token?.kind === 'string' ? sqlAt(this.tokens, at, this.text) : undefined;
      if (decoded !== undefined) this.take(statementsOf(decoded.text, this.address, this.depth - 1), (range) => decoded.rangeOf(range));
    }
  }

  private take(statements: readonly SqlStatement[], place: (range: OffsetRange) => OffsetRange): void {
    const outer = this.loops.at(-1);
    for (const statement of statements) {
      const loop = statement.loop === undefined ? outer : { over: statement.loop.over, range: place(statement.loop.range) };
      this.found.push({ statement: { ...statement, range: place(statement.range), ...(loop !== undefined && { loop }) } });
    }
  }
}
