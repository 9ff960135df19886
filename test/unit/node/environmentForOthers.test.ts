import assert from 'node:assert/strict';
import { gitText } from '../../../src/node/git.ts';
import { removeSandboxes, Sandbox } from '../../cli/sandbox.ts';
import { isolateGit } from './isolateGit.ts';

describe('what git starts', () => {
  isolateGit();
  after(removeSandboxes);

  it('has the certificates of which the launcher rid a hook', async () => {
    process.env.FIREBREAK_EXTRA_CA_CERTS = '/of/the/company.pem';
    Reflect.deleteProperty(process.env, 'NODE_EXTRA_CA_CERTS');
    const seen = await gitText(Sandbox.repository().folder, ['-c', 'alias.seen=!env', 'seen']);
    assert.match(seen, /^NODE_EXTRA_CA_CERTS=\/of\/the\/company\.pem$/m);
  });
});
