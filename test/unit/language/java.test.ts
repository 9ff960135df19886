import assert from 'node:assert/strict';
import type { Call } from '../../../src/core/language/operation.ts';
import { disposeViews, operationsIn as operationsOf, told, toldLinks } from '../../support/operations.ts';

const wanted = { words: ['danger', 'rm', 'delete', 'drop', 'Danger'], imported: ['m.n#C.danger'] };
const operationsIn = (code: string) => operationsOf('A.java', code, wanted);
/** Statements as the body of a method, behind the imports. */
const method = (body: string, imports = 'import m.n.C;') => `${imports} class A { void f() { ${body} } }`;
const embeddedIn = async (code: string) => [...new Set((await operationsIn(code)).filter(({ kind }) => kind !== 'call').map((operation) => told(operation, code)))];

after(disposeViews);

const callees: readonly [name: string, code: string, imported: string][] = [
  ['a class', method('C.danger();'), 'm.n#C.danger'],
  ['a class of a wildcard import', method('C.danger();', 'import m.n.*;'), '*#C.danger'],
  ['a class without an import', method('C.danger();', ''), '*#C.danger'],
  ['a full name', method('m.n.C.danger();', ''), 'm.n#C.danger'],
  ['a full name of a type', method('m.n.C c = x(); c.danger();', ''), 'm.n#C.danger'],
  ['a static import', method('danger();', 'import static m.n.C.danger;'), 'm.n#C.danger'],
  ['an inner class', method('C.B.danger();'), 'm.n#C.B.danger'],
  ['an instance', method('C c = new C(); c.danger();'), 'm.n#C.danger'],
  ['var', method('var c = new C(); c.danger();'), 'm.n#C.danger'],
  ['an instance at once', method('new C(x).danger();'), 'm.n#C.danger'],
  ['an instance with type arguments', method('new C<>(x).danger();'), 'm.n#C.danger'],
  ['a factory', method('var c = C.create(); c.danger();'), 'm.n#C.danger'],
  ['a builder', method('var c = C.builder().region(r).retry(3, true).build(); c.danger();'), 'm.n#C.danger'],
  ['a builder with a name of its own', method('var c = new CBuilder().region(r).buildClient(); c.danger();', 'import m.n.CBuilder;'), 'm.n#C.danger'],
  ['options that give a service', method('var c = COptions.getDefaultInstance().getService(); c.danger();', 'import m.n.COptions;'), 'm.n#C.danger'],
  ['a method that gives back something else', method('C.create().table("x").danger();'), 'm.n#C.table().danger'],
  ['what a method of the file says that it gives back', 'import m.n.C; class A { C client() { return x; } void f() { client().danger(); } }', 'm.n#C.danger'],
  ['what a method of the object says that it gives back', 'import m.n.C; class A { C client() { return x; } void f() { this.client().danger(); } }', 'm.n#C.danger'],
  ['a declared type', method('C c = made(); c.danger();'), 'm.n#C.danger'],
  ['a declared type and a later value', method('C c; c = made(); c.danger();'), 'm.n#C.danger'],
  ['a parameter', 'import m.n.C; class A { void f(final C c) { c.danger(); } }', 'm.n#C.danger'],
  ['a parameter of a lambda', method('g((C c) -> c.danger());'), 'm.n#C.danger'],
  ['a resource', method('try (C c = C.create()) { c.danger(); }'), 'm.n#C.danger'],
  ['a loop variable', method('for (C c : cs) c.danger();'), 'm.n#C.danger'],
  ['a pattern', method('if (o instanceof C c) c.danger();'), 'm.n#C.danger'],
  ['a pattern of a switch', method('switch (o) { case C c -> c.danger(); default -> g(); }'), 'm.n#C.danger'],
  ['a field', 'import m.n.C; class A { private final C c; void f() { c.danger(); } }', 'm.n#C.danger'],
  ['a field of this', 'import m.n.C; class A { @Autowired private C c; void f() { this.c.danger(); } }', 'm.n#C.danger'],
  ['a field that stands behind its use', 'import m.n.C; class A { void f() { c.danger(); } C c = new C(); }', 'm.n#C.danger'],
  ['a field of an outer class', 'import m.n.C; class A { C c; class B { void f() { c.danger(); } } }', 'm.n#C.danger'],
  ['a component of a record', 'import m.n.C; record A(C c) { void f() { c.danger(); } }', 'm.n#C.danger'],
  ['a reference to a method', method('xs.forEach(C::danger);'), 'm.n#C.danger'],
  ['a construction', method('x.send(new Danger(1));', 'import m.n.Danger;'), 'm.n#Danger'],
  ['a name that a parameter shadows', 'import m.n.C; class A { C c; void f(D c) { c.danger(); } class D {} }', '?danger'],
  ['a name that a lambda shadows', 'import m.n.C; class A { C c; void f() { xs.forEach(c -> c.danger()); } }', '?danger'],
  ['a name that a lambda beside shadows', 'import m.n.C; class A { C c; void f() { xs.forEach(c -> g(c)); c.danger(); } }', 'm.n#C.danger'],
  ['a class of the same name in the file', method('C.danger();', 'class C {}'), '?danger'],
  ['an unknown receiver', method('x.danger();'), '?danger'],
  ['a method of its own', method('this.danger();'), '?danger'],
];

describe('Java: what a callee is', () => {
  for (const [name, code, imported] of callees) {
    it(`is known through ${name}`, async () => {
      const calls = (await operationsIn(code)).filter(({ kind }) => kind === 'call').map((operation) => told(operation, code).split(' | ')[0]);
      assert.deepEqual(calls, [imported]);
    });
  }
});

const embedded: readonly [code: string, told: string][] = [
  ['Runtime.getRuntime().exec("rm -rf /data");', '$ rm | rm -rf /data'],
  ['Runtime r = Runtime.getRuntime(); r.exec("rm -rf " + dir);', '$ rm | rm -rf " + dir'],
  ['Runtime.getRuntime().exec(new String[] {"rm", "-rf", dir});', '$ rm | Runtime.getRuntime().exec(new String[] {"rm", "-rf", dir})'],
  ['Runtime.getRuntime().exec(new String[] {"sh", "-c", "rm -rf /data"});', '$ rm | Runtime.getRuntime().exec(new String[] {"sh", "-c", "rm -rf /data"})'],
  ['String[] c = {"rm", "-rf", dir}; Runtime.getRuntime().exec(c);', '$ rm | Runtime.getRuntime().exec(c)'],
  ['new ProcessBuilder("rm", "-rf", "/data").start();', '$ rm | new ProcessBuilder("rm", "-rf", "/data")'],
  ['new ProcessBuilder("rm", "-rf", dir).start();', '$ rm | new ProcessBuilder("rm", "-rf", dir)'],
  ['new ProcessBuilder(List.of("rm", "-rf", dir)).start();', '$ rm | new ProcessBuilder(List.of("rm", "-rf", dir))'],
  ['var p = new ProcessBuilder(); p.command("rm", "-rf", dir);', '$ rm | p.command("rm", "-rf", dir)'],
  ['Runtime.getRuntime().exec(String.format("rm -rf %s", dir));', '$ rm | rm -rf %s'],
  ['Runtime.getRuntime().exec("rm -rf %s".formatted(dir));', '$ rm | rm -rf %s'],
  ['stmt.execute("DROP TABLE users");', 'sql drop | DROP TABLE users'],
  ['conn.prepareStatement("DELETE FROM users").executeUpdate();', 'sql delete | DELETE FROM users'],
  ['stmt.executeUpdate("""\n  DROP TABLE users\n  """);', 'sql drop | DROP TABLE users'],
  ['String sql = "DROP TABLE users"; stmt.execute(sql);', 'sql drop | DROP TABLE users'],
  ['jdbc.update("DELETE FROM " + table);', 'sql delete | DELETE FROM " + table'],
  ['jdbc.update(String.format("DELETE FROM %s", table));', 'sql delete | DELETE FROM %s'],
  ['em.createQuery("DELETE FROM User u").executeUpdate();', 'sql delete | DELETE FROM User u'],
];

describe('Java: code in strings', () => {
  for (const [body, expected] of embedded) {
    it(`is read in ${body}`, async () => {
      assert.deepEqual((await embeddedIn(method(body))).filter((one) => !one.startsWith('$ sh')), [expected]);
    });
  }
  for (const [code, expected] of [
    ['class A { static final String SQL = "DROP TABLE users"; void f() { stmt.execute(SQL); } }', 'sql drop | DROP TABLE users'],
    ['class A { final String sql = "DROP TABLE users"; void f() { stmt.execute(this.sql); } }', 'sql drop | DROP TABLE users'],
    ['interface A { @Modifying @Query("DELETE FROM User u") void clear(); }', 'sql delete | DELETE FROM User u'],
    ['@NamedQuery(name = "clear", query = "DELETE FROM User u") class A {}', 'sql delete | DELETE FROM User u'],
    ['interface A { @Query(nativeQuery = true, value = "DELETE FROM users") void clear(); }', 'sql delete | DELETE FROM users'],
  ] as const) {
    it(`is read in ${code}`, async () => {
      assert.deepEqual(await embeddedIn(code), [expected]);
    });
  }
  it('is not read where nothing runs it', async () => {
    const code = method('System.out.println("rm -rf /"); log.info("DROP TABLE users"); String x = "rm -rf /"; /* rm -rf / */ assertEquals("DROP TABLE users", y); // rm -rf /\n');
    assert.deepEqual(await embeddedIn(code), []);
  });
  it('is not read from a text that changes', async () => {
    const code = method('String sql = "DROP TABLE users"; sql = other(); stmt.execute(sql);');
    assert.deepEqual(await embeddedIn(code), []);
  });
});

describe('Java: around a call', () => {
  const callIn = async (code: string): Promise<Call> => {
    const call = (await operationsIn(code)).find((operation) => operation.kind === 'call');
    assert.ok(call);
    return call;
  };
  it('stands its chain on both sides', async () => {
    const call = await callIn(method('a.b.find(1).danger().x().y(1, 2);'));
    assert.deepEqual([toldLinks(call.links), toldLinks(call.next)], ['a b find(1)', 'x(0) y(2)']);
  });
  it('stands its address', async () => {
    assert.deepEqual((await callIn('class A { class B { B() { run(() -> danger()); } } }')).address, ['A', 'B', 'B']);
    assert.deepEqual((await callIn('enum E { X; void f() { danger(); } }')).address, ['E', 'f']);
    assert.deepEqual((await callIn('interface I { default void f() { danger(); } }')).address, ['I', 'f']);
  });
  for (const [body, over] of [
    ['for (var x : xs) danger(x);', 'xs'],
    ['for (int i = 0; i < 3; i++) { danger(i); }', 'i < 3'],
    ['while (more()) danger();', '(more())'],
    ['do { danger(); } while (more());', '(more())'],
    ['xs.stream().filter(y).forEach(x -> danger(x));', 'xs.stream().filter(y)'],
    ['xs.forEach(this::danger);', 'xs'],
    ['xs.stream().map(x -> { return danger(x); }).toList();', 'xs.stream()'],
    ['maybe.map(x -> danger(x));', undefined],
    ['for (var x : danger()) f(x);', undefined],
    ['danger().forEach(x -> f(x));', undefined],
    ['for (var x : xs) new B() { void g() { danger(); } };', undefined],
  ] as const) {
    it(`stands the loop that it runs in: ${body}`, async () => {
      assert.equal((await callIn(method(body))).loop?.over, over);
    });
  }
  it('stand its arguments', async () => {
    const { args } = await callIn(method('final String N = "b"; danger("a", N, 3L, true, null, List.of(1), 0x1f, Path.of("/srv", name));'));
    assert.deepEqual(args.slice(0, 5).map(({ constant }) => constant), ['a', 'b', 3, true, null]);
    assert.equal(args[5]?.elements?.[0]?.constant, 1);
    assert.equal(args[6]?.constant, 31);
    assert.equal(args[7]?.constant, '/srv/\uE000');
    assert.deepEqual(args[7].holes, ['name']);
  });
  for (const request of [
    'danger(Request.builder().bucketName("x").force(true).build());',
    'danger(r -> r.bucketName("x").force(true));',
    'danger(new Request().withBucketName("x").withForce(true));',
    'danger(Request.newBuilder().setBucketName("x").setForce(true).build());',
    'var r = Request.builder().bucketName("x").force(true).build(); danger(r);',
  ]) {
    it(`stand the settings of a request: ${request}`, async () => {
      const { args } = await callIn(method(request));
      const properties = args[0]?.properties;
      assert.deepEqual([properties?.get('bucketName')?.constant, properties?.get('force')?.constant], ['x', true]);
    });
  }
  it('stand the modules of the file', async () => {
    assert.deepEqual((await callIn(method('danger();', 'import a.b.C; import d.e.*; import static f.G.h; import static i.J.*;'))).modules, ['a.b', 'd.e', 'f', 'i']);
  });
});

describe('half-typed Java', () => {
  for (const code of ['class A { void f() { danger(', 'class A { void f() { x.danger("a', 'import ', 'class A { void f() { Runtime.getRuntime().exec(new String[] {"rm", ', '@Query(']) {
    it(`does not fail on ${code}`, async () => {
      await operationsIn(code);
    });
  }
});
