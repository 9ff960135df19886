import assert from 'node:assert/strict';
import { typescript } from '../../../bench/samples/typescript.ts';
import type { Finding } from '../../../src/core/check/finding.ts';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { meetsAny, OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checker, checkText, isWellFormed } from '../../support/check.ts';
import { dependent } from '../../support/dependent.ts';
import { Random } from '../../support/random.ts';
import { noProject } from '../../../src/core/language/project.ts';

const seeds = Array.from({ length: Number(process.env.FIREBREAK_FUZZ_SEQUENCES ?? 12) }, (_, index) => index + 1);

/** Examples of all rules of one language in one file: plenty to find, and to break. */
function corpus(ending: string): string {
  const examples = rules.flatMap((rule) => [...rule.examples.bad, ...rule.examples.good]).filter((example) => example.path.endsWith(`.${ending}`));
  return examples.map((example, index) => (ending === 'ts' || ending === 'js' ? `export async function step${index}() {\n${example.text.replace(/^import .*$/gm, '')}\n}\n` : `${example.text}\n`)).join('');
}

const scripts = rules.flatMap((rule) => [...rule.examples.bad, ...rule.examples.good]).filter((example) => example.path.endsWith('.sh'));
const workflow = `on: push\njobs:\n  a:\n    steps:\n${scripts.map(({ text }) => `      - run: |\n${text.replace(/^/gm, '          ')}\n`).join('')}`;
const manifest = JSON.stringify({ scripts: Object.fromEntries(scripts.map(({ text }, index) => [`s${index}`, text])) }, undefined, 2);

const recipes = scripts.map(({ text }, index) => `t${index}:\n${text.replaceAll('$', '$$$$').replace(/^/gm, '\t')}\n`).join('');
const image = scripts.map(({ text }) => `CMD ${text.split('\n').join(' \\\n')}\n`).join('');

const languages = [
  { path: 'a.ts', text: `import { rmSync } from 'node:fs';\nimport { execSync } from 'node:child_process';\n${typescript.imports}\nimport { DeleteStackCommand as Gone } from '@aws-sdk/client-cloudformation';\n${corpus('ts')}` },
  { path: 'a.js', text: `const { DeleteTableCommand } = require('@aws-sdk/client-dynamodb');\n${corpus('js')}` },
  ...Object.entries(dependent).map(([path, text]) => ({ path, text })).filter(({ path }) => path !== 'a.ts'),
  { path: 'a.sh', text: corpus('sh') },
  { path: 'a.sql', text: corpus('sql') },
  { path: '.github/workflows/a.yml', text: workflow },
  { path: 'package.json', text: manifest },
  { path: 'Makefile', text: recipes },
  { path: 'a.ps1', text: corpus('ps1') },
  { path: 'a.cmd', text: corpus('cmd') },
  { path: 'a.graphql', text: corpus('graphql') },
  { path: 'Dockerfile', text: image },
];

const scraps = ['', 'x', ' ', '\n', '\r\n', '(', ')', '{', '}', '"', "'", '`', '${', '/*', '*/', '//', ';', 'rmSync(a, { recursive: true });', "import { rmSync } from 'node:fs';\n", 'DROP TABLE t;', '😀', '\0', '\ud800', '#', 'rm -rf /srv\n'];

function randomEdit(random: Random, length: number): OffsetEdit {
  const count = random.next() < 0.85 ? 1 : 3;
  const starts = Array.from({ length: count }, () => random.below(length + 1)).sort((a, b) => a - b);
  return new OffsetEdit(
    starts.map((start, index) => {
      const end = Math.min(starts[index + 1] ?? length, length, start + (random.next() < 0.5 ? 0 : random.below(random.next() < 0.1 ? 200 : 4)));
      return { range: new OffsetRange(start, Math.max(start, end)), newText: random.of(scraps) };
    }),
  );
}

const shape = (findings: readonly Finding[]) => findings.map(({ ruleId, range, severity, confidence, fingerprint }) => `${ruleId} ${String(range)} ${severity} ${confidence} ${fingerprint}`);

for (const { path, text } of languages) {
  describe(`a file kept under check while it is edited (${path})`, () => {
    for (const seed of seeds) {
      it(`finds what a fresh look finds, whole and in part (seed ${seed})`, async () => {
        const random = new Random(seed);
        const live = new LineText(text);
        const file = checker.open({ path, changed: [], project: noProject }, live);
        assert.ok(file !== undefined);
        assert.ok(await file.prepare());
        for (let count = 0; count < 12; count++) {
          const edit = randomEdit(random, live.length);
          const expectedText = edit.apply(live.toString());
          file.willChange(edit);
          live.apply(edit);
          assert.equal(live.toString(), expectedText);
          if (random.next() < 0.4) continue; // several edits between two looks, as when somebody types on
          const whole: readonly Finding[] = runThrough(file.findings([new OffsetRange(0, live.length)], unhurried));
          // How a parser gets over broken code depends on what it knew before; what is whole it must read the same.
          if (await isWellFormed(path, expectedText)) assert.deepEqual(shape(whole), shape(await checkText(path, expectedText)));
          const start = random.below(live.length + 1);
          const focus = [new OffsetRange(start, Math.min(live.length, start + random.below(400)))];
          assert.deepEqual(shape(runThrough(file.findings(focus, unhurried))), shape(whole.filter((finding) => meetsAny(finding.within, focus))), `in ${String(focus[0])}`);
          for (const finding of whole) assert.ok(finding.range.endExclusive <= live.length && live.slice(finding.range) === finding.matched);
        }
        file.dispose();
      });
    }
  });
}
