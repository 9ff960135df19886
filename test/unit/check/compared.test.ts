import assert from 'node:assert/strict';
import { python } from '../../../bench/samples/python.ts';
import { type Sample, sampleFile } from '../../../bench/samples/sample.ts';
import { typescript } from '../../../bench/samples/typescript.ts';
import type { Finding } from '../../../src/core/check/finding.ts';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import { noProject } from '../../../src/core/language/project.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checker, checkText, isWellFormed } from '../../support/check.ts';
import { Random } from '../../support/random.ts';

const seeds = Array.from({ length: Number(process.env.FIREBREAK_FUZZ_SEQUENCES ?? 4) }, (_, index) => index + 1);

interface Case {
  readonly path: string;
  readonly before: string;
  readonly text: string;
}

/** Changes that take something away, and long files of which little changes. */
const examples: readonly Case[] = rules.flatMap((rule) => rule.examples.bad.flatMap(({ path, text, before }) => (before === undefined ? [] : [{ path, text, before }])));
const fileOf = (sample: Sample): Case => ({ path: sample.path, ...sampleFile(sample, 150) });

const cases: Readonly<Record<string, readonly Case[]>> = {
  TypeScript: [fileOf(typescript), ...examples.filter(({ path }) => path.endsWith('.ts'))],
  Python: [fileOf(python), ...examples.filter(({ path }) => path.endsWith('.py'))],
  'any other program': examples.filter(({ path }) => /\.(?:go|java|kt|cs|php|rb|rs)$/.test(path)),
  HCL: examples.filter(({ path }) => path.endsWith('.tf')),
  YAML: examples.filter(({ path }) => /\.ya?ml$/.test(path)),
  shell: examples.filter(({ path }) => path.endsWith('.sh')),
  SQL: examples.filter(({ path }) => path.endsWith('.sql')),
};

const scraps = ['x', 'e', '1', ' ', '_', '.', 'if (dryRun) return;\n', '  # note\n', 'true', 'delete', '\n'];

/** A key, a word, or a line that goes or is put back. */
function randomEdit(random: Random, text: LineText, before: string): OffsetEdit {
  const kind = random.next();
  const at = random.below(text.length + 1);
  if (kind < 0.35) return OffsetEdit.insert(at, random.of(scraps));
  if (kind < 0.6) return OffsetEdit.delete(new OffsetRange(Math.max(0, at - 1), at));
  const line = random.below(text.lineCount);
  const start = text.startOfLine(line);
  if (kind < 0.85) return OffsetEdit.delete(OffsetRange.ofLength(start, text.line(line).length));
  return OffsetEdit.insert(start, random.of(before.split(/(?<=\n)/)));
}

const shape = (findings: readonly Finding[]) => findings.map(({ ruleId, range, within, severity, fingerprint }) => `${ruleId} ${String(range)} ${within.join(' ')} ${severity} ${fingerprint}`);

for (const [language, ofLanguage] of Object.entries(cases)) {
  describe(`typing with a text before (${language})`, () => {
    for (const seed of seeds) {
      it(`finds what a fresh look finds (seed ${seed})`, async () => {
        const random = new Random(seed);
        const { path, before, text } = random.of(ofLanguage);
        const live = new LineText(text);
        const file = checker.open({ path, before, changed: [], project: noProject }, live);
        assert.ok(file !== undefined);
        let compared = 0;
        for (let count = 0; count < 40; count++) {
          const edit = randomEdit(random, live, before);
          file.willChange(edit);
          live.apply(edit);
          if (random.next() < 0.2) continue; // several edits between two looks
          const found: readonly Finding[] = !(await file.prepare()) ? [] : runThrough(file.findings([new OffsetRange(0, live.length)], unhurried));
          const now = live.toString();
          if (await isWellFormed(path, now)) {
            assert.deepEqual(shape(found), shape(await checkText(path, now, { before })), now);
            compared++;
          } else if (random.next() < 0.7) {
            // What is broken stays so: it is taken back, so that most looks are at what can be compared.
            const back = OffsetEdit.replace(new OffsetRange(0, live.length), text);
            file.willChange(back);
            live.apply(back);
          }
        }
        assert.ok(compared > 3);
        file.dispose();
      });
    }
  });
}
