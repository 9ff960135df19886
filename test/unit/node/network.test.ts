import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What Node reaches other machines with; git is another program. */
const reachesOut = /from '(?:node:)?(?:https?|http2|net|tls|dgram|dns|undici)(?:\/[\w/]*)?'|import\('(?:node:)?(?:https?|http2|net|tls|dgram|dns|undici)'\)|(?<![.\w])fetch\(|new WebSocket\(|createTelemetryLogger/;

describe('the network', () => {
  it('is reached at one place, with a token that somebody gave', () => {
    const files = ['src/node', 'src/cli', 'src/vscode'].flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => path.posix.join(room, file.split(path.sep).join('/'))));
    const sources = files.filter((file) => file.endsWith('.ts'));
    assert.ok(sources.length > 100);
    assert.deepEqual(sources.filter((file) => reachesOut.test(readFileSync(file, 'utf8'))), ['src/node/github/githubClient.ts']);
  });
});
