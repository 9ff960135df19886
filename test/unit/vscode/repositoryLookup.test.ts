import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { RepositoryLookup } from '../../../src/vscode/documents/repositoryLookup.ts';
import type { Repository } from '../../../src/vscode/ports.ts';

const uri = { scheme: 'file', fsPath: '/srv/a.ts' } as vscode.Uri;
const repository = { root: '/srv' } as Repository;

/** A lookup whose answers come in order; an error is one that looking fails with. */
function lookingAt(answers: readonly (Repository | Error | undefined)[]) {
  const seen = { now: 0, asked: 0, found: 0 };
  const repositoryOf = () => {
    const answer = answers[seen.asked++];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { seen, lookup: new RepositoryLookup(uri, { repositoryOf, now: () => seen.now }, () => seen.found++) };
}

describe('looking for the repository around a document', () => {
  it('happens once where there is one, or none', async () => {
    for (const answer of [repository, undefined]) {
      const { seen, lookup } = lookingAt([answer, new Error('asked twice')]);
      assert.deepEqual([await lookup.find(), await lookup.find()], [answer, answer]);
      seen.now = 3_600_000;
      assert.equal(await lookup.find(), answer);
      assert.equal(seen.asked, 1);
    }
  });

  it('happens again some time after it failed, and not at each edit', async () => {
    const { seen, lookup } = lookingAt([new Error('git was busy'), repository]);
    assert.deepEqual([await lookup.find(), await lookup.find(), lookup.known], [undefined, undefined, undefined]);
    assert.equal(seen.asked, 1);
    seen.now = 10_000;
    assert.equal(await lookup.find(), repository);
    assert.deepEqual([seen.asked, seen.found, lookup.known], [2, 1, repository]);
  });

  it('happens at once where the file is saved after it failed', async () => {
    const { lookup } = lookingAt([new Error('git was busy'), repository]);
    await lookup.find();
    lookup.lookAgain();
    assert.equal(await lookup.find(), repository);
  });
});
