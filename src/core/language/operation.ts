import type { OffsetRange } from '../text/offsetRange.ts';
import type { Family, LanguageId } from './language.ts';

/**
 * What a file does, in the words that rules match: one view over all languages. Ranges are offsets of the file that
 * holds the operation, also where it stands inside a string; for a command or statement embedded in one they cover
 * its text and not the quotes.
 */
export type Operation = Call | ShellCommand | SqlStatement | AttributeChange | ResourceChange | Removal | SuppressionFlaw;

/** How the callee of an operation was found out, from certain to guessed; confidence follows from it. */
export type Resolution = 'literal' | 'import' | 'assignment' | 'name';

export interface OperationBase {
  readonly range: OffsetRange;
  /** The chain of enclosing declarations or resources, outermost first: the operation's address in its file. */
  readonly address: readonly string[];
  readonly resolution: Resolution;
  /** The innermost loop around it; `over` is what is looped over, as written. */
  readonly loop?: Loop | undefined;
  /** It stands in a test, or in what is done before and after one. */
  readonly inTest?: boolean;
  /** The call that runs it, for an operation in a string. */
  readonly ranBy?: OffsetRange;
  /** What says where it is done, as written, with blanks between: `RAILS_ENV=production`, the host that a client or `ssh` is given. */
  readonly on?: string;
  /** The scripts of other files by which it is run, when what is written only names them: outermost first. */
  readonly via?: readonly NamedScript[];
}

/** A script that is run by its name: `db:push` in `package.json`. */
export interface NamedScript {
  readonly name: string;
  /** The path of the file that holds it. */
  readonly file: string;
  readonly text: string;
}

export interface Loop {
  readonly over: string;
  /** What a name that is looped over was given, as written. */
  readonly standsFor?: string;
  /** The name that each element of it gets. */
  readonly each?: string;
  /** It goes on as long as that holds. */
  readonly isCondition?: boolean;
  readonly range: OffsetRange;
  /** The loop around it, in the same function. */
  readonly around?: Loop;
}

/** A call or construction in a programming language: `fs.rmSync(path, { recursive: true })`, `new DeleteStackCommand(…)`. */
export interface Call extends OperationBase {
  readonly kind: 'call';
  readonly language: Family;
  /** The last name of the callee: `rmSync`, `DeleteStackCommand`. */
  readonly name: string;
  /** What the callee is a member of, as written: `fs`, `prisma.user`. */
  readonly receiver?: string | undefined;
  /** The same as a value: the path of `File(path).deleteRecursively()`. */
  readonly receiverValue?: Value | undefined;
  /** Where the callee was imported from and under which name: `node:fs#rmSync`. */
  readonly imported?: string | undefined;
  readonly constructed: boolean;
  /** Named arguments stand together in one value with `properties`, behind the others. */
  readonly args: readonly Value[];
  /** What leads to the callee, from the left: `User`, `objects`, `filter(…)` for `User.objects.filter(…).delete()`. */
  readonly links: readonly Link[];
  /** What is done with the result, in order: `where(…)` for `db.delete(users).where(…)`. */
  readonly next: readonly Link[];
  /** The modules, packages or namespaces that the file brings in, as written. */
  readonly modules: readonly string[];
  /** The text from the head of the function around it (or of the file) to the call, of at most `longestPreceding` characters: what is checked before stands there. */
  readonly preceding?: string;
  /** What stands before that function, of as many characters: what the file declares for it. */
  readonly above?: string;
  /** The text from the call to the end of that function or file, of as many characters: what becomes of it later stands there. */
  readonly following?: string;
}

/** What stands farther from a call says nothing of it any more. */
export const longestPreceding = 20_000;

/** One member in a chain; `args` when it is called. */
export interface Link {
  readonly name: string;
  readonly args?: readonly Value[];
}

/** An argument as far as it can be known without running the program. */
export interface Value {
  readonly range: OffsetRange;
  /** As written. */
  readonly source: string;
  /** Of a constant: a string (holes of a template as `hole`), a number, a boolean, null. */
  readonly constant?: string | number | boolean | null;
  /** What stands in each hole of such a string, in order, as written. */
  readonly holes?: readonly string[];
  /** Of a name that stands for something else: what that is, as written. */
  readonly standsFor?: string;
  /** Of an object literal, by key. A spread hides what it brings, so `isOpen` says that there may be more. */
  readonly properties?: ReadonlyMap<string, Value>;
  readonly isOpen?: boolean;
  /** Of an array literal. */
  readonly elements?: readonly Value[];
}

/** Stands in decoded strings and words for a part that is only known when the program runs. */
export const hole = '\uE000';

/** A command of a shell, with wrappers such as `sudo` and `env` taken off. */
export interface ShellCommand extends OperationBase {
  readonly kind: 'command';
  /** Without its path: `rm` for `/bin/rm`. */
  readonly name: string;
  /** What follows the name. */
  readonly words: readonly Word[];
  /** The variables that are set for it alone: `RAILS_ENV=test`. */
  readonly settings?: readonly string[];
  /** The commands that write into it through a pipe, or the file that it reads, as written. */
  readonly input?: string;
  /** All of that is written down in the script, so that what it runs of it is read too. */
  readonly isInputWritten?: true;
  /** The file that `<` gives it to read. */
  readonly reads?: string;
  /** What it takes away was made by the same script before. */
  readonly isScratch?: boolean;
  /** Its name is a file that an interpreter of this language is given: `python x.txt`. */
  readonly interpretedAs?: LanguageId;
}

export interface Word {
  readonly range: OffsetRange;
  readonly source: string;
  /** Quotes and escapes taken off; each expansion that could not be resolved is one `hole`. */
  readonly text: string;
  /** What stands in each hole, in order, as written where it comes from: `$HOME`, `$(mktemp -d)`. */
  readonly holes: readonly string[];
}

/** A statement of SQL. Keywords and unquoted names are in lower case. */
export interface SqlStatement extends OperationBase {
  readonly kind: 'statement';
  readonly verb: 'drop' | 'truncate' | 'delete' | 'update' | 'alter' | 'rename' | 'replace' | 'overwrite' | 'purge' | 'restore' | 'flashback' | 'disable' | 'administer';
  /**
   * What kind of thing it acts on: `table`, `database`, `schema`, `column`, `index`, `view`… Of an `alter` what goes
   * (`column`, `partition`), or `column type`, `column name`, `table name`, `retention`.
   */
  readonly object: string;
  /** Its name or names, as written. */
  readonly target: string;
  /** What a column is converted to, or a name becomes, as written. */
  readonly becomes?: string;
  /**
   * `dynamic`: none is written, but a part that is only known at run time stands where one would. `argument`: it holds
   * for every row when an argument is null or empty. `unmatched`: a MERGE for every row that its source does not have.
   */
  readonly where: 'none' | 'always-true' | 'dynamic' | 'argument' | 'unmatched' | 'present';
  readonly cascades: boolean;
  /** The object is temporary, was created earlier in the same file or string, or is copied into its successor there. */
  readonly isScratch: boolean;
  /** The transaction around it ends with ROLLBACK: a rehearsal. */
  readonly isRolledBack: boolean;
  /** The same text makes another thing of that name afterwards. */
  readonly isMadeAgain: boolean;
  /** The function, procedure or trigger whose body it stands in: it runs when that is called. */
  readonly routine?: string | undefined;
  /** A safeguard that the same text switched off before, as written: `SET FOREIGN_KEY_CHECKS = 0`. */
  readonly unguarded?: string | undefined;
}

/** Whose configuration something is declared in. */
export type Platform = 'terraform' | 'cloudformation' | 'kubernetes' | 'helm' | 'compose' | 'cdk' | 'pulumi';

/** What is told of a change between a configuration before and after. */
interface ConfigurationChange extends OperationBase {
  readonly platform: Platform;
  /** The address of what is declared, such as `aws_db_instance.main`, and its kind of thing, such as `aws_db_instance`. */
  readonly block: string;
  readonly type: string;
  readonly path: string;
  /** It is written with a class that stands for the resource and nothing else: what such constructs do by default, it does not. */
  readonly isPlain?: boolean;
  /** All that it is declared with, by attribute; of something that is gone, what it was declared with. */
  readonly settings: ReadonlyMap<string, Value>;
  /** The stretch of the text after in which the change took place: an AI's edit that touches it made the change. */
  readonly within: OffsetRange;
}

/** An attribute of a configuration block that differs between before and after. */
export interface AttributeChange extends ConfigurationChange {
  readonly kind: 'attributeChange';
  /** With the nested blocks' names: `lifecycle.prevent_destroy`. */
  readonly attribute: string;
  readonly before?: Value;
  readonly after?: Value;
  /** It is a setting of an item, such as a rule, that the block did not have before. */
  readonly isOfNewItem?: true;
  /** What changed, when the attribute itself is as it was: the variable or local that it takes its value from, such as `var.table_name`. */
  readonly through?: string;
}

/**
 * Something declared that is gone, stands under another name, or has its instances under other keys. What is gone has no
 * range of its own; `range` is then what stands where it stood.
 */
export interface ResourceChange extends ConfigurationChange {
  readonly kind: 'resourceChange';
  readonly change: 'removed' | 'renamed' | 'rekeyed';
  /** Of something renamed: its address after. */
  readonly to?: string;
  /** Of something whose instances change: how they are told apart before and after, and which ones go, when that is known. */
  readonly instances?: { readonly from: InstanceKey; readonly to: InstanceKey; readonly lost: readonly string[] };
}

export type InstanceKey = 'one' | 'count' | 'for_each';

/** What holds a destructive operation back, by what it guards against. */
export type GuardKind = 'dryRun' | 'confirmation' | 'environment' | 'permission' | 'setting' | 'limit' | 'presence' | 'filter' | 'backup' | 'transaction' | 'errorHandling' | 'condition';

/** What a change took away from a program: a guard around an operation that stays, tests, a whole file, or much of its code. */
export interface Removal extends OperationBase {
  readonly kind: 'removal';
  readonly removed: GuardKind | 'softDeletion' | 'restriction' | 'tests' | 'file' | 'code';
  /** What is gone, as written or in words. */
  readonly source: string;
  /** Of a guard: what it stood around, as written without arguments. */
  readonly from: string;
  /** Of tests and code: how many, or how many lines. */
  readonly count?: number;
  /** The stretch of the text after in which it was taken away: an AI's deletion that touches it did it. */
  readonly within: OffsetRange;
}

/** What is wrong with a comment that is to suppress findings, so that it does not. */
export interface SuppressionFlaw extends OperationBase {
  readonly kind: 'suppression';
  readonly flaw: 'no rule' | 'no reason' | 'unknown rule' | 'rule that cannot be suppressed' | 'no date' | 'past';
  /** What is wrong in it, as written: the name of the rule, the date. */
  readonly written: string;
  /** The rule that was meant most likely. */
  readonly meant?: string | undefined;
}
