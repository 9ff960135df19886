import type { Node } from 'web-tree-sitter';
import type { Nodes } from '../nodes.ts';
import type { GuardKind } from '../operation.ts';
import { kindsIn, mayExit, transaction } from './guardWords.ts';

/** What guards a call in a tree: conditions around it, early exits, steps and transactions before it. */
export interface Guard {
  readonly kind: GuardKind;
  /** As written, for people. */
  readonly source: string;
  /** It is a way out of what follows it, where others hold what they stand around. */
  readonly isExit?: true;
  /** The call stands where it does not hold. */
  readonly isElse?: true;
  /** It is a condition that has to hold, or not to, and no step that is taken. */
  readonly isCondition?: true;
  /** What follows it is done where it does not hold: Ruby's `unless`. */
  readonly isUnless?: true;
}

const conditional = /^(?:if|unless|elif|elsif|else_if|conditional|ternary|switch|when|guard|if_modifier|unless_modifier)/;
const tries = /^(?:try|begin$|try_with)/;
const functionLike = /function|method|lambda|closure|func_literal|arrow|constructor/;
const steps = ['confirmation', 'permission', 'backup', 'dryRun', 'environment'] as const;
const asserted = [...steps, 'limit', 'setting'] as const;
/** Calls that stop what follows unless something holds: `require(env != "prod")`. */
const assertion = /^\W*(?!\W)(?:[\w$]+[.:]+)*(?:require|assert|check|ensure|abort|refuse|forbid|deny|guard|verify|precondition)\w*[!?]?[\s(]/i;
const markKinds = ['confirmation', 'environment', 'permission'] as const;
const conditions = ['dryRun', 'confirmation', 'environment', 'permission', 'setting', 'limit', 'presence', 'backup'] as const;

/** The conditions before a call that do not keep it from being reached, as written. */
export function idleConditions(call: Node, nodes: Nodes): ReadonlySet<string> {
  const idle = new Set<string>();
  for (let inner: Node = call, outer = nodes.parentOf(call); outer !== null && !isNamedFunction(inner, nodes); inner = outer, outer = nodes.parentOf(outer)) {
    for (const before of nodes.before(inner, outer, mostSteps)) {
      const condition = conditionOf(before);
      if (condition !== undefined && !mayExit(nodes.written(before))) idle.add(nodes.written(stepThatMayFail(before, condition, (node) => nodes.written(node)) ?? condition));
    }
  }
  return idle;
}

/** One without a name runs where it stands. */
function isNamedFunction(node: Node, nodes: Nodes): boolean {
  return functionLike.test(nodes.typeOf(node)) && node.childForFieldName('name') !== null;
}

/** Long statements are no steps before another: they are what the function does. */
const longestStep = 400;

/** What so many statements before a call do says nothing of it any more. */
const mostSteps = 200;

type AddGuard = (text: string, kinds: readonly GuardKind[], place?: { readonly isExit?: boolean; readonly isElse?: boolean; readonly isCondition?: boolean; readonly isUnless?: boolean }) => void;

/** Whether a part of a conditional is what is done where its condition does not hold. */
function isAlternative(conditional: Node, part: Node): boolean {
  return part.type.startsWith('else') || conditional.childForFieldName('alternative')?.id === part.id;
}

/** What stands around a call, up to the function that it is in. */
export function guardsOf(call: Node, nodes: Nodes): Guard[] {
  const written = (node: Node) => nodes.written(node);
  const guards: Guard[] = [];
  const add: AddGuard = (text, kinds, { isExit = false, isElse = false, isCondition = false, isUnless = false } = {}) => {
    for (const kind of kinds) guards.push({ kind, source: text, ...(isExit && { isExit }), ...(isElse && { isElse }), ...(isCondition && { isCondition }), ...(isUnless && { isUnless }) });
  };
  for (let inner: Node = call, outer = nodes.parentOf(call); outer !== null; inner = outer, outer = nodes.parentOf(outer)) {
    const type = nodes.typeOf(outer);
    const condition = conditionOf(outer);
    if (condition !== undefined && condition.id !== inner.id) {
      const text = written(condition);
      add(text, kindsOfCondition(text), { isElse: isAlternative(outer, inner), isCondition: true, isUnless: type.startsWith('unless') });
    } else if (tries.test(type) && outer.namedChildren.some((child) => /catch|except|rescue/.test(child.type) && child.id !== inner.id)) add('try', ['errorHandling']);
    else if (type === 'with_statement' || type === 'using_statement') {
      const header = written(outer).split('\n', 1)[0] ?? '';
      if (transaction.test(header)) add(header, ['transaction']);
      if (/\bsuppress\(/.test(header)) add(header, ['errorHandling']);
    } else if (/call|invocation/.test(type) && inner.id !== outer.namedChildren[0]?.id) {
      const callee = written(outer).split('(', 1)[0] ?? '';
      if (transaction.test(callee)) add(callee, ['transaction']);
      if (handles.test(callee)) add(callee, ['errorHandling']);
    } else if (/^(?:binary|boolean|logical|conjunction)/.test(type) && outer.namedChildren.at(-1)?.id === inner.id) {
      const left = outer.namedChildren[0];
      if (left !== undefined && left.id !== inner.id) add(written(left), kindsOfCondition(written(left)), { isCondition: true });
    }
    // Handlers of a route run one after the other, and each can end it.
    if (type.startsWith('argument') && functionLike.test(nodes.typeOf(inner))) {
      for (const before of nodes.before(inner, outer, mostHandlers)) if (handler.test(written(before))) add(written(before), kindsIn(written(before), markKinds));
    }
    const isFunction = functionLike.test(type);
    // What stands before a function's body are its parameters, and before a branch its condition: they are no steps. A lambda of Kotlin has no body of its own.
    if ((!isFunction || type === 'lambda_literal') && condition === undefined) for (const before of nodes.before(inner, outer, mostSteps)) addStep(before, written, add);
    // The function's own name ends the climb; one without a name runs where it stands.
    if (isFunction && outer.childForFieldName('name') !== null) {
      addMarks(outer, nodes, add);
      break;
    }
  }
  return guards;
}

/** What handles the failure of the function that it is given. */
const handles = /(?:^|\.)(?:catch|rescue|runCatching|(?:express)?[aA]sync_?(?:Handler|Wrapper|Middleware|Route)|(?:catch|wrap|handle)_?(?:Async|Errors?|Exceptions?|Route)\w*|tryCatch|with(?:Error|Exception)\w*)$/;

/** What stands before a function among the arguments, where it is named or made by a call: `requireAdmin`, `authorize('admin')`. */
const handler = /^[\w$.]+(?:\([^()]*\))?$/;
const mostHandlers = 10;

const marks = /^(?:decorator|attribute_item|attribute_list|annotation|marker_annotation)$/;
const namedScope = /function|method|class|impl|object|module/;

/** Decorators, annotations and attributes of a function and of the classes that it is in: they guard every call of it. */
function addMarks(definition: Node, nodes: Nodes, add: AddGuard): void {
  for (let outer: Node | null = definition; outer !== null; outer = nodes.parentOf(outer)) {
    if (!namedScope.test(nodes.typeOf(outer)) && outer.type !== 'decorated_definition') continue;
    const own = outer.namedChildren.flatMap((child) => (child.type === 'modifiers' ? child.namedChildren : [child]));
    const above: Node[] = [];
    for (let mark = outer.previousNamedSibling; mark !== null && marks.test(mark.type); mark = mark.previousNamedSibling) above.push(mark);
    for (const mark of [...own, ...above].filter(({ type }) => marks.test(type))) {
      const text = nodes.written(mark);
      // A mark that declares an option of the command line only names what a guard asks for.
      if (/option|argument|param/i.test(text) && !/confirm|prompt/i.test(text)) continue;
      add(text, kindsIn(text, markKinds));
      if (transaction.test(text)) add(text, ['transaction']);
    }
  }
}

/** The condition under which a statement runs what it holds. */
function conditionOf(node: Node): Node | undefined {
  if (!conditional.test(node.type)) return undefined;
  return node.childForFieldName('condition') ?? node.childForFieldName('value') ?? node.namedChildren[0];
}

/** `if err := backup(db); err != nil`: the step is what guards, and not that it may fail. */
function stepThatMayFail(conditional: Node, condition: Node, written: (node: Node) => string): Node | null {
  return /^\(?err\s*!=\s*nil\)?$/.test(written(condition)) ? conditional.childForFieldName('initializer') : null;
}

/** What a condition guards against by its words; one that says nothing of it still has to hold. */
function kindsOfCondition(text: string): GuardKind[] {
  const kinds = kindsIn(text.replace(/^\(|\)$/g, ''), conditions);
  return kinds.length > 0 ? kinds : ['condition'];
}

/** What brings in a guard does not ask it. */
const brings = /^(?:export\s+)?(?:const|let|var)\b[^=]*=\s*(?:await\s+)?(?:require|import)\s*\(/;

function addStep(statement: Node, written: (node: Node) => string, add: AddGuard): void {
  if (functionLike.test(statement.type) || statement.type.includes('comment') || /^(?:import|class|package|use)/.test(statement.type)) return;
  const text = written(statement);
  if (brings.test(text)) return;
  const inner = /^(?:expression_statement|labeled_statement|statement)$/.test(statement.type) ? (statement.namedChildren[0] ?? statement) : statement;
  const condition = conditionOf(inner);
  if (condition !== undefined) {
    const modified = inner.type.endsWith("_modifier") ? text : text.slice(condition.endIndex - statement.startIndex);
    const step = stepThatMayFail(inner, condition, written);
    const guard = written(step ?? condition);
    if (mayExit(modified)) add(guard, step === null ? kindsOfCondition(guard) : kindsIn(guard, conditions), { isExit: true, isCondition: step === null, isUnless: inner.type.startsWith('unless') });
    return;
  }
  if (text.length > longestStep) return;
  // What a variable is called says nothing of what is done.
  const done = text.replace(/^(?:export\s+)?(?:(?:const|let|var|val|final)\s+)?[\w$]+(?:\s*:\s*[\w<>.]+)?\s*:?=\s*/, '');
  const isAssertion = assertion.test(text);
  const kinds: GuardKind[] = kindsIn(done, isAssertion ? asserted : steps).filter((kind) => /\(|\bawait\b|!$|^\s*\w+\s+\S/.test(text) && !/^(?:const|let|var)\s+\w+\s*=\s*(?:true|false|['"])/.test(text) && (kind !== 'environment' || isAssertion));
  if (transaction.test(text) && /begin|transaction\(|start/i.test(text)) kinds.push('transaction');
  if (isAssertion && kinds.length === 0) kinds.push('condition');
  if (kinds.length > 0) add(text, kinds, { isCondition: isAssertion });
}
