import { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Data } from '../data/data.ts';
import type { DataRead, DataText } from '../data/dataText.ts';
import { languageOf } from '../language.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import { changedPart, firstLineIn, wholeOf } from './changedPart.ts';
import { removal, renaming, settingChanges } from './changes.ts';
import { cloudFormation } from './cloudFormation.ts';
import { compose } from './compose.ts';
import { type Declared, seamOf } from './declared.ts';
import type { Dialect } from './dialect.ts';
import { helmfile } from './helmfile.ts';
import { helmValues } from './helmValues.ts';
import { kubernetes } from './kubernetes.ts';
import { kustomization } from './kustomization.ts';
import { pulumiProgram } from './pulumiProgram.ts';
import { renamesAmong } from './renames.ts';
import { terraformJson } from './terraformJson.ts';

const dialects: readonly Dialect[] = [cloudFormation, kubernetes, kustomization, compose, helmValues, helmfile, pulumiProgram, terraformJson];

/** The tools that a file may belong to, by what it held or by another file that changed with it. */
function dialectsOf({ path, before, changed }: FileContext): readonly Dialect[] {
  const others = changed.flatMap((other) => (isData(other.path) && other.before !== undefined ? [other] : []));
  return dialects.filter((dialect) => (before !== undefined ? dialect.mayBe(path, before) : others.some((other) => dialect.mayBe(other.path, other.before ?? ''))));
}

/** Whether a YAML or JSON text belongs to the same tools under both paths. */
export function isSameData(text: string, path: string, other: string): boolean {
  return dialects.every((dialect) => dialect.mayBe(path, text) === dialect.mayBe(other, text));
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
  /** Texts of another time or another file. */
  private readonly others = new Map<string, DataText>();

  private constructor(
    private readonly file: FileContext,
    private readonly open: (text: LineText, path: string) => DataText,
  ) {}

  /** Undefined when the file is not compared. @param open makes a text one of the language of a path */
  static of(file: FileContext, open: (text: LineText, path: string) => DataText): DataComparison | undefined {
    return dialectsOf(file).length > 0 ? new DataComparison(file, open) : undefined;
  }

  dispose(): void {
    for (const text of this.others.values()) text.dispose();
    this.others.clear();
  }

  /** @param now what the file's own text reads as */
  *operations(now: DataRead, pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const { path, before } = this.file;
    const old = before === undefined ? undefined : yield* this.readOf(before, path, pace);
    const textBefore = old?.text ?? empty;
    const changed = changedPart(textBefore, now.text);
    const found: Operation[] = [];
    for (const dialect of dialectsOf(this.file)) {
      const reachesFar = dialect.reachesFar?.test(textBefore.slice(changed.before) + now.text.slice(changed.after)) === true;
      const part = reachesFar ? wholeOf(textBefore, now.text) : changed;
      const sides: Sides = {
        before: old === undefined ? [] : dialect.read(path, old.documents, old.text, part.before),
        after: dialect.read(path, now.documents, now.text, part.after),
        documents: now.documents,
        isBroken: now.isBroken && old?.isBroken !== true,
        text: now.text,
        part: part.after,
      };
      found.push(...(yield* this.changes(dialect, sides, pace)));
    }
    return found;
  }

  private *changes(dialect: Dialect, { before, after, documents, isBroken, text, part }: Sides, pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const [oldByAddress, nowByAddress] = [byAddress(before), byAddress(after)];
    const fresh = after.filter(({ address }) => !oldByAddress.has(address));
    const gone = before.filter(({ address }) => !nowByAddress.has(address) && dialect.isLookedAfter?.(address, documents, this.file.changed, this.file.path) !== true);
    const cameFrom = fresh.length === 0 ? new Map<string, Declared>() : byAddress(yield* this.elsewhere(dialect, fresh, 'before', this.file.before === undefined, pace));
    const wentTo = gone.length === 0 ? new Map<string, Declared>() : byAddress(yield* this.elsewhere(dialect, gone, 'after', text.length === 0, pace));
    // What is missing from a text that cannot be read may only be hard to see.
    const mayStand = isBroken || dialect.isOver?.(this.file.path) === true;
    const found: Operation[] = [];
    for (const now of after) {
      const old = oldByAddress.get(now.address) ?? cameFrom.get(now.address);
      if (old !== undefined && old.text !== now.text) found.push(...settingChanges(dialect.platform, old, now).filter((change) => !mayStand || change.after !== undefined));
      if (pace.isOver()) yield;
    }
    if (mayStand) return found;
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
      if (text === undefined || !isData(other.path) || !dialect.mayBe(other.path, text)) continue;
      if (!dialect.isGlobal && other[side === 'before' ? 'after' : 'before'] !== undefined) continue;
      if (!wanted.some(({ address }) => text.includes(lastOf(address)))) continue;
      const same = (yield* this.declaredIn(dialect, other.path, text, pace)).filter(({ address }) => names.has(address));
      if (dialect.isGlobal || same.length * 2 >= wanted.length) found.push(...same);
    }
    return found;
  }

  private *declaredIn(dialect: Dialect, path: string, text: string, pace: Pick<Pace, 'isOver'>): Paced<readonly Declared[]> {
    const { documents, text: lines } = yield* this.readOf(text, path, pace);
    return dialect.read(path, documents, lines, new OffsetRange(0, lines.length));
  }

  private *readOf(text: string, path: string, pace: Pick<Pace, 'isOver'>): Paced<DataRead> {
    const key = `${languageOf(path) ?? ''}\n${text}`;
    let other = this.others.get(key);
    if (other === undefined) this.others.set(key, (other = this.open(new LineText(text), path)));
    return yield* other.read(pace);
  }
}

function byAddress(all: readonly Declared[]): Map<string, Declared> {
  return new Map(all.map((each) => [each.address, each]));
}

function lastOf(address: string): string {
  return address.slice(Math.max(address.lastIndexOf('/'), address.lastIndexOf(' ')) + 1);
}
