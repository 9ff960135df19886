import assert from 'node:assert/strict';
import { recalled } from '../../../src/core/attribution/recalled.ts';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const textOf = (...lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const around = (...lines: readonly string[]) => textOf('start the first server;', ...lines, 'finish the last server;');

/** What of a text is an AI's, which wrote a part of a text that was put aside. */
function recalledIn(now: string, { last, aside, part, brought = [] }: { last: string; aside: string; part: string; brought?: readonly string[] }): string[] {
  const start = aside.indexOf(part);
  const region: AiRegion = { range: OffsetRange.ofLength(start, part.length), insertionId: 'ai', origin: { kind: 'ai', tool: 'demo' }, evidence: 'reported', insertedAt: 1 };
  const others = () => [{ text: aside, regions: [region], at: 1 }];
  return recalled([], { text: last, regions: [], at: 2 }, now, { others, brought }).map(({ range }) => range.of(now));
}

describe('what git put aside and brought back', () => {
  const line = 'rm -rf /var/lib/postgres "$agent"';
  const changed = 'rm -rf /var/lib/mysql "$person"';
  const asideWith = { last: textOf('# above', around()), aside: around(line), part: line };

  it('is an AI\'s in its lines, and in the words that stay of one that somebody changed', () => {
    assert.deepEqual(recalledIn(textOf('# above', around(line)), asideWith), [line]);
    assert.equal(recalledIn(textOf('# above', around(changed)), asideWith)[0], 'rm -rf /var/lib/');
  });

  it('is in a line with half of its words where another line came back with it, not by itself', () => {
    const [half, beside] = ['await client.count(everything);', 'await connection.open();'];
    const aside = around(beside, 'await client.drop(now);');
    const known = { last: around(), aside, part: `${beside}\nawait client.drop(now);` };
    assert.deepEqual(recalledIn(around(half), known), []);
    assert.deepEqual(recalledIn(around(beside, half), known), [`${beside}\nawait client.`, ');']);
  });

  it('is nothing of a line of which only signs or single words stay', () => {
    for (const other of ['mv -tv "$person" /srv/www/html/', 'make it - and / then / that / "$too"', 'echo rm; exit with another status']) assert.deepEqual(recalledIn(textOf('# above', around(other)), asideWith), [], other);
  });

  it('is nothing of a line that a commit holds, or that says of the AI\'s only what the line says that stood there', () => {
    assert.deepEqual(recalledIn(textOf('# above', around(changed)), { ...asideWith, brought: [around(changed)] }), []);
    const before = 'purge every record of the archive in one go;';
    const aside = around('purge every record of the archive in two steps;');
    const other = around('purge every record of the archive at midnight;');
    assert.deepEqual(recalledIn(other, { last: around(before), aside, part: 'purge every record of the archive in two steps;' }), []);
  });
});
