import assert from 'node:assert/strict';
import type { JournalEdit } from '../../../src/core/attribution/journal.ts';
import { isFollowedFromNothing } from '../../../src/core/attribution/notes/followedFrom.ts';

const edit = (before: string, after: string, at: number): JournalEdit => ({ path: 'a.ts', at, by: { kind: 'ai', tool: 'claude-code' }, before: `of ${before}`, after: `of ${after}`, replacements: [[0, before, after]] });
const isFollowed = (text: string, ...events: JournalEdit[]) => isFollowedFromNothing(text, { events, digestOf: (each) => `of ${each}` });

describe('a file that is followed from nothing', () => {
  it('is one of which each edit was told', () => {
    assert.ok(isFollowed('ab', edit('', 'a', 1), edit('a', 'ab', 2)));
    assert.ok(!isFollowed('abc', edit('', 'a', 1), edit('ab', 'abc', 2)));
  });

  it('is none that was emptied and filled again: what came back may have been written unseen', () => {
    assert.ok(!isFollowed('abc', edit('', 'a', 1), edit('ab', 'abc', 2), edit('abc', '', 3), edit('', 'abc', 4)));
  });
});
