import assert from 'node:assert/strict';
import { disguiseOf } from '../../../src/core/language/disguise.ts';
import type { LanguageId } from '../../../src/core/language/language.ts';
import { LineText } from '../../../src/core/text/lineText.ts';

const hidden: readonly (readonly [LanguageId, string, RegExp])[] = [
  ['python', '# -*- coding: utf_7 -*-\n+AHI-\n', /^it says that it is written in utf_7, /],
  ['python', '#!/usr/bin/python\n# vim: set fileencoding=unicode_escape :\n', /written in unicode_escape/],
  ['python', '# coding: shift_jis\n', /written in shift_jis/],
  ['python', 'import shutil\nshutil.ｒmtree("/srv/data")\n', /^Python takes ｒmtree in line 2 for rmtree$/],
  ['python', 'import shutil\nshutil.\u{1d42b}\u{1d426}\u{1d42d}\u{1d42b}\u{1d41e}\u{1d41e}("/srv/data")\n', /in line 2 for rmtree$/],
  ['python', 'from shutil import ｒｍｔｒｅｅ\n', /for rmtree$/],
  ['java', 'class A {\n  // \\u000a run("rm -rf /srv/data");\n}\n', /^\\u000a in line 2 stands for "\\n", and hides what is run$/],
  ['java', 'class A { void f() { r.\\u0065xec("x"); } }\n', /stands for "e"/],
  ['java', 'class A { String s = "a\\u0022; run(); //"; }\n', /stands for "\\""/],
  ['java', 'class A { String s = "\\u005c\\"; run("x"); //"; }\n', /stands for "\\\\"/],
  ['java', 'class A {\n  /* \\u002a\\u002f run(); /* */\n}\n', /stands for "\*"/],
  ['javascript', "fs.rm\\u0053ync('/srv/data', { recursive: true });\n", /^\\u0053 in line 1 stands for "S", and hides what is run$/],
  ['typescript', "const { \\u{72}mSync } = fs;\n", /stands for "r"/],
  ['csharp', 'Directory.D\\u0065lete("C:\\\\data", true);\n', /stands for "e"/],
  ['javascript', "// tidy up\rrun('rm -rf /srv/data');\n", /^a comment in line 1 ends at a carriage return without a line feed, and what stands behind that is run$/],
  ['typescript', "run(); // tidy up\u2028run('rm -rf /srv/data');\n", /^a comment in line 1 ends at U\+2028, which ends a line as well, and what stands behind that is run$/],
  ['javascript', "#!/usr/bin/env node\u2029run('rm -rf /srv/data');\n", /U\+2029/],
  ['javascript', "a();\n// tidy\r// up\r  run('rm -rf /srv/data');\n", /^a comment in line 2 ends/],
  ['javascript', "const n = 1 // one\r* run('rm -rf /srv/data');\n", /carriage return/],
  ['javascript', `const a = "${'x'.repeat(3000)}"; // tidy up\u2028run('rm -rf /srv/data');\n`, /U\+2028/],
  ['csharp', 'class A { void F() { // tidy up\u0085Directory.Delete("/srv", true); } }\n', /U\+0085/],
  ['java', 'class A { void f() { // tidy up\rrun("rm -rf /srv"); } }\n', /carriage return/],
  ['kotlin', 'fun f() { // tidy up\rrun("rm -rf /srv") }\n', /carriage return/],
  ['php', '<?php # tidy up\rexec("rm -rf /srv");\n', /carriage return/],
  ['python', `# tidy up\r${' '.repeat(600)}\ros.system("rm -rf /srv")\n`, /carriage return/],
  ['python', '# tidy up\r' + ' '.repeat(600) + 'os.system("rm -rf /srv")\n', /carriage return/],
];

const plain: readonly (readonly [LanguageId, string])[] = [
  ['python', '# -*- coding: utf-8 -*-\n# vim: set fileencoding=latin_1 :\n'],
  ['python', '# -*- coding: euc-kr -*-\n'],
  ['python', 'x = 1\ny = 2\n# coding: utf_7\n'],
  ['python', '"""ＡＢＣ is a name in full width, and ｘ too."""\nlabel = "ｒmtree"  # ｒmtree(x)\n'],
  ['python', 'größe = 1\nµ = 2\nprint(größe, "№ 5")\n'],
  ['java', 'class A {\n  /** As in \\u000a and \\u0041. */\n  char c = \'\\u0041\'; String s = "\\u001b[0m \\u0027 \\\\u0065";\n}\n'],
  ['java', 'class A { int \\u00e9t\\u00e9 = 1; }\n'],
  ['javascript', "const control = /[\\u0000-\\u001f]/;\nconst letters = /[\\u0041-\\u005a\\u0061-\\u007a]/;\nconst text = 'a \\u0041 b' + `c \\u0042`; // x.\\u0041\n"],
  ['javascript', 'caf\\u00e9();\n'],
  ['csharp', 'var s = " \\u0041";\n'],
  ['go', 'x := "\\u0041"\n'],
  ['go', '// tidy up\rrun()\n'],
  ['javascript', '// one\r\n// two\r\r\n// three\r  \n/* four\r * five */\rrun();\r\n'],
  ['javascript', "const text = 'one\u2028two \u2029', address = 'https://example.com/\u2028one';\n"],
  ['javascript', `var a=[${'"one",'.repeat(600)}"//example.com/one\u2028two"];\n`],
  ['javascript', 'const ends = /[\r\n\u2028\u2029]/; // of lines\n'],
  ['python', 'text = "one\u2028two" # one\u2028two\nx = 1\ry = 2\n'],
  ['python', '# one\r# two\r\n'],
];

describe('a text that runs something else than what stands in it', () => {
  for (const [language, text, why] of hidden) {
    it(`is told of in ${language}: ${JSON.stringify(text)}`, () => {
      assert.match(disguiseOf(language, LineText.fixed(text)) ?? '', why);
    });
  }
  for (const [language, text] of plain) {
    it(`is not what ${language} is used to: ${JSON.stringify(text)}`, () => {
      assert.equal(disguiseOf(language, LineText.fixed(text)), undefined);
    });
  }
});
