import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { EmbeddedOperations } from '../embedded.ts';
import { isEmbedded } from '../nested.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { tableOf, WordScan } from '../scan.ts';
import type { FileScript } from '../scriptFileView.ts';
import { placesOfFile } from '../scripts/tools.ts';
import { interpreterWords } from '../shell/interpreters.ts';
import type { Wanted } from '../view.ts';
import { hitsIn } from '../windows.ts';
import { type Data, stepsTo, textOf, valueAt } from './data.ts';
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
    for (const { family, code, isArgv, range, loop, address } of this.scriptsAt(this.offsetsOf(wanted, focus), documents)) {
      if (!isEmbedded(family)) continue;
      const inTest = bringsDatabase(documents, address) && !/(?:\s-h\s*|--host[= ]|@)(?!localhost\b|127\.|postgres\b|mysql\b|mariadb\b|db\b|database\b|mongo\w*\b|redis\b)["']?\w/.test(code.text);
      found.push(...this.embedded.of({ family, code, isArgv }, { range, loop, address, resolution: 'literal', ...(inTest && { inTest }) }));
      if (pace.isOver()) yield;
    }
    this.embedded.forgetUnused();
    return found.filter((operation) => focus.some((range) => range.meets(operation.range)));
  }

  /** Whether a word stands in the text without which no script hands code to an interpreter. */
  mayHandCode(): boolean {
    return hitsIn(interpreters(), this.text).next().done !== true;
  }

  handingCode(documents: readonly Data[]): FileScript[] {
    const offsets = [...hitsIn(interpreters(), this.text)].map(({ offset }) => offset);
    return [...this.scriptsAt(offsets, documents)];
  }

  /** A block of YAML ends with its last line. */
  private withoutBlanks(range: OffsetRange): OffsetRange {
    return OffsetRange.ofLength(range.start, this.text.slice(range).trimEnd().length);
  }

  private *scriptsAt(offsets: Iterable<number>, documents: readonly Data[]): Generator<FileScript> {
    const seen = new Set<number>();
    const tools = new Map<Data, readonly ScriptPlaces[]>();
    for (const offset of offsets) {
      const root = documents.find(({ range }) => range.start <= offset && offset <= range.endExclusive);
      if (root === undefined) continue;
      const known = tools.get(root) ?? placesOfFile(this.path, root);
      tools.set(root, known);
      const at = known.length === 0 ? undefined : scriptAt(root, stepsTo(root, offset), known);
      if (at === undefined || seen.has(at.script.range.start)) continue;
      seen.add(at.script.range.start);
      yield { ...at.script, range: this.withoutBlanks(at.script.range), address: at.address };
    }
  }

  /** Where a wanted word stands, and the ends of each range: what begins outside and reaches into it stands around one. */
  private *offsetsOf(wanted: Wanted, focus: readonly OffsetRange[]): Generator<number> {
    for (const { start, endExclusive } of focus) {
      yield start;
      yield Math.max(0, endExclusive - 1);
      const lines = new OffsetRange(this.text.startOfLine(this.text.positionAt(start).line), this.text.endOfLine(this.text.positionAt(endExclusive).line));
      for (const { offset } of hitsIn(wanted.words, this.text, lines)) yield offset;
    }
  }
}

/** Whether the job of a pipeline around a place starts a database of its own, which ends with it. */
function bringsDatabase(documents: readonly Data[], address: readonly string[]): boolean {
  const [first = '', second = ''] = address;
  return documents.some((root) => [valueAt(root, first, 'services'), valueAt(root, first, second, 'services')].some((services) => services !== undefined && imagesOf(services).some((image) => /postgres|postgis|mysql|mariadb|mongo|redis|mssql/i.test(image))));
}

function imagesOf(services: Data): string[] {
  const items = services.kind === 'list' ? services.items : services.kind === 'map' ? services.entries.map(({ value }) => value) : [];
  return items.flatMap((item) => textOf(item) ?? textOf(valueAt(item, 'image')) ?? textOf(valueAt(item, 'name')) ?? []);
}

let interpreterScan: WordScan | undefined;

function interpreters(): WordScan {
  // An action of GitHub's is an interpreter too, by a name of several words.
  return (interpreterScan ??= new WordScan(tableOf([...interpreterWords, 'github'])));
}
