import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { focusEditor, openFile, openSample, runCommand, type Sample, untilStarted } from './harness.ts';

const file = 'src/environment.ts';
/** What the demo assistant appends there. */
const operation = 'new DeleteStackCommand';

interface Line {
  readonly line: number;
  readonly origin: string;
  readonly tool?: string;
}

/** What the command line says of who wrote the line with the assistant's operation in the file on disk. */
function blamed(sample: Sample): Line | undefined {
  const { lines } = JSON.parse(execFileSync(process.execPath, ['dist/cli.js', 'blame', path.join(sample.workspace, file), '--format', 'json'], { encoding: 'utf8' })) as { lines: Line[] };
  const text = readFileSync(path.join(sample.workspace, file), 'utf8').split('\n');
  return lines.find(({ line }) => text[line - 1]?.includes(operation));
}

/** That the finding in the AI's text is known: its lens has words only where somebody sees it. */
function findingIn(page: Page): Locator {
  return page.locator('.statusbar-item', { hasText: '1 risky' });
}

async function save(page: Page): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active:not(.dirty)').waitFor();
}

/** The extension hosts that this process started, by whichever way. */
function extensionHosts(): number[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const [, parent = ''] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      return [{ pid: Number(name), parent: Number(parent), isHost: readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=extensionHost') }];
    } catch {
      // It has ended since.
      return [];
    }
  });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 0; at = parents.get(at)) if (at === process.pid) return true;
    return false;
  };
  return processes.filter(({ pid, isHost }) => isHost && isOurs(pid)).map(({ pid }) => pid);
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !isSo(); ) {
    if (Date.now() > end) throw new Error(`waited a minute for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('An extension host that is killed between an AI\'s edit and the save', () => {
  let sample: Sample;
  before(async () => {
    sample = await openSample();
  });
  after(() => sample.close());

  it('knows in its next life what the AI wrote, though somebody typed on until the end', async () => {
    const { page } = sample;
    await openFile(page, file);
    await runCommand(page, 'Demo Assistant: Clean up environments');
    await page.locator('.tab.active.dirty').waitFor();
    await findingIn(page).waitFor();
    await focusEditor(page);
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('// typed');
    const hosts = extensionHosts();
    assert.ok(hosts.length > 0, 'no extension host was found');
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
    await until('the extension hosts to be gone', () => !extensionHosts().some((pid) => hosts.includes(pid)));
    // The text is the window's, which keeps it for its next life within seconds.
    await page.waitForTimeout(5000);
    await page.reload();
    await untilStarted(page);
    await findingIn(page).waitFor();
    await sample.screenshot('30-after-crash');
    assert.deepEqual(readdirSync(path.join(sample.workspace, '.git/firebreak')).includes('regions'), false, 'nothing was saved before');
    await save(page);
    await until('the regions of what was saved', () => blamed(sample)?.origin === 'ai');
    assert.match(readFileSync(path.join(sample.workspace, file), 'utf8'), /^\/\/ typed/);
    assert.notEqual(blamed(sample)?.line, undefined);
  });

  it('knows it after the window was loaded anew', async () => {
    const { page } = sample;
    await page.reload();
    await untilStarted(page);
    await findingIn(page).waitFor();
  });
});

describe('Two windows on one file', () => {
  let sample: Sample;
  before(async () => {
    sample = await openSample();
  });
  after(() => sample.close());

  it('know from one another what an AI wrote, and lose it to neither', async () => {
    const { page } = sample;
    const other = await page.context().newPage();
    other.setDefaultTimeout(60_000);
    await other.goto(page.url());
    await untilStarted(other);
    await openFile(other, file);
    await openFile(page, file);
    await runCommand(page, 'Demo Assistant: Clean up environments');
    await page.locator('.tab.active.dirty').waitFor();
    await save(page);
    await until('the regions that the first window saved', () => blamed(sample)?.origin === 'ai');
    const first = blamed(sample);
    await other.bringToFront();
    await findingIn(other).waitFor();
    await focusEditor(other);
    await other.keyboard.press('Control+Home');
    await other.keyboard.type('// of the second window');
    await save(other);
    await until('the regions that the second window saved', () => readFileSync(path.join(sample.workspace, file), 'utf8').startsWith('// of the second'));
    // Both windows keep what they know of the text within a second.
    await other.waitForTimeout(3000);
    assert.deepEqual(blamed(sample), first);
    await page.bringToFront();
    await findingIn(page).waitFor();
  });
});
