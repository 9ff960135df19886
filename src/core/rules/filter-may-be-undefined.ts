import { quoted } from '../check/factors.ts';
import { javascript, php, python, typescript } from '../check/example.ts';
import { property } from '../check/filters.ts';
import { keptQueryClue, keptQueryOf } from '../check/keptQuery.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call, Value } from '../language/operation.ts';

/** Where values come from that the caller may have left out. */
const leftOut = /\?\.|\b(?:query|body|headers|cookies|env|argv|flags|options|opts|filters?)(?:\.|\[)|\.get\(|\bas\s/;

/** The value in a filter that decides whether it bounds anything, when it may be undefined. */
function missing(value: Value, operation: Call, isNested = false): Value | undefined {
  const { source, standsFor, constant, properties, elements } = value;
  if (source === 'undefined') return value;
  if (properties !== undefined && standsFor === undefined) return firstMissing(properties, operation, true);
  if (constant !== undefined || elements !== undefined || properties !== undefined) return undefined;
  const origin = standsFor ?? source;
  if (leftOut.test(origin) && !/\?\?|\|\|/.test(origin)) return isChecked(source, operation) ? undefined : value;
  // Behind an operator (`{ in: ids }`) stands a list or a bound that the code has just made.
  return !isNested && standsFor === undefined && /^[A-Za-z_$][\w$]*!?$/.test(source) && !isChecked(source.replace('!', ''), operation) ? value : undefined;
}

/** All conditions must hold: one that is certain bounds the rest. */
function firstMissing(properties: ReadonlyMap<string, Value>, operation: Call, isNested = false): Value | undefined {
  const values = [...properties.values()].map((value) => missing(value, operation, isNested));
  return values.length > 0 && values.every((value) => value !== undefined) ? values[0] : undefined;
}

/** What refuses a value that is not there, as schemas do: `const { id } = schema.parse(body)`. */
const validates = /(?:(?<![\w$.])([\w$.]+)\s*\.\s*(?:parse|parseAsync|validate|validateSync|validateAsync|cast|assert|attempt)\s*\(|\.valid\s*\(|^(?:await\s+)?(?:parse|validate\w*|assert)\s*\(\s*([\w$]+))/;

/** What a schema asks of a field, where the code shows it; a schema from elsewhere is believed. */
function isAskedFor(field: string, schema: string, code: string): boolean {
  const at = schema === '' ? -1 : code.search(new RegExp(`\\b${schema.replace(/^.*\./, '').replaceAll('$', '\\$')}\\s*(?::[^=]+)?=(?!=)`));
  const written = at === -1 ? undefined : new RegExp(`(?<![\\w$])["']?${field.replaceAll('$', '\\$')}["']?\\s*:\\s*([^\\n]*)`).exec(code.slice(at))?.[1];
  return written === undefined || !/optional|nullish|partial|undefined|\bany\(|unknown\(/i.test(written.replace(/,.*$/, ''));
}

/** Whether a variable is a field of what a schema let through. */
function isValidated(name: string, { preceding = '', above = '' }: Call): boolean {
  const [, renamed, given = ''] = new RegExp(`\\b(?:const|let|var)\\s*\\{[^{}=]*?(?:([\\w$]+)\\s*:\\s*)?(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])[^{}=]*\\}\\s*=\\s*([^;\\n]+)`).exec(preceding) ?? [];
  const field = renamed ?? name;
  const code = `${above}\n${preceding}`;
  const [isSchema, schema, handed] = validates.exec(given) ?? [];
  if (isSchema !== undefined) return isAskedFor(field, schema ?? handed ?? '', code) && (schema !== undefined || isAskedFor(field, given, code));
  // The procedures of tRPC are given what their schema let through.
  const input = code.lastIndexOf('.input(');
  const isInput = /^(?:await\s+)?(?:opts\.|req\.|ctx\.)?input\b/.test(given) || (given === '' && new RegExp(`\\(\\s*\\{[^()]*\\binput\\s*:\\s*\\{[^{}]*(?<![\\w$])${name}(?![\\w$])`).test(code.slice(input)));
  if (!isInput || input === -1) return false;
  const [, inline = ''] = new RegExp(`(?<![\\w$])["']?${field}["']?\\s*:\\s*([^,\\n}]*)`).exec(code.slice(input)) ?? [];
  const [, outside = ''] = /^\.input\(\s*([\w$]+)\s*\)/.exec(code.slice(input)) ?? [];
  return outside === '' ? !/optional|nullish|undefined/i.test(inline) : isAskedFor(field, outside, code);
}

/** Whether the code before asks for the value, or its declaration says that it is always there. */
function isChecked(source: string, operation: Call): boolean {
  const { preceding = '' } = operation;
  const name = source.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&');
  const last = /(?<![\w$])[\w$]+$/.exec(source)?.[0] ?? source;
  if (new RegExp(`\\b(?:if|while|assert\\w*|invariant|ensure\\w*|require\\w*|expect\\w*|check\\w*|ok|throwIf\\w*|validate\\w*|is[A-Z]\\w*)\\s*\\(.*(?<![\\w$.])${name}(?![\\w$])|(?<![\\w$.])${name}\\s*(?:===?|!==?|&&|\\?(?![.:?]))`).test(preceding)) return true;
  // A parameter, a field or a variable with a type that has no room for undefined; loops and catches give values, too.
  const typed = new RegExp(`(?<![\\w$.?])${last}\\s*:\\s*(?:readonly\\s+)?([^=;,)}]+)`).exec(preceding)?.[1];
  if (typed !== undefined && /^(?:string|number|bigint|boolean|Date|Buffer|[A-Z]\w*)(?:\[\])*\s*$/.test(typed.trim())) return true;
  const given = new RegExp(`(?:\\b(?:const|let|var)\\s+${last}\\s*=\\s*([^;\\n]+))`).exec(preceding)?.[1];
  if (given === undefined && isValidated(last, operation)) return true;
  if (given !== undefined) return !leftOut.test(given) && !/^undefined\b/.test(given);
  return new RegExp(`\\bfor\\s*\\(\\s*(?:const|let)\\s+${last}\\s+of\\b|(?:map|forEach|filter|reduce)\\w*\\(\\s*(?:async\\s*)?\\(?${last}\\b`).test(preceding);
}

/** The whole filter is what the caller asks for, who may ask for nothing. */
const requested = /^(?:req|request|ctx|c|context|event)(?:\.(?:request|req))?\.(?:query|body|params|queryStringParameters)(?:\s+as\s+\w+)?$/;

function suspect(operation: Call): Value | undefined {
  const [first] = operation.args;
  const whole = property(first, 'where') ?? first;
  if (whole !== undefined && requested.test((whole.standsFor ?? whole.source).trim()) && operation.receiver !== undefined) return isChecked(whole.source, operation) ? undefined : whole;
  const where = property(first, 'where');
  if (where?.properties === undefined || where.isOpen === true || where.standsFor !== undefined || operation.receiver === undefined) return undefined;
  return firstMissing(where.properties, operation);
}

/** A filter that begins empty, and gets each of its conditions only when something holds: `const where = {}; if (id) where.id = id`. */
function filledSometimes({ args: [first], preceding = '' }: Call): Value | undefined {
  const filter = property(first, 'where') ?? first;
  const name = filter?.source ?? '';
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return undefined;
  const bare = name.replaceAll('$', '\\$');
  const begun = [...preceding.matchAll(new RegExp(`\\b(?:const|let|var)\\s+${bare}\\s*(?::[^=\\n]+)?=\\s*\\{\\s*\\}`, 'g'))].at(-1);
  if (begun === undefined) return undefined;
  const since = preceding.slice(begun.index + begun[0].length);
  const fills = [...since.matchAll(new RegExp(`(?<![\\w$.])${bare}(?:\\.\\w+|\\[[^\\]\\n]+\\])\\s*=(?!=)`, 'g'))];
  // Whoever hands it on, or looks at it as a whole, may see to it.
  if (fills.length === 0 || new RegExp(`(?<![\\w$.])${bare}(?![\\w$]|\\.\\w|\\[)`).test(since)) return undefined;
  return fills.every(({ index }) => isConditional(since.slice(0, index))) ? filter : undefined;
}

/** Whether what follows a text is only done when a condition holds. */
function isConditional(before: string): boolean {
  if (/\bif\s*\([^\n]*\)\s*$/.test(before)) return true;
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    if (before[at] === '}') depth++;
    else if (before[at] === '{' && depth-- === 0) return /\bif\s*\([^\n]*\)\s*$/.test(before.slice(0, at));
  }
  return false;
}

/** Methods that carry a query out, in whatever language. */
const carriesOut = ['delete', 'delete_all', 'destroy_all', 'del', 'forceDelete', 'update_all', 'ExecuteDelete', 'ExecuteDeleteAsync'];

const isKeptOpen = (operation: Call) => keptQueryOf(operation)?.isNarrowedSometimes === true;

const isSuspect = (operation: Call) => suspect(operation) !== undefined || filledSometimes(operation) !== undefined;

const isFilledSometimes = (operation: Call) => property(operation.args[0], 'where') !== undefined && filledSometimes(operation) !== undefined;

export default defineRule({
  id: 'filter-may-be-undefined',
  title: 'Filter that vanishes when a value is undefined',
  why: 'Prisma leaves a condition out whose value is undefined, and code that adds conditions one by one adds none when nothing is asked for. The filter then matches every record, and all of them go.',
  instead: 'Check the value before and stop when it is missing, or turn on `strictUndefinedChecks`.',
  blindTo: 'Values that are checked or given a default in another file, and clients of which only the type system knows that a value is there. A declared type without `undefined` and any check of the value before the call count as proof.',
  blastRadius: { scope: 'collection', undo: 'none' },
  weighsTests: true,
  matches: [call('deleteMany', isSuspect), call('updateMany', isSuspect), call('updateManyAndReturn', isSuspect), call('destroy', isFilledSometimes, [{ languages: ['javascript'], given: /^\s*[^\s)]/, text: /\bwhere["']?\s*[:,}]/ }]), ...carriesOut.map((name) => call(name, isKeptOpen, [keptQueryClue]))],
  judge: {
    call: (operation) => {
      const kept = carriesOut.includes(operation.name) ? keptQueryOf(operation) : undefined;
      if (kept !== undefined) return { effect: `${operation.name.startsWith('update') ? 'overwrites values in' : 'deletes'} every record of ${quoted(kept.written)} when none of the conditions before it holds`, target: kept.written };
      const filled = filledSometimes(operation);
      if (filled !== undefined) return { effect: `${operation.name.startsWith('update') ? 'overwrites values in' : 'deletes'} every record of ${quoted(operation.receiver ?? '')} when none of the conditions before it holds`, target: operation.receiver ?? '' };
      const value = suspect(operation);
      if (value === undefined || operation.address.includes('down')) return undefined;
      const target = (operation.receiver ?? '').replace(/^.*\./, '');
      return {
        effect: `${operation.name === 'deleteMany' ? 'deletes' : 'overwrites values in'} every record of \`${target}\` when ${quoted(value.source)} is undefined`,
        target,
        factors: [{ text: 'nothing before it makes sure that there is a value', weight: -1, range: value.range }],
      };
    },
  },
  examples: {
    bad: [
      javascript`async function clear({ owner, kind }) {
  const where = {};
  if (owner) where.owner = owner;
  if (kind) {
    where.kind = kind;
  }
  await ⟦Note.destroy({ where })⟧;
}`,
      javascript`export const wipe = (req) => ⟦User.deleteMany(req.query)⟧;`,
      typescript`async function remove(shop?: string) {
  await ⟦prisma.theme.deleteMany({ where: { shop } })⟧;
}`,
      typescript`await ⟦prisma.theme.deleteMany({ where: { shop: req.query.shop } })⟧;`,
      typescript`let teamId;
afterAll(async () => {
  await ⟦prisma.team.deleteMany({ where: { id: teamId } })⟧.catch(() => {});
});`,
      typescript`await ⟦prisma.user.updateMany({ where: { id: undefined }, data: { active: false } })⟧;`,
      typescript`await ⟦prisma.session.deleteMany({ where: { userId: user?.id } })⟧;`,
      typescript`const input = z.object({ userId: z.string().optional() });
async function remove(request: Request) {
  const { userId } = input.parse(request.body);
  await ⟦prisma.post.deleteMany({ where: { authorId: userId } })⟧;
}`,
      typescript`const remove = procedure.input(z.object({ userId: z.string().optional() })).mutation(async ({ input }) => {
  const { userId } = input;
  await ⟦prisma.post.deleteMany({ where: { userId } })⟧;
});`,
      typescript`async function remove(request: Request) {
  const { userId } = request.body;
  await ⟦prisma.post.deleteMany({ where: { userId } })⟧;
}`,
      python`def purge(status=None):
    orders = Order.objects.all()
    if status:
        orders = orders.filter(status=status)
    ⟦orders.delete()⟧`,
      php`<?php
$query = Order::query();
if ($request->status) {
    $query->where('status', $request->status);
}
⟦$query->delete()⟧;`,
    ],
    good: [
      javascript`async function clear({ owner, kind }) {
  const where = {};
  where.owner = owner;
  if (kind) where.kind = kind;
  await Note.destroy({ where });
}`,
      javascript`async function clear({ owner }) {
  const where = {};
  if (owner) where.owner = owner;
  if (Object.keys(where).length === 0) throw new Error('whose?');
  await Note.destroy({ where });
}`,
      python`def purge(status=None):
    orders = Order.objects.all()
    orders = orders.filter(shop=shop)
    if status:
        orders = orders.filter(status=status)
    orders.delete()`,
      python`def purge(status=None):
    orders = Order.objects.all()
    if not status:
        raise ValueError("which?")
    if status:
        orders = orders.filter(status=status)
    orders.delete()`,
      typescript`async function remove(shop: string) {
  await prisma.theme.deleteMany({ where: { shop } });
}`,
      typescript`async function remove(shop?: string) {
  if (!shop) return;
  await prisma.theme.deleteMany({ where: { shop } });
}`,
      typescript`await prisma.session.deleteMany({ where: { userId: user.id } });`,
      typescript`await prisma.session.deleteMany({ where: { userId, kind: 'temporary' } });`,
      typescript`const cutoff = new Date(Date.now() - 86_400_000);
await prisma.session.deleteMany({ where: { endedAt: { lt: cutoff } } });`,
      typescript`await prisma.session.deleteMany({ where: { id: { in: ids } } });`,
      typescript`const input = z.object({ userId: z.string().uuid() });
async function remove(request: Request) {
  const { userId } = input.parse(request.body);
  await prisma.post.deleteMany({ where: { authorId: userId } });
}`,
      typescript`const remove = procedure.input(z.object({ userId: z.string() })).mutation(async ({ input }) => {
  const { userId } = input;
  await prisma.post.deleteMany({ where: { userId } });
});`,
      typescript`for (const id of ids) await prisma.session.deleteMany({ where: { id } });`,
      typescript`await Order.deleteMany({ shop });`,
    ],
  },
});
