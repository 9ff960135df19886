import assert from 'node:assert/strict';
import type { Call } from '../../../src/core/language/operation.ts';
import { disposeViews, operationsIn as operationsOf, told, toldLinks } from '../../support/operations.ts';

const wanted = { words: ['Danger', 'DangerAsync', 'rm', 'delete', 'drop'] };
const operationsIn = (code: string) => operationsOf('A.cs', code, wanted);
const embeddedIn = async (code: string) => [...new Set((await operationsIn(code)).filter(({ kind }) => kind !== 'call').map((operation) => told(operation, code)))];
/** Statements as the body of a method, behind the directives. */
const method = (body: string, directives = 'using M.N;') => `${directives} class A { async Task F() { ${body} } }`;

after(disposeViews);

const callees: readonly [name: string, code: string, imported: string][] = [
  ['a class', method('C.Danger();'), '*#C.Danger'],
  ['a class under another name', method('D.Danger();', 'using D = M.N.C;'), '*#C.Danger'],
  ['a full name', method('System.IO.C.Danger();', ''), '*#C.Danger'],
  ['a full name of a type', method('var c = new Amazon.S3.C(); c.Danger();', ''), '*#C.Danger'],
  ['an instance', method('var c = new C(x); c.Danger();'), '*#C.Danger'],
  ['an instance that is disposed of', method('using var c = new C(); c.Danger();'), '*#C.Danger'],
  ['an instance in a block that disposes of it', method('using (var c = new C()) { c.Danger(); }'), '*#C.Danger'],
  ['an instance of the type that is declared', method('C c = new(); c.Danger();'), '*#C.Danger'],
  ['an instance at once', method('new C().Danger();'), '*#C.Danger'],
  ['a factory', method('var c = C.Create(); c.Danger();'), '*#C.Danger'],
  ['a factory that is waited for', method('var c = await C.CreateAsync(x); c.Danger();'), '*#C.Danger'],
  ['a builder', method('var c = new CBuilder { Region = r }.Build(); c.Danger();'), '*#C.Danger'],
  ['a client that gives another', method('var c = new Service().GetBlobClient("x"); c.Danger();'), '*#BlobClient.Danger'],
  ['a container', method('var c = services.GetRequiredService<IC>(); c.Danger();'), '*#IC.Danger'],
  ['await', method('await c.DangerAsync();').replace('F()', 'F(IC c)'), '*#IC.DangerAsync'],
  ['a call if it is there', method('c?.Danger();').replace('F()', 'F(IC? c)'), '*#IC.Danger'],
  ['a call that asserts', method('c!.Danger();').replace('F()', 'F(IC? c)'), '*#IC.Danger'],
  ['a cast', method('((IC)x).Danger();'), '*#IC.Danger'],
  ['as', method('(x as IC).Danger();'), '*#IC.Danger'],
  ['a pattern', method('if (x is IC c) c.Danger();'), '*#IC.Danger'],
  ['a pattern of a switch', method('switch (x) { case IC c: c.Danger(); break; }'), '*#IC.Danger'],
  ['a loop variable', method('foreach (IC c in cs) c.Danger();'), '*#IC.Danger'],
  ['an out parameter', method('f(out IC c); c.Danger();'), '*#IC.Danger'],
  ['a parameter of a lambda', method('g((IC c) => c.Danger());'), '*#IC.Danger'],
  ['a field', 'class A { private readonly IC _c; void F() { _c.Danger(); } }', '*#IC.Danger'],
  ['a field of this', 'class A { private readonly IC _c; void F() { this._c.Danger(); } }', '*#IC.Danger'],
  ['a field that a constructor is given', 'class A { readonly IC _c; A(IC c) { _c = c; _c.Danger(); } }', '*#IC.Danger'],
  ['a property', 'class A { IC C { get; set; } void F() { C.Danger(); } }', '*#IC.Danger'],
  ['a parameter of a primary constructor', 'class A(IC c) { void F() { c.Danger(); } }', '*#IC.Danger'],
  ['a record', 'record A(IC C) { void F() => C.Danger(); }', '*#IC.Danger'],
  ['what a method of the file gives back', 'class A { Task<IC> G() => x; async Task F() { var c = await G(); c.Danger(); } }', '*#IC.Danger'],
  ['a reference to a method', method('xs.ForEach(C.Danger);'), '*#C.Danger'],
  ['type arguments', method('C.Danger<int>(1);'), '*#C.Danger'],
  ['a construction', method('x.Send(new Danger(1));'), '*#Danger'],
  ['a statement of its own', 'using var c = new C();\nc.Danger();', '*#C.Danger'],
  ['a name that a parameter shadows', 'class A { IC c; void F(B c) { c.Danger(); } } class B {}', '?Danger'],
  ['a name that a lambda shadows', 'class A { IC c; void F() { xs.ForEach(c => c.Danger()); } }', '?Danger'],
  ['a class of the same name in the file', method('C.Danger();', 'class C {}'), '?Danger'],
  ['an unknown receiver', method('x.Danger();'), '?Danger'],
  ['a method of its own', method('this.Danger();'), '?Danger'],
];

describe('C#: what a callee is', () => {
  for (const [name, code, imported] of callees) {
    it(`is known through ${name}`, async () => {
      const calls = (await operationsIn(code)).filter(({ kind }) => kind === 'call').map((operation) => told(operation, code).split(' | ')[0]);
      assert.deepEqual(calls, [imported]);
    });
  }
});

const embedded: readonly [code: string, told: string][] = [
  ['Process.Start("rm", "-rf /data");', '$ rm | rm", "-rf /data'],
  ['Process.Start("bash", $"-c \\"rm -rf {dir}\\"");', '$ rm | rm -rf {dir}'],
  ['Process.Start("rm", new[] { "-rf", dir });', '$ rm | Process.Start("rm", new[] { "-rf", dir })'],
  ['System.Diagnostics.Process.Start("rm", "-rf /data");', '$ rm | rm", "-rf /data'],
  ['Process.Start(new ProcessStartInfo { FileName = "rm", Arguments = "-rf /data" });', '$ rm | rm", Arguments = "-rf /data'],
  ['var p = new ProcessStartInfo("rm", "-rf /data");', '$ rm | rm", "-rf /data'],
  ['var p = new ProcessStartInfo("rm") { ArgumentList = { "-rf", dir } };', '$ rm | new ProcessStartInfo("rm") { ArgumentList = { "-rf", dir } }'],
  ['ProcessStartInfo p = new() { FileName = "rm", Arguments = "-rf /data" };', '$ rm | rm", Arguments = "-rf /data'],
  ['new SqlCommand("DROP TABLE users", conn).ExecuteNonQuery();', 'sql drop | DROP TABLE users'],
  ['using NpgsqlCommand c = new("DROP TABLE users", conn);', 'sql drop | DROP TABLE users'],
  ['cmd.CommandText = "DROP TABLE users";', 'sql drop | DROP TABLE users'],
  ['cmd.CommandText = @"DELETE FROM users";', 'sql delete | DELETE FROM users'],
  ['var c = new SqlCommand { CommandText = "DROP TABLE users", Connection = conn };', 'sql drop | DROP TABLE users'],
  ['db.Database.ExecuteSqlRaw("DELETE FROM users");', 'sql delete | DELETE FROM users'],
  ['await db.Database.ExecuteSqlRawAsync($"DELETE FROM {table}");', 'sql delete | DELETE FROM {table}'],
  ['conn.Execute("""\n  DROP TABLE users\n  """);', 'sql drop | DROP TABLE users'],
  ['conn.Execute($"""\n  DELETE FROM {x}\n  """);', 'sql delete | DELETE FROM {x}'],
  ['var sql = "DROP TABLE users"; conn.Execute(sql);', 'sql drop | DROP TABLE users'],
  ['conn.Execute("DELETE FROM " + table);', 'sql delete | DELETE FROM " + table'],
  ['conn.Execute(string.Format("DELETE FROM {0}", table));', 'sql delete | DELETE FROM {0}'],
  ['migrationBuilder.Sql("DROP TABLE users");', 'sql drop | DROP TABLE users'],
  ['conn.Execute(sql: "DROP TABLE users");', 'sql drop | DROP TABLE users'],
];

describe('C#: code in strings', () => {
  for (const [body, expected] of embedded) {
    it(`is read in ${body}`, async () => {
      assert.deepEqual((await embeddedIn(method(body))).filter((one) => !one.startsWith('$ bash')), [expected]);
    });
  }
  it('is read in a constant of the class', async () => {
    assert.deepEqual(await embeddedIn('class A { const string Sql = "DROP TABLE users"; void F() { conn.Execute(Sql); } }'), ['sql drop | DROP TABLE users']);
  });
  it('is not read where nothing runs it', async () => {
    assert.deepEqual(await embeddedIn(method('Console.WriteLine("rm -rf /"); log.Info("DROP TABLE users"); var x = "rm -rf /"; var c = new Column("DROP TABLE users"); button.Text = "DROP TABLE x"; // rm -rf /\n')), []);
  });
});

describe('C#: around a call', () => {
  const callIn = async (code: string): Promise<Call> => {
    const call = (await operationsIn(code)).find((operation) => operation.kind === 'call');
    assert.ok(call);
    return call;
  };
  it('stands its chain on both sides', async () => {
    const call = await callIn(method('a.B.Find(1)?.Danger().X().Y(1, 2);'));
    assert.deepEqual([toldLinks(call.links), toldLinks(call.next)], ['a B Find(1)', 'X(0) Y(2)']);
  });
  it('stands its address', async () => {
    assert.deepEqual((await callIn('namespace N; class A { class B { void F() { void G() { run(() => Danger()); } } } }')).address, ['A', 'B', 'F', 'G']);
  });
  for (const [body, over] of [
    ['foreach (var x in xs) Danger(x);', 'xs'],
    ['await foreach (var x in xs) { await Danger(x); }', 'xs'],
    ['for (int i = 0; i < 3; i++) { Danger(i); }', 'i < 3'],
    ['while (More()) Danger();', 'More()'],
    ['do { Danger(); } while (More());', 'More()'],
    ['xs.Where(y).ToList().ForEach(x => Danger(x));', 'xs.Where(y).ToList()'],
    ['xs.ForEach(C.Danger);', 'xs'],
    ['await Task.WhenAll(xs.Select(async x => await Danger(x)));', 'xs'],
    ['Parallel.ForEach(xs, x => Danger(x));', 'xs'],
    ['Run(() => Danger());', undefined],
    ['foreach (var x in Danger()) f(x);', undefined],
    ['foreach (var x in xs) { void G() { Danger(); } }', undefined],
  ] as const) {
    it(`stands the loop that it runs in: ${body}`, async () => {
      assert.equal((await callIn(method(body))).loop?.over, over);
    });
  }
  it('stand its arguments, the named ones together', async () => {
    const { args } = await callIn(method('const string N = "b"; Danger("a", N, 3L, true, null, new[] { 1 }, new Dictionary<string, string> { ["k"] = "v" }, Path.Combine("/srv", $"{x}"), new List<string> { "e" }, bucket: "x", force: true);'));
    assert.deepEqual(args.slice(0, 5).map(({ constant }) => constant), ['a', 'b', 3, true, null]);
    assert.equal(args[5]?.elements?.[0]?.constant, 1);
    assert.equal(args[6]?.properties?.get('k')?.constant, 'v');
    assert.equal(args[7]?.constant, '/srv/\uE000');
    assert.deepEqual(args[7].holes, ['x']);
    assert.equal(args[8]?.elements?.[0]?.constant, 'e');
    assert.deepEqual([args[9]?.properties?.get('bucket')?.constant, args[9]?.properties?.get('force')?.constant], ['x', true]);
  });
  for (const request of [
    'Danger(new Request { BucketName = "x", Force = true });',
    'Danger(new() { BucketName = "x", Force = true });',
    'var r = new Request { BucketName = "x", Force = true }; Danger(r);',
    'Danger(new { BucketName = "x", Force = true });',
  ]) {
    it(`stand the settings of a request: ${request}`, async () => {
      const properties = (await callIn(method(request))).args[0]?.properties;
      assert.deepEqual([properties?.get('BucketName')?.constant, properties?.get('Force')?.constant], ['x', true]);
    });
  }
  it('stand the settings of a construction', async () => {
    const { args, constructed } = await callIn(method('Send(new Danger { BucketName = "x" });'));
    assert.deepEqual([args[0]?.properties?.get('BucketName')?.constant, constructed], ['x', true]);
  });
  it('stand the modules of the file', async () => {
    assert.deepEqual((await callIn(method('Danger();', 'using A.B; using C = D.E.F; using static G.H; global using I;'))).modules, ['A.B', 'D.E', 'G', 'I']);
  });
});

describe('half-typed C#', () => {
  for (const code of ['class A { void F() { Danger(', 'class A { void F() { x.Danger("a', 'using ', 'class A { void F() { Process.Start(new ProcessStartInfo { FileName = ', 'x = new() { A =', 'xs?.', 'cmd.CommandText =']) {
    it(`does not fail on ${code}`, async () => {
      await operationsIn(code);
    });
  }
});
