import assert from 'node:assert/strict';
import type { Call } from '../../src/core/language/operation.ts';
import { disposeViews, operationsIn, told, toldLinks } from './operations.ts';

/** What is expected of the reader of a programming language, on calls of `danger` (or what an import of `m#danger` calls it). */
export interface LanguageTests {
  readonly name: string;
  readonly path: string;
  readonly words?: readonly string[];
  readonly imported?: readonly string[];
  /** What is called, by `module#name`, or `?name` when nobody knows. */
  readonly callees: readonly (readonly [what: string, code: string, callee: string])[];
  /** What is read in the strings that the code runs. */
  readonly embedded: readonly (readonly [code: string, told: string])[];
  /** Text that nothing runs. */
  readonly text: string;
  readonly chains: readonly (readonly [code: string, links: string, next: string])[];
  readonly addresses: readonly (readonly [code: string, address: string])[];
  readonly loops: readonly (readonly [code: string, over: string | undefined])[];
  /** Arguments as JSON: constants, lists, maps; what is unknown as written. */
  readonly args: readonly (readonly [code: string, args: string])[];
  readonly modules: readonly (readonly [code: string, modules: string])[];
  /** What must not make the reader fail. */
  readonly halfTyped?: readonly string[];
}

export function testLanguage({ name, path, words = ['danger', 'rm', 'drop', 'delete'], imported = ['m#danger'], ...tests }: LanguageTests): void {
  const operationsOf = (code: string) => operationsIn(path, code, { words, imported });
  const callIn = async (code: string): Promise<Call> => {
    const call = (await operationsOf(code)).find((operation) => operation.kind === 'call' && (/^danger$/i.test(operation.name) || words[0] === operation.name));
    assert.ok(call?.kind === 'call', 'no call was found');
    return call;
  };

  describe(name, () => {
    after(disposeViews);
    for (const [what, code, callee] of tests.callees) {
      it(`knows a callee through ${what}`, async () => {
        const calls = (await operationsOf(code)).filter((operation) => operation.kind === 'call' && (/^danger(?:Async)?$/i.test(operation.name) || operation.imported?.endsWith('danger')));
        assert.deepEqual(calls.map((operation) => told(operation, code).split(' | ')[0]), [callee]);
      });
    }
    for (const [code, expected] of tests.embedded) {
      it(`reads what is run in ${JSON.stringify(code)}`, async () => {
        const found = (await operationsOf(code)).filter(({ kind }) => kind !== 'call').map((operation) => told(operation, code));
        // A shell that is only the way to the command is one too.
        assert.deepEqual([...new Set(found)].filter((each) => !each.startsWith('$ sh ')), [expected]);
      });
    }
    it('reads no text that nothing runs', async () => {
      assert.deepEqual((await operationsOf(tests.text)).filter(({ kind }) => kind !== 'call'), []);
    });
    for (const [code, links, next] of tests.chains) {
      it(`knows the chain on both sides of ${code}`, async () => {
        const call = await callIn(code);
        assert.deepEqual([toldLinks(call.links), toldLinks(call.next)], [links, next]);
      });
    }
    for (const [code, address] of tests.addresses) {
      it(`knows the address in ${JSON.stringify(code)}`, async () => {
        assert.equal((await callIn(code)).address.join(' '), address);
      });
    }
    for (const [code, over] of tests.loops) {
      it(`knows the loop in ${JSON.stringify(code)}`, async () => {
        assert.equal((await callIn(code)).loop?.over, over);
      });
    }
    for (const [code, args] of tests.args) {
      it(`knows the arguments in ${JSON.stringify(code)}`, async () => {
        assert.equal(JSON.stringify((await callIn(code)).args.map(plain)), args);
      });
    }
    for (const [code, modules] of tests.modules) {
      it(`knows the modules in ${JSON.stringify(code)}`, async () => {
        assert.equal((await callIn(code)).modules.join(' '), modules);
      });
    }
    for (const code of tests.halfTyped ?? []) {
      it(`does not fail on ${JSON.stringify(code)}`, async () => {
        await operationsOf(code);
      });
    }
  });
}

function plain(value: Call['args'][number]): unknown {
  if (value.elements !== undefined) return value.elements.map(plain);
  if (value.properties !== undefined) return Object.fromEntries([...value.properties].map(([key, each]) => [key, plain(each)]));
  return value.constant === undefined ? value.source : value.constant;
}
