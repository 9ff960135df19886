import type { LineText } from '../text/lineText.ts';
import type { CommentLines } from './comments.ts';
import type { Grammars } from './grammars.ts';
import type { LanguageId } from './language.ts';
import type { Operation } from './operation.ts';
import type { Project } from './project.ts';
import { Syntax } from './syntax.ts';
import type { View } from './view.ts';

/** What a text is read together with. */
export interface FileContext {
  readonly path: string;
  /** The path that names its findings, where another one decides how they are judged. */
  readonly knownAs?: string | undefined;
  /** What the file held before the change. */
  readonly before?: string | undefined;
  /** The other files of the change whose text is known. */
  readonly changed: readonly ChangedText[];
  readonly project: Project;
}

/** A side that is absent is a file that was not there (before) or is gone (after). */
export interface ChangedText {
  readonly path: string;
  /** Of a file that moved, where the text before stood. */
  readonly pathBefore?: string;
  readonly before?: string;
  readonly after?: string;
}

/** What runs operations that stand in strings. */
export interface Embeds {
  readonly kinds: readonly Operation['kind'][];
  /** Words of them beside the rules' own. */
  readonly words?: readonly string[];
  readonly by: readonly string[];
  /** These are called by just this name, and not imported under another one. */
  readonly isByName?: true;
  /** What the file holds beside. */
  readonly text?: Pick<RegExp, 'test'>;
  /** How the text ends that leads to the mark before one where something else is surely meant. */
  readonly notOn?: Pick<RegExp, 'test'>;
  /** Tells by how the text behind the bracket goes on whether what one is given can be known in the file. */
  readonly given?: Given;
  /** Tells by the beginning of its line alone whether a word, in lower case, can count where it stands. */
  readonly behind?: (word: string, before: string) => boolean;
}

/** How the text behind the bracket of a call goes on. */
export interface Given {
  test(behind: string, asked: AskedText): boolean;
}

/** A text that a look asks for the same again and again. */
export class AskedText {
  private readonly answers = new Map<unknown, boolean>();

  constructor(readonly text: LineText) {}

  /** What is asked is told apart by the question. */
  once(question: unknown, ask: (whole: string) => boolean): boolean {
    const answer = this.answers.get(question) ?? ask(this.text.toString());
    this.answers.set(question, answer);
    return answer;
  }
}

/** How the files of a family of languages are read. */
export interface Reader {
  /** The kinds of operation that they can hold, in the file or in its strings. */
  readonly kinds: readonly Operation['kind'][];
  /** Words beside the rules' own by which its operations are found. */
  readonly words: readonly string[];
  /** Given where operations of some kinds stand in strings only, and need a call of `by` in the file to be run. */
  readonly embeds?: readonly Embeds[];
  /** Which lines are comments, which hold no operation. */
  readonly comments?: CommentLines | undefined;
  /** What follows a name tells whether it can be that of a call. */
  readonly marksCalls?: boolean;
  /** Tells more strictly whether a word is called where it stands, for names that are never imported under another one. */
  readonly isCalledAt?: (text: string, offset: number, word: string) => boolean;
  /** Whether the file is compared with what was before, and so has to be read whatever its words. */
  readonly compares?: (file: FileContext, text: LineText) => boolean;
  /** Whether it holds code whose words are those of another language, or a call of what is wanted by no word, and so has to be read whatever its own. */
  readonly holdsCode?: (text: LineText, isWanted: (name: string) => boolean) => boolean;
  /** Given where a text is read at once, which nobody can give up: beyond so many characters it would take longer than a second. */
  readonly longest?: number;
  /** Opens a text as a view of its language. */
  open(language: LanguageId, text: LineText, file: FileContext, grammars: Grammars): Promise<View>;
}

/** A tree of a text; fails for a language that no grammar reads. */
export async function syntaxOf(language: LanguageId, text: LineText, grammars: Grammars): Promise<Syntax> {
  const parser = await grammars.parserFor(language);
  if (parser === undefined) throw new Error(`no grammar reads ${language}`);
  return new Syntax(parser, text);
}
