import assert from 'node:assert/strict';
import { noProject } from '../../../src/core/language/project.ts';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import type { Finding } from '../../../src/core/check/finding.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checker, checkText, isWellFormed } from '../../support/check.ts';
import { Random } from '../../support/random.ts';

const seeds = Array.from({ length: Number(process.env.FIREBREAK_FUZZ_SEQUENCES ?? 8) }, (_, index) => index + 1);

const texts: Readonly<Record<string, string>> = {
  'main.tf': Array.from({ length: 4 }, (_, index) => `resource "aws_s3_bucket" "b${index}" {\n  bucket        = "b${index}"\n  force_destroy = false\n\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n\n`).join(''),
  'claims.yaml': Array.from({ length: 4 }, (_, index) => `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: c${index}\n  finalizers:\n    - keep\nspec:\n  storageClassName: fast\n`).join('---\n'),
  'template.yaml': `Parameters:\n  Days:\n    Default: 30\nResources:\n${Array.from({ length: 4 }, (_, index) => `  Db${index}:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Retain\n    Properties:\n      BackupRetentionPeriod: !Ref Days\n`).join('')}`,
  'stack.ts': `import * as s3 from 'aws-cdk-lib/aws-s3';\nconst keep = true;\nclass Stack {\n  constructor() {\n${Array.from({ length: 4 }, (_, index) => `    new s3.Bucket(this, 'B${index}', {\n      versioned: keep,\n    });\n`).join('')}  }\n}\n`,
};

/** Takes out or repeats some lines, or changes a word. */
function randomEdit(random: Random, text: LineText): OffsetEdit {
  const first = random.below(text.lineCount);
  const last = Math.min(text.lineCount - 1, first + random.below(4));
  const start = text.startOfLine(first);
  const lines = new OffsetRange(start, last + 1 < text.lineCount ? text.startOfLine(last + 1) : text.length);
  const kind = random.next();
  if (kind < 0.3) return new OffsetEdit([{ range: lines, newText: '' }]);
  if (kind < 0.5) return new OffsetEdit([{ range: OffsetRange.empty(start), newText: text.slice(lines) }]);
  const [word] = /true|false|30|fast|Retain|\bb\d|\bc\d/.exec(text.slice(lines)) ?? [];
  if (word === undefined) return new OffsetEdit([{ range: OffsetRange.empty(start), newText: '\n' }]);
  const at = start + text.slice(lines).indexOf(word);
  return new OffsetEdit([{ range: OffsetRange.ofLength(at, word.length), newText: random.of(['true', 'false', '7', '30', 'slow', 'Delete', 'b9']) }]);
}

const shape = (findings: readonly Finding[]) => findings.map(({ ruleId, range, severity, fingerprint }) => `${ruleId} ${String(range)} ${severity} ${fingerprint}`);

describe('a configuration kept under check while it is edited', () => {
  for (const [path, before] of Object.entries(texts)) {
    for (const seed of seeds) {
      it(`finds what a fresh look finds (${path}, seed ${seed})`, async () => {
        const random = new Random(seed);
        const live = new LineText(before);
        const file = checker.open({ path, before, changed: [], project: noProject }, live);
        assert.ok(file !== undefined);
        for (let count = 0; count < 10; count++) {
          const edit = randomEdit(random, live);
          file.willChange(edit);
          live.apply(edit);
          if (random.next() < 0.3) continue;
          const text = live.toString();
          const found: readonly Finding[] = !(await file.prepare()) ? [] : runThrough(file.findings([new OffsetRange(0, live.length)], unhurried));
          if (await isWellFormed(path, text)) assert.deepEqual(shape(found), shape(await checkText(path, text, { before })), text);
          for (const { range } of found) assert.ok(range.endExclusive <= live.length);
        }
        file.dispose();
      });
    }
    it(`finds nothing when the text is again what it was (${path})`, async () => {
      assert.deepEqual(shape(await checkText(path, before, { before })), []);
    });
  }
});
