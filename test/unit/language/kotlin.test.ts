import assert from 'node:assert/strict';
import type { Call } from '../../../src/core/language/operation.ts';
import { disposeViews, operationsIn as operationsOf, told, toldLinks } from '../../support/operations.ts';

const wanted = { words: ['danger', 'rm', 'delete', 'drop', 'Danger'], imported: ['m.n#danger', 'm.n#C.danger'] };
const operationsIn = (code: string) => operationsOf('A.kt', code, wanted);
const embeddedIn = async (code: string) => [...new Set((await operationsIn(code)).filter(({ kind }) => kind !== 'call').map((operation) => told(operation, code)))];
/** Statements as the body of a function, behind the imports. */
const inFunction = (body: string, imports = 'import m.n.C') => `${imports}\nfun f() {\n${body}\n}\n`;

after(disposeViews);

const callees: readonly [name: string, code: string, imported: string][] = [
  ['a class', inFunction('C.danger()'), 'm.n#C.danger'],
  ['a class of a wildcard import', inFunction('C.danger()', 'import m.n.*'), '*#C.danger'],
  ['a class under another name', inFunction('D.danger()', 'import m.n.C as D'), 'm.n#C.danger'],
  ['a full name', inFunction('m.n.C.danger()', ''), 'm.n#C.danger'],
  ['a function', inFunction('danger()', 'import m.n.danger'), 'm.n#danger'],
  ['a function under another name', inFunction('calm()', 'import m.n.danger as calm'), 'm.n#danger'],
  ['an instance', inFunction('val c = C()\nc.danger()'), 'm.n#C.danger'],
  ['an instance that is set up', inFunction('val c = C { region = "x" }\nc.danger()'), 'm.n#C.danger'],
  ['an instance at once', inFunction('C(x).danger()'), 'm.n#C.danger'],
  ['a factory', inFunction('val c = C.fromEnvironment { region = "x" }\nc.danger()'), 'm.n#C.danger'],
  ['a builder', inFunction('val c = C.builder().region(r).build()\nc.danger()'), 'm.n#C.danger'],
  ['use with a name', inFunction('C { region = "x" }.use { c -> c.danger() }'), 'm.n#C.danger'],
  ['use with it', inFunction('C.fromEnvironment().use { it.danger() }'), 'm.n#C.danger'],
  ['let of what may be null', inFunction('val c: C? = x\nc?.let { it.danger() }'), 'm.n#C.danger'],
  ['a safe call', inFunction('val c: C? = x\nc?.danger()'), 'm.n#C.danger'],
  ['a call that asserts', inFunction('val c: C? = x\nc!!.danger()'), 'm.n#C.danger'],
  ['a cast', inFunction('(x as C).danger()'), 'm.n#C.danger'],
  ['a parameter', 'import m.n.C\nfun f(c: C) { c.danger() }', 'm.n#C.danger'],
  ['a parameter of a lambda', inFunction('g { c: C -> c.danger() }'), 'm.n#C.danger'],
  ['a parameter of a primary constructor', 'import m.n.C\nclass A(private val c: C) {\n  fun f() { c.danger() }\n}', 'm.n#C.danger'],
  ['a parameter of a primary constructor through this', 'import m.n.C\nclass A(private val c: C) {\n  fun f() { this.c.danger() }\n}', 'm.n#C.danger'],
  ['a property', 'import m.n.C\nclass A {\n  private val c = C()\n  fun f() { c.danger() }\n}', 'm.n#C.danger'],
  ['a property that is set later', 'import m.n.C\nclass A {\n  lateinit var c: C\n  fun f() = c.danger()\n}', 'm.n#C.danger'],
  ['a property that is made when needed', 'import m.n.C\nclass A {\n  val c by lazy { C() }\n  fun f() = c.danger()\n}', 'm.n#C.danger'],
  ['what a function of the file gives back', 'import m.n.C\nfun client(): C = x\nfun f() = client().danger()', 'm.n#C.danger'],
  ['what a function of the file comes to', 'import m.n.C\nfun client() = C()\nfun f() = client().danger()', 'm.n#C.danger'],
  ['a reference', inFunction('xs.forEach(C::danger)'), 'm.n#C.danger'],
  ['a construction', inFunction('x.send(Danger(1))', 'import m.n.Danger'), 'm.n#Danger'],
  ['a trailing lambda', inFunction('val c = C()\nc.danger(1) { x -> y(x) }'), 'm.n#C.danger'],
  ['a name that a parameter shadows', 'import m.n.C\nval c = C()\nfun f(c: D) { c.danger() }\nclass D', '?danger'],
  ['a name that a lambda shadows', inFunction('val c = C()\nxs.forEach { c -> c.danger() }'), '?danger'],
  ['a class of the same name in the file', inFunction('C.danger()', 'object C'), '?danger'],
  ['an unknown receiver', inFunction('x.danger()'), '?danger'],
];

describe('Kotlin: what a callee is', () => {
  for (const [name, code, imported] of callees) {
    it(`is known through ${name}`, async () => {
      const calls = (await operationsIn(code)).filter(({ kind }) => kind === 'call').map((operation) => told(operation, code).split(' | ')[0]);
      assert.deepEqual(calls, [imported]);
    });
  }
});

const embedded: readonly [code: string, told: string][] = [
  ['Runtime.getRuntime().exec("rm -rf /data")', '$ rm | rm -rf /data'],
  ['Runtime.getRuntime().exec("rm -rf $dir")', '$ rm | rm -rf $dir'],
  ['Runtime.getRuntime().exec("rm -rf ${a.dir}")', '$ rm | rm -rf ${a.dir}'],
  ['Runtime.getRuntime().exec(arrayOf("rm", "-rf", dir))', '$ rm | Runtime.getRuntime().exec(arrayOf("rm", "-rf", dir))'],
  ['ProcessBuilder("rm", "-rf", dir).start()', '$ rm | ProcessBuilder("rm", "-rf", dir)'],
  ['ProcessBuilder(listOf("rm", "-rf", dir)).start()', '$ rm | ProcessBuilder(listOf("rm", "-rf", dir))'],
  ['val cmd = listOf("rm", "-rf", dir)\nProcessBuilder(cmd).start()', '$ rm | ProcessBuilder(cmd)'],
  ['ProcessBuilder(*arrayOf("rm", "-rf", dir)).start()', '$ rm | ProcessBuilder(*arrayOf("rm", "-rf", dir))'],
  ['stmt.execute("DROP TABLE users")', 'sql drop | DROP TABLE users'],
  ['transaction { exec("DROP TABLE users") }', 'sql drop | DROP TABLE users'],
  ['stmt.executeUpdate("""\n  DROP TABLE users\n  """.trimIndent())', 'sql drop | DROP TABLE users'],
  ['val sql = "DROP TABLE users"\nstmt.execute(sql)', 'sql drop | DROP TABLE users'],
  ['stmt.execute("DELETE FROM " + table)', 'sql delete | DELETE FROM " + table'],
  ['stmt.execute("DELETE FROM %s".format(table))', 'sql delete | DELETE FROM %s'],
  ['conn.createStatement().use { it.execute("DELETE FROM users") }', 'sql delete | DELETE FROM users'],
];

describe('Kotlin: code in strings', () => {
  for (const [body, expected] of embedded) {
    it(`is read in ${body}`, async () => {
      assert.deepEqual(await embeddedIn(inFunction(body)), [expected]);
    });
  }
  for (const [code, expected] of [
    ['private const val SQL = "DROP TABLE users"\nfun f() { stmt.execute(SQL) }', 'sql drop | DROP TABLE users'],
    ['class A {\n  companion object { const val SQL = "DROP TABLE users" }\n  fun f() { stmt.execute(SQL) }\n}', 'sql drop | DROP TABLE users'],
    ['interface A {\n  @Query("DELETE FROM users")\n  fun clear()\n}', 'sql delete | DELETE FROM users'],
  ] as const) {
    it(`is read in ${code}`, async () => {
      assert.deepEqual(await embeddedIn(code), [expected]);
    });
  }
  it('is not read where nothing runs it', async () => {
    assert.deepEqual(await embeddedIn(inFunction('println("rm -rf /")\nlog.info("DROP TABLE users")\nval x = "rm -rf /"\n/* rm -rf / */ check("DROP TABLE users") // rm -rf /')), []);
  });
});

describe('Kotlin: around a call', () => {
  const callIn = async (code: string): Promise<Call> => {
    const call = (await operationsIn(code)).find((operation) => operation.kind === 'call');
    assert.ok(call);
    return call;
  };
  it('stands its chain on both sides', async () => {
    const call = await callIn(inFunction('a.b.find(1).danger().x { y }.z(1, 2)'));
    assert.deepEqual([toldLinks(call.links), toldLinks(call.next)], ['a b find(1)', 'x(1) z(2)']);
  });
  it('stands its chain behind a trailing lambda', async () => {
    const call = await callIn(inFunction('a.find(1) { y }.danger(2) { z }.x()'));
    assert.deepEqual([toldLinks(call.links), toldLinks(call.next), call.args.length], ['a find(2)', 'x(0)', 2]);
  });
  it('stands its address', async () => {
    assert.deepEqual((await callIn('class A {\n  object B {\n    fun f() { run { danger() } }\n  }\n}')).address, ['A', 'B', 'f']);
    assert.deepEqual((await callIn('fun C.ext() { danger() }')).address, ['ext']);
  });
  for (const [body, over] of [
    ['for (x in xs) danger(x)', 'xs'],
    ['while (more()) danger()', 'more()'],
    ['do { danger() } while (more())', 'more()'],
    ['xs.filter(y).forEach { danger(it) }', 'xs.filter(y)'],
    ['xs.forEach(::danger)', 'xs'],
    ['xs.map { x -> danger(x) }', 'xs'],
    ['repeat(3) { danger() }', '3'],
    ['x.let { danger(it) }', undefined],
    ['for (x in danger()) f(x)', undefined],
    ['for (x in xs) { fun g() { danger() } }', undefined],
  ] as const) {
    it(`stands the loop that it runs in: ${body}`, async () => {
      assert.equal((await callIn(inFunction(body))).loop?.over, over);
    });
  }
  it('stand its arguments, the named ones together', async () => {
    const { args } = await callIn(inFunction('val n = "b"\ndanger("a", n, 3L, true, null, listOf(1), mapOf("k" to "v"), File("/srv", "$x"), bucket = "x", force = true)'));
    assert.deepEqual(args.slice(0, 5).map(({ constant }) => constant), ['a', 'b', 3, true, null]);
    assert.equal(args[5]?.elements?.[0]?.constant, 1);
    assert.equal(args[6]?.properties?.get('k')?.constant, 'v');
    assert.equal(args[7]?.constant, '/srv/\uE000');
    assert.deepEqual(args[7].holes, ['x']);
    assert.deepEqual([args[8]?.properties?.get('bucket')?.constant, args[8]?.properties?.get('force')?.constant], ['x', true]);
  });
  for (const request of [
    'danger(Request { bucket = "x"; force = true })',
    'danger(Request {\n  this.bucket = "x"\n  force = true\n})',
    'danger { bucket = "x"; force = true }',
    'danger(Request(bucket = "x", force = true))',
    'danger(Request.builder().bucket("x").force(true).build())',
    'val r = Request { bucket = "x"; force = true }\ndanger(r)',
  ]) {
    it(`stand the settings of a request: ${request}`, async () => {
      const properties = (await callIn(inFunction(request))).args[0]?.properties;
      assert.deepEqual([properties?.get('bucket')?.constant, properties?.get('force')?.constant], ['x', true]);
    });
  }
  it('stand the modules of the file', async () => {
    assert.deepEqual((await callIn(inFunction('danger()', 'import a.b.C\nimport d.e.*\nimport f.g'))).modules, ['a.b', 'd.e', 'f']);
  });
});

describe('half-typed Kotlin', () => {
  for (const code of ['fun f() { danger(', 'fun f() { x.danger("a', 'import ', 'fun f() { Runtime.getRuntime().exec(arrayOf("rm", ', 'C { a = ', 'x.use { ']) {
    it(`does not fail on ${code}`, async () => {
      await operationsIn(code);
    });
  }
});
