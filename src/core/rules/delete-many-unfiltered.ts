import type { Clue } from '../check/clues.ts';
import { csharp, go, javascript, kotlin, python, typescript } from '../check/example.ts';
import { loopFactors, productionFactors } from '../check/factors.ts';
import { brings, collectionName, isEmptyFilter, isThrowaway, lastName, optionsOf, property } from '../check/filters.ts';
import { environmentFactors } from '../check/places.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call, Value } from '../language/operation.ts';

type Test = (call: Call) => boolean;

/** A cache is filled again, and a map of the language is no collection. */
const isStore = ({ receiver }: Call) => receiver !== undefined && !/(?:cache|map|set|list|headers|params|storage)$/i.test(receiver);

/** The filter itself, as the MongoDB drivers take it; Go's stands behind the context, Prisma's in `where`. */
function filterOf({ args }: Call): Value | undefined {
  const [first, second] = args;
  const filter = first !== undefined && /^(?:ctx|context\.\w+\(\)|c)$/.test(first.source) ? second : first;
  return property(filter, 'where') ?? property(filter, 'filter') ?? (isPrismas(filter) ? undefined : filter);
}

/** `updateMany({ data })`: all that there is is what to write. */
function isPrismas(value: Value | undefined): boolean {
  return value?.properties?.has('data') === true && value.isOpen !== true;
}

const deletesAll: Test = (operation) => isStore(operation) && operation.args.length <= 3 && (isEmptyFilter(filterOf(operation)) || isKeptEmpty(filterOf(operation), operation));

/** A filter that was made empty before, in the same function, and that nothing in between speaks of. */
function isKeptEmpty(value: Value | undefined, { preceding = '' }: Call): boolean {
  if (value?.standsFor === undefined || !/^[\w$]+$/.test(value.source) || !isEmptyFilter({ range: value.range, source: value.standsFor.replace(/\s+/g, '') })) return false;
  return preceding.split(new RegExp(`(?<![\\w$.])${value.source.replaceAll('$', '\\$')}(?![\\w$])`)).length === 2;
}

/** `updateMany` says what to write as well, except where it says nothing at all. */
const updatesAll: Test = (operation) => deletesAll(operation) && operation.args.length > 0;

/** `remove({})` and `delete({})` of what is a collection, a model or a repository by its name. */
const isCollection = /(?:collection(?:\([^()]*\))?|[rR]epo(?:sitory)?|[mM]odel|[mM]anager|[eE]m|getRepository\([^()]*\)|^[A-Z]\w*)$/;
const removesAll: Test = (operation) => {
  const [first, second] = operation.args;
  if (first === undefined || !isStore(operation) || !isCollection.test(operation.receiver ?? '')) return false;
  const isOfEntity = second !== undefined && /^[A-Z]\w*$/.test(first.source);
  const filter = isOfEntity ? second : first;
  return filter.constant !== null && filter.source !== 'undefined' && filter.properties !== undefined && isEmptyFilter(filter);
};

const ofCollection: Clue = { on: /(?:collection(?:\([^()]*\))?|repo(?:sitory)?|model|manager|em|getRepository\([^()]*\)|\b[A-Z]\w*)$/i, given: /^\s*(?:[A-Z]\w*\s*,\s*)?(?:\{\s*\}|[[(]|new\b|[a-zA-Z]\w*(?:\.\w+)*\s*[({[!=<])/ };

/** Sequelize's `destroy` needs to be told that all is meant. */
const destroysAll: Test = ({ args }) => {
  const [options] = args;
  if (options?.properties === undefined || options.isOpen === true) return false;
  const isTruncating = property(options, 'truncate')?.constant === true;
  return isTruncating || (options.properties.has('where') && isEmptyFilter(property(options, 'where')));
};

/** MikroORM: `nativeDelete(User, {})`. */
const isNativeOnAll: Test = ({ args }) => args.length >= 2 && isEmptyFilter(args[1]);

/** A queryInterface's `bulkDelete('users', null)`, and Elasticsearch's query for all documents. */
const isBulkOnAll: Test = ({ args }) => args.length >= 1 && args.length <= 3 && isEmptyFilter(args[1]);
const asksForAll: Test = (operation) => {
  const options = optionsOf(operation);
  const query = property(property(options, 'body'), 'query') ?? property(options, 'query');
  return query?.properties?.has('match_all') === true || /^\{\s*["']?match_all["']?\s*:/.test(query?.source ?? '');
};

/** Android's SQLite: `db.delete("messages", null, null)`. */
const deletesTable: Test = ({ args: [table, where, values, ...more] }) => typeof table?.constant === 'string' && where?.constant === null && values?.constant === null && more.length === 0;

const isMongo = (operation: Call) => brings(operation, /mongo/i);

/** Elasticsearch names the index among the options. */
const indexOf = (operation: Call): string | undefined => {
  const index = property(optionsOf(operation), 'index');
  const constant = index?.constant ?? index?.elements?.[0]?.constant;
  return typeof constant === 'string' ? constant : index?.source;
};

const isOfIndex = ({ name }: Call) => /[bB]y_?[qQ]uery$/.test(name);

const collectionOf = (operation: Call): string => (isOfIndex(operation) ? indexOf(operation) : undefined) ?? collectionName(operation.receiver) ?? ownName(operation);

const ownName = ({ receiver = '', args }: Call) => typeof args[0]?.constant === 'string' ? args[0].constant : (/^[A-Z]\w*$/.test(args[0]?.source ?? '') ? (args[0]?.source ?? '') : receiver.replace(/^.*\.(?=\w+$)/, '') || lastName(receiver));

export default defineRule({
  id: 'delete-many-unfiltered',
  title: 'Every record deleted or overwritten',
  why: 'A `deleteMany` or its kin whose filter is empty matches every record of the collection or table; the same with `updateMany` overwrites every one.',
  instead: 'Give a filter that names what is to go, count what it matches first, and delete in batches.',
  blindTo: 'A filter that is built elsewhere, and one that matches everything because of the data. Values that turn out to be undefined have a rule of their own.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [
    ...['deleteMany', 'DeleteMany', 'DeleteManyAsync', 'delete_many'].map((name) => call(name, deletesAll)),
    ...['updateMany', 'UpdateMany', 'UpdateManyAsync', 'update_many'].map((name) => call(name, updatesAll)),
    call('remove', (operation) => removesAll(operation), [ofCollection]),
    call('delete', (operation) => removesAll(operation) || deletesTable(operation), [ofCollection, { given: /,\s*null\s*,\s*null\s*,?\s*\)/ }]),
    call('destroy', destroysAll, [{ given: /^\s*\{[^]*?\b(?:where|truncate)\b/ }, { given: /^\s*[\w$.]+\s*[,)]/, text: /\b(?:where|truncate)["']?\s*:/ }]),
    call('nativeDelete', isNativeOnAll),
    call('nativeUpdate', isNativeOnAll),
    call('bulkDelete', isBulkOnAll),
    call('deleteByQuery', asksForAll),
    call('delete_by_query', asksForAll),
    call('updateByQuery', asksForAll),
    call('remove_many', (operation) => isMongo(operation) && deletesAll(operation)),
  ],
  judge: {
    call: (operation) => {
      if (isThrowaway(operation) || operation.address.includes('down')) return undefined;
      const target = collectionOf(operation);
      const overwrites = /update/i.test(operation.name);
      return {
        effect: `${overwrites ? 'overwrites values in' : 'deletes'} every record of \`${target}\``,
        target,
        factors: [...environmentFactors(operation), ...loopFactors(operation), ...productionFactors([operation.receiver ?? ''])],
      };
    },
  },
  examples: {
    bad: [
      javascript`async function wipe() {
  const filter = {};
  await ⟦User.deleteMany(filter)⟧;
}`,
      kotlin`fun reset(db: SQLiteDatabase) { ⟦db.delete("messages", null, null)⟧ }`,
      typescript`await ⟦prisma.user.deleteMany({})⟧;`,
      typescript`await ⟦prisma.order.deleteMany()⟧;`,
      typescript`await ⟦prisma.order.deleteMany({ where: {} })⟧;`,
      javascript`await ⟦db.collection('orders').deleteMany({})⟧;`,
      typescript`await ⟦prisma.order.deleteMany({ where: undefined })⟧;`,
      typescript`await ⟦prisma.user.updateMany({ data: { active: false } })⟧;`,
      javascript`await ⟦User.updateMany({}, { $set: { active: false } })⟧;`,
      javascript`await ⟦User.destroy({ truncate: true, cascade: true })⟧;`,
      javascript`await ⟦User.destroy({ where: {} })⟧;`,
      typescript`await ⟦userRepository.delete({})⟧;`,
      typescript`await ⟦em.nativeDelete(User, {})⟧;`,
      javascript`await ⟦client.deleteByQuery({ index: 'orders', body: { query: { match_all: {} } } })⟧;`,
      python`⟦db.orders.delete_many({})⟧`,
      go`package tidy
func run() { ⟦orders.DeleteMany(ctx, bson.M{})⟧ }`,
      csharp`class Tidy { void Run() { ⟦orders.DeleteMany(_ => true)⟧; } }`,
    ],
    good: [
      javascript`async function wipe(state) {
  const filter = {};
  if (state) filter.state = state;
  await User.deleteMany(filter);
}`,
      typescript`await prisma.user.deleteMany({ where: { id } });`,
      javascript`await Order.deleteMany({ createdAt: { $lt: cutoff } });`,
      javascript`await Order.deleteMany({ ...filter });`,
      javascript`await Order.deleteMany(filter);`,
      javascript`const filter = {};
if (id) filter.id = id;
await Order.deleteMany(filter);`,
      javascript`cache.deleteMany();`,
      javascript`await User.destroy({ where: { id } });`,
      javascript`seen.delete({});`,
      typescript`await prisma.user.updateMany({ where: { plan: 'free' }, data: { active: false } });`,
      javascript`import { MongoMemoryServer } from 'mongodb-memory-server';
await User.deleteMany({});`,
      javascript`console.log('Order.deleteMany({})');`,
      javascript`// await Order.deleteMany({});`,
      javascript`function deleteMany(filter = {}) {}`,
      python`db.orders.delete_many({"status": "draft"})`,
      go`package tidy
func run() { orders.DeleteMany(ctx, bson.M{"status": "draft"}) }`,
    ],
  },
});
