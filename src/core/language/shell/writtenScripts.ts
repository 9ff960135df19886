import { type Command } from './unbash.ts';
import { outputOf, redirectionsOf } from './input.ts';
import { type Lookup, type Meaning, meaningOf } from './words.ts';

/** The files that a script writes, by path: one that it runs later is part of it. `P` is where the text stands. */
export class WrittenScripts<P> {
  private readonly files = new Map<string, { readonly meaning: Meaning; readonly place: P }>();

  /** Notes what `cat > FILE <<EOF`, `tee FILE <<EOF` or `echo … > FILE` writes. */
  note(command: Command, lookup: Lookup, place: P): void {
    const meaning = outputOf(command, lookup);
    if (meaning === undefined) return;
    const redirected = redirectionsOf(command).flatMap((redirect) => (redirect.type === 'Redirect' && /^>\|?$/.test(redirect.operator) ? [redirect.target] : []))[0];
    const named = redirected ?? (command.name?.text === 'tee' ? command.suffix.find((node) => node.type === 'Word' && !node.text.startsWith('-')) : undefined);
    if (named?.type !== 'Word') return;
    const { text, holes } = meaningOf(named, lookup);
    if (holes.length === 0) this.files.set(plain(text), { meaning, place });
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
