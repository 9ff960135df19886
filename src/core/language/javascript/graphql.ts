import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { Embedded } from '../embedded.ts';
import { isSentMutation } from '../graphql/documents.ts';
import { rangeOf } from '../syntax.ts';
import { unwrapped } from './bindings.ts';
import { argumentsOf } from './calls.ts';
import { decodeString, type Resolve } from './strings.ts';

/** Tags and functions that are given a GraphQL document, or a request's body that holds one. */
const takers = new Set(['gql', 'graphql', 'mutate', 'mutation', 'request', 'rawRequest', 'stringify', 'useMutation', 'post', 'query', 'execute', 'fetchGraphQL', 'executeGraphQL', 'graphqlRequest', 'fetch']);

/** The words by which they are found; `query` and `execute` take SQL as well. */
export const graphqlWords: readonly string[] = [...takers];

/** Properties of an object that can hold a document. */
const holders = new Set(['query', 'mutation', 'document', 'body', 'data']);

/** The mutation that a call sends, when it is written there. */
export function graphqlIn(node: Node, name: string, text: LineText, resolve: Resolve): Embedded | undefined {
  if (!takers.has(name)) return undefined;
  const candidates = argumentsOf(node).flatMap((argument) => {
    const value = unwrapped(argument);
    if (value?.type !== 'object') return [argument];
    return value.namedChildren.flatMap((child) => {
      if (child.type === 'shorthand_property_identifier') return holders.has(text.slice(rangeOf(child))) ? [child] : [];
      const key = child.type === 'pair' ? child.childForFieldName('key') : null;
      const held = key !== null && holders.has(text.slice(rangeOf(key)).replace(/["']/g, '')) ? child.childForFieldName('value') : null;
      return held === null ? [] : [held];
    });
  });
  for (const candidate of candidates) {
    const code = decodeString(candidate, text, resolve);
    if (code !== undefined && isSentMutation(code.text)) return { family: 'graphql', code, isArgv: false };
  }
  return undefined;
}
