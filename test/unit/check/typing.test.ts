import assert from 'node:assert/strict';
import type { CheckedFile } from '../../../src/core/check/checkedFile.ts';
import type { Finding } from '../../../src/core/check/finding.ts';
import { meetsAny } from '../../../src/core/text/offsetRange.ts';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import { noProject } from '../../../src/core/language/project.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { checker, checkText, isWellFormed } from '../../support/check.ts';
import { dependent } from '../../support/dependent.ts';
import { Random } from '../../support/random.ts';

const seeds = Array.from({ length: Number(process.env.FIREBREAK_FUZZ_SEQUENCES ?? 4) }, (_, index) => index + 1);

const typescript = dependent['a.ts'] ?? '';

async function corpus(path: string): Promise<string> {
  const ending = path.slice(path.lastIndexOf('.'));
  const examples = rules.flatMap((rule) => [...rule.examples.bad, ...rule.examples.good]).filter((example) => example.path.endsWith(ending));
  const steps = examples.map(({ text }, index) => `export async function step${index}() {\n${text.replace(/^import .*$/gm, '')}\n}\n`);
  const whole: string[] = [];
  for (const step of steps) if (await isWellFormed(path, step)) whole.push(step);
  return (ending === '.ts' ? typescript : '') + whole.join('');
}

async function opened(path: string, text: string, before?: string): Promise<{ live: LineText; file: CheckedFile }> {
  const live = new LineText(text);
  const file = checker.open({ path, changed: [], project: noProject, ...(before !== undefined && { before }) }, live);
  assert.ok(file !== undefined && (await file.prepare()));
  return { live, file };
}

function apply(live: LineText, file: CheckedFile, edit: OffsetEdit): void {
  file.willChange(edit);
  live.apply(edit);
}

const strokes = ['x', 's', 'S', '1', '-', ' ', '/', 'prod', 'r', '_', "'", '(', '\n', '$', '{', '*', '.', ','];

/** Some characters typed at one place, or deleted there. */
function randomStrokes(random: Random, text: string, near: readonly number[]): OffsetEdit[] {
  let at = random.next() < 0.6 && near.length > 0 ? Math.max(1, Math.min(text.length, random.of(near) + random.below(60) - 20)) : 1 + random.below(text.length);
  const edits: OffsetEdit[] = [];
  for (let count = 1 + random.below(5); count > 0; count--) {
    if (random.next() < 0.35 && at > 1) {
      const length = random.next() < 0.8 ? 1 : Math.min(at - 1, 3);
      edits.push(OffsetEdit.delete(OffsetRange.ofLength(at - length, length)));
      at -= length;
    } else {
      const stroke = random.next() < 0.7 ? random.of(['x', 's', '1', 'r']) : random.of(strokes);
      edits.push(OffsetEdit.insert(at, stroke));
      at += stroke.length;
    }
  }
  return edits;
}

function randomFocus(random: Random, length: number, near: readonly number[]): OffsetRange[] {
  if (random.next() < 0.15) return [new OffsetRange(0, length)];
  return Array.from({ length: 1 + random.below(2) }, () => {
    const start = Math.min(length, random.next() < 0.7 && near.length > 0 ? Math.max(0, random.of(near) - random.below(200)) : random.below(length + 1));
    return new OffsetRange(start, Math.min(length, start + random.below(600)));
  });
}

/** The text to type in: for some seeds the rules' examples. */
async function originalFor(path: string, random: Random): Promise<string> {
  const own = dependent[path] ?? typescript;
  const original = !/\.[tj]s$/.test(path) || random.next() < 0.5 ? own : await corpus(path);
  return path === 'a.js' ? original.replaceAll(': string[]', '') : original;
}

/** What some of the texts were before: with a guard that is gone. */
const guarded: Readonly<Record<string, (text: string) => string>> = {
  'a.ts': (text) => text.replace('      await client.send(new Gone', `      if (!(await confirm('sure?'))) return;\n      await client.send(new Gone`).replace('  remove(', '  if (isAdmin) remove('),
  'a.py': (text) => text.replace('            client.delete_stack', '            if not confirm(stack):\n                continue\n            client.delete_stack'),
};
const paths = [...new Set(['a.ts', 'a.js', 'a.tsx', ...Object.keys(dependent)])];

for (const [path, isGuarded] of [...paths.map((each) => [each, false] as const), ...Object.keys(guarded).map((each) => [each, true] as const)]) {
  describe(`what is kept from one keystroke to the next (${path}${isGuarded ? ', with a text before' : ''})`, () => {
    for (const seed of seeds) {
      it(`is what a fresh look finds (seed ${seed})`, async function () {
        this.timeout(60_000);
        const random = new Random(seed);
        const original = await originalFor(path, random);
        const textBefore = isGuarded ? guarded[path]?.(original) : undefined;
        const { live, file } = await opened(path, original, textBefore);
        let focus: readonly OffsetRange[] = [new OffsetRange(0, live.length)];
        let near = [0];
        for (let run = 0; run < 6; run++) {
          const before = live.toString();
          const edits = randomStrokes(random, before, near);
          const backwards: OffsetEdit[] = [];
          const step = async (edit: OffsetEdit) => {
            apply(live, file, edit);
            if (random.next() < 0.3) return;
            focus = random.next() < 0.25 ? randomFocus(random, live.length, near) : focus.map((range) => new OffsetRange(Math.min(range.start, live.length), Math.min(live.length, range.endExclusive + Math.max(0, edit.lengthDelta))));
            const found = runThrough(file.findings(focus, unhurried));
            const text = live.toString();
            if (!(await isWellFormed(path, text))) return;
            const fresh: readonly Finding[] = await checkText(path, text, { before: textBefore });
            near = fresh.length === 0 ? near : fresh.map(({ range }) => range.start);
            assert.deepEqual(found, fresh.filter(({ within }) => meetsAny(within, focus)), `${JSON.stringify(edit.replacements)} of ${JSON.stringify(before.slice(Math.max(0, (edits[0]?.replacements[0]?.range.start ?? 0) - 40)).slice(0, 90))}`);
          };
          for (const edit of edits) {
            backwards.unshift(edit.inverse((range) => live.slice(range)));
            await step(edit);
          }
          for (const edit of backwards) await step(edit);
        }
        file.dispose();
      });
    }
  });
}

const imports = `import { rmSync } from 'node:fs';\nimport { execSync } from 'node:child_process';\n`;
const cases: readonly [name: string, before: string, after: string][] = [
  ['before a call', `// old\nrmSync(dir, { recursive: true });`, `// older\nrmSync(dir, { recursive: true });`],
  ['behind a call', `rmSync(dir, { recursive: true }); // old`, `rmSync(dir, { recursive: true }); // older`],
  ['inside an argument', `rmSync('/srv/a', { recursive: true });`, `rmSync('/srv/ab', { recursive: true });`],
  ['inside a name of a call', `rmSyn(dir, { recursive: true });`, `rmSync(dir, { recursive: true });`],
  ['inside the name of an import', `danger(dir, { recursive: true });`, `danger(dir, { recursive: true });`],
  ['inside a constant that a call takes', `const line = 'echo';\nfunction f() { execSync(line); }`, `const line = 'rm -rf /';\nfunction f() { execSync(line); }`],
  ['inside the name of a constant that a call takes', `const lin = 'rm -rf /srv';\nfunction f() { execSync(line); }`, `const line = 'rm -rf /srv';\nfunction f() { execSync(line); }`],
  ['inside the use of a constant', `const line = 'rm -rf /srv';\nfunction f() { execSync(lin); }`, `const line = 'rm -rf /srv';\nfunction f() { execSync(line); }`],
  ['inside the name of what shadows an import', `{ const rmSyn = 0; rmSync(dir, { recursive: true }); }`, `{ const rmSync = 0; rmSync(dir, { recursive: true }); }`],
  ['inside the name of a parameter', `function f(execSyn) { execSync('rm -rf /srv'); }`, `function f(execSync) { execSync('rm -rf /srv'); }`],
  ['inside what a loop runs over', `for (const dir of dirs) rmSync(dir, { recursive: true });`, `for (const dir of dirsOfAll) rmSync(dir, { recursive: true });`],
  ['inside the name of the function around', `function clean() { rmSync('/srv', { recursive: true }); }`, `function cleanUp() { rmSync('/srv', { recursive: true }); }`],
  ['inside one of two equal calls', `rmSync('/srv', { recursive: true });\nrmSync('/srw', { recursive: true });`, `rmSync('/srv', { recursive: true });\nrmSync('/srv', { recursive: true });`],
  ['that opens a comment', `/ / x\nrmSync('/srv', { recursive: true });`, `// x\nrmSync('/srv', { recursive: true });`],
];

/** The edits that make one text of another, one character each. */
function strokesFrom(before: string, after: string): OffsetEdit[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const removed = before.length - end - start;
  const added = after.slice(start, after.length - end);
  return [
    ...Array.from({ length: removed }, (_, index) => OffsetEdit.delete(OffsetRange.ofLength(start + removed - index - 1, 1))),
    ...Array.from(added, (character, index) => OffsetEdit.insert(start + index, character)),
  ];
}

describe('a keystroke', () => {
  it('that takes away the name of a text leaves the file readable', async () => {
    assert.ok(await checkText('A.java', 'class A { void f() throws Exception { String = "rm -rf /srv"; Runtime.getRuntime().exec("rm -rf /srv"); } }'));
  });

  it('in the indentation of a line is seen', async () => {
    const before = 'import shutil\n\nclass A:\n    def clean(self):\n        for each in all:\n            print(each)\n            shutil.rmtree(each)\n';
    const after = before.replace('            shutil', '        shutil');
    const { live, file } = await opened('a.py', before);
    const look = (): readonly Finding[] => runThrough(file.findings([new OffsetRange(0, live.length)], unhurried));
    look();
    for (const edit of strokesFrom(before, after)) {
      apply(live, file, edit);
      look();
    }
    assert.deepEqual(look(), await checkText('a.py', after));
    file.dispose();
  });

  for (const [name, before, after] of cases) {
    for (const looksBetween of [true, false]) {
      it(`${name} is seen${looksBetween ? '' : ', also after others'}`, async () => {
        const [from, to] = name.includes('import') && before === after ? [imports.replace('rmSync', 'rmSync as dange'), imports.replace('rmSync', 'rmSync as danger')] : [imports, imports];
        const { live, file } = await opened('a.ts', from + before);
        const look = (): readonly Finding[] => runThrough(file.findings([new OffsetRange(0, live.length)], unhurried));
        look();
        for (const edit of strokesFrom(from + before, to + after)) {
          apply(live, file, edit);
          if (looksBetween) look();
        }
        assert.equal(live.toString(), to + after);
        assert.deepEqual(look(), await checkText('a.ts', to + after));
        file.dispose();
      });
    }
  }

  it('inside the name of a constant is seen where only its value is looked at', async () => {
    const before = `${imports}function f() { const lin = 'rm -rf /srv'; execSync(line); }`;
    const { live, file } = await opened('a.ts', before);
    const at = before.indexOf('lin ') + 3;
    const focus = () => [OffsetRange.ofLength(live.toString().indexOf('rm -rf'), 3)];
    assert.equal(runThrough(file.findings(focus(), unhurried)).length, 0);
    apply(live, file, OffsetEdit.insert(at, 'e'));
    assert.equal(runThrough(file.findings(focus(), unhurried)).length, 1);
    file.dispose();
  });
});
