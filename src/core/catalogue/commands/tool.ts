type Scope = 'object' | 'set' | 'collection' | 'service' | 'environment' | 'account';
type Undo = 'easy' | 'costly' | 'none';

/** What a documented subcommand does: how far it reaches, what it takes to undo, and the effect in words, where `{}` stands for what is named. */
export type Deed = readonly [scope: Scope, undo: Undo, effect: string];

/** `harmless` takes a narrower pattern out of a wider one below it. */
export const harmless = 'harmless';

/** A deed, or how to find it from the words that `*` and `**` stand for. */
export type Entry = Deed | typeof harmless | ((words: readonly string[]) => Deed | undefined);

/** A command-line tool of which some subcommands destroy things. Lists of options are separated by blanks. */
export interface Tool {
  /**
   * By pattern; the first that fits counts. A pattern is the words that stand behind the tool's name, in order and in
   * either case: `a|b` one of several, `a?` one that may be missing, `*` any one, `**` any number of them, `<listed>`
   * what another command lists, `<pattern>` one with `*` in it; and options, at any place: `-v|--volumes` one of several, `--replicas=0` with just this
   * value, `!--keep` absent.
   */
  readonly deeds: Readonly<Record<string, Entry>>;
  /** Options that take the next word as their value. */
  readonly valued?: string;
  /** Options whose value names what is hit; without one it is what stands behind the pattern's words. */
  readonly target?: string;
  /** Options with which nothing is done. */
  readonly idle?: string;
  /** What it names, or works on when it names nothing, may be thrown away when the name says that it is temporary or a test's. */
  readonly hasScratch?: true;
  /** It counts only where it is given a device: an image in a file is made by whoever formats it. */
  readonly onDevices?: true;
}

/** Tools by their names; several names of one are separated by blanks. */
export type Tools = Readonly<Record<string, Tool>>;
