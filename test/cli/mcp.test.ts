import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { cli, quietEnvironment, removeSandboxes, risky, Sandbox } from './sandbox.ts';

/** The protocol's own client, as an assistant would be it. */
async function connect(sandbox: Sandbox): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const env = Object.fromEntries(Object.entries(quietEnvironment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp'], cwd: sandbox.folder, env, stderr: 'pipe' }));
  return client;
}

describe('firebreak mcp', () => {
  let sandbox: Sandbox;
  let client: Client;
  beforeEach(async () => {
    sandbox = Sandbox.repository();
    client = await connect(sandbox);
  });
  afterEach(() => client.close());
  after(removeSandboxes);

  async function call(name: string, args: Record<string, unknown>): Promise<{ readonly text: string; readonly isError: boolean }> {
    const { content, isError } = await client.callTool({ name, arguments: args });
    const [first] = content as { type: string; text: string }[];
    return { text: first?.text ?? '', isError: isError === true };
  }

  it('has tools that check, tell and ask, and none that approves or suppresses', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name }) => name), ['check_edit', 'blast_radius', 'review_status', 'request_review']);
    assert.deepEqual(tools.map(({ annotations }) => annotations?.readOnlyHint), [true, true, true, false]);
    assert.ok(tools.every(({ inputSchema, description }) => inputSchema.properties !== undefined && description !== ''));
    assert.match(client.getInstructions() ?? '', /Nothing here approves/);
    assert.equal(client.getServerVersion()?.name, 'firebreak');
  });

  it('says what a command would destroy, and what npm run leads to', async () => {
    assert.match((await call('blast_radius', { command: 'terraform destroy -auto-approve' })).text, /^critical: terraform destroy -auto-approve: destroys everything/);
    sandbox.write('package.json', JSON.stringify({ scripts: { reset: 'prisma migrate reset --force' } }));
    assert.match((await call('blast_radius', { command: 'npm run reset' })).text, /^(?:high|critical): /);
    assert.match((await call('blast_radius', { command: 'ls -la' })).text, /^Nothing was found/);
    assert.match((await call('blast_radius', { command: 'terraform destroy -auto-approve # firebreak-ignore terraform-destroy: fine' })).text, /^critical: terraform destroy/);
    assert.match((await call('check_edit', { path: 'a.unread', content: 'x' })).text, /^Not checked/);
    assert.match((await call('blast_radius', { code: 'DROP TABLE users;', path: 'a.sql' })).text, /^(?:high|critical): DROP TABLE users/);
  });

  it('judges of an edit what it brings and takes away', async () => {
    sandbox.write('main.tf', 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n');
    sandbox.write('b.ts', risky);
    const edits = [{ old_text: '  deletion_protection = true\n', new_text: '  deletion_protection = false\n' }];
    assert.match((await call('check_edit', { path: 'main.tf', edits })).text, /^(?:high|critical): /);
    assert.match((await call('check_edit', { path: 'b.ts', content: `${risky}\nexport const a = 1;\n` })).text, /^Nothing was found/);
    assert.match((await call('check_edit', { path: 'c.ts', content: risky })).text, /"fingerprint"/);
  });

  it('asks for a review and tells where it stands', async () => {
    sandbox.write('b.ts', risky);
    const { text, isError } = await call('request_review', { reason: 'Retire it', reviewers: ['alice@example.com'] });
    assert.equal(isError, false, text);
    const id = /[0-9A-HJKMNP-TV-Z]{26}/.exec(text)?.[0] ?? '';
    assert.match((await call('review_status', {})).text, new RegExp(id));
    assert.match((await call('review_status', { id })).text, /Retire it/);
    assert.ok(sandbox.git('for-each-ref', 'refs/firebreak/requests').includes(id));
  });

  it('answers a message of more than 10 MB with an error, and goes on', async () => {
    await assert.rejects(call('check_edit', { path: 'a.ts', content: 'x'.repeat(11_000_000) }), /longer than 10 MB, and was not read/);
    assert.match((await call('blast_radius', { command: 'ls' })).text, /^Nothing/);
  });

  it('takes what is wrong for an answer that says what to do, and goes on', async () => {
    for (const [name, args, told] of [
      ['check_edit', { path: 'a.ts', edits: [{ old_text: 'not there', new_text: '' }] }, /does not stand in a\.ts/],
      ['check_edit', { content: 'x' }, /path/],
      ['check_edit', { path: 'a.ts' }, /give content, or edits/],
      ['request_review', { reason: 'x'.repeat(20_000) }, /10000|10,000/],
      ['blast_radius', {}, /give command, or code/],
      ['request_review', { reason: '--all' }, /nothing to ask a review for|no findings/],
      ['review_status', { id: '--help' }, /no request/],
      ['approve', { id: 'x' }, /approve/],
    ] as const) {
      const { text, isError } = await call(name, args);
      assert.equal(isError, true, `${name} ${JSON.stringify(args)}: ${text}`);
      assert.match(text, told);
    }
    assert.match((await call('blast_radius', { command: 'ls' })).text, /^Nothing/);
  });
});
