import { testLanguage } from '../../support/languageTests.ts';

const php = (code: string) => `<?php\n${code}`;

testLanguage({
  name: 'PHP',
  path: 'a.php',
  callees: [
    ['an import', php('use A\\B\\Client;\n$c = new Client();\n$c->danger();'), 'A\\B#Client.danger'],
    ['an import under another name', php('use A\\B\\Client as C;\n$c = new C(["x" => 1]);\n$c->danger();'), 'A\\B#Client.danger'],
    ['a group of imports', php('use A\\{B, C as D};\nD::danger();'), 'A#C.danger'],
    ['a factory', php('use A\\Client;\n$c = Client::factory([]);\n$c->danger();'), 'A#Client.danger'],
    ['a parameter', php('use A\\Client;\nfunction f(Client $c, ?int $n) { $c->danger(); }'), 'A#Client.danger'],
    ['a property', php('use A\\Client;\nclass X { private Client $c; function f() { $this->c->danger(); } }'), 'A#Client.danger'],
    ['a property that is assigned', php('use A\\Client;\nclass X { private $c; function __construct() { $this->c = new Client(); } function f() { $this->c->danger(); } }'), 'A#Client.danger'],
    ['a promoted parameter', php('use A\\Client;\nclass X { function __construct(private Client $c) {} function f() { $this->c?->danger(); } }'), 'A#Client.danger'],
    ['an unknown class', php('User::danger();'), '*#User.danger'],
    ['a function', php('danger();'), '?danger'],
  ],
  embedded: [
    [php('exec("rm -rf " . $dir);'), '$ rm | rm -rf " . $dir'],
    [php('shell_exec("rm -rf $dir");'), '$ rm | rm -rf $dir'],
    [php('$x = `rm -rf /data`;'), '$ rm | rm -rf /data'],
    [php('$cmd = sprintf("rm -rf %s", $x); system($cmd);'), '$ rm | rm -rf %s'],
    [php('$pdo->exec("DROP TABLE users");'), 'sql drop | DROP TABLE users'],
    [php('mysqli_query($c, \'DROP TABLE users\');'), 'sql drop | DROP TABLE users'],
    [php('$q = <<<SQL\nDROP TABLE users\nSQL;\n$db->query($q);'), 'sql drop | DROP TABLE users'],
  ],
  text: php('echo "rm -rf /"; $log->info("DROP TABLE users"); // rm -rf /\n$x = "rm -rf /";'),
  chains: [[php('DB::table("x")->where("a", 1)->danger()->y(2);'), 'DB table(1) where(2)', 'y(1)']],
  addresses: [[php('class A { function f() { danger(); } }'), 'A f']],
  loops: [
    [php('foreach ($xs as $k => $x) { danger($x); }'), '$xs'],
    [php('while ($m) { danger(); }'), '($m)'],
    [php('$xs->each(function ($x) { danger($x); });'), '$xs'],
    [php('danger();'), undefined],
  ],
  args: [[php('danger("a", 1, TRUE, null, [1, 2], ["Bucket" => "x", "n" => $n], force: true);'), '["a",1,true,null,[1,2],{"Bucket":"x","n":"$n"},{"force":true}]']],
  modules: [[php('use A\\B;\nuse C\\{D, E\\F};\ndanger();'), 'A C C\\E']],
});
