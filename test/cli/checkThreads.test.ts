import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

  it('has each take what V8 compiled of the command line before', async () => {
    sandbox.write('tell.cjs', `
      const [vm, { threadId }, { appendFileSync }] = [require('node:vm'), require('node:worker_threads'), require('node:fs')];
      const { Script } = vm;
      vm.Script = class extends Script {
        constructor(source, options) {
          super(source, options);
          appendFileSync(${JSON.stringify(sandbox.at('told'))}, \`\${threadId} \${this.cachedDataRejected}\\n\`);
        }
      };`);
    const check = () => sandbox.run(['check', 'src', '--threads', '3'], { env: { NODE_OPTIONS: `--require ${JSON.stringify(sandbox.at('tell.cjs'))}` } });
    await check();
    sandbox.write('told', '');
    await check();
    assert.deepEqual(readFileSync(sandbox.at('told'), 'utf8').trim().split('\n').sort(), ['0 false', '1 false', '2 false']);
  });
});
