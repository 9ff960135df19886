import assert from 'node:assert/strict';
import { needsNetwork } from '../../../src/core/forge/reach.ts';

describe('whether the way to a remote leads over a network', () => {
  for (const [url, isFar] of [
    ['git@git.example.org:team/app.git', true],
    ['git.example.org:team/app.git', true],
    ['https://user:secret@git.example.org/team/app.git', true],
    ['ssh://git@git.example.org:2222/team/app.git', true],
    ['https://[2001:db8::1]/team/app.git', true],
    ['ssh://localhost/team/app.git', false],
    ['http://127.0.0.1:8080/team/app.git', false],
    ['ssh://git@[::1]:2222/team/app.git', false],
    ['localhost:team/app.git', false],
    ['/srv/git/app.git', false],
    ['../app.git', false],
    ['file:///srv/git/app.git', false],
    ['C:\\git\\app.git', false],
    ['C:/git/app.git', false],
  ] as const) {
    it(`${isFar ? 'does' : 'does not'} to ${url}`, () => {
      assert.equal(needsNetwork(url), isFar);
    });
  }
});
