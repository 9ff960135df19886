import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { makeSample } from '../../scripts/sample.mjs';
import { SoftwareSecurityKey } from '../support/softwareSecurityKey.ts';
import { startSecurityKeyAgent } from '../support/sshAgents.ts';
import { launch, type Workbench } from '../host/host.mjs';
import { focusEditor, goToLineEnd, openFile, runCommand, untilStarted } from './harness.ts';

const root = process.cwd();
const changed = 'src/environment.ts';
/** Of the sample's src/environment.ts with the demo assistant's clean-up. */
const lastLine = 48;
const policy = ['version: 1', 'targets: [refs/heads/main]', 'seniors: [alice@corp.example]', 'people: { alice@corp.example: { emails: [alice@home.example] } }', 'severities: { critical: { approvals: 1 }, high: { approvals: 1 } }', 'keys: { requireTouch: never }', ''].join('\n');

describe('A review approved with keys', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firebreak-team-'));
  const at = (name: string) => path.join(folder, name);
  const hardware = new SoftwareSecurityKey('ed25519');
  const agentBefore = process.env.SSH_AUTH_SOCK;
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (where: string, ...args: string[]) => execFileSync('git', args, { cwd: at(where), env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const push = (revision = 'HEAD') => spawnSync('git', ['push', 'origin', `${revision}:main`], { cwd: at('robin'), env, encoding: 'utf8' });
  const windows: Workbench[] = [];
  let robin: Page;
  let alice: Page;

  const clone = (name: string, email: string) => {
    execFileSync('git', ['clone', '--quiet', at('remote.git'), at(name)], { env });
    for (const [key, value] of [['user.name', name], ['user.email', email], ['commit.gpgsign', 'false'], ['core.autocrlf', 'false']] as const) git(name, 'config', key, value);
  };
  const open = async (name: string) => {
    const workbench = await launch({ folder: at(name), extensions: [root, path.join(root, 'examples/demo-assistant')] });
    windows.push(workbench);
    workbench.page.setDefaultTimeout(60_000);
    await untilStarted(workbench.page);
    return workbench.page;
  };
  const picture = (page: Page, name: string) => windows.find((each) => each.page === page)?.screenshot(path.join(root, 'out/screenshots', `review-${name}.png`));
  const lens = (page: Page, text: string): Locator => page.locator('.codelens-decoration', { hasText: text }).first();
  const row = (page: Page, text: string): Locator => page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: text }).first();
  const button = (page: Page, text: string): Locator => page.locator('.monaco-button', { hasText: text }).first();
  const until = async (what: string, ask: () => boolean) => {
    for (const end = Date.now() + 60_000; !ask(); ) {
      if (Date.now() > end) throw new Error(`waited 60 s for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const refs = (kind: string) => git('remote.git', 'for-each-ref', '--format=%(refname)', `refs/firebreak/${kind}`).split('\n').filter((ref) => ref !== '');

  before(async () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'alice', '-f', at('key')]);
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', at('remote.git')], { env });
    await makeSample(at('first'));
    writeFileSync(at('first/.firebreak/policy.yml'), policy);
    const own = readFileSync(at('key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    writeFileSync(at('first/.firebreak/allowed_signers'), `alice@corp.example,office@corp.example ${own}\nalice@corp.example ${hardware.publicKey}\n`);
    writeFileSync(at('hardware.pub'), `${hardware.publicKey}\n`);
    git('first', 'add', '--all');
    git('first', 'commit', '--quiet', '--message=Say who decides');
    git('first', 'push', '--quiet', at('remote.git'), 'main');
    execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), 'init', '--server'], { cwd: at('remote.git'), env });
    clone('robin', 'robin@example.com');
    clone('alice', 'alice@corp.example');
    git('alice', 'config', 'firebreak.signingKey', at('key'));
    process.env.SSH_AUTH_SOCK = at('agent');
    robin = await open('robin');
  });
  after(async () => {
    for (const workbench of windows) await workbench.stop();
    if (agentBefore === undefined) delete process.env.SSH_AUTH_SOCK;
    else process.env.SSH_AUTH_SOCK = agentBefore;
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    for (const [index, { page }] of windows.entries()) await picture(page, `failed-${index}-${this.currentTest.title.slice(0, 30).replaceAll(/\W+/g, '-')}`);
  });

  it('has a push of the junior refused with what to do, and offers to ask', async () => {
    await openFile(robin, changed);
    await runCommand(robin, 'Demo Assistant: Clean up environments');
    await robin.locator('.tab.active.dirty').waitFor();
    await robin.keyboard.press('Control+S');
    await goToLineEnd(robin, lastLine);
    await lens(robin, 'Request Senior Review').waitFor();
    git('robin', 'commit', '--quiet', '--all', '--message=Clean up');
    assert.match(push().stderr, /Ask a senior to approve it/);
    await runCommand(robin, 'Git: Push');
    await runCommand(robin, 'Notifications: Show Notifications');
    await robin.locator('.notification-list-item', { hasText: 'The push was refused. Ask a senior to approve it' }).waitFor();
    await picture(robin, '1-refused');
    await button(robin, 'Request Senior Review').click();
    await robin.locator('.quick-input-widget', { hasText: 'Request Senior Review' }).waitFor();
    await robin.locator('.quick-input-list .monaco-list-row', { hasText: 'alice@corp.example' }).first().waitFor();
    await robin.keyboard.press('Enter');
    await robin.locator('.quick-input-widget', { hasText: 'This asks any senior' }).waitFor();
    await robin.keyboard.type('Old environments cost 400 a month');
    await robin.keyboard.press('Enter');
    await until('the request at the remote', () => refs('requests').length === 1);
    await lens(robin, 'Review requested from any senior').waitFor();
  });

  it('shows the senior who asks, and the change with what was found beside it', async () => {
    alice = await open('alice');
    await runCommand(alice, 'Firebreak: Focus on Reviews View');
    // Nobody refreshes: what is new at the remote is noticed.
    await row(alice, 'Needs Me').waitFor();
    await runCommand(alice, 'Notifications: Show Notifications');
    await alice.locator('.notification-list-item', { hasText: 'robin asks for your review: Old environments' }).waitFor();
    await picture(alice, '2-noticed');
    await runCommand(alice, 'Notifications: Clear All Notifications');
    await row(alice, 'Old environments cost 400 a month').waitFor();
    assert.match((await row(alice, 'Old environments cost 400 a month').getAttribute('aria-label')) ?? '', /^robin: Old environments cost 400 a month, .*1 finding, /);
    await alice.locator('.activitybar .badge-content', { hasText: '1' }).first().waitFor();
    await picture(alice, '2-tree');
    await row(alice, 'Old environments cost 400 a month').click();
    await alice.locator('.multiDiffEntry', { hasText: 'environment.ts' }).first().waitFor();
    await alice.locator('.review-widget', { hasText: /Critical · Cloud resource deleted.*Firebreak\s*What it would do: deletes .*Why: .*Instead: .*Rule aws-sdk-delete/s }).first().waitFor();
    await picture(alice, '3-diff');
    assert.equal(await alice.locator('.review-widget .comment-form').count(), 0);
  });

  it('signs only what a window showed', async () => {
    await runCommand(alice, 'Firebreak: Approve Review');
    await alice.locator('.quick-input-list .monaco-list-row', { hasText: 'Old environments' }).first().waitFor();
    await alice.keyboard.press('Enter');
    await alice.locator('.quick-input-widget', { hasText: 'What did you look at?' }).waitFor();
    await alice.keyboard.type('The stacks are made again by the nightly job');
    await alice.keyboard.press('Enter');
    const dialog = alice.locator('.monaco-dialog-box');
    await dialog.waitFor();
    await picture(alice, '4-modal');
    const shown = (await dialog.textContent()) ?? '';
    const digest = /sha256:([0-9a-f]{64})/.exec(shown)?.[1];
    assert.ok(digest, shown);
    for (const part of ['critical', changed, 'Expires: ', 'alice@corp.example', 'refs/heads/main', 'robin@example.com']) assert.ok(shown.includes(part), `${part} in ${shown}`);
    assert.equal(git('alice', 'for-each-ref', 'refs/firebreak/decisions'), '');
    await dialog.locator('.monaco-button', { hasText: 'Approve and Sign' }).click();
    await until('the decision at the remote', () => refs('decisions').length === 1);
    const [ref = ''] = refs('decisions');
    const bytes = execFileSync('git', ['cat-file', 'blob', `${ref}:decision.json`], { cwd: at('remote.git'), env });
    assert.equal(execFileSync('sha256sum', { input: bytes }).toString().slice(0, 64), digest);
    await row(alice, 'Decided').waitFor();
    await picture(alice, '5-decided');
  });

  it('says in the code that it is approved, and no longer when it changes', async () => {
    await runCommand(robin, 'Firebreak: Refresh Reviews');
    await openFile(robin, changed);
    await goToLineEnd(robin, lastLine);
    await lens(robin, 'Approved by alice@corp.example').waitFor();
    await picture(robin, '6-approved');
    await goToLineEnd(robin, lastLine);
    await robin.keyboard.type(' ');
    await lens(robin, 'Changed since approval').waitFor();
    await picture(robin, '7-changed');
    await lens(robin, 'Changed since approval').locator('a', { hasText: 'Show Change' }).click();
    await robin.locator('.tab.active', { hasText: 'approved and now' }).waitFor();
    await robin.locator('.monaco-diff-editor').first().waitFor();
    await picture(robin, '7-change');
    await robin.locator('.tab', { hasNotText: 'approved and now' }).first().click();
    await focusEditor(robin);
    await robin.keyboard.press('Control+Z');
    await lens(robin, 'Approved by alice@corp.example').waitFor();
  });

  it('closes the gate at one more edit, and opens it for what was approved', () => {
    const file = path.join(at('robin'), changed);
    writeFileSync(file, readFileSync(file, 'utf8').replace('{ StackName: stack.StackName }', "{ StackName: stack.StackName ?? 'prod' }"));
    git('robin', 'commit', '--quiet', '--all', '--message=One more edit');
    const refused = push();
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /firebreak: Blocked \(stale\)/);
    assert.match(refused.stderr, /firebreak: See what no approval covers/);
    const taken = push('HEAD~1');
    assert.equal(taken.status, 0, taken.stderr);
  });

  const ask = async (reason: string) => {
    execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), 'request', '--all', '--reason', reason], { cwd: at('robin'), env, encoding: 'utf8' });
    await runCommand(alice, 'Firebreak: Refresh Reviews');
    await row(alice, reason).waitFor();
  };
  /** Runs a command that decides on the request of a reason. */
  const decideOn = async (command: string, request: string) => {
    await runCommand(alice, `Firebreak: ${command}`);
    await alice.locator('.quick-input-list .monaco-list-row', { hasText: request }).first().waitFor();
    await alice.keyboard.type(request);
    await alice.keyboard.press('Enter');
  };
  const answer = async (prompt: string, text: string) => {
    await alice.locator('.quick-input-widget', { hasText: prompt }).waitFor();
    await alice.keyboard.type(text);
    await alice.keyboard.press('Enter');
  };
  /** Presses the button of the window that shows what is signed. */
  const sign = async (question: string, text: string) => {
    const dialog = alice.locator('.monaco-dialog-box', { hasText: question });
    await dialog.waitFor();
    await picture(alice, `8-${text.replaceAll(' ', '-')}`);
    await dialog.locator('.monaco-button', { hasText: text }).click();
  };
  const toldOf = async (page: Page, text: string): Promise<Locator> => {
    await runCommand(page, 'Notifications: Show Notifications');
    const item = page.locator('.notification-list-item', { hasText: text }).first();
    await item.waitFor();
    return item;
  };
  const decisions = () => refs('decisions').map((ref) => (JSON.parse(git('remote.git', 'show', `${ref}:decision.json`)) as { predicate: { decision: string; reason: string } }).predicate);

  it('rejects with a reason, and not without one', async () => {
    await ask('One more edit');
    await decideOn('Reject Review', 'One more edit');
    await alice.locator('.quick-input-widget', { hasText: 'What has to be changed?' }).waitFor();
    await alice.keyboard.press('Enter');
    await answer('A decision needs a reason', 'No fallback to prod');
    await sign('Reject exactly this code?', 'Reject and Sign');
    await until('the rejection at the remote', () => refs('decisions').length === 2);
    assert.equal(decisions().find(({ decision }) => decision === 'reject')?.reason, 'No fallback to prod');
    assert.match(push().stderr, /firebreak: Blocked \(rejected\)/);
  });

  it('takes a decision back', async () => {
    await decideOn('Take Back Decision', 'One more edit');
    await answer('Why do you take it back?', 'It was a misunderstanding');
    await sign('Take back what you decided on this?', 'Take Back and Sign');
    await until('the revocation at the remote', () => refs('decisions').length === 3);
    assert.deepEqual(decisions().map(({ decision }) => decision).sort(), ['approve', 'reject', 'revoke']);
    assert.doesNotMatch(push().stderr, /Blocked \(rejected\)/);
  });

  it('waits for the touch of a security key, and can be given up', async () => {
    let touch: () => void = () => undefined;
    const agent = await startSecurityKeyAgent(at('agent'), hardware, 1, new Promise((resolve) => (touch = resolve)));
    try {
      git('alice', 'config', 'firebreak.signingKey', at('hardware.pub'));
      await ask('With a touch');
      const approve = async () => {
        await decideOn('Approve Review', 'With a touch');
        await answer('What did you look at?', 'At every line');
        await sign('Approve exactly this code?', 'Approve and Sign');
        return toldOf(alice, 'touch your security key');
      };
      const waiting = await approve();
      await picture(alice, '9-touch');
      await waiting.locator('.monaco-button', { hasText: 'Cancel' }).click();
      await toldOf(alice, 'signing was given up, and nothing was signed');
      assert.equal(refs('decisions').length, 3);
      await approve();
      touch();
      await until('the approval at the remote', () => refs('decisions').length === 4);
    } finally {
      await agent.stop();
    }
  });

  it('asks as whom to sign where the key stands for several, and loses nothing when the remote is away', async () => {
    git('alice', 'config', 'firebreak.signingKey', at('key'));
    git('alice', 'config', 'user.email', 'alice@home.example');
    // What was approved needs nobody again, whoever asks.
    appendFileSync(at('robin/src/environment.ts'), '\n// Every night.\n');
    git('robin', 'commit', '--quiet', '--all', '--message=Say when');
    await ask('Once more');
    git('alice', 'config', 'remote.origin.pushUrl', at('away.git'));
    await decideOn('Approve Review', 'Once more');
    await alice.locator('.quick-input-widget', { hasText: 'As whom do you sign?' }).waitFor();
    await alice.locator('.quick-input-list .monaco-list-row', { hasText: 'office@corp.example' }).waitFor();
    await alice.keyboard.type('alice@corp');
    await alice.keyboard.press('Enter');
    await answer('What did you look at?', 'Still good');
    await sign('Approve exactly this code?', 'Approve and Sign');
    await toldOf(alice, 'Nothing is lost, but it is in this repository only: origin did not take it');
    await picture(alice, '10-away');
    const here = git('alice', 'for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions').split('\n');
    const [kept = ''] = here.filter((ref) => !refs('decisions').includes(ref));
    assert.equal(here.length, refs('decisions').length + 1);
    git('alice', 'config', '--unset', 'remote.origin.pushUrl');
    git('alice', 'push', '--quiet', 'origin', kept);
    assert.ok(refs('decisions').includes(kept));
  });
});
