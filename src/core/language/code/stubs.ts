import type { Node } from 'web-tree-sitter';
import type { CallParts } from './dialect.ts';
import type { Scopes } from './scopes.ts';

/** Libraries of stand-ins for what a test would call. */
const libraries = /mockito|mockk|easymock|\bmoq\b|nsubstitute|fakeiteasy/i;

/** Their calls that take a call of a stand-in, or the stand-in itself: to say what it gives back, or to ask whether it was called. */
const takers = new Set(['when', 'whenever', 'given', 'then', 'verify', 'every', 'coEvery', 'coVerify', 'justRun', 'expect', 'Setup', 'Verify', 'CallTo', 'Received', 'DidNotReceive', 'When']);

/** A stubbed call stands so many steps below the one that takes it, in a lambda too. */
const deepestArgument = 8;

/** Whether a call only says what a stand-in does, or asks whether it was called: nothing happens. */
export function isStubbed(node: Node, parts: CallParts, scopes: Scopes): boolean {
  return scopes.modules.some((module) => libraries.test(module)) && (isOnTaker(parts, scopes) || isTaken(node, scopes));
}

/** `verify(store, times(2)).deleteAll()`, `doReturn(1).when(store).deleteAll()`. */
function isOnTaker({ object }: CallParts, scopes: Scopes): boolean {
  const inner = object === undefined ? undefined : scopes.unwrapped(object);
  const call = inner !== undefined && scopes.dialect.calls.has(scopes.nodes.typeOf(inner)) ? scopes.dialect.callOf(inner, scopes.nodes) : undefined;
  return call !== undefined && takers.has(scopes.nodes.written(call.name));
}

/** `given(store.deleteAll()).willReturn(3)`, `mock.Setup(store => store.DeleteAll())`, `every { store.deleteAll() }`. */
function isTaken(node: Node, { dialect, nodes }: Scopes): boolean {
  let outer = nodes.parentOf(node);
  for (let steps = 0; outer !== null && steps < deepestArgument && !/(?:statement|declaration)$/.test(nodes.typeOf(outer)); steps++, outer = nodes.parentOf(outer)) {
    const call = dialect.calls.has(nodes.typeOf(outer)) ? dialect.callOf(outer, nodes) : undefined;
    if (call !== undefined && takers.has(nodes.written(call.name)) && node.startIndex > call.name.startIndex) return true;
  }
  return false;
}
