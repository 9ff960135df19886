import assert from 'node:assert/strict';
import { operationsIn } from '../../support/operations.ts';

/** A file, and the fields of the mutations that it calls as they are underlined. */
const files: readonly (readonly [path: string, text: string, ...fields: string[]])[] = [
  ['a.graphql', '# mutation { x }\nmutation A($a: ID! = {b: 1}) @c { one(a: $a, b: [{c: 1}]) { two { three } } d: four @skip(if: true) ... on X { y } }\nquery { five }', 'one(a: $a, b: [{c: 1}])', 'd: four'],
  ['a.gql', 'type Mutation { one(a: ID): X }\nextend type Mutation { two: X }\nschema { mutation: Mutation }'],
  ['a.ts', 'const M = gql`mutation { one(a: "${x}") }`; const s = "mutation { two }"; const T = gql`type Mutation { three: X }`;', 'one(a: "${x}")'],
  ['a.ts', "fetch(u, { body: JSON.stringify({ query: 'mutation { one }', variables: {} }) }); fetch(u, { body: '{\"query\": \"mutation { two(a: \\\\\"b\\\\\") }\"}' })", 'one', 'two(a: \\\\"b\\\\")'],
  ['a.ts', 'console.log("mutation { one }"); client.mutate({ mutation: DOC }); const DOC = `mutation { two }`;', 'two'],
];

describe('mutations of GraphQL', () => {
  for (const [path, text, ...fields] of files) {
    it(JSON.stringify(text).slice(0, 80), async () => {
      const operations = await operationsIn(path, text, { words: ['mutation'] });
      const found = operations.filter((operation) => operation.kind === 'call' && operation.imported?.startsWith('graphql#mutation.') === true);
      assert.deepEqual(found.map(({ range }) => range.of(text)), fields);
    });
  }
});
