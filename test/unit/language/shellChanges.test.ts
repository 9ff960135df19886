import assert from 'node:assert/strict';
import { shellChangesIn } from '../../../src/core/language/shell/shellChanges.ts';

/** Each file with what is left of its text, `null` for nothing. */
const changes = (line: string, before = '') => shellChangesIn(line).map(({ path, folder, change }) => [folder === '' ? path : `${folder}/${path}`, change(before) ?? null]);

describe('what a command line does to files', () => {
  const cases: readonly (readonly [line: string, before: string, after: unknown])[] = [
    ["cat > a.tf <<'EOF'\nx $y\nEOF", 'old\n', [['a.tf', 'x $y\n']]],
    ['cat >> a.txt <<EOF\nx\nEOF', 'old\n', [['a.txt', 'old\nx\n']]],
    ["echo 'DROP TABLE t;' | tee y.sql", '', [['y.sql', 'DROP TABLE t;']]],
    ["cd infra && cd db && rm -f 'main file.tf'", 'old', [['infra/db/main file.tf', null]]],
    ['git rm -r --cached infra; git rm a.tf', 'old', [['a.tf', null]]],
    ["sed -i 's/true/false/' a.tf", 'a = true true\n', [['a.tf', 'a = false true\n']]],
    ["sed -i.bak -E 's#(a|b)+#<\\1&>#g; /drop/d' a b", 'ab x\ndrop\n', [['a', '<bab> x\n'], ['b', '<bab> x\n']]],
    ["sed -i '/keep/d;2d' a", 'keep\none\ntwo', [['a', 'two']]],
    ["sed -e 's/a/b/' a; sed -n 's/a/b/p' -i a; sed -i 'y/a/b/' a; sed -i 's/\\(a*\\)*/b/' a", 'a', []],
    ['rm "$FILE"; echo $((', '', []],
  ];
  for (const [line, before, after] of cases) it(JSON.stringify(line), () => { assert.deepEqual(changes(line, before), after); });
});
