import { type Command } from './unbash.ts';
import { outputOf, redirectionsOf } from './input.ts';
import { type Lookup, type Meaning, meaningOf } from './words.ts';

/** A text that a script writes into a file, as far as its words say so. */
export interface WrittenText {
  /** As the script names it. */
  readonly path: string;
  readonly text: string;
  readonly isAppended: boolean;
  /** Where in the script. */
  readonly at: number;
}

/** The files that a script writes, by path: one that it runs later is part of it. `P` is where the text stands. */
export class WrittenScripts<P> {
  readonly all: WrittenText[] = [];
  private readonly files = new Map<string, { readonly meaning: Meaning; readonly place: P }>();

  /** Notes what `cat > FILE <<EOF`, `tee FILE <<EOF` or `echo … > FILE` writes. */
  note(command: Command, lookup: Lookup, place: P, at: number, piped?: Meaning): void {
    const meaning = outputOf(command, lookup, piped);
    if (meaning === undefined) return;
    const redirect = redirectionsOf(command).find((each) => each.type === 'Redirect' && /^>(?:\||>)?$/.test(each.operator));
    const redirected = redirect?.type === 'Redirect' ? redirect.target : undefined;
    const named = redirected ?? (command.name?.text === 'tee' ? command.suffix.find((node) => node.type === 'Word' && !node.text.startsWith('-')) : undefined);
    if (named?.type !== 'Word') return;
    const { text, holes } = meaningOf(named, lookup);
    if (holes.length > 0) return;
    const isAppended = redirect === undefined ? command.suffix.some((node) => node.type === 'Word' && /^-(?:a|-append)$/.test(node.text)) : redirect.type === 'Redirect' && redirect.operator === '>>';
    const end = command.name?.text === 'echo' ? '\n' : '';
    this.all.push({ path: text, text: meaning.text + end, isAppended, at });
    if (!isAppended) this.files.set(plain(text), { meaning, place });
  }

  /** What was written to a path, once. */
  take(path: string): { readonly meaning: Meaning; readonly place: P } | undefined {
    const written = this.files.get(plain(path));
    this.files.delete(plain(path));
    return written;
  }
}

function plain(path: string): string {
  return path.replace(/^\.\//, '');
}
