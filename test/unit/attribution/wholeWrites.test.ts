import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { step } from '../../../src/core/agents/steps.ts';
import type { JournalEdit } from '../../../src/core/attribution/journal.ts';
import { replacementsOf } from '../../../src/core/attribution/journal.ts';
import { authorsOf, linesOf, unseen } from '../../../src/core/attribution/notes/authoredText.ts';
import { reconcile } from '../../../src/core/attribution/reconcile.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { sha256Hex } from '../../../src/node/digest.ts';
import { Random } from '../../support/random.ts';

interface Line {
  readonly text: string;
  readonly isByAi: boolean;
}

const sources = ['src/core/agents', 'src/core/attribution', 'src/cli'].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name)));

function regionsOf(before: string, after: string) {
  const event: JournalEdit = { path: 'a.ts', at: 1, by: { kind: 'ai', tool: 'agent' }, before: sha256Hex(before), replacements: replacementsOf(step('agent', before, after).edit, before), text: before, after: sha256Hex(after) };
  return reconcile(after, { events: [event], digestOf: sha256Hex }) ?? [];
}

/** What an agent makes of a file: lines put in that read like those around them, lines taken out, not one beside the other: that would be a line written anew. */
function rewritten(random: Random, old: readonly string[]): { readonly now: readonly Line[]; readonly gone: readonly string[] } {
  const gone: string[] = [];
  let next = 0;
  const now = old.flatMap((text, at): Line[] => {
    const own = { text, isByAi: false };
    if (at < next || random.below(old.length) >= 4) return [own];
    next = at + 3;
    if (random.below(3) === 0) {
      gone.push(text);
      return [];
    }
    const made = { text: text.replace(/\w+/, (word) => `${word}Made`), isByAi: /\w/.test(text) };
    return random.below(2) === 0 ? [made, own] : [own, made];
  });
  return { now, gone };
}

describe('what a write of a whole file comes to, whose differences are lines that came and went', () => {
  it("makes no line an agent's that it left as it was, and loses none of its own", () => {
    const random = new Random(11);
    const wrong: string[] = [];
    let [made, kept, removed] = [0, 0, 0];
    for (let round = 0; round < 300; round++) {
      const file = random.of(sources);
      const before = readFileSync(file, 'utf8');
      const { now, gone } = rewritten(random, linesOf(before));
      const after = now.map(({ text }) => `${text}\n`).join('');
      if (after === before) continue;
      const regions = regionsOf(before, after);
      const authors = authorsOf(new LineText(after), regions, unseen);
      for (const [at, { text, isByAi }] of now.entries()) {
        // Of lines that read alike it cannot be told which is new.
        if (now.filter((each) => each.text === text).length > 1) continue;
        if (isByAi) made++;
        else kept++;
        if ((authors[at]?.kind === 'ai') !== isByAi) wrong.push(`round ${round}, ${file}:${at + 1}: ${text}`);
      }
      const marked = regions.flatMap(({ removedText = '' }) => linesOf(removedText)).filter((line) => line.trim() !== '');
      removed += marked.length;
      const whole = gone.filter((line) => line.trim() !== '');
      wrong.push(...marked.filter((line) => !whole.includes(line)).map((line) => `round ${round}, ${file}: ${JSON.stringify(line)} did not go`));
    }
    assert.deepEqual(wrong, []);
    assert.ok(made > 300 && kept > 10_000 && removed > 100, `${made} lines made, ${kept} kept, ${removed} removed`);
  });

  const handler = (name: string) => [`export async function ${name}(id: string) {`, '  const user = await load(id);', '  if (user === undefined) return;', '  await send(user);', '}', ''];
  const [first, second, third] = [handler('first'), handler('second'), handler('third')];
  const rows: readonly (readonly [name: string, before: readonly string[], after: readonly string[], lines: readonly string[]])[] = [
    ['above others, below a line that it changed', ['import a;', '', ...first, ...second], ['import a, b;', '', ...third, ...first, ...second], ['import a, b;', ...third]],
    ['between others, below a line that it changed', ['import a;', '', ...first, ...second], ['import a, b;', '', ...first, ...third, ...second], ['import a, b;', ...third]],
    ['at the end, below a line that it changed', ['import a;', '', ...first], ['import a, b;', '', ...first, ...third], ['import a, b;', ...third]],
    ['above others, above a line that it changed', [...first, ...second, 'run(1);'], [...third, ...first, ...second, 'run(2);'], [...third, 'run(2);']],
    ['between others, above a line that it changed', [...first, ...second, 'run(1);'], [...first, ...third, ...second, 'run(2);'], [...third, 'run(2);']],
  ];
  for (const [name, before, after, lines] of rows) {
    it(`is all of a function whose body others have, put in ${name}`, () => {
      const [old, now] = [before, after].map((each) => each.map((line) => `${line}\n`).join(''));
      const text = new LineText(now ?? '');
      const authors = authorsOf(text, regionsOf(old ?? '', now ?? ''), unseen);
      assert.deepEqual(
        after.filter((line, at) => authors[at]?.kind === 'ai' && line !== ''),
        lines.filter((line) => line !== ''),
      );
    });
  }
});
