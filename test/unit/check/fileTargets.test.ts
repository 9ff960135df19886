import assert from 'node:assert/strict';
import { judgeTargets, targetOfListing, targetOfValue } from '../../../src/core/check/fileTargets.ts';
import { hole } from '../../../src/core/language/operation.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checkText } from '../../support/check.ts';

const range = OffsetRange.empty(0);

describe('the path that an argument gives', () => {
  for (const [source, known, expected] of [
    ['"/srv/data"', { constant: '/srv/data' }, 'absolute'],
    ['"/"', { constant: '/' }, 'root'],
    ['"/tmp/x"', { constant: '/tmp/x' }, 'scratch'],
    ['"build"', { constant: 'build' }, 'scratch'],
    ['"C:\\\\"', { constant: 'C:\\' }, 'root'],
    ['"C:\\\\srv\\\\data"', { constant: 'C:\\srv\\data' }, 'absolute'],
    ['"..\\\\bin\\\\x"', { constant: '..\\bin\\x' }, 'scratch'],
    ['f"{home}/x"', { constant: `${hole}/x`, holes: ['home'] }, 'dynamic'],
    ['f"{tmp}/x"', { constant: `${hole}/x`, holes: ['tmp'] }, 'scratch'],
    ['Path.home() / ".cache"', { constant: `${hole}/.cache`, holes: ['Path.home()'] }, 'scratch'],
    ['Path.home()', {}, 'root'],
    ['System.getProperty("user.home")', {}, 'root'],
    ['Dir.home', {}, 'root'],
    ['folder', {}, 'dynamic'],
    ['folder', { standsFor: 'tempfile.mkdtemp()' }, 'scratch'],
    ['outputDir', {}, 'scratch'],
  ] as const) {
    it(`is ${expected} for ${source}${'standsFor' in known ? ` that stands for ${known.standsFor}` : ''}`, () => {
      assert.equal(targetOfValue({ range, source, ...known }).kind, expected);
    });
  }
});

describe('a path of a shell that has a default', () => {
  for (const [written, severity, confidence] of [
    ['"${1:-/}"', 'critical', 'medium'],
    ['"${DIR:-/}"/*', 'critical', 'medium'],
    ['${TARGET-/}', 'critical', 'medium'],
    ['"${X:=/*}"', 'critical', 'medium'],
    ['"${1:-$HOME}"', 'critical', 'medium'],
    ['"${1:-"${HOME}/"}"*', 'critical', 'medium'],
    ['/', 'critical', 'high'],
    ['"${1:-/srv/data}"', 'medium', 'high'],
    ['"${DESTDIR:-/}usr/share/app"', 'medium', 'high'],
    ['"${1:-.}"', 'medium', 'high'],
    ['"${X:+/}"', 'medium', 'high'],
    ['"${1:?/}"', 'medium', 'high'],
    ['"${TMPDIR:-/tmp}/x"', undefined, undefined],
    ['"${X:-$HOME}/.cache/app"', undefined, undefined],
    ['"${OUT-/}tmp/x"', undefined, undefined],
  ] as const) {
    it(`makes of rm -rf ${written} what is ${severity ?? 'nothing'}`, async () => {
      const [finding] = await checkText('a.sh', `rm -rf ${written}\n`);
      assert.deepEqual([finding?.severity, finding?.confidence], [severity, confidence]);
    });
  }

  it('is told of through a variable, and where a search deletes', async () => {
    for (const text of ['D="${1:-/}"\nrm -rf "$D"\n', 'find "${1:-/}" -delete\n']) {
      const [finding] = await checkText('a.sh', text);
      assert.deepEqual([finding?.severity, finding?.blastRadius.factors.some((factor) => factor.text.endsWith('is the whole disk or home where nothing is given'))], ['critical', true], text);
    }
  });
});

describe('the files that a loop is over', () => {
  for (const [over, expected, name] of [
    ['Path("/srv/uploads").rglob("*")', 'absolute', '/srv/uploads/*'],
    ['root.rglob("*")', 'dynamic', undefined],
    ["Dir.glob('/srv/uploads/*')", 'absolute', '/srv/uploads/*'],
    ["Dir['*']", 'here', '*'],
    ["glob.glob('*.log')", 'relative', '*.log'],
    ["glob.glob('/var/log/app/*.log')", 'relative', '/var/log/app/*.log'],
    ["glob.glob('/tmp/x/*')", 'scratch', '/tmp/x/*'],
    ["glob.glob('**/*.pyc')", 'scratch', '**/*.pyc'],
    ["glob.glob(os.path.join(root, '*'))", 'dynamic', undefined],
    ['Files.walk(home).sorted(Comparator.reverseOrder())', 'dynamic', 'home'],
    ['os.listdir(tmp_dir)', 'scratch', 'tmp_dir'],
    ['Directory.GetFiles(folder)', 'dynamic', 'folder'],
  ] as const) {
    it(`are ${expected} for ${over}`, () => {
      const target = targetOfListing({ over, range });
      assert.equal(target?.kind, expected);
      if (name !== undefined) assert.equal(target.name, name);
    });
  }
  it('are those that a name stands for', () => {
    assert.equal(targetOfListing({ over: 'files', standsFor: "glob('/srv/uploads/*')", range })?.kind, 'absolute');
  });
  for (const over of ['users', 'User.all()', 'range(3)', '["a", "b"]', 'walker', 'db.find()']) {
    it(`are none for ${over}`, () => {
      assert.equal(targetOfListing({ over, range }), undefined);
    });
  }
});

describe('a path that somebody else gives', () => {
  for (const [source, known, weight] of [
    ['req.body.path', {}, 1],
    ["$_GET['dir']", {}, 1],
    ['folder', { standsFor: "request.args['folder']" }, 1],
    ['sys.argv[1]', {}, 1],
    ['folder', {}, 0],
    ['settings.folder', {}, 0],
    ['requested.folder', {}, 0],
  ] as const) {
    it(`weighs ${weight} for ${source}${'standsFor' in known ? ` that stands for ${known.standsFor}` : ''}`, () => {
      const judgement = judgeTargets([targetOfValue({ range, source, ...known })], {});
      assert.equal((judgement?.factors ?? []).reduce((sum, factor) => sum + factor.weight, 0), weight);
    });
  }
});

describe('a name that says that a build makes what is deleted', () => {
  for (const [of, path, text, severity] of [
    ['a target', 'Makefile', 'clean:\n\trm -rf $(OBJS)\n', 'low'],
    ['a script', 'package.json', '{"scripts": {"clean": "rm -rf lib"}}\n', 'low'],
    ['a function with an imported value', 'a.ts', 'import { rmSync } from "node:fs";\nimport { DIR } from "./dir.ts";\nfunction clean() {\n  rmSync(DIR, { recursive: true, force: true });\n}\n', 'medium'],
    ['a function with a name that no build has', 'a.py', 'import shutil\n\ndef clean():\n    shutil.rmtree("uploads")\n', 'medium'],
    ['a function that asks a shell', 'a.ts', 'import { execSync } from "node:child_process";\nimport { DIR } from "./dir.ts";\nfunction clean() {\n  execSync(`rm -rf ${DIR}`);\n}\n', 'medium'],
    ['a function with the name of a build\'s folder', 'a.ts', 'import { rmSync } from "node:fs";\nfunction clean() {\n  rmSync("dist", { recursive: true, force: true });\n}\n', undefined],
  ] as const) {
    it(`${severity === 'low' ? 'lowers it for' : 'leaves it as it is for'} ${of}`, async () => {
      assert.deepEqual((await checkText(path, text)).map((finding) => finding.severity), severity === undefined ? [] : [severity]);
    });
  }
});
