import { javascript, typescript } from '../check/example.ts';
import { loopFactors, productionFactors } from '../check/factors.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call, Value } from '../language/operation.ts';

/** An absent or empty filter matches every record; one with a spread, or with a name that other lines may fill, may not be empty. */
function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value.source === 'undefined' || (value.properties?.size === 0 && value.isOpen !== true && value.standsFor === undefined);
}

/** Prisma takes `{ where }`, Mongoose and the MongoDB driver take the filter itself. */
function deletesAll({ args, receiver }: Call): boolean {
  if (receiver === undefined || args.length > 2 || /cache$/i.test(receiver)) return false;
  const [first] = args;
  if (isEmpty(first)) return true;
  return first?.properties?.size === 1 && first.isOpen !== true && first.properties.has('where') && isEmpty(first.properties.get('where'));
}

const collectionOf = ({ receiver = '' }: Call) => receiver.replace(/^.*\.(?=\w+$)/, '');

export default defineRule({
  id: 'delete-many-unfiltered',
  title: 'Every record deleted',
  why: 'A `deleteMany` whose filter is empty matches every record of the collection or table.',
  instead: 'Give a filter that names what is to go, count what it matches first, and delete in batches.',
  blindTo: 'A filter that is built elsewhere, or whose values turn out to be undefined when it runs.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [call('deleteMany', deletesAll)],
  judge: {
    call: (operation) => ({
      effect: `deletes every record of \`${collectionOf(operation)}\``,
      target: collectionOf(operation),
      factors: [...loopFactors(operation), ...productionFactors([operation.receiver ?? ''])],
    }),
  },
  examples: {
    bad: [
      typescript`await ⟦prisma.user.deleteMany({})⟧;`,
      typescript`await ⟦prisma.order.deleteMany()⟧;`,
      typescript`await ⟦prisma.order.deleteMany({ where: {} })⟧;`,
      javascript`await ⟦db.collection('orders').deleteMany({})⟧;`,
      typescript`await ⟦prisma.order.deleteMany({ where: undefined })⟧;`,
    ],
    good: [
      typescript`await prisma.user.deleteMany({ where: { id } });`,
      javascript`await Order.deleteMany({ createdAt: { $lt: cutoff } });`,
      javascript`await Order.deleteMany({ ...filter });`,
      javascript`await Order.deleteMany(filter);`,
      javascript`const filter = {};
if (id) filter.id = id;
await Order.deleteMany(filter);`,
      javascript`cache.deleteMany();`,
      javascript`console.log('Order.deleteMany({})');`,
      javascript`// await Order.deleteMany({});`,
      javascript`function deleteMany(filter = {}) {}`,
    ],
  },
});
