import { testLanguage } from '../../support/languageTests.ts';

const inside = (body: string, imports = '"m"') => `package main\nimport ${imports}\nfunc f() {\n${body}\n}`;

testLanguage({
  name: 'Go',
  path: 'a.go',
  callees: [
    ['a package', inside('m.danger()'), 'm#danger'],
    ['a package under another name', inside('n.danger()', 'n "m"'), 'm#danger'],
    ['a package with a path and a version', inside('s3.danger()', '"github.com/a/s3/v2"'), 'github.com/a/s3/v2#danger'],
    ['what a constructor gives', inside('c := m.NewFromConfig(cfg)\nc.danger()'), 'm#Client.danger'],
    ['what a constructor gives beside an error', inside('c, err := m.NewThing(cfg)\nc.danger()'), 'm#Thing.danger'],
    ['a parameter', 'package main\nimport "m"\nfunc f(ctx x.Y, c *m.Client) { c.danger() }', 'm#Client.danger'],
    ['a variable', inside('var c *m.Client\nc.danger()'), 'm#Client.danger'],
    ['a field of the receiver', 'package main\nimport "m"\ntype H struct { c *m.Client }\nfunc (h *H) f() { h.c.danger() }', 'm#Client.danger'],
    ['an unknown receiver', inside('c.danger()'), '?danger'],
  ],
  embedded: [
    [inside('exec.Command("rm", "-rf", dir).Run()', '"os/exec"'), '$ rm | exec.Command("rm", "-rf", dir)'],
    [inside('exec.CommandContext(ctx, "sh", "-c", "rm -rf /data")', '"os/exec"'), '$ rm | exec.CommandContext(ctx, "sh", "-c", "rm -rf /data")'],
    [inside('exec.Command("sh", "-c", fmt.Sprintf("rm -rf %s", x))', '("os/exec"; "fmt")'), '$ rm | exec.Command("sh", "-c", fmt.Sprintf("rm -rf %s", x))'],
    [inside('db.Exec("DROP TABLE users")'), 'sql drop | DROP TABLE users'],
    [inside('db.ExecContext(ctx, `DELETE FROM users`)'), 'sql delete | DELETE FROM users'],
    [`package main\nconst q = "DROP TABLE " + "users"\nfunc f() { db.Exec(q) }`, 'sql drop | DROP TABLE " + "users'],
  ],
  text: inside('fmt.Println("rm -rf /")\nlog.Print("DROP TABLE users")\n// rm -rf /\nx := "rm -rf /"'),
  chains: [[inside('db.Where("a").danger(&x).Error.y(1)'), 'db Where(1)', 'Error y(1)']],
  addresses: [
    [inside('danger()'), 'f'],
    ['package main\nfunc (h *H) g() { danger() }', 'H.g'],
  ],
  loops: [
    [inside('for _, x := range xs { danger(x) }'), 'xs'],
    [inside('for i := 0; i < 3; i++ { danger(i) }'), 'i < 3'],
    [inside('for { danger() }'), ''],
    [inside('danger()'), undefined],
  ],
  args: [
    [inside('danger(ctx, &m.Input{Bucket: aws.String("x"), Force: true, N: nil, T: m.Y{A: 1}}, []string{"a"}, map[string]any{"k": 2})'), '["ctx",{"Bucket":"x","Force":true,"N":null,"T":{"A":1}},["a"],{"k":2}]'],
    [inside('n := "x"\ndanger(n, "a\\n", 1.5)'), '["x","a\\n",1.5]'],
  ],
  modules: [[inside('danger()', '(\n"m"\nn "a/b"\n)'), 'm a/b']],
});
