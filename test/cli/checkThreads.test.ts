import assert from 'node:assert/strict';
import { harmless, removeSandboxes, risky, Sandbox } from './sandbox.ts';

describe('firebreak check: many files in threads', () => {
  const count = 300;
  let sandbox: Sandbox;
  before(() => {
    sandbox = Sandbox.repository();
    for (let index = 0; index < count; index++) sandbox.write(`src/f${index}.ts`, index % 10 === 0 ? `// ${index}\n${risky}` : harmless);
    sandbox.write('src/binary.ts', Buffer.from([0x61, 0, 0x62]));
    sandbox.commitAll('Add code');
  });
  after(removeSandboxes);

  it('finds in several what it finds in one', async () => {
    const [one, three] = [await sandbox.run(['check', 'src', '--threads', '1']), await sandbox.run(['check', 'src', '--threads', '3'])];
    assert.match(one.stdout, new RegExp(`^30 findings \\(30 high\\) in ${count} checked files; 1 file not read`, 'm'));
    assert.equal(three.stdout, one.stdout);
    assert.equal(three.stderr, one.stderr);
    assert.deepEqual([one.code, three.code], [1, 1]);
  });
});
