import type { Node } from 'web-tree-sitter';
import type { CommentLines } from '../comments.ts';
import type { Family } from '../language.ts';
import type { Nodes } from '../nodes.ts';

/** Where a name comes from: `path` is what follows the module, `[]` the module itself. */
export interface Origin {
  readonly module: string;
  readonly path: readonly string[];
}

/** What a name stands for at some place. `type` is a declared type, which says more of where its members come from; `value` what it was given. */
export type Binding =
  | { readonly kind: 'import'; readonly origin: Origin }
  | { readonly kind: 'value'; readonly node: Node; readonly isConstant: boolean; readonly type?: Node | undefined }
  | { readonly kind: 'typed'; readonly type: Node }
  | { readonly kind: 'class'; readonly node: Node }
  /** One after the other of what is looped over. */
  | { readonly kind: 'element'; readonly node: Node }
  | { readonly kind: 'opaque' };

export interface Declared {
  /** With `()` behind it the name of a function, for its result. */
  readonly name: string;
  readonly binding: Binding;
  /** Known only inside the node that declares it: a lambda's parameter. */
  readonly isInside?: boolean;
}

/** A call as its language writes it. */
export interface CallParts {
  /** What names the callee: `delete_bucket` of `s3.delete_bucket(…)`; the type of a construction. */
  readonly name: Node;
  readonly object?: Node | undefined;
  readonly args: readonly Argument[];
  readonly isConstruction?: boolean;
  /** What the name comes to where it is put together or stands in a constant. */
  readonly called?: string;
}

/** How a language calls something by a name that is an expression. */
export interface ComputedCalls {
  /** What stands where it does. */
  readonly places: RegExp;
  /** Whether a text may do it with a name that is not written in it as a word. */
  mayStandIn(text: string): boolean;
  /** Callees that take the name as an argument; all others have no name of their own. */
  readonly by?: ReadonlySet<string>;
  /** Its parts, the expression as the name; undefined for other nodes. */
  partsOf(node: Node, nodes: Nodes): CallParts | undefined;
  /** A member that is asked for in that way, to be called later; undefined for other nodes. */
  memberOf?(node: Node, nodes: Nodes): { readonly object: Node; readonly name: Node } | undefined;
}

export interface Argument {
  readonly value: Node;
  /** Of a named one. */
  readonly name?: string | undefined;
}

/** How a programming language is written: what the shared reader needs to know of its trees, by the grammar's node types. */
export interface Dialect {
  readonly family: Family;
  /** Not given where what stands behind a mark on its line can run: PHP's end with a tag. */
  readonly comments?: CommentLines;
  /** Node types that call or construct something. */
  readonly calls: ReadonlySet<string>;
  /** Something runs without brackets behind its name: a method that is given nothing, a property that is set. */
  readonly callsUnmarked?: boolean;
  /** Undefined when the callee has no name. */
  callOf(node: Node, nodes: Nodes): CallParts | undefined;
  /** The object and the name of a member access; undefined for other nodes. */
  memberOf(node: Node, nodes: Nodes): { readonly object: Node; readonly name: Node } | undefined;
  readonly computed?: ComputedCalls;
  /** Types of plain names. */
  readonly names: ReadonlySet<string>;
  /** Types that only wrap one expression: brackets, `await`, `&`; the first named child is what they wrap. */
  readonly wrappers: ReadonlySet<string>;
  /** What a cast makes of an expression; undefined for other nodes. */
  castType?(node: Node, nodes: Nodes): Node | undefined;
  /** String literals, and in them escapes and interpolations. */
  readonly strings: ReadonlySet<string>;
  readonly escapes: ReadonlySet<string>;
  readonly interpolations: ReadonlySet<string>;
  /** Interpolations that the grammar does not tell from text. */
  readonly holesInText?: RegExp;
  /** Types of symbols, which are constants by their name. */
  readonly symbols?: ReadonlySet<string>;
  /** The part of a literal that holds its text, when it is not what stands between its quotes: a heredoc's body. */
  contentOf?(node: Node, nodes: Nodes): Node | undefined;
  /** The literal whose text a node holds elsewhere: a heredoc's beginning. */
  openerOf?(node: Node, nodes: Nodes): Node | undefined;
  /** Concatenations: sums by their operands, and adjacent literals; undefined for other nodes. */
  operandsOf(node: Node, nodes: Nodes): readonly Node[] | undefined;
  /** Types of constants, and what they are. */
  readonly constants: Readonly<Record<string, boolean | null | 'number'>>;
  /** A constant whose node type does not tell which. */
  constantOf?(node: Node, nodes: Nodes): boolean | null | undefined;
  readonly lists: ReadonlySet<string>;
  /** The elements of a list that is written otherwise, such as by a call; undefined for other nodes. */
  elementsOf?(node: Node, nodes: Nodes): readonly Node[] | undefined;
  /** The entries of a map, struct or object literal; undefined for other nodes. `isOpen` says that others may be in it. */
  entriesOf(node: Node, nodes: Nodes): { readonly entries: readonly Required<Argument>[]; readonly isOpen: boolean } | undefined;
  /** The parts of what is declared, imported or assigned by a node of `binders`. */
  readonly binders: readonly string[];
  declaredBy(node: Node, nodes: Nodes): readonly Declared[];
  /** Binders in functions that declare fields: a constructor's parameters that are fields, too. */
  readonly fieldBinders?: readonly string[];
  /** Up to an import that stands in a function, where the language has such. */
  readonly importLine?: RegExp;
  /** Functions and classes, which are scopes and part of the address. */
  readonly functions: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  /** The name of a declaration that is part of the address; undefined for other nodes. */
  nameOf(node: Node, nodes: Nodes): string | undefined;
  /** What a loop is over, with its body or the part that runs for each; undefined for other nodes. */
  loopOf(node: Node, nodes: Nodes): { readonly over: Node | undefined; readonly body: Node | undefined } | undefined;
  /** Functions that are given another one and call it for each element. */
  readonly iterators: ReadonlySet<string>;
  /** Names for the object itself: `self`, `this`. */
  readonly selves: ReadonlySet<string>;
  /** The text that an operator fills in: the left side of Python's `%`; undefined for other nodes. */
  formatOf?(node: Node, nodes: Nodes): Node | undefined;
  /** Calls that give back the text or value they are given, or that fill in a format. */
  readonly transparentCalls: ReadonlySet<string>;
  /** Functions that give back what they are given, with something around it: Python's `closing`. */
  readonly passingOn?: ReadonlySet<string>;
  /** Calls that join what they are given, and what they are called on, into one path; with the receiver where the name is too common. */
  readonly pathJoins?: ReadonlySet<string>;
  /** What an operator joins into one path: `root / "x"`; undefined for other nodes. */
  pathOperands?(node: Node, nodes: Nodes): readonly Node[] | undefined;
  /** What a callee gives back, where its name tells: `create()` of a class an instance of it, `NewClient()` of a package its `Client`. */
  readonly resultOf?: (callee: Origin) => Origin | undefined;
  /** The origin of a dotted name that nothing in the file binds, such as `java.nio.file.Files`. */
  readonly qualifiedName?: (written: string, isType: boolean) => Origin | undefined;
  /** Of something that is looped over, where the name tells that its elements are of its own kind. */
  readonly elementOf?: (collection: Origin) => Origin | undefined;
  readonly sinks: Sinks;
  /** Functions that give an instance of what they are called on: `new`, `builder`, `build`. */
  readonly instancing?: ReadonlySet<string>;
  /** The module that a name is, though nothing imports it: the first part of a path of Rust. */
  moduleOf?(name: Node, nodes: Nodes): string | undefined;
  /** Modules that are brought in by something else than a declaration. */
  requiredBy?(root: Node, nodes: Nodes): readonly string[];
  /** Code of a shell that stands as a literal of its own, as in backticks. */
  readonly shellLiterals?: ReadonlySet<string>;
  /** What modules are called in rules, where the language has several names for one. */
  readonly moduleName?: (written: string) => string;
}

/** Calls that run code of another language. */
export interface Sinks {
  /** Callees that run a command line or a program with arguments, as `module#name`; a bare name is one of the language itself. */
  readonly shell: ReadonlySet<string>;
  /** Of these, the ones that take a program's arguments one by one. */
  readonly programs?: ReadonlySet<string>;
  /** Of these, those that name the program and then give all of its words, its name first: `os.execvp("rm", ["rm", …])`. */
  readonly replacing?: ReadonlySet<string>;
  /** Of one of them that is given a program apart from the rest of its line, or from a list of words. */
  readonly lineOf?: (call: CallParts) => readonly [program: Node, rest: Node] | undefined;
  /** Methods that send SQL to a database, by name. */
  readonly sql: ReadonlySet<string>;
  /** Classes whose construction takes SQL. */
  readonly sqlTypes?: ReadonlySet<string>;
  /** Methods that add arguments to a program that was named before: `Command::new("rm").arg("-rf")`. */
  readonly builders?: ReadonlySet<string>;
}
