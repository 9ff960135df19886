import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { CommitNotes } from '../../src/node/notes/commitNotes.ts';
import { LastChange } from '../../src/node/notes/lastChange.ts';
import { NotesSince } from '../../src/node/notes/notesSince.ts';
import { findPlace } from '../../src/node/place.ts';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes, risky, Sandbox } from './sandbox.ts';

const lines = ['one();', 'two();', 'three();'];

/** A repository without hooks, with notes on other commits, and a commit of which nobody told. */
function withCommit(file = 'a.ts'): { readonly repository: NotedRepository; readonly commit: string } {
  const repository = NotedRepository.of(Sandbox.repository());
  note(repository, repository.git('rev-parse', 'HEAD'), 'README.md', '1');
  repository.write(file, ...lines, risky.trim());
  const commit = repository.commit('made');
  repository.commit('empty');
  return { repository, commit };
}

/** As git-ai writes it. */
function note(repository: NotedRepository, commit: string, file: string, ranges: string, about = commit): void {
  const key = 'd9978a8723e02b52';
  const prompt = { agent_id: { tool: 'cursor', id: '6ef2299e', model: 'm' }, messages: [], total_additions: 1, total_deletions: 0, accepted_lines: 1, overriden_lines: 0 };
  writeFileSync(repository.sandbox.at('.git/note'), `${file}\n  ${key} ${ranges}\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: about, prompts: { [key]: prompt } })}\n`);
  repository.git('notes', '--ref=ai', 'add', '--force', '--file=.git/note', commit);
}

scenarios('Git', () => {
  after(removeSandboxes);

  scenario({ case: 'a note that comes after a file was looked at, and is replaced and taken back', evidence: 'reported', result: 'each time the lines are whose it says now, for blame and for check' }, async () => {
    const { repository, commit } = withCommit();
    const found = async () => (await repository.sandbox.check(['--diff', 'HEAD~2..HEAD', '--scope', 'ai'])).findings.length;
    assert.deepEqual([await repository.blame('a.ts'), await found()], ['????', 0]);
    note(repository, commit, 'a.ts', '4');
    assert.deepEqual([await repository.blame('a.ts'), await found()], ['???A', 1]);
    note(repository, commit, 'a.ts', '2-3');
    assert.deepEqual([await repository.blame('a.ts'), await found()], ['?AA?', 0]);
    repository.git('notes', '--ref=ai', 'remove', commit);
    assert.equal(await repository.blame('a.ts'), '????');
  });

  scenario({ case: 'a note that comes late, on a commit in which the file had another name', evidence: 'reported', result: 'it is read' }, async () => {
    const { repository, commit } = withCommit('old.ts');
    repository.git('mv', 'old.ts', 'a.ts');
    repository.commit('renamed');
    assert.equal(await repository.blame('a.ts'), '????');
    note(repository, commit, 'old.ts', '1-2');
    assert.equal(await repository.blame('a.ts'), 'AA??');
  });

  scenario({ case: 'a note that does not fit its commit, and is corrected', evidence: 'reported', result: 'it is told each time and not believed; the corrected one is read' }, async () => {
    const { repository, commit } = withCommit();
    for (const [ranges, about, why] of [['9', commit, 'it names line 9 of "a.ts", which has 4'], ['1', 'd'.repeat(40), `it is about commit "${'d'.repeat(40)}"`]] as const) {
      note(repository, commit, 'a.ts', ranges, about);
      const told = `firebreak: the note on commit ${commit} does not fit it and is not believed: ${why}; see it: git notes --ref=ai show ${commit}\n`;
      for (const time of ['first', 'second']) {
        const { stderr } = await repository.sandbox.run(['blame', 'a.ts']);
        assert.equal(stderr.split(told).length, 2, `${time}: ${stderr}`);
      }
    }
    note(repository, commit, 'a.ts', '1');
    assert.equal(await repository.blame('a.ts'), 'A???');
  });
});

describe('where a file was changed last', () => {
  after(removeSandboxes);

  it('is what git says of it, and that it was never there before is not said of what was taken away once', async () => {
    const repository = NotedRepository.of(Sandbox.repository());
    repository.write('again.ts', ...lines);
    repository.write('side.ts', 'const side = 1;');
    repository.commit('both');
    repository.git('rm', '--quiet', 'again.ts');
    repository.commit('taken away');
    repository.git('switch', '--quiet', '--create', 'topic');
    repository.write('side.ts', 'const side = 2;');
    repository.commit('aside');
    repository.git('switch', '--quiet', '-');
    repository.write('again.ts', ...lines);
    repository.write('new.ts', ...lines);
    const last = repository.commit('added');
    repository.git('merge', '--quiet', '--no-edit', 'topic');
    const place = await findPlace(repository.folder);
    assert.ok(place);
    const notes = await CommitNotes.open(place);
    const changes = new LastChange(notes);
    try {
      for (const file of ['again.ts', 'side.ts', 'new.ts', 'README.md', 'never.ts']) assert.equal(await changes.of('HEAD', file), repository.git('rev-list', '--max-count=1', 'HEAD', '--', file), file);
      // The first few are looked at by git, one by one.
      for (let asked = 0; asked < 8; asked++) assert.equal(await changes.isOnly(last, 'new.ts'), false);
      assert.deepEqual([await changes.isOnly(last, 'new.ts'), await changes.isOnly(last, 'again.ts'), await changes.isOnly(last, 'side.ts')], [true, false, false]);
    } finally {
      notes.close();
    }
  });
});

describe('what was found out by notes', () => {
  after(removeSandboxes);

  it('holds while those that came since speak of other files, and not where they cannot be read', async () => {
    const { repository, commit } = withCommit();
    const place = await findPlace(repository.folder);
    assert.ok(place);
    const before = repository.git('rev-parse', 'refs/notes/ai^{tree}');
    const speaksOf = async (paths: readonly string[], since = before, but?: string) => {
      const notes = await CommitNotes.open(place);
      return new NotesSince(notes.reader, notes.notes).speakOf(paths, since, but).finally(() => { notes.close(); }); // prettier-ignore
    };
    note(repository, commit, 'b.ts', '1');
    assert.deepEqual(await Promise.all([speaksOf(['a.ts']), speaksOf(['a.ts', 'b.ts']), speaksOf(['b.ts'], before, commit), speaksOf(['a.ts'], '')]), [false, true, false, false]);
    assert.deepEqual(await Promise.all([speaksOf(['README.md'], ''), speaksOf(['a.ts'], 'd'.repeat(40))]), [true, true]);
    repository.git('notes', '--ref=ai', 'add', '--force', '--message=broken', commit);
    assert.equal(await speaksOf(['a.ts']), true);
  });
});
