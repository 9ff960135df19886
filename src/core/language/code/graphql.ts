import type { Node } from 'web-tree-sitter';
import type { Embedded } from '../embedded.ts';
import { isSentMutation } from '../graphql/documents.ts';
import type { CallInTree } from './calls.ts';
import type { Argument } from './dialect.ts';
import type { Scopes } from './scopes.ts';
import { decodeString } from './strings.ts';

/** Calls of clients and of what writes a request's body that are given a GraphQL document, in any of the languages. */
const takers = new Set([
  'gql', 'parse', 'execute', 'execute_async', 'execute_query', 'query', 'mutate', 'mutation', 'post', 'request', 'Post', 'NewRequest', 'NewRequestWithContext', 'Exec', 'Mutate', 'Run', 'runQuery', 'graphql', 'graphQL', 'query_graphql',
  'dumps', 'to_json', 'generate', 'Marshal', 'json_encode', 'Serialize', 'SerializeObject', 'writeValueAsString', 'ofString', 'create', 'toRequestBody', 'StringContent', 'PostAsync', 'PostAsJsonAsync', 'JsonContent', 'json', 'body',
  'GraphQLRequest', 'GraphQLHttpRequest', 'SendMutationAsync', 'SendQueryAsync', 'document', 'run_query', 'build', 'NewReader', 'NewBufferString', 'setQuery', 'bodyValue',
]); // prettier-ignore

export const graphqlWords: readonly string[] = [...takers];

/** Entries of a map or of named arguments that can hold a document. */
const holders = new Set(['query', 'mutation', 'document', 'body', 'data', 'json', 'Query', 'content', 'payload', 'source']);

/** A body in a map in the arguments of a call. */
const deepestHolder = 4;

/** The mutation that a call sends, or writes into what is sent. */
export function graphqlIn({ parts, name }: CallInTree, scopes: Scopes): Embedded | undefined {
  if (!takers.has(name)) return undefined;
  // `{ query: MUTATION }.to_json`
  const given: readonly Argument[] = parts.args.length === 0 && parts.object !== undefined ? [{ value: parts.object }] : parts.args;
  for (const { value, name: key } of given) {
    if (key !== undefined && !holders.has(key)) continue;
    for (const text of documentsIn(value, scopes, deepestHolder)) {
      const code = decodeString(text, scopes);
      if (code !== undefined && isSentMutation(code.text)) return { family: 'graphql', code, isArgv: false };
    }
  }
  return undefined;
}

/** What may hold a document: the expression itself, or what its entries for one are. */
function documentsIn(written: Node, scopes: Scopes, depth: number): Node[] {
  const node = scopes.unwrapped(written);
  const entries = depth === 0 ? undefined : scopes.dialect.entriesOf(node, scopes.nodes)?.entries;
  if (entries !== undefined) return entries.flatMap(({ name, value }) => (holders.has((name ?? '').replace(/^["']|["']$/g, '')) ? documentsIn(value, scopes, depth - 1) : []));
  const given = depth === 0 ? undefined : scopes.constantBehind(node);
  return given !== undefined && scopes.dialect.entriesOf(scopes.unwrapped(given), scopes.nodes) !== undefined ? documentsIn(given, scopes, depth - 1) : [node];
}
