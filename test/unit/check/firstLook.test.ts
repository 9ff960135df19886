import assert from 'node:assert/strict';
import { Checker } from '../../../src/core/check/checker.ts';
import { RuleSet } from '../../../src/core/check/ruleSet.ts';
import { familyOf, type LanguageId, languageOf } from '../../../src/core/language/language.ts';
import { unhurried } from '../../../src/core/language/pace.ts';
import { readers } from '../../../src/core/language/readers.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { checker, ports } from '../../support/check.ts';

/** Reads every text, and all words in it. */
const thorough = new Checker(rules, { ...ports, readsEverything: true });

/** The rules' examples in programs, by the name of their file. */
const byPath = new Map<string, string[]>();
for (const { path, text, before } of rules.flatMap(({ examples }) => [...examples.bad, ...examples.good])) {
  const language = languageOf(path);
  if (before !== undefined || language === undefined || readers[familyOf(language)].embeds === undefined) continue;
  byPath.set(path, [...(byPath.get(path) ?? []), text]);
}

async function findingsIn(by: Checker, path: string, text: string) {
  const [look] = await by.check({ files: [{ path, after: { text } }] }, () => unhurried);
  return look?.kind === 'findings' ? look.findings.map(({ ruleId, matched, severity, range: { start } }) => ({ ruleId, matched, severity, start })) : look;
}

describe('the first look at a text', () => {
  const set = new RuleSet(rules);
  const mayHold = (text: string, language: LanguageId = 'javascript') => set.mayHold(language, new LineText(text));

  describe('reads on', () => {
    const texts: readonly (readonly [string, string, LanguageId?])[] = [
      ['for a call', 'fs.rmSync(path)'],
      ['for a call on the next line', 'fs.rmSync\n  (path)'],
      ['for a call with type arguments', 'repository.clear<User>()'],
      ['for what is imported under another name', "import { rmSync as away } from 'fs';"],
      ['for what is taken out under another name', "const { rmSync: away } = require('fs');"],
      ['for what is handed around', 'paths.forEach(fs.rmSync);'],
      ['for what is given to a variable at the end of a line', 'const away = fs.rmSync\naway(path)'],
      ['for a member by its name in a string', "fs['rmSync'](path)"],
      ['for a call by a name in a string', "repository['clear']()"],
      ['for a call of what stands in brackets', '(0, repository.clear)();'],
      ['for a construction without brackets', 'const options = { synchronize: true }, source = new DataSource;'],
      ['for a member over many lines, behind a comment', 'db\n  // all of them\n  .delete(users)'],
      ['for a member whose mark ends the line before', 'db.\n  delete(users)'],
      ['for a name that says nothing, called on a database', 'getDb().delete(users)'],
      ['for a bucket of a client that is brought in', "import { Storage } from '@google-cloud/storage';\nbucket.delete()"],
      ['for an operation of AWS on a client by its name', 's3Client.deleteBucket({ Bucket: name })'],
      ['for a filter that is empty over many lines', 'userRepository.delete(\n  // all of them\n  {},\n)'],
      ['for a call on a line behind a comment', 'repository.clear /* all */ ()'],
      ['for a call behind a comment that ends on its line', '/* all of it */ repository.clear()'],
      ['for a call behind what begins like a comment', 'const glob = `\n/* `; repository.clear()'],
      ['for a name of PowerShell with a backtick in it', 'terrafor`m plan', 'powershell'],
      ['for a name of PowerShell with quotes in it', 'ter”raf”orm plan', 'powershell'],
      ['for a name of cmd with carets in it', 'ter^raf^\r\norm plan', 'cmd'],
      ['for a name of cmd with quotes in it', 'r"d" C:\\data', 'cmd'],
      ['for SQL in a string between lines with marks in other strings', "const a = 'x`y', b = `\n  delete from users\n`, c = 'x`y'; db.query(b)"],
      ['for an interpolation of Ruby at the beginning of a line', 'text = "\n#{User.delete_all}"', 'ruby'],
      ['for a call behind a comment that ends on a line like another', 'run(); /*\n// */ repository.clear()'],
      ['for a call behind a string that ends on a line like a comment', 'const a = `x`, glob = `\n// `; repository.clear()'],
      ['for a call in a string on a line like a comment', 'const a = `\n// ${repository.clear()}\n`;'],
      ['for a call behind a string that goes on in the next line', "const a = '\\\n// '; repository.clear()"],
      ['for a command on a line of a string that is a comment in no shell', "import { execSync } from 'child_process';\nexecSync(`\n//bin/rm -rf /srv/data\n`)"],
      ['for a call between what opens a block in one string and ends it in the next', 'const a = `\n/*`\nrepository.clear()\nconst b = `\n*/\n`'],
      ['for a call in text of JSX', 'const a = <p>\n// {repository.clear()}\n</p>;'],
      ['for a call behind a string of Python', 'import shutil\n"""\ntext\n"""\ns = """\n# x"""; shutil.rmtree(path)', 'python'],
      ['for a call in a string of Python', "import shutil\ns = f'''\n# {shutil.rmtree(path)}\n'''", 'python'],
      ['for a command in a string of Python', 'import os\nos.system(\n"""\n# all of it\nrm -rf /srv/data\n"""\n)', 'python'],
      ['for a call behind a string of Go', 'package a\nimport "os"\nvar s = `\n// `; func f() { os.RemoveAll(path) }', 'go'],
      ['for a call behind a string of Rust', 'let s = "\n// "; std::fs::remove_dir_all(path);', 'rust'],
      ['for a call behind a string of Kotlin', 'val s = """\n// """; File(path).deleteRecursively()', 'kotlin'],
      ['for a call in a string of Kotlin', 'val s = """\n// ${File(path).deleteRecursively()}\n"""', 'kotlin'],
      ['for a call behind a string of Java', 'class A { String s = """\n// """; void f() { FileUtils.deleteDirectory(path); } }', 'java'],
      ['for a call behind a string of C#', 'class A { string s = @"\n// "; void F() { Directory.Delete(path, true); } }', 'csharp'],
      ['for a call behind a raw string of C#', 'class A { string s = $"""\n// """; void F() { Directory.Delete(path, true); } }', 'csharp'],
      ['for a call behind a string of Ruby', 's = %q-\n# -; FileUtils.rm_rf(path)', 'ruby'],
      ['for a call in a heredoc of Ruby', 's = <<~X\n# #{FileUtils.rm_rf(path)}\nX', 'ruby'],
      ['for SQL in a string and what runs it', "db.query('DELETE FROM users')"],
      ['for SQL in a string over many lines', 'db.query(`\n  delete from users\n`)'],
      ['for a command and the module that runs it', "import { exec } from 'child_process';\nexec('rm -rf ' + path);"],
      ['for a target of make', "import { exec } from 'child_process';\nexec('make wipe');"],
      ['for a script by the ending of its name', "import { exec } from 'child_process';\nexec('./wipe.sh');"],
      ['for a target of make in Ruby', 'system("make wipe")', 'ruby'],
      ['for a request that names its method', "fetch(url, { method: 'DELETE' })"],
      ['for a mutation', 'client.mutate({ mutation: gql`mutation { deleteAll }` })'],
      ['for a call of a cloud by a name that begins like many', 'client.deleteDBCluster({})'],
      ['for SQL of Python over many lines', 'cursor.execute("""\n  delete from users\n""")', 'python'],
      ['for a property that is run once it is set', 'class A { void F() { command.CommandText = "DELETE FROM users"; } }', 'csharp'],
      ['for SQL in a heredoc', 'db.execute(<<~SQL)\n  delete from users\nSQL', 'ruby'],
      ['for SQL on the second line of a string', "<?php $db->query('\n  DELETE FROM users');", 'php'],
      ['for SQL behind marks that stand for themselves', "const tick = '`', old = `\n  delete from users\n`; db.query(old)"],
      ['for a call through another one', 'fs.rmSync.call(fs, path); run()'],
      ['for a verb behind the condition of an IF', "db.query('IF EXISTS t DELETE FROM users')"],
      ['for a verb behind what is put in', 'db.query(`${before} DELETE FROM users`)'],
      ['for a verb behind a word that opens a statement', "db.query('BEGIN DELETE FROM users; END')"],
      ['for what is put in place of what was there', "db.query('CREATE OR REPLACE TABLE users')"],
      ['for SQL in a constant', "const sql = 'DELETE FROM users';\ndb.query(sql, []);"],
      ['for SQL in a constant of a declared type', "const sql: string = 'DELETE FROM users';\ndb.query(sql);", 'typescript'],
      ['for SQL behind what a call brings', "const sql = prefix() + 'DELETE FROM users';\ndb.query(sql);"],
      ['for SQL in an object by its short name', "const sql = 'DELETE FROM users';\ndb.query({ sql });"],
      ['for an address that is given to a name', "const address = 'https://example.com/users';\nsend.delete(address);"],
      ['for an address that is given last', "send.delete(token, 'https://example.com/users');"],
      ['for the default of a module', "import clear from 'del';\nclear('build');"],
      ['for a filter that is filled', 'const where = {}; if (id) where.id = id; await User.destroy({ where });'],
      ['for a call on the last line of a block', 'if (isOld) {\n  repository.clear()\n}'],
      ['for a call whose parameters another block follows', 'run(() => {\n  repository.clear(); }); if (a) {}'],
      ['for a constant that Go runs', 'package a\nconst q = `\ndelete from users`\nfunc f() { db.Exec(q) }', 'go'],
    ];
    for (const [what, text, language] of texts) it(what, () => { assert.ok(mayHold(text, language)); });
  });

  describe('has seen enough', () => {
    const texts: readonly (readonly [string, string, LanguageId?])[] = [
      ['of prose', '// We delete the user and clear the cache, then run the tests.'],
      ['of code in comments', '// fs.rmSync(path)\n/**\n * repository.clear()\n */\nrun();'],
      ['of code in comments of Python', '# shutil.rmtree(path)\nrun()', 'python'],
      ['of code in comments behind strings that end', 'const a = `x`, b = `${a}`; // `\n/** As `x`. */\n// `fs.rmSync(path)`\nrun();'],
      ['of code in comments of Python behind strings that end', '"""As\n    told."""\ndef f():\n    """Said."""\n    # shutil.rmtree(path)\n    return 1\n', 'python'],
      ['of names that are no callees', "const { clear } = repository; emit('clear'); set({ clear: 1 });"],
      ['of a member that has the name of a verb', "if (options.master === 'a') db.query('SELECT 1');"],
      ['of names in another case', 'const Delete = 1; do { Truncate } while (x)'],
      ['of an operator and of properties', 'delete cache.entry;\nview.update = 1;'],
      ['of a member of what is no database', 'this.items.delete(key); listeners?.delete(one);'],
      ['of a method by a name that others call', 'class Items { delete(key) { return key; } clear() {} }'],
      ['of a cache that is cleared', 'this.cache.clear(); names.remove(name);'],
      ['of a request by a client that is no client of AWS', 'folders.deleteFolder(name)'],
      ['of SQL that nothing runs', "const help = 'DELETE FROM users';"],
      ['of SQL words in code', 'db.query(text);\nlet update = 2;\nreturn update + 1;'],
      ['of a command in a file that runs none', "regex.exec('git push --force')"],
      ['of a script that nothing runs', "const help = 'make wipe, or ./wipe.sh';"],
      ['of a member that is called as an ending', "import { exec } from 'child_process';\nmaker.make('a'); exec(line);"],
      ['of a request without the method', "fetch(url, { method: 'POST' })"],
      ['of a name that only counts beside others', "handler.call('all')"],
      ['of members of what has the name of a call', 'db.query(text); sql.trim(); rows.clear.name;'],
      ['of a verb that no statement begins with', 'db.query(`SELECT 1 FOR UPDATE`, "queries which update rows");'],
      ['of a comment behind code', 'db.query(`\n`); // make replace only, and delete the rest'],
      ['of a statement that comes from a call', "const [text] = build('DELETE FROM users'); const sql = this.build(); db.query(sql, [all]); db.query(parts.map((part) => part).join('\\n'), []); db.query(this.text);"],
      ['of a text of one word that a method is given', "const help = 'DELETE FROM users'; app.get('/users/all', show); map.get('users');"],
      ['of a method that has the name of a module', "const verb = 'remove'; router.del('users', (all) => all.length);"],
      ['of a key that is deleted beside an address', "const help = 'https://example.com/'; for (const key of old) { kept.delete(key); kept.delete(this.key); }"],
      ['of a stream that is destroyed', 'socket.destroy(); stream.destroy(error);'],
      ['of functions that have the name of a call', 'class A { \n  async deleteMany(query, options = {}) {\n    return 1;\n  }\n  deleteMany(query: Query): Promise<void> {\n  }\n}\nfunction deleteMany(query) {}'],
      ['of what an own name is given', "import { delete_ } from 'x'; list.sort('delete'); createQueryBuilder();"],
    ];
    for (const [what, text, language] of texts) it(what, () => { assert.ok(!mayHold(text, language)); });
  });

  describe('loses nothing', () => {
    for (const [path, examples] of byPath) {
      it(`of the ${examples.length} examples in ${path}, one behind another`, async () => {
        for (const [index, first] of examples.entries()) {
          const text = `${first}\n${examples[(index * 7 + 3) % examples.length] ?? ''}\n`;
          assert.deepEqual(await findingsIn(checker, path, text), await findingsIn(thorough, path, text), text);
        }
      });
    }
  });
});
