import { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Data } from '../data/data.ts';
import type { ReadDocuments } from '../data/dataText.ts';
import type { Grammars } from '../grammars.ts';
import { type LanguageId, languageOf } from '../language.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import { Syntax } from '../syntax.ts';
import { changedPart, firstLineIn, wholeOf } from './changedPart.ts';
import { removal, renaming, settingChanges } from './changes.ts';
import { cloudFormation } from './cloudFormation.ts';
import { compose } from './compose.ts';
import { type Declared, seamOf } from './declared.ts';
import type { Dialect } from './dialect.ts';
import { helmValues } from './helmValues.ts';
import { kubernetes } from './kubernetes.ts';
import { renamesAmong } from './renames.ts';
import { terraformJson } from './terraformJson.ts';
import { isTemplated, withoutTemplates } from './templates.ts';

const dialects: readonly Dialect[] = [cloudFormation, kubernetes, compose, helmValues, terraformJson];

/** The tools that a file may belong to, by what it held or by another file that changed with it. */
function dialectsOf({ path, before, changed }: FileContext): readonly Dialect[] {
  const others = changed.flatMap((other) => (isData(other.path) && other.before !== undefined ? [other] : []));
  return dialects.filter((dialect) => (before !== undefined ? dialect.mayBe(path, before) : others.some((other) => dialect.mayBe(other.path, other.before ?? ''))));
}

function isData(path: string): boolean {
  const language = languageOf(path);
  return language === 'yaml' || language === 'json';
}

/** Whether a YAML or JSON file differs from what it was, or is new beside files that something may have moved from. */
export function isComparedData(file: FileContext, text: LineText): boolean {
  return file.before !== text.toString() && dialectsOf(file).length > 0;
}

const empty = new LineText('');

/** A text of another time or another file, read as documents. */
interface Read {
  readonly syntax: Syntax;
  readonly text: LineText;
  readonly documents: readonly Data[];
  readonly hasErrors: boolean;
}

/** What the changed part of a file declared and declares. */
interface Sides {
  readonly before: readonly Declared[];
  readonly after: readonly Declared[];
  /** All of the file after. */
  readonly documents: readonly Data[];
  /** Whether the text cannot be read, and could before. */
  readonly isBroken: boolean;
  readonly text: LineText;
  readonly part: OffsetRange;
}

/**
 * What a change of a YAML or JSON file does to what it declares. The other files of the change are only read when
 * something is gone from this one or new in it: it may have moved.
 */
export class DataComparison {
  private readonly read = new Map<string, Read>();
  /** The file's own text without its templates, when it has some. */
  private own: Read | undefined;

  private constructor(
    private readonly file: FileContext,
    private readonly parse: (text: LineText) => Syntax,
    private readonly documentsOf: ReadDocuments,
  ) {}

  /** Undefined when the file is not compared. */
  static async open(file: FileContext, language: LanguageId, documentsOf: ReadDocuments, grammars: Grammars): Promise<DataComparison | undefined> {
    const makeParser = dialectsOf(file).length > 0 ? await grammars.parsersFor(language) : undefined;
    return makeParser === undefined ? undefined : new DataComparison(file, (text) => new Syntax(makeParser(), text), documentsOf);
  }

  dispose(): void {
    for (const { syntax } of this.read.values()) syntax.dispose();
    this.read.clear();
    this.own?.syntax.dispose();
    this.own = undefined;
  }

  /** @param own what the file's own text reads as */
  *operations(text: LineText, own: Pick<Read, 'documents' | 'hasErrors'>, pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const { path, before } = this.file;
    const old = before === undefined ? undefined : yield* this.textOf(before, pace);
    const written = text.toString();
    const now = isTemplated(written) ? yield* this.readOwn(withoutTemplates(written), pace) : { ...own, text };
    const textBefore = old?.text ?? empty;
    const changed = changedPart(textBefore, now.text);
    const found: Operation[] = [];
    for (const dialect of dialectsOf(this.file)) {
      const reachesFar = dialect.reachesFar?.test(textBefore.slice(changed.before) + now.text.slice(changed.after)) === true;
      const part = reachesFar ? wholeOf(textBefore, now.text) : changed;
      const sides: Sides = {
        before: old === undefined ? [] : dialect.read(path, old.documents, old.text, part.before),
        after: dialect.read(path, now.documents, text, part.after),
        documents: now.documents,
        isBroken: now.hasErrors && old?.hasErrors !== true,
        text,
        part: part.after,
      };
      found.push(...(yield* this.changes(dialect, sides, pace)));
    }
    return found;
  }

  private *readOwn(text: string, pace: Pick<Pace, 'isOver'>): Paced<Read> {
    this.own?.syntax.dispose();
    this.own = undefined;
    return (this.own = yield* this.parsed(text, pace));
  }

  private *changes(dialect: Dialect, { before, after, documents, isBroken, text, part }: Sides, pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const [oldByAddress, nowByAddress] = [byAddress(before), byAddress(after)];
    const fresh = after.filter(({ address }) => !oldByAddress.has(address));
    const gone = before.filter(({ address }) => !nowByAddress.has(address) && dialect.isLookedAfter?.(address, documents) !== true);
    const cameFrom = fresh.length === 0 ? new Map<string, Declared>() : byAddress(yield* this.elsewhere(dialect, fresh, 'before', this.file.before === undefined, pace));
    const wentTo = gone.length === 0 ? new Map<string, Declared>() : byAddress(yield* this.elsewhere(dialect, gone, 'after', text.length === 0, pace));
    const found: Operation[] = [];
    for (const now of after) {
      const old = oldByAddress.get(now.address) ?? cameFrom.get(now.address);
      if (old !== undefined && old.text !== now.text) found.push(...settingChanges(dialect.platform, old, now).filter((change) => !isBroken || change.after !== undefined));
      if (pace.isOver()) yield;
    }
    // What is missing from a text that cannot be read may only be hard to see.
    if (isBroken) return found;
    const left = gone.filter(({ address }) => !wentTo.has(address));
    const renames = renamesAmong(left, fresh.filter(({ address }) => !cameFrom.has(address)));
    for (const old of left) {
      const now = renames.get(old);
      found.push(now === undefined ? removal(dialect.platform, old, seamOf(old, before, after, part, firstLineIn(text, part))) : renaming(dialect.platform, old, now));
    }
    return found;
  }

  /**
   * What the other files of the change declare on one side under the names of some things. Where the file is part of the
   * name, a file that was renamed as a whole is looked for: one that is there on that side only and holds most of them.
   */
  private *elsewhere(dialect: Dialect, wanted: readonly Declared[], side: 'before' | 'after', isWhole: boolean, pace: Pick<Pace, 'isOver'>): Paced<Declared[]> {
    if (!dialect.isGlobal && !isWhole) return [];
    const names = new Set(wanted.map(({ address }) => address));
    const found: Declared[] = [];
    for (const other of this.file.changed) {
      const text = other[side];
      if (text === undefined || languageOf(other.path) !== languageOf(this.file.path) || !dialect.mayBe(other.path, text)) continue;
      if (!dialect.isGlobal && other[side === 'before' ? 'after' : 'before'] !== undefined) continue;
      if (!wanted.some(({ address }) => text.includes(lastOf(address)))) continue;
      const same = (yield* this.declaredIn(dialect, other.path, text, pace)).filter(({ address }) => names.has(address));
      if (dialect.isGlobal || same.length * 2 >= wanted.length) found.push(...same);
    }
    return found;
  }

  private *declaredIn(dialect: Dialect, path: string, text: string, pace: Pick<Pace, 'isOver'>): Paced<readonly Declared[]> {
    const { documents, text: lines } = yield* this.textOf(text, pace);
    return dialect.read(path, documents, lines, new OffsetRange(0, lines.length));
  }

  private *textOf(text: string, pace: Pick<Pace, 'isOver'>): Paced<Read> {
    const known = this.read.get(text);
    if (known !== undefined) return known;
    const read = yield* this.parsed(isTemplated(text) ? withoutTemplates(text) : text, pace);
    this.read.set(text, read);
    return read;
  }

  private *parsed(text: string, pace: Pick<Pace, 'isOver'>): Paced<Read> {
    const syntax = this.parse(new LineText(text));
    const root = yield* syntax.root(pace);
    return { syntax, text: syntax.text, documents: this.documentsOf(root, syntax.text), hasErrors: root.hasError };
  }
}

function byAddress(all: readonly Declared[]): Map<string, Declared> {
  return new Map(all.map((each) => [each.address, each]));
}

function lastOf(address: string): string {
  return address.slice(Math.max(address.lastIndexOf('/'), address.lastIndexOf(' ')) + 1);
}
