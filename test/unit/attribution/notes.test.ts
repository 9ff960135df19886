import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type AiAuthor, authorsOf, deletionsOf, human, inherited, type LineAuthor, linesOf, regionsFrom, unknown, unseen } from '../../../src/core/attribution/notes/authoredText.ts';
import { mergeNotes } from '../../../src/core/attribution/notes/mergeNotes.ts';
import { type Note, parseNote, serializeNote } from '../../../src/core/attribution/notes/note.ts';
import { misfitOf, noteOf, readNoted } from '../../../src/core/attribution/notes/noteContent.ts';
import { joinStanding, parseNoteOn, type Standing } from '../../../src/core/attribution/notes/standingNote.ts';
import { aiNamedBy, commitsNamedIn } from '../../../src/core/attribution/notes/trailers.ts';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const commit = 'c'.repeat(40);
const ai = (tool = 'claude', session = 'one', evidence: AiAuthor['evidence'] = 'reported'): AiAuthor => ({ kind: 'ai', origin: { kind: 'ai', tool, model: 'm', session }, evidence });

const metadata = `{
  "schema_version": "authorship/3.0.0",
  "git_ai_version": "1.2.3",
  "base_commit_sha": "${commit}",
  "prompts": {"12345678": {"agent_id": {"tool": "cursor", "id": "x", "model": "unknown"}, "overriden_lines": 3, "later": [1e2]}},
  "sessions": {"s_0123456789abcd": {"agent_id": {"tool": "claude", "id": "conv", "model": "opus"}, "custom_attributes": {"team": "a"}}},
  "humans": {"h_0123456789abcd": {"author": "A <a@b>"}},
  "of a later version": {"kept": null}
}`;
const foreign = `src/a.ts
  s_0123456789abcd::t_0123456789abcd 1-3,7
  12345678 9
  h_0123456789abcd 4-5
  x_of_a_later_version 6
"a file.ts"
  s_0123456789abcd::t_0123456789abce 1
---
${metadata}`;

function parsed(text: string): Note {
  const read = parseNote(text);
  assert.ok('note' in read, JSON.stringify(read));
  return read.note;
}

describe('notes of git-ai', () => {
  it('are written again just as they were read', () => {
    for (const text of [foreign, `${foreign}\n`, `---\n${metadata}`, `---\n${JSON.stringify(JSON.parse(metadata))}`]) assert.equal(serializeNote(parsed(text)), text);
  });

  it('give the lines of an AI, a prompt of the old kind and a person', () => {
    const reading = readNoted(parsed(foreign), { path: 'src/a.ts', blob: 'b', lineCount: 10 });
    const shown = [...(reading?.named ?? [])].sort(([a], [b]) => a - b).map(([line, author]) => `${line + 1} ${author.kind === 'ai' ? author.origin.tool : author.kind}`);
    assert.deepEqual(shown, ['1 claude', '2 claude', '3 claude', '4 human', '5 human', '7 claude', '9 cursor']);
    assert.equal(reading?.isWhole, false);
  });

  const faults: readonly (readonly [what: string, text: string, line: number, why: RegExp])[] = [
    ['no divider', 'src/a.ts\n  s_1::t_1 1', 2, /---/],
    ['an entry before the first file', `  s_1::t_1 1\n---\n${metadata}`, 1, /before the first file/],
    ['three blanks', `a\n   s_1::t_1 1\n---\n${metadata}`, 2, /two blanks/],
    ['one blank', `a\n s_1::t_1 1\n---\n${metadata}`, 2, /neither a path nor an entry/],
    ['line 0', `a\n  s_1::t_1 0-3\n---\n${metadata}`, 2, /no ranges/],
    ['a range that ends before it starts', `a\n  s_1::t_1 5-3\n---\n${metadata}`, 2, /no ranges/],
    ['blanks between ranges', `a\n  s_1::t_1 5, 7\n---\n${metadata}`, 2, /two blanks/],
    ['an empty line', `a\n\n---\n${metadata}`, 2, /neither/],
    ['a quote within a path', `"a"b"\n---\n${metadata}`, 1, /neither/],
    ['one file twice', `a\n  s_1 1\na\n---\n${metadata}`, 3, /twice/],
    ['metadata that is no JSON', '---\n{\n  "schema_version": "authorship/3.0.0",\n  broken\n}', 4, /not JSON/],
    ['two notes, one after the other', `${foreign}\n\n${foreign}`, 19, /not JSON/],
    ['another schema', `---\n${metadata.replace('3.0.0', '4.0.0').replace('authorship/3', 'authorship/4')}`, 3, /schema_version/],
    ['no commit', `---\n${metadata.replace('"base_commit_sha"', '"base"')}`, 2, /base_commit_sha/],
    ['prompts that are no object', `---\n${metadata.replace(/"prompts": .*/, '"prompts": [],')}`, 6, /prompts/],
  ];
  for (const [what, text, line, why] of faults) {
    it(`are refused with the line: ${what}`, () => {
      const read = parseNote(text);
      assert.ok('fault' in read);
      assert.match(read.fault.why, why);
      assert.equal(read.fault.line, line);
    });
  }

  it('are not believed on another commit, another text, or lines beyond the file', () => {
    const note = parsed(foreign);
    const file = { path: 'src/a.ts', blob: 'b', lineCount: 10 };
    assert.equal(misfitOf(note, commit, file), undefined);
    assert.match(misfitOf(note, 'd'.repeat(40), file) ?? '', /about commit/);
    assert.match(misfitOf(note, commit, { ...file, lineCount: 8 }) ?? '', /names line 9 of "src\/a\.ts", which has 8/);
    const own = noteOf(commit, [{ path: 'a', blob: 'b1', text: { lines: ['x'], authors: [ai()], deletions: [] } }], sha256);
    assert.match(misfitOf(own, commit, { path: 'a', blob: 'b2', lineCount: 1 }) ?? '', /another text/);
  });
});

describe('notes of ours', () => {
  const authors: LineAuthor[] = [ai(), ai(), human, unknown, unseen, inherited, ai('copilot', 'two', 'observed'), ai('claude', 'one', 'inferred'), { ...ai(), origin: { kind: 'ai', tool: 'claude', model: 'other', session: 'one' } }];
  const lines = authors.map((_, index) => `line ${index}`);
  const deletions = [{ line: 2, text: 'if (!sure) return;\n', author: ai() }, { line: 9, text: 'x'.repeat(5000), author: ai('copilot', 'two', 'observed') }];
  const odd = ['a.ts', 'with blank.ts', 'with"quote.ts', 'with\nnewline.ts', '---', ' start', 'ünï.ts', '__proto__'];
  const note = noteOf(commit, odd.map((path) => ({ path, blob: `blob of ${path}`, text: { lines, authors, deletions } })), sha256);

  it('give back who wrote each line of any path, and by what evidence', () => {
    const read = parsed(serializeNote(note));
    for (const path of odd) {
      const reading = readNoted(read, { path, blob: `blob of ${path}`, lineCount: lines.length });
      assert.equal(reading?.isWhole, true, path);
      const plain = (author: LineAuthor | undefined) => (author?.kind === 'ai' ? { origin: author.origin, evidence: author.evidence } : author?.kind);
      assert.deepEqual(lines.map((_, at) => plain(reading.named.get(at))), authors.map(plain), path);
    }
  });

  it('keep what an AI deleted, and tell what of it they leave out', () => {
    const { deletions: read = [] } = readNoted(parsed(serializeNote(note)), { path: 'a.ts', blob: 'blob of a.ts', lineCount: lines.length }) ?? {};
    assert.deepEqual(read.map(({ line, text }) => [line, text]), [[2, 'if (!sure) return;\n'], [9, `${'x'.repeat(4000)}\n… and 1000 more characters`]]);
    assert.deepEqual(read.map(({ author }) => [author.origin.tool, author.evidence]), [['claude', 'reported'], ['copilot', 'observed']]);
  });

  it('bound what they keep of deletions', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ line: 0, text: `${index} `.repeat(1500), author: ai() }));
    const text = serializeNote(noteOf(commit, [{ path: 'a', blob: 'b', text: { lines: ['x'], authors: [human], deletions: many } }], sha256));
    assert.ok(text.length < 100_000);
    const kept = [...text.matchAll(/\[\\"a\\"/g)].length;
    assert.ok(kept > 10);
    assert.ok(text.includes(`"deletionsLeftOut": ${100 - kept}`));
  });

  it('name sessions as git-ai does', () => {
    const text = serializeNote(note);
    assert.ok(text.includes(`s_${sha256('claude:one').slice(0, 14)}::t_`));
    assert.match(text, /^a\.ts\n {2}s_[0-9a-f]{14}::t_[0-9a-f]{14} 1-2\n/);
  });

  it('carry what another note said of a session along, but for its deletions', () => {
    const reading = readNoted(parsed(foreign), { path: 'src/a.ts', blob: 'b', lineCount: 10 });
    const author = reading?.named.get(0);
    assert.ok(author?.kind === 'ai');
    const text = serializeNote(noteOf(commit, [{ path: 'b.ts', blob: 'b', text: { lines: ['x'], authors: [author], deletions: [] } }], sha256));
    assert.match(text, /^b\.ts\n {2}s_0123456789abcd::t_0123456789abcd 1\n---\n/);
    assert.match(text, /"team": "a"/);
  });
});

describe('two notes of one commit', () => {
  const own = noteOf(commit, [{ path: 'src/a.ts', blob: 'b', text: { lines: ['x', 'y'], authors: [ai(), human], deletions: [] } }], sha256);
  const theirs = parsed(foreign);
  const text = (note: Note) => serializeNote(note);

  it('are merged without losing what either says', () => {
    const merged = text(mergeNotes(own, theirs));
    for (const kept of ['  12345678 9', '  x_of_a_later_version 6', '"of a later version"', '"overriden_lines": 3', `s_${sha256('claude:one').slice(0, 14)}::`, '"firebreak"', '"team": "a"']) assert.ok(merged.includes(kept), kept);
    assert.ok('note' in parseNote(merged));
  });

  it('do not make a person\'s line of one of which only one of them says that nobody saw it', () => {
    const of = (...authors: LineAuthor[]) => noteOf(commit, [{ path: 'a\nb', blob: 'b', text: { lines: authors.map(String), authors, deletions: [] } }], sha256);
    const merged = mergeNotes(of(unseen, human, unseen, unknown, ai()), of(human, human, unseen, inherited, human));
    const named = readNoted(merged, { path: 'a\nb', blob: 'b', lineCount: 5 })?.named;
    assert.deepEqual([...(named?.values() ?? [])].map(({ kind }) => kind), ['unseen', 'human', 'unseen', 'inherited', 'ai']);
    assert.equal(text(mergeNotes(of(human, unseen), of(unseen, human))), text(mergeNotes(of(unseen, human), of(human, unseen))));
  });

  it('come to the same whichever is first, and merging again changes nothing', () => {
    const merged = mergeNotes(own, theirs);
    assert.equal(text(mergeNotes(theirs, own)), text(merged));
    assert.equal(text(mergeNotes(merged, own)), text(merged));
    assert.equal(text(mergeNotes(theirs, theirs)), foreign);
    const clash = parsed(foreign.replace('"opus"', '"haiku"'));
    assert.equal(text(mergeNotes(clash, theirs)), text(mergeNotes(theirs, clash)));
    assert.equal(text(mergeNotes(mergeNotes(clash, theirs), own)), text(mergeNotes(clash, mergeNotes(theirs, own))));
  });
});

describe('what stands on one commit', () => {
  const standing = (written: string): Standing => ({ text: written, blob: sha256(written).slice(0, 40), parsed: parseNoteOn(commit, written) });
  const own = serializeNote(noteOf(commit, [{ path: 'src/a.ts', blob: 'b', text: { lines: ['x', 'y'], authors: [ai(), human], deletions: [{ line: 0, text: 'one', author: ai() }] } }], sha256));
  const again = serializeNote(noteOf(commit, [{ path: 'src/a.ts', blob: 'b', text: { lines: ['x', 'y'], authors: [ai(), human], deletions: [{ line: 1, text: 'two', author: ai() }] } }], sha256));
  const elsewhere = own.replaceAll(commit, 'd'.repeat(40));
  const texts = { own, again, foreign, elsewhere, 'one behind the other': `${elsewhere}\n\n${own}`, broken: 'broken', 'also broken': 'also broken', empty: '' };

  it('is of several notes, one behind the other, the one about it', () => {
    assert.deepEqual(parseNoteOn(commit, `${elsewhere}\n\n${own}\n`), { note: parsed(`${own}\n`) });
    assert.deepEqual(parseNoteOn(commit, `${own}\n\n${elsewhere}`), { note: parsed(own) });
    assert.ok('fault' in parseNoteOn(commit, `${elsewhere}\n\n${elsewhere}`));
    assert.ok('fault' in parseNoteOn(commit, `${elsewhere}\n\nbroken`));
    assert.ok('fault' in parseNoteOn(commit, `${own}\n\nbroken`));
  });

  for (const [one, text] of Object.entries(texts)) {
    for (const [other, beside] of Object.entries(texts)) {
      it(`comes to the same whichever is first, and joined again: ${one} and ${other}`, () => {
        const joined = joinStanding(commit, standing(text), standing(beside));
        assert.equal(joinStanding(commit, standing(beside), standing(text)), joined);
        assert.equal(joinStanding(commit, standing(joined), standing(text)), joined);
        assert.equal(joinStanding(commit, standing(joined), standing(joined)), joined);
      });
    }
  }

  it('is the note that fits, with the object of what does not', () => {
    for (const junk of ['broken', elsewhere, '']) {
      const joined = parsed(joinStanding(commit, standing(own), standing(junk)));
      assert.deepEqual(joined.files, parsed(own).files);
      assert.ok(serializeNote(joined).includes(standing(junk).blob));
    }
  });

  it('has the deletions of both', () => {
    const joined = parsed(joinStanding(commit, standing(own), standing(again)));
    assert.deepEqual(readNoted(joined, { path: 'src/a.ts', blob: 'b', lineCount: 2 })?.deletions.map(({ text }) => text), ['one', 'two']);
  });
});

describe('regions and lines', () => {
  const text = new LineText('one\ntwo\r\n\nfour');
  const region = (start: number, endExclusive: number, removedText?: string): AiRegion => ({ range: new OffsetRange(start, endExclusive), insertionId: 'i', origin: { kind: 'ai', tool: 't' }, evidence: 'observed', insertedAt: 1, ...(removedText !== undefined && { removedText }) });

  it('a line with any AI text in it is the AI\'s, a line end alone is not', () => {
    const kinds = (...regions: AiRegion[]) => authorsOf(text, regions, human).map(({ kind }) => kind === 'ai');
    assert.deepEqual(kinds(region(2, 3)), [true, false, false, false]);
    assert.deepEqual(kinds(region(3, 5)), [false, true, false, false]);
    assert.deepEqual(kinds(region(8, 10)), [false, false, true, false]);
    assert.deepEqual(kinds(region(3, 4)), [false, false, false, false]);
  });

  it('a line of which an AI wrote only signs is told apart', () => {
    const call = new LineText('mine(a);\n});\n');
    const told = (...regions: AiRegion[]) => authorsOf(call, regions, human).flatMap((author) => (author.kind === 'ai' ? [[author.isPart === true, author.isSigns === true]] : []));
    assert.deepEqual(told(region(6, 8)), [[true, true]]);
    assert.deepEqual(told(region(5, 8)), [[true, false]]);
    assert.deepEqual(told(region(9, 10), region(10, 12)), [[false, false]]);
  });

  it('lines become regions again, with the deletions in front of them', () => {
    const marks = [region(4, 4, 'gone\n'), region(14, 14, 'also')];
    const authors = authorsOf(text, [region(0, 2), region(10, 12)], human);
    const back = regionsFrom({ authors, deletions: deletionsOf(text, marks) }, text);
    assert.deepEqual(back.map(({ range, removedText }) => removedText ?? text.slice(range)), ['one\n', 'gone\n', 'also', 'four']);
    assert.deepEqual(linesOf(text.toString()), ['one', 'two', '', 'four']);
  });
});

describe('what a commit says of itself', () => {
  const words = { author: 'R <r@example.com>', committer: 'R <r@example.com>', message: 'Do it\n' };
  const named: readonly (readonly [what: Partial<typeof words>, tool: string | undefined])[] = [
    [{}, undefined],
    [{ message: 'x\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n' }, 'claude'],
    [{ message: 'x\n\nSigned-off-by: R <r@example.com>\nCo-authored-by: Copilot <copilot@github.com>' }, 'github-copilot'],
    [{ author: 'R (aider) <r@example.com>' }, 'aider'],
    [{ committer: 'Cursor Agent <cursoragent@cursor.com>' }, 'cursor'],
    [{ message: 'x\n\nAssisted-by: gemini:pro [cli]' }, 'gemini'],
    [{ message: 'Speak of <noreply@anthropic.com>\n\nand more' }, undefined],
  ];
  for (const [what, tool] of named) {
    it(`${JSON.stringify(what)} names ${tool ?? 'no AI'}`, () => {
      assert.equal(aiNamedBy({ ...words, ...what }), tool);
    });
  }

  it('names what it reverts, picks and squashes', () => {
    const { reverted, squashed, picked } = commitsNamedIn(`Revert "x"\n\nThis reverts commit ${commit}.\n\ncommit ${'d'.repeat(40)}\n(cherry picked from commit ${'e'.repeat(40)})`);
    assert.deepEqual([reverted, squashed, picked], [[commit], ['d'.repeat(40)], ['e'.repeat(40)]]);
  });
});
