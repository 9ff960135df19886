import type { SqlStatement } from '../operation.ts';
import { nameAt, namesAt, skip } from './names.ts';
import type { Token } from './tokens.ts';
import { isNarrow } from './types.ts';
import { topLevel, whereOf } from './where.ts';

/** One thing that an ALTER does: those of one kind stand together. */
export interface Alteration extends Pick<SqlStatement, 'verb' | 'object' | 'where' | 'becomes'> {
  readonly targets: readonly string[];
}

/** What may follow DROP in ALTER TABLE and holds no values. */
const holdNothing = new Set([
  'constraint', 'primary', 'foreign', 'index', 'key', 'check', 'default', 'not', 'identity', 'expression', 'unique', 'projection', 'policy', 'statistics', 'row', 'supplemental', 'clustering', 'search',
  'tag', 'masking', 'aggregation', 'join', 'all', 'property', 'system', 'period', 'distribution', 'sortkey',
]); // prettier-ignore

/** Only what takes data, a name or a safeguard away counts. */
export function alterationsOf(own: readonly Token[], source: string): readonly Alteration[] {
  const object = own[1]?.text ?? '';
  if (!['table', 'database', 'schema', 'type'].includes(object)) return [];
  const named = nameAt(own, skip(own, 2, 'if', 'exists', 'only'), source);
  if (named === undefined) return [];
  let next = skip(own, named.next, '*');
  if (own[next]?.text === 'on' && own[next + 1]?.text === 'cluster') next = (nameAt(own, next + 2, source)?.next ?? next + 2);
  const reader = new ActionReader(own, source, object, named.text, next);
  const starts = [next, ...[...topLevel(own, next)].filter((at) => own[at]?.text === ',').map((at) => at + 1)];
  return merged(starts.flatMap((at) => reader.read(at, starts.find((other) => other > at) ?? own.length) ?? []));
}

/** Of several columns dropped in one statement there is one alteration. */
function merged(all: readonly Alteration[]): Alteration[] {
  const out: Alteration[] = [];
  for (const each of all) {
    const same = each.verb === 'alter' && each.becomes === undefined ? out.findIndex((other) => other.object === each.object) : -1;
    const known = out[same];
    if (known === undefined) out.push(each);
    else out[same] = { ...known, targets: [...known.targets, ...each.targets] };
  }
  return out;
}

class ActionReader {
  constructor(
    private readonly own: readonly Token[],
    private readonly source: string,
    private readonly object: string,
    private readonly table: string,
    private readonly first: number,
  ) {}

  /** The action at an index, which ends with a comma or the statement. */
  read(at: number, end: number): Alteration | undefined {
    const { own } = this;
    const word = own[at]?.text;
    switch (word) {
      case 'drop':
      case 'truncate':
      case 'clear':
        return this.readDrop(at, word, end);
      case 'column':
        // `DROP CONSTRAINT a, COLUMN b`.
        return this.own[this.first]?.text === 'drop' ? this.dropped('column', skip(own, at + 1, 'if', 'exists')) : undefined;
      case 'rename':
        return this.readRename(at);
      case 'alter':
        return this.readConversion(skip(own, at + 1, 'column', 'attribute'), end);
      case 'modify':
        return this.object === 'table' ? this.readDefinition(skip(own, at + 1, 'column', 'if', 'exists') + (own[at + 1]?.text === '(' ? 1 : 0), end) : undefined;
      case 'change':
        return this.readChange(skip(own, at + 1, 'column', 'if', 'exists'), end);
      case 'delete':
        return { verb: 'delete', object: 'table', targets: [this.table], where: whereOf(own, at, this.table) };
      case 'update':
        return { verb: 'update', object: 'table', targets: [this.table], where: whereOf(own, at, this.table) };
      case 'disable':
      case 'no':
        return this.readDisabled(at);
      case 'set':
        return this.readSet(at);
      default:
        return undefined;
    }
  }

  private alteration(object: string, targets: readonly string[], becomes?: string): Alteration | undefined {
    return targets.length === 0 ? undefined : { verb: 'alter', object, targets, where: 'none', ...(becomes !== undefined && { becomes }) };
  }

  private dropped(object: string, at: number): Alteration | undefined {
    const { own, source } = this;
    const names = namesAt(own, at + (own[at]?.text === '(' ? 1 : 0), source).map(({ text }) => text);
    return this.alteration(object, names.filter((name) => !/^(?:drop|add|alter|rename|modify|change|set)$/i.test(name)).map((name) => `${this.table}.${name}`));
  }

  private readDrop(at: number, word: string, end: number): Alteration | undefined {
    const { own } = this;
    const what = own[skip(own, at + 1, 'if', 'exists', 'detached')];
    if ((what?.text === 'constraint' || what?.text === 'primary') && own.slice(at, end).some(({ text }) => text === 'cascade')) return this.alteration('constraint', [this.table]);
    if (what === undefined || what.kind === 'end' || holdNothing.has(what.text) || !['table', 'type'].includes(this.object)) return undefined;
    if (what.text === 'partition' || what.text === 'part' || what.text === 'subpartition') {
      const next = skip(own, at + 1, 'if', 'exists', 'detached', 'partition', 'part', 'subpartition');
      const named = own[next];
      const last = named?.text === '(' ? own.findIndex((token, index) => index > next && token.text === ')') : next;
      return named === undefined ? undefined : this.alteration('partition', [`${this.table}.${this.source.slice(named.start, own[last === -1 ? next : last]?.endExclusive)}`]);
    }
    if (word === 'truncate') return undefined;
    if (what.text === 'unused') return this.alteration('column', [`${this.table}.*`]);
    return this.dropped('column', skip(own, at + 1, 'column', 'columns', 'attribute', 'if', 'exists'));
  }

  private readRename(at: number): Alteration | undefined {
    const { own, source } = this;
    const first = own[at + 1]?.text ?? '';
    if (['constraint', 'index', 'key', 'policy', 'partition'].includes(first)) return undefined;
    if (first === 'to' || first === 'as') return this.renamed(`${this.object} name`, this.table, at + 2);
    if (first === 'value') return this.renamed('value name', `${this.table}.${own[at + 2]?.text ?? ''}`, at + 4);
    const column = nameAt(own, skip(own, at + 1, 'column', 'attribute', 'field'), source);
    if (column === undefined) return undefined;
    return own[column.next]?.text === 'to' ? this.renamed('column name', `${this.table}.${column.text}`, column.next + 1) : undefined;
  }

  private renamed(object: string, target: string, at: number): Alteration | undefined {
    const token = this.own[at];
    const to = token?.kind === 'string' ? token.text : nameAt(this.own, at, this.source)?.text;
    return to === undefined ? undefined : this.alteration(object, [target], to);
  }

  /** `ALTER COLUMN c TYPE t USING …`, `c SET DATA TYPE t`, and without a word between them `c t`. */
  private readConversion(at: number, end: number): Alteration | undefined {
    const { own } = this;
    const column = nameAt(own, at, this.source);
    if (column === undefined || this.object === 'database') return undefined;
    let next = column.next;
    const isStandard = own[next]?.text === 'type' || (own[next]?.text === 'set' && own[next + 1]?.text === 'data');
    next = skip(own, next, 'set', 'data', 'type');
    if (!isStandard && (next !== column.next || ['drop', 'add', 'set', 'restart', 'reset'].includes(own[next]?.text ?? ''))) return undefined;
    const using = own.slice(next, end).findIndex(({ text }) => text === 'using');
    const isComputed = isStandard && using !== -1;
    return this.converted(column.text, next, using === -1 ? end : next + using, isStandard, isComputed);
  }

  private readDefinition(at: number, end: number): Alteration | undefined {
    const column = nameAt(this.own, at, this.source);
    return column === undefined ? undefined : this.converted(column.text, column.next, end, false, false);
  }

  /** MySQL's CHANGE names the column twice, and may rename it. */
  private readChange(at: number, end: number): Alteration | undefined {
    const { own, source } = this;
    const from = nameAt(own, at, source);
    const to = from === undefined ? undefined : nameAt(own, from.next, source);
    if (from === undefined || to === undefined) return undefined;
    const isSame = plain(from.text) === plain(to.text);
    return isSame ? this.converted(from.text, to.next, end, false, false) : this.alteration('column name', [`${this.table}.${from.text}`], to.text);
  }

  private converted(column: string, at: number, end: number, isStandard: boolean, isComputed: boolean): Alteration | undefined {
    const type = this.own.slice(at, end);
    if (type.length === 0 || !(isComputed || isNarrow(type, isStandard))) return undefined;
    const words = this.source.slice(type[0]?.start, type.at(-1)?.endExclusive);
    const written = /^[\w ."]+?(?:\([^)]*\)|(?<! ))(?=$|[\s,;]*\b(?:not|null|default|collate|comment|auto_increment|after|first|using)\b|[\s,;]*$)/i.exec(words)?.[0] ?? words;
    return this.alteration('column type', [`${this.table}.${column}`], written.trim());
  }

  private readDisabled(at: number): Alteration | undefined {
    const words = this.own.slice(at, at + 6).map(({ text }) => text).join(' ');
    if (/^(?:disable|no force) row level security/.test(words)) return this.alteration('row level security', [this.table]);
    return words.startsWith('disable trigger') ? this.alteration('trigger', [`${this.table}.${this.own[at + 2]?.text ?? ''}`]) : undefined;
  }

  private readSet(at: number): Alteration | undefined {
    const { own, source } = this;
    const word = own[at + 1]?.text ?? '';
    if (word === 'unused') return this.dropped('column', skip(own, at + 2, 'column'));
    if (word === 'data_retention_time_in_days' && own[at + 3]?.text === '0') return this.alteration('retention', [this.table], '0 days');
    if (this.object === 'database' && ['offline', 'single_user', 'emergency'].includes(word)) return this.alteration('availability', [this.table], word);
    if (this.object === 'database' && word === 'recovery' && own[at + 2]?.text === 'simple') return this.alteration('recovery', [this.table], 'simple');
    const expires = word === 'options' ? own.slice(at).find(({ text }) => text.includes('expiration')) : undefined;
    if (expires === undefined) return undefined;
    const value = own[own.indexOf(expires) + 2];
    return value === undefined || value.text === 'null' ? undefined : this.alteration('retention', [this.table], source.slice(expires.start, value.endExclusive));
  }
}

function plain(name: string): string {
  return name.replace(/["`[\]]/g, '').toLowerCase();
}
