import assert from 'node:assert/strict';
import path from 'node:path';
import { plainUrl } from '../../../src/node/review/whereabouts.ts';

describe('the address of a repository, in one form', () => {
  const root = path.resolve('/srv/clones/app');
  const cases: readonly (readonly [string, string])[] = [
    ['git@Host:team/app.git', 'host/team/app'],
    ['https://user:secret@host/team/app', 'host/team/app'],
    ['ssh://git@host:2222/team/app.git/', 'host/team/app'],
    ['../hub.git', path.resolve('/srv/clones/hub')],
    ['.', root],
    ['file:///srv/hub.git', path.resolve('/srv/hub')],
  ];
  for (const [url, plain] of cases) {
    it(url, () => {
      assert.equal(plainUrl(url, root), plain);
    });
  }
});
