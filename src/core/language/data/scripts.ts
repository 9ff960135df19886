import type { LineText } from '../../text/lineText.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import { EmbeddedOperations } from '../embedded.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { placesOfFile } from '../scripts/tools.ts';
import type { Wanted } from '../view.ts';
import { type Data, stepsTo } from './data.ts';
import { scriptAt, type ScriptPlaces } from './places.ts';

/** The operations of the scripts that a configuration file holds for a tool to run. */
export class Scripts {
  private readonly embedded: EmbeddedOperations;

  constructor(
    private readonly path: string,
    private readonly text: LineText,
  ) {
    this.embedded = new EmbeddedOperations(text);
  }

  *operations(documents: readonly Data[], wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const found: Operation[] = [];
    const seen = new Set<number>();
    const tools = new Map<Data, readonly ScriptPlaces[]>();
    for (const offset of this.offsetsOf(wanted, focus)) {
      const root = documents.find(({ range }) => range.start <= offset && offset <= range.endExclusive);
      if (root === undefined) continue;
      const known = tools.get(root) ?? placesOfFile(this.path, root);
      tools.set(root, known);
      const at = known.length === 0 ? undefined : scriptAt(root, stepsTo(root, offset), known);
      if (at === undefined || seen.has(at.script.range.start)) continue;
      seen.add(at.script.range.start);
      const { range, loop } = at.script;
      found.push(...this.embedded.of(at.script, { range, loop, address: at.address, resolution: 'literal' }));
      if (pace.isOver()) yield;
    }
    this.embedded.forgetUnused();
    return found.filter((operation) => focus.some((range) => range.meets(operation.range)));
  }

  /** Where a wanted word stands, and the ends of each range: what begins outside and reaches into it stands around one. */
  private *offsetsOf(wanted: Wanted, focus: readonly OffsetRange[]): Generator<number> {
    for (const { start, endExclusive } of focus) {
      yield start;
      yield Math.max(0, endExclusive - 1);
      const last = this.text.positionAt(endExclusive).line;
      for (let { line } = this.text.positionAt(start); line <= last; line++) {
        for (const { offset } of wanted.words.hits(this.text.line(line), this.text.startOfLine(line))) yield offset;
      }
    }
  }
}
