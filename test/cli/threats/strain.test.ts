import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { removeSandboxes, type Sandbox } from '../sandbox.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, heldAsked, pushWith } from './guarded.ts';

threats('A server without room, and without end to do', () => {
  after(removeSandboxes);

  attack({ attack: 'The disk is full, so that the hook cannot keep what git tells it of the push', answer: 'what does not arrive whole closes the gate', result: 'each push is refused, in the clone too, and passes the hook of the clone when there is room' }, async () => {
    const { team, robin } = await heldAsked();
    const full = fullDisk(robin);
    assertRefused(pushWith(full, robin, 'HEAD:main'), /firebreak: what git tells this hook could not be kept in .*, so the gate is closed; make room there/);
    assertRefused(pushWith({ TMPDIR: robin.at('nowhere') }, robin, 'HEAD:main'), /so the gate is closed/);
    assert.equal((await robin.run(['init', '--hook'])).code, 0);
    const clone = pushWith(full, robin, 'HEAD:refs/heads/topic');
    assertRefused(clone, /so the gate is closed/);
    assert.doesNotMatch(clone.said, /remote: /);
    assert.equal(team.remote.git('for-each-ref', 'refs/heads/topic'), '');
    assertTaken(pushWith({}, robin, 'HEAD:refs/heads/topic'));
    // git calls the clone's hook, and tells it nothing.
    assertTaken(pushWith({}, robin, 'HEAD:refs/heads/topic'));
  });
});

/** Has hooks write as to a disk that is full: the system gives no file room. */
function fullDisk(sandbox: Sandbox): NodeJS.ProcessEnv {
  sandbox.write('.git/full/cat', '#!/bin/sh\nulimit -f 0\nPATH="${PATH#*:}" exec /bin/cat "$@"\n');
  chmodSync(sandbox.at('.git/full/cat'), 0o755);
  return { PATH: `${sandbox.at('.git/full')}:${process.env.PATH ?? ''}` };
}
