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

  constructor(
    private readonly inner: View,
    private readonly text: LineText,
    private readonly file: FileContext,
    private readonly guards: ScriptGuards,
  ) {
    this.textBefore = withoutBlanks(file.before ?? '');
    this.linesBefore = (file.before ?? '').split('\n');
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
    const others = this.file.changed;
    return Object.entries(this.guards).flatMap(([kind, pattern]) => {
      const count = (some: readonly string[]) => some.filter((line) => pattern.test(line)).length;
      const balance = count(lines) - count(this.linesBefore) + others.reduce((sum, { before = '', after = '' }) => sum + count(after.split('\n')) - count(before.split('\n')), 0);
      const left = new Set(lines.map((line) => line.trim()));
      const gone = balance < 0 ? this.linesBefore.find((line) => pattern.test(line) && !left.has(line.trim())) : undefined;
      return gone === undefined ? [] : [{ kind: kind as GuardKind, source: gone.trim() }];
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

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A view that also sees what a change took away, where there is a text to compare with. */
export function withScriptGuards(view: View, text: LineText, file: FileContext, guards: ScriptGuards): View {
  return mayHaveRemoved(file, text) ? new ViewOfGuardedScript(view, text, file, guards) : view;
}
