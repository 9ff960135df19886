import { testLanguage } from '../../support/languageTests.ts';

const inside = (body: string, uses = '') => `${uses}\nasync fn f() {\n${body}\n}`;

testLanguage({
  name: 'Rust',
  path: 'a.rs',
  callees: [
    ['a path', inside('m::danger();'), 'm#danger'],
    ['an import', inside('danger();', 'use m::danger;'), 'm#danger'],
    ['an import under another name', inside('calm();', 'use m::danger as calm;'), 'm#danger'],
    ['a module', inside('fs::danger("x")?;', 'use std::fs;'), 'std#fs.danger'],
    ['a list of imports', inside('c::danger();', 'use m::{a, b::{self, c}};'), 'm#b.c.danger'],
    ['what new gives', inside('let c = m::Client::new(&config);\nc.danger().await?;'), 'm#Client.danger'],
    ['a parameter', 'use m::Client;\nfn f(c: &Client) { c.danger(); }', 'm#Client.danger'],
    ['a parameter that may be none', 'use m::Client;\nfn f(c: Option<Client>) { c.unwrap().danger(); }', 'm#Client.danger'],
    ['a field', 'use m::Client;\nstruct S { c: Client }\nimpl S { fn f(&self) { self.c.danger(); } }', 'm#Client.danger'],
    ['an unknown receiver', inside('c.danger();'), '?danger'],
  ],
  embedded: [
    [inside('Command::new("rm").args(["-rf", r"/data"]).arg(dir).spawn()?;', 'use std::process::Command;'), '$ rm | Command::new("rm")'],
    [inside('Command::new("sh").arg("-c").arg("rm -rf /data").status();', 'use std::process::Command;'), '$ rm | Command::new("sh")'],
    [inside('sqlx::query("DROP TABLE users").execute(&pool).await?;'), 'sql drop | DROP TABLE users'],
    [inside('sqlx::query!(r#"DELETE FROM users"#);'), 'sql delete | DELETE FROM users'],
    [inside('conn.execute(&format!("DROP TABLE {}", x), [])?;'), 'sql drop | DROP TABLE {}'],
  ],
  text: inside('println!("rm -rf /");\ninfo!("DROP TABLE users"); // rm -rf /\nlet x = "rm -rf /";'),
  chains: [[inside('c.danger().bucket("x").send().await?;'), 'c', 'bucket(1) send(0)']],
  addresses: [['mod m { impl<T> S<T> { fn f() { danger(); } } }', 'm S f']],
  loops: [
    [inside('for x in xs.iter() { danger(x); }'), 'xs.iter()'],
    [inside('xs.for_each(|x| danger(x));'), 'xs'],
    [inside('while more() { danger(); }'), 'more()'],
    [inside('loop { danger(); }'), ''],
    [inside('danger();'), undefined],
  ],
  args: [[inside('danger("a\\n", 1_000, true, ["b"], S { k: "v", n, ..d }, x.to_string(), "y".to_string());'), '["a\\n",1000,true,["b"],{"k":"v"},"x.to_string()","y"]']],
  modules: [['use m::{a, b};\nuse std::fs;\nfn f() { danger(); }', 'm std']],
});
