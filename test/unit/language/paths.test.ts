import assert from 'node:assert/strict';
import { type Call, hole } from '../../../src/core/language/operation.ts';
import { disposeViews, operationsIn } from '../../support/operations.ts';

async function callIn(path: string, code: string): Promise<Call> {
  const call = (await operationsIn(path, code, { words: ['danger'] })).find((operation) => operation.kind === 'call' && operation.name === 'danger');
  assert.ok(call?.kind === 'call');
  return call;
}

describe('paths in code', () => {
  after(disposeViews);
  for (const [path, code, constant, holes] of [
    ['a.py', 'danger(os.path.join("/srv", name))', `/srv/${hole}`, ['name']],
    ['a.py', 'danger(Path("/srv") / "a")', '/srv/a', undefined],
    ['a.py', 'danger(Path.home() / ".x")', `${hole}/.x`, ['Path.home()']],
    ['a.py', 'danger(os.path.expanduser("~/x"))', '~/x', undefined],
    ['a.py', 'danger(f"/srv/{user.name}")', `/srv/${hole}`, ['user.name']],
    ['a.rb', 'danger(File.join("/srv", name))', `/srv/${hole}`, ['name']],
    ['a.rb', 'danger("/srv/#{name}")', `/srv/${hole}`, ['name']],
    ['a.go', 'package a\nfunc f() { danger(filepath.Join("/srv", name)) }', `/srv/${hole}`, ['name']],
    ['a.kt', 'fun f() { danger(File(root) / "x") }', `${hole}/x`, ['File(root)']],
    ['A.java', 'class A { void f() { danger(Paths.get("/srv").resolve(name)); } }', `/srv/${hole}`, ['name']],
    ['A.cs', 'danger(Path.Combine("/srv", name));', `/srv/${hole}`, ['name']],
  ] as const) {
    it(`are joined in ${code}`, async () => {
      const [value] = (await callIn(path, code)).args;
      assert.deepEqual([value?.constant, value?.holes], [constant, holes]);
    });
  }
  it('are known where a call is on one', async () => {
    assert.equal((await callIn('a.py', 'Path("/srv").danger()')).receiverValue?.constant, '/srv');
    assert.equal((await callIn('a.kt', 'fun f() { File("/srv", "x").danger() }')).receiverValue?.constant, '/srv/x');
  });
  it('are known by what a name was given', async () => {
    assert.equal((await callIn('a.py', 'd = tempfile.mkdtemp()\nd.danger()')).receiverValue?.standsFor, 'tempfile.mkdtemp()');
    assert.equal((await callIn('a.py', 'with tempfile.TemporaryDirectory() as d:\n  danger(d)')).args[0]?.standsFor, 'tempfile.TemporaryDirectory()');
    assert.equal((await callIn('a.py', 'files = glob("*")\nfor f in files:\n  danger(f)')).loop?.standsFor, 'glob("*")');
  });
});
