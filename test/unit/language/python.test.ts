import assert from 'node:assert/strict';
import type { Call } from '../../../src/core/language/operation.ts';
import { disposeViews, operationsIn as operationsOf, told, toldLinks } from '../../support/operations.ts';

const wanted = { words: ['danger', 'rm', 'delete', 'drop'], imported: ['m#danger'] };
const operationsIn = (code: string) => operationsOf('a.py', code, wanted);

after(disposeViews);

const callees: readonly [name: string, code: string, imported: string][] = [
  ['a module', 'import m\nm.danger()', 'm#danger'],
  ['a module under another name', 'import m as n\nn.danger()', 'm#danger'],
  ['a dotted module', 'import a.b\na.b.danger()', 'a#b.danger'],
  ['a dotted module under another name', 'import a.b as c\nc.danger()', 'a.b#danger'],
  ['a member', 'from m import danger\ndanger()', 'm#danger'],
  ['a member under another name', 'from m import danger as calm\ncalm()', 'm#danger'],
  ['a name bound to a call', 'import m\nc = m.client("s3")\nc.danger()', 'm#client(s3).danger'],
  ['the last that a name was given', 'import m\nc = other()\nc = m.client("s3")\nc.danger()', 'm#client(s3).danger'],
  ['a call on a call', 'import m\nm.client("s3").danger()', 'm#client(s3).danger'],
  ['an instance', 'from m import Client\nc = Client()\nc.danger()', 'm#Client.danger'],
  ['a typed parameter', 'from m import Client\ndef f(c: Client): c.danger()', 'm#Client.danger'],
  ['a parameter that may be none', 'from m import Client\ndef f(c: Client = None): c.danger()', 'm#Client.danger'],
  ['a field', 'import m\nclass A:\n  def __init__(self):\n    self.c = m.client("x")\n  def f(self):\n    self.c.danger()', 'm#client(x).danger'],
  ['a field that a parameter types', 'from m import C\nclass A:\n  def __init__(self, c: C):\n    self.c = c\n  def f(self):\n    self.c.danger()', 'm#C.danger'],
  ['with … as', 'import m\nwith m.open("x") as c:\n  c.danger()', 'm#open(x).danger'],
  ['an import in a function', 'def f():\n  import m\n  m.danger()', 'm#danger'],
  ['await and brackets', 'import m\nasync def f(): (await m.danger())', 'm#danger'],
  ['a name that a parameter shadows', 'from m import danger\ndef f(danger): danger()', '?danger'],
  ['a name that a function shadows', 'from m import danger\ndef danger(): pass\ndanger()', '?danger'],
  ['an unknown receiver', 'x.danger()', '?danger'],
];

describe('Python: what a callee is', () => {
  for (const [name, code, imported] of callees) {
    it(`is known through ${name}`, async () => {
      const calls = (await operationsIn(code)).filter(({ kind }) => kind === 'call').map((operation) => told(operation, code).split(' | ')[0]);
      assert.deepEqual(calls, [imported]);
    });
  }
});

const embedded: readonly [code: string, told: string][] = [
  ['import os\nos.system("rm -rf /data")', '$ rm | rm -rf /data'],
  ['import subprocess\nsubprocess.run(["rm", "-rf", "/data"], check=True)', '$ rm | subprocess.run(["rm", "-rf", "/data"], check=True)'],
  ['import subprocess as s\ns.check_call("sudo rm -rf /data", shell=True)', '$ rm | rm -rf /data'],
  ['from subprocess import run\ncmd = "rm -rf /data"\nrun(cmd, shell=True)', '$ rm | rm -rf /data'],
  ['from subprocess import run\ncmd = ["rm", "-rf", path]\nrun(cmd)', '$ rm | run(cmd)'],
  ['import os\nos.system("rm -rf %s" % x)', '$ rm | rm -rf %s'],
  ['import os\nos.system(f"rm -rf {x}")', '$ rm | rm -rf {x}'],
  ['import os\nos.system("rm -rf {}".format(x))', '$ rm | rm -rf {}'],
  ['import os\nos.system("rm " + "-rf " + x)', '$ rm | rm " + "-rf " + x'],
  ['cur.execute("DROP TABLE users")', 'sql drop | DROP TABLE users'],
  ['cur.execute("""\n  DELETE FROM users\n""")', 'sql delete | DELETE FROM users'],
  ['from sqlalchemy import text\nconn.execute(text("DROP TABLE users"))', 'sql drop | DROP TABLE users'],
];

describe('Python: code in strings', () => {
  for (const [code, expected] of embedded) {
    it(`is read in ${JSON.stringify(code)}`, async () => {
      const found = (await operationsIn(code)).filter(({ kind }) => kind !== 'call').map((operation) => told(operation, code));
      assert.deepEqual([...new Set(found)], [expected]);
    });
  }
  it('is not read where nothing runs it', async () => {
    const code = 'print("rm -rf /")\nlog.info("DROP TABLE users")\n"""rm -rf /"""\n# rm -rf /\nx = "rm -rf /"';
    assert.deepEqual((await operationsIn(code)).filter(({ kind }) => kind !== 'call'), []);
  });
});

describe('Python: around a call', () => {
  const callIn = async (code: string): Promise<Call> => {
    const call = (await operationsIn(code)).find((operation) => operation.kind === 'call');
    assert.ok(call);
    return call;
  };
  it('stands its chain on both sides', async () => {
    const call = await callIn('User.objects.filter(a=1).delete().x.y(1, 2)');
    assert.deepEqual([toldLinks(call.links), toldLinks(call.next)], ['User objects filter(1)', 'x y(2)']);
  });
  it('stands its address', async () => {
    assert.deepEqual((await callIn('class A:\n  def f(self):\n    danger()')).address, ['A', 'f']);
  });
  for (const [code, over] of [
    ['for x in xs:\n  danger(x)', 'xs'],
    ['[danger(x) for x in xs]', 'xs'],
    ['while more():\n  danger()', 'more()'],
    ['for x in danger(): pass', undefined],
    ['for x in xs:\n  def f(): danger()', undefined],
  ] as const) {
    it(`stands the loop that it runs in: ${JSON.stringify(code)}`, async () => {
      assert.equal((await callIn(code)).loop?.over, over);
    });
  }
  it('stand its arguments, the named ones together', async () => {
    const { args } = await callIn('N = "b"\ndanger("a", N, 3, True, None, [1], {"k": "v"}, Bucket="x", Force=True)');
    assert.deepEqual(args.slice(0, 5).map(({ constant }) => constant), ['a', 'b', 3, true, null]);
    assert.equal(args[5]?.elements?.[0]?.constant, 1);
    assert.equal(args[6]?.properties?.get('k')?.constant, 'v');
    assert.equal(args[7]?.properties?.get('Bucket')?.constant, 'x');
  });
  it('stand the modules of the file', async () => {
    assert.deepEqual((await callIn('import boto3\nfrom a.b import c\nfrom d import *\ndanger()')).modules, ['boto3', 'a.b', 'd']);
  });
});
