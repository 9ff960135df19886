import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { openDesk } from '../../src/node/review/desk.ts';
import { removeSandboxes, risky, type Sandbox } from './sandbox.ts';
import { asked } from './team.ts';

const words = /it said nothing for 1 s; to wait longer: git config firebreak\.remoteTimeout SECONDS, or 0 for as long as it takes/;

/** Has a clone reach its remote by a program in the place of ssh, and wait no longer than a second for a word of it. */
function reachBy(clone: Sandbox, script: string): string {
  const program = clone.at('../ssh.sh');
  clone.write('../ssh.sh', `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  clone.git('config', 'core.sshCommand', `'${program}'`);
  clone.git('config', 'ssh.variant', 'simple');
  clone.git('config', 'firebreak.remoteTimeout', '1');
  const folder = clone.git('remote', 'get-url', 'origin');
  clone.git('remote', 'set-url', 'origin', `somebody@localhost:${folder}`);
  return `${program}.pid`;
}

/** One that takes the connection and never says a word. */
const mute = (clone: Sandbox) => reachBy(clone, 'echo $$ > "$0.pid"; exec sleep 60');

function isRunning(pidFile: string): boolean {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

describe('a remote that never answers', () => {
  after(removeSandboxes);

  /** @returns how long it took, in seconds */
  async function timed<T>(run: () => Promise<T>): Promise<readonly [T, number]> {
    const before = performance.now();
    return [await run(), (performance.now() - before) / 1000];
  }

  it('is given up by request, reviews and the gate, each once, with a sentence that says so', async () => {
    const { robin, id } = await asked();
    const pid = mute(robin);
    robin.write('src/b.ts', risky);
    robin.commitAll('More');
    const runs: readonly (readonly [readonly string[], RegExp, number])[] = [
      [['request', '--all', '--reason', 'x'], /it is in this repository only, because origin did not take it \(it said nothing/, 1],
      [['request', '--all', '--reason', 'x', '--target', 'refs/heads/other'], /refs\/heads\/other is not known here, and origin was not reached \(it said nothing/, 2],
      [['reviews'], /origin was not reached \(it said nothing .*\), so this is what was known before/, 0],
      [['gate', '--base', 'origin/main', '--head', 'HEAD', '--target', 'refs/heads/main'], /the gate could not look, so it is closed: the records of origin could not be fetched \(it said nothing/, 2],
    ];
    for (const [args, expected, code] of runs) {
      const [run, seconds] = await timed(() => robin.run(args));
      assert.deepEqual([args[0], run.code], [args[0], code], run.stdout + run.stderr);
      assert.match(run.stderr, expected);
      assert.match(run.stderr, words);
      assert.ok(seconds < 30, `${args[0] ?? ''} took ${seconds} s`);
    }
    assert.ok(existsSync(pid));
    assert.ok((await robin.run(['reviews', '--no-fetch'])).stdout.includes(id));
  });

  it('is given up by the look that an editor takes, with all that it started', async () => {
    const { robin } = await asked();
    const pid = mute(robin);
    const desk = await openDesk(robin.folder);
    const answer = await desk.lookForReviews();
    assert.ok(typeof answer === 'object' && 'why' in answer, JSON.stringify(answer));
    assert.match(answer.why, words);
    const until = Date.now() + 5000;
    while (isRunning(pid) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(isRunning(pid), false);
  });

  it('is none that is slow and says how far it is', async () => {
    const { team, id } = await asked();
    const alice = team.clone('alice');
    reachBy(alice, 'for each in 1 2 3 4 5; do echo "wait" >&2; sleep 0.4; done; shift; exec sh -c "$*"');
    const { code, stdout, stderr } = await alice.run(['reviews']);
    assert.deepEqual([code, stdout.includes(id)], [0, true], stdout + stderr);
    assert.equal((await team.decide('alice', 'approve', id)).code, 0);
  });
});
