import type { Family } from '../language/language.ts';
import type { AttributeChange, Call, Operation, Removal, ResourceChange, ShellCommand, SqlStatement, SuppressionFlaw } from '../language/operation.ts';
import type { Factor, Scope, Undo } from './blastRadius.ts';
import type { Clue } from './clues.ts';
import type { Example } from './example.ts';
import type { Confidence } from './finding.ts';
import type { FindSaferForm } from './saferForm.ts';

type Kind = Operation['kind'];
type OfKind<K extends Kind> = Extract<Operation, { kind: K }>;

/** The name of matchers that want every operation of their kind. */
export const anyName = '*';

/** Recognises one kind of operation. `words` are literal words of which one always stands in it: without one nothing is looked at. */
export interface Matcher<K extends Kind = Kind> {
  readonly kind: K;
  /** What the operation is called, by which it is looked up: the callee, the command, the verb, the attribute. */
  readonly name: string;
  readonly words: readonly string[];
  /** Of a name that many things have: what else the text shows, at least one of these, where it may be meant. */
  readonly clues?: readonly Clue[];
  /** Instead of a name: one of a catalogue. */
  readonly names?: NameTable;
  /** Callees known by module and name, which a file may import under another name. */
  readonly imported?: readonly string[];
  /** Of an operation of that name. */
  readonly test: (operation: OfKind<K>) => boolean;
}

/** Names that a catalogue knows: too many for a matcher each. Read when first asked for. */
export interface NameTable {
  /** As the languages of a family spell them; without those that begin with `start`. */
  words(family: Family): Iterable<string>;
  /** What the text of a file shows beside each of them, at least one of these. */
  readonly clues?: readonly Clue[];
  /** What most of them begin with, in lower case: those are looked up one by one, when such a word stands in a text. */
  readonly start?: string;
  /** However it is spelled. */
  has(name: string): boolean;
}

/** What a rule makes of an operation it matched; what it leaves out comes from the rule. */
export interface Judgement {
  readonly scope?: Scope;
  readonly undo?: Undo;
  /** A clause without its subject: "deletes the CloudFormation stack `prod` and everything in it". */
  readonly effect: string;
  readonly target?: string;
  readonly factors?: readonly Factor[];
  /** Where the rule knows better than the way the callee was resolved. */
  readonly confidence?: Confidence;
}

/** Where an operation stands. */
export interface Place {
  /** From the root of the repository or workspace folder. */
  readonly path: string;
}

/** Rules judge by kind of operation; `undefined` says that this one is harmless. */
export type Judges = { readonly [K in Kind]?: (operation: OfKind<K>, place: Place) => Judgement | undefined };

export interface Rule {
  /** Also the file's name. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly instead: string;
  /** What it does not see, said plainly on its page. */
  readonly blindTo: string;
  readonly blastRadius: { readonly scope: Scope; readonly undo: Undo };
  /** Set by rules of what is no less a danger in a test: others weigh calls and statements less there. */
  readonly weighsTests?: true;
  readonly matches: readonly (Matcher<'call'> | Matcher<'command'> | Matcher<'statement'> | Matcher<'attributeChange'> | Matcher<'resourceChange'> | Matcher<'removal'> | Matcher<'suppression'>)[];
  readonly judge: Judges;
  /** Forms of what it finds that destroy less, for a quick fix. */
  readonly safer?: readonly FindSaferForm[];
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

export function defineRule(rule: Rule): Rule {
  return rule;
}

/**
 * A call of something imported: `call('node:fs#rmSync')`, `call('@aws-sdk/client-s3#DeleteBucketCommand')`; a name
 * without a module matches any receiver, and is told from its kin by `where` alone. Without one of the `clues`, which
 * follow from `where`, a text is not parsed for its sake.
 */
export function call(callee: string, where: (call: Call) => boolean = () => true, clues?: readonly Clue[]): Matcher<'call'> {
  const [module, member] = callee.includes('#') ? (callee.split('#') as [string, string]) : [undefined, callee];
  const name = member.slice(member.lastIndexOf('.') + 1);
  if (module === undefined) return { kind: 'call', name, words: [name], test: where, ...(clues !== undefined && { clues }) };
  const shown = clues ?? (module === '*' ? undefined : [name === 'default' ? { text: quoted(module) } : { alongside: [lastWordOf(module)] }]);
  return {
    kind: 'call',
    name: callee,
    // A default export has no name of its own in the code; the module's stands in the import.
    words: [name === 'default' ? module.slice(module.lastIndexOf('/') + 1) : name],
    imported: [callee],
    ...(shown !== undefined && { clues: shown }),
    test: where,
  };
}

/** A module where it is imported: its name alone may be that of a method. */
function quoted(module: string): RegExp {
  return new RegExp(`["']${module.replaceAll(/\W/g, '\\$&')}["']`);
}

/** `promises` of `node:fs/promises`, `extra` of `fs-extra`: it stands wherever the module is imported or named. */
function lastWordOf(module: string): string {
  return /(?<!\w)\w+$/.exec(module)?.[0] ?? module;
}

/** A call by any of the names of a catalogue. */
export function callOf(names: NameTable): Matcher<'call'> {
  return { kind: 'call', name: '', words: [], names, test: () => true };
}

/** A command by any of the names of a catalogue. */
export function commandOf(names: NameTable): Matcher<'command'> {
  return { kind: 'command', name: '', words: [], names, test: () => true };
}

/** A shell command by name. */
export function command(name: string, where: (command: ShellCommand) => boolean = () => true): Matcher<'command'> {
  return { kind: 'command', name, words: [name], test: where };
}

/** A statement of SQL by verb. */
export function statement(verb: SqlStatement['verb'], where: (statement: SqlStatement) => boolean = () => true): Matcher<'statement'> {
  return { kind: 'statement', name: verb, words: [verb], test: where };
}

/** Any change to an attribute of a configuration block: what attributes mean is looked up in the catalogue. Configurations that changed are read whatever their words. */
export function attributeChange(where: (change: AttributeChange) => boolean = () => true): Matcher<'attributeChange'> {
  return { kind: 'attributeChange', name: anyName, words: [], test: where };
}

/** Something declared that is gone, renamed or has other instances. */
export function resourceChange(change: ResourceChange['change'], where: (change: ResourceChange) => boolean = () => true): Matcher<'resourceChange'> {
  return { kind: 'resourceChange', name: change, words: [], test: where };
}

/** Something that a change took away from a program. */
export function removal(removed: Removal['removed']): Matcher<'removal'> {
  return { kind: 'removal', name: removed, words: [], test: () => true };
}

/** A comment that is to suppress findings and cannot. */
export function suppressionFlaw(flaw: SuppressionFlaw['flaw']): Matcher<'suppression'> {
  return { kind: 'suppression', name: flaw, words: [], test: () => true };
}
