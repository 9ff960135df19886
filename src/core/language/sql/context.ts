import type { SqlStatement } from '../operation.ts';
import { comparable, nameAt, skip } from './names.ts';
import type { Parsed } from './parse.ts';
import type { Token } from './tokens.ts';

const creatable = new Set(['table', 'database', 'schema', 'view', 'index', 'type', 'sequence', 'function', 'procedure', 'role', 'user', 'policy', 'trigger', 'extension', 'domain', 'keyspace', 'columnfamily']);

/** Settings that take a safeguard off what follows. */
const unguarding = /^(?:set (?:session |global |@@)?(?:foreign_key_checks|unique_checks|sql_safe_updates) = (?:0|off)|set (?:session |local )?session_replication_role = '?replica'?|pragma foreign_keys = (?:0|off|false)|set constraints all deferred|set referential_integrity false)/;

/** How many tokens a condition has at most. */
const farthestIf = 12;

/** How far behind INSERT INTO the tables are looked for that it reads. */
const farthestSource = 300;

/** What a statement means within the text that it stands in: what was made before it, what is made after it, and whether any of it stays. */
export class SqlContext {
  /** `table users`, `column users.email` → the index of the token that made it. */
  private readonly created = new Map<string, number>();
  private readonly createdLater = new Map<string, number>();
  private readonly renamedTo = new Map<string, string>();
  private readonly filledFrom = new Map<string, Set<string>>();
  private readonly reEnabled = new Set<string>();
  private readonly rolledBack: { from: number; to: number }[] = [];
  private transaction: number | undefined;
  private knownMysql: boolean | undefined;
  unguarded: string | undefined;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly text: string,
  ) {}

  /** Called for each word that a statement of the text begins with, or that adds something to one. */
  noteHead(head: number): void {
    const { tokens } = this;
    const [word, second] = [tokens[head]?.text, tokens[head + 1]?.text ?? ''];
    const opens = (word === 'begin' && (tokens[head + 1] === undefined || tokens[head + 1]?.kind === 'end' || ['tran', 'transaction', 'work', 'isolation', 'immediate', 'exclusive', 'deferred'].includes(second))) || (word === 'start' && second === 'transaction');
    if (opens) this.transaction = head;
    else if (word === 'commit') this.transaction = undefined;
    else if (word === 'rollback' && second !== 'to' && this.transaction !== undefined && !['to', 'savepoint'].includes(tokens[head + 2]?.text ?? '') && !this.isConditional(head)) {
      this.rolledBack.push({ from: this.transaction, to: head });
      this.transaction = undefined;
    } else if (word === 'set' || word === 'pragma') this.noteSetting(head);
    else if (word === 'insert') this.noteFilling(head);
    else if (word === 'enable' && second === 'trigger') this.reEnabled.add('trigger');
    else if (word === 'alter') this.noteAlter(head);
    else if (word === 'rename') this.noteRename(skip(tokens, head + 1, 'table', 'if', 'exists'));
  }

  /** Whether an IF stands so close before a statement that it decides on it. */
  private isConditional(head: number): boolean {
    return this.tokens.slice(Math.max(0, head - farthestIf), head).some(({ kind, text }) => kind === 'word' && text === 'if');
  }

  private noteSetting(head: number): void {
    const own = this.tokens.slice(head, head + 8);
    const end = own.findIndex(({ kind }) => kind === 'end');
    const setting = end === -1 ? own : own.slice(0, end);
    if (unguarding.test(setting.map(({ text }) => text).join(' '))) this.unguarded = this.text.slice(setting[0]?.start, setting.at(-1)?.endExclusive);
    else if (/^(?:set|pragma) .*(?:foreign_key|session_replication_role|sql_safe_updates)/.test(setting.map(({ text }) => text).join(' '))) this.unguarded = undefined;
  }

  /** INSERT INTO new SELECT … FROM old. */
  private noteFilling(head: number): void {
    const into = nameAt(this.tokens, skip(this.tokens, head + 1, 'into', 'or', 'ignore', 'replace'), this.text);
    if (into !== undefined) this.noteSources(into);
  }

  /** The tables that a statement reads behind the name of the one that it fills. */
  private noteSources(filled: { readonly text: string; readonly next: number }): void {
    for (let at = filled.next; at < Math.min(this.tokens.length, filled.next + farthestSource) && this.tokens[at]?.kind !== 'end'; at++) {
      const from = this.tokens[at]?.text === 'from' ? nameAt(this.tokens, at + 1, this.text) : undefined;
      if (from === undefined) continue;
      const known = this.filledFrom.get(comparable(filled.text)) ?? new Set();
      this.filledFrom.set(comparable(filled.text), known.add(comparable(from.text)));
    }
  }

  private noteAlter(head: number): void {
    const table = nameAt(this.tokens, skip(this.tokens, head + 2, 'if', 'exists', 'only'), this.text);
    if (table === undefined) return;
    const [action, what] = [this.tokens[table.next]?.text, this.tokens[table.next + 1]?.text];
    if (action === 'enable' && what === 'trigger') this.reEnabled.add('trigger');
    else if ((action === 'enable' || action === 'force') && what === 'row') this.reEnabled.add(`row level security ${comparable(table.text)}`);
    else if (action === 'rename' && what === 'to') this.noteRename(table.next, table.text);
  }

  /** `a TO b, c TO d`. */
  private noteRename(at: number, from?: string): void {
    let next = at;
    for (let name = from === undefined ? nameAt(this.tokens, next, this.text) : { text: from, next: at + 1 }; name !== undefined; name = nameAt(this.tokens, next, this.text)) {
      const to = this.tokens[name.next]?.text === 'to' ? nameAt(this.tokens, name.next + 1, this.text) : undefined;
      if (to === undefined) return;
      this.renamedTo.set(comparable(to.text), comparable(name.text));
      if (this.tokens[to.next]?.text !== ',') return;
      next = to.next + 1;
    }
  }

  /** What the same text creates may go again; IF NOT EXISTS says that it may have been there before. */
  noteCreated(at: number): void {
    let isTemporary = false;
    for (let next = at + 1; next < at + 6; next++) {
      const word = this.tokens[next]?.text ?? '';
      if (word.startsWith('temp') || word === 'volatile') isTemporary = true;
      if (!creatable.has(word)) continue;
      const isConditional = this.tokens[next + 1]?.text === 'if';
      const name = nameAt(this.tokens, next + (isConditional ? 4 : 1), this.text);
      if (name === undefined) return;
      if (word === 'table') this.noteSources(name);
      const key = `${word} ${comparable(name.text)}`;
      this.createdLater.set(key, at);
      // A temporary one may be dropped before, where a session had left it.
      if (isTemporary) this.created.set(key, -1);
      else if (!isConditional && this.tokens[at + 1]?.text !== 'or' && !this.created.has(key)) this.created.set(key, at);
      return;
    }
  }

  /** ALTER TABLE t ADD COLUMN c: filling a new column takes nothing away. */
  noteAdded(at: number, head: number): void {
    const table = nameAt(this.tokens, skip(this.tokens, head + 2, 'if', 'exists', 'only'), this.text);
    const column = nameAt(this.tokens, skip(this.tokens, at + 1, 'column', 'if', 'not', 'exists'), this.text);
    if (table !== undefined && column !== undefined) this.created.set(`column ${comparable(table.text)}.${comparable(column.text)}`, at);
  }

  /** Asked when all of the text is noted, of the statement that begins at a token. */
  fateOf(parsed: Parsed, at: number): Pick<SqlStatement, 'isScratch' | 'isRolledBack' | 'isMadeAgain'> {
    const { object, targets, verb } = parsed;
    const madeLater = (target: string) => (this.createdLater.get(`${object} ${comparable(target)}`) ?? -1) > at || (object.endsWith(' name') && this.isNamedAgain(object, target, at));
    return {
      isScratch: parsed.isTemporary || targets.every((target) => this.isNew(parsed, target, at)) || (verb === 'update' && this.isFillingNewColumns(parsed, at)),
      isRolledBack: this.isInRolledBack(at) && !(verb !== 'delete' && verb !== 'update' && this.isMysql),
      isMadeAgain: targets.length > 0 && (targets.every(madeLater) || this.isSwitchedOnAgain(parsed)),
    };
  }

  /** The stretches stand in the order of the text and do not meet. */
  private isInRolledBack(at: number): boolean {
    let low = 0;
    let high = this.rolledBack.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.rolledBack[middle]?.from ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return at < (this.rolledBack[low - 1]?.to ?? 0);
  }

  private isNew({ object, verb }: Parsed, target: string, at: number): boolean {
    const name = comparable(target);
    const own = name.slice(name.lastIndexOf('.') + 1);
    // A column, a new name and the like belong to their table.
    const owner = object === 'table' || object.endsWith('database') || !['alter', 'rename', 'disable'].includes(verb) ? undefined : object === 'table name' ? name : name.slice(0, name.lastIndexOf('.'));
    const isMadeBefore = (key: string) => (this.created.get(key) ?? at) < at;
    if (/^(?:#|@|tempdb\b|pg_temp\b)/.test(name)) return true;
    // A name says less when rows go and the table stays.
    if (verb === 'drop' && object === 'table' && /(?:^|_)(?:te?mp|scratch)(?:_|\d*$)/.test(own)) return true;
    if (isMadeBefore(`${object} ${name}`) || isMadeBefore(`column ${name}`)) return true;
    if (owner !== undefined && isMadeBefore(`table ${owner}`)) return true;
    return verb === 'drop' && object === 'table' && this.isReplaced(name);
  }

  /** SQLite changes a table by copying its rows to a new one, which takes the name of the old one, or out of it and back. */
  private isReplaced(table: string): boolean {
    const isCopy = (copy: string | undefined) => copy !== undefined && copy !== table && this.filledFrom.get(copy)?.has(table) === true;
    return isCopy(this.renamedTo.get(table)) || [...(this.filledFrom.get(table) ?? [])].some(isCopy);
  }

  private isFillingNewColumns({ columns, targets }: Parsed, at: number): boolean {
    return columns.length > 0 && columns.every((column) => (this.created.get(`column ${comparable(targets[0] ?? '')}.${comparable(column)}`) ?? at) < at);
  }

  private isNamedAgain(object: string, target: string, at: number): boolean {
    const name = comparable(target);
    return this.renamedTo.has(name) || ['view', object.replace(' name', '')].some((kind) => (this.createdLater.get(`${kind} ${name}`) ?? -1) > at);
  }

  private isSwitchedOnAgain({ object, targets }: Parsed): boolean {
    return (object === 'trigger' && this.reEnabled.has('trigger')) || (object === 'row level security' && targets.every((target) => this.reEnabled.has(`${object} ${comparable(target)}`)));
  }

  /** MySQL commits before it changes a table's definition. */
  private get isMysql(): boolean {
    this.knownMysql ??= this.text.includes('`') || /\bengine\s*=/i.test(this.text);
    return this.knownMysql;
  }
}
