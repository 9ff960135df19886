import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { GuardKind, Operation, Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import type { View, Wanted } from '../view.ts';
import { strongestOf } from './guards.ts';
import { mayHaveRemoved } from './view.ts';

/** How the lines of a script that hold something back are known, by what they guard against. */
export type ScriptGuards = Readonly<Partial<Record<GuardKind, RegExp>>>;

const destroys = /\b(?:rm|rmdir|drop\w*|delete\w*|destroy|truncate|terminate|purge|prune|unlink|shred|mkfs|wipefs|dd|flush\w*|reset|uninstall|force|clean|remove|revoke|update)\b|delete-|terminate-|--force\b/i;

/** A script, and the lines that a change took away in front of the destructive operations that stay in it. */
export class ViewOfGuardedScript implements View {
  private readonly linesBefore: readonly string[];
  private readonly textBefore: string;
  /** How many lines of each kind have to stand here for none to be lost; an edit does not change it. */
  private readonly expected: ReadonlyMap<GuardKind, number>;

  constructor(
    private readonly inner: View,
    private readonly text: LineText,
    file: FileContext,
    private readonly guards: ScriptGuards,
  ) {
    this.textBefore = withoutBlanks(file.before ?? '');
    this.linesBefore = (file.before ?? '').split('\n');
    this.expected = new Map(
      patternsOf(guards).map(([kind, pattern]) => {
        const elsewhere = file.changed.reduce((sum, { before = '', after = '' }) => sum + countOf(pattern, before.split('\n')) - countOf(pattern, after.split('\n')), 0);
        return [kind, countOf(pattern, this.linesBefore) + elsewhere];
      }),
    );
  }

  willChange(edit: OffsetEdit): void {
    this.inner.willChange(edit);
  }

  dispose(): void {
    this.inner.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const found = yield* this.inner.operations(wanted, focus, pace);
    const lost = strongestOf(this.lostGuards());
    if (lost === undefined) return found;
    // A guard guards what stands elsewhere, and whoever took it away answers for that.
    const whole = new OffsetRange(0, this.text.length);
    const all = yield* this.inner.operations(wanted, [whole], pace);
    const guarded = all.filter((operation) => (operation.kind === 'command' || operation.kind === 'statement') && this.wasThere(operation));
    const innermost = guarded.filter(({ range }) => !guarded.some((other) => other.range !== range && range.encloses(other.range) && !range.equals(other.range)));
    return [...found, ...innermost.map((operation) => this.removalOf(operation, lost, whole))];
  }

  /** One line for each kind of guard that the change has fewer lines of than before, in whatever file. */
  private lostGuards(): { readonly kind: GuardKind; readonly source: string }[] {
    const lines = Array.from({ length: this.text.lineCount }, (_, index) => this.text.line(index));
    return patternsOf(this.guards).flatMap(([kind, pattern]) => {
      if (countOf(pattern, lines) >= (this.expected.get(kind) ?? 0)) return [];
      const left = new Set(lines.map((line) => line.trim()));
      const gone = this.linesBefore.find((line) => pattern.test(line) && !left.has(line.trim()));
      return gone === undefined ? [] : [{ kind, source: gone.trim() }];
    });
  }

  private wasThere({ range }: Operation): boolean {
    const written = this.text.slice(range);
    return destroys.test(written) && this.textBefore.includes(withoutBlanks(written));
  }

  private removalOf({ range, address, resolution }: Operation, { kind, source }: { kind: GuardKind; source: string }, within: OffsetRange): Removal {
    return { kind: 'removal', removed: kind, source, from: this.text.slice(range), range, within, address: [...address, kind], resolution };
  }
}

function patternsOf(guards: ScriptGuards): (readonly [GuardKind, RegExp])[] {
  return Object.entries(guards).map(([kind, pattern]) => [kind as GuardKind, pattern] as const);
}

function countOf(pattern: RegExp, lines: readonly string[]): number {
  return lines.filter((line) => pattern.test(line)).length;
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A view that also sees what a change took away, where there is a text to compare with. */
export function withScriptGuards(view: View, text: LineText, file: FileContext, guards: ScriptGuards): View {
  return mayHaveRemoved(file, text) ? new ViewOfGuardedScript(view, text, file, guards) : view;
}
