import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withRegions } from '../../../src/core/attribution/storedRegions.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { withLock } from '../../../src/node/lock.ts';
import { RegionStore } from '../../../src/node/regionStore.ts';
import { removeSandboxes, Sandbox } from '../../cli/sandbox.ts';

const region = { range: new OffsetRange(0, 4), insertionId: 'one', origin: { kind: 'ai', tool: 'demo' }, evidence: 'observed', insertedAt: 5 } as const;
const [role = '', folder = '', name = '', count = '0'] = process.argv.slice(2);

/** As a window does: some texts of one file, one after the other. */
async function save(): Promise<void> {
  const store = new RegionStore(folder);
  for (let number = 0; number < Number(count); number++) {
    await store.save('a.ts', (stored) => withRegions(stored ?? { path: 'a.ts', texts: [] }, { digest: `${name}-${number}`, length: 10 }, [region], number));
  }
}

/** Until it is killed. */
async function saveForEver(): Promise<void> {
  const store = new RegionStore(folder);
  for (let number = 0; ; number++) {
    await store.save('a.ts', (stored) => withRegions(stored ?? { path: 'a.ts', texts: [] }, { digest: 'same', length: 10 }, [region], number));
    if (number === 3) process.stdout.write('under way\n');
  }
}

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal);
    });
  });
}

if (role === 'save') await save();
else if (role === 'save for ever') await saveForEver();
else {
  describe('regions that several processes save', () => {
    let sandbox: Sandbox;
    beforeEach(() => {
      sandbox = new Sandbox();
    });
    after(removeSandboxes);

    it('are all there when four windows save one file at once', async () => {
      const windows = ['w1', 'w2', 'w3', 'w4'];
      // The store keeps the sixteen newest texts.
      assert.deepEqual(await Promise.all(windows.map((window) => ended(start('save', sandbox.folder, window, '4')))), [0, 0, 0, 0]);
      const { stored, setAside } = await new RegionStore(sandbox.folder).load('a.ts');
      assert.equal(setAside, undefined);
      assert.deepEqual(stored?.texts.map(({ digest }) => digest).sort(), windows.flatMap((window) => [0, 1, 2, 3].map((number) => `${window}-${number}`)));
      assert.equal(readdirSync(sandbox.at('firebreak/regions')).length, 1, 'neither a lock nor half a file is left');
    });

    it('are whole after a window was killed in the midst of it, and can be saved again', async () => {
      const child = start('save for ever', sandbox.folder);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      child.kill('SIGKILL');
      assert.equal(await ended(child), 'SIGKILL');
      const store = new RegionStore(sandbox.folder);
      const { stored, setAside } = await store.load('a.ts');
      assert.equal(setAside, undefined);
      assert.deepEqual(stored?.texts.map(({ digest }) => digest), ['same']);
      await store.save('a.ts', (before) => withRegions(before ?? { path: 'a.ts', texts: [] }, { digest: 'next', length: 10 }, [region], 1));
      assert.equal((await store.load('a.ts')).stored?.texts.length, 2);
    });
  });

  describe('a lock', () => {
    let file: string;
    beforeEach(() => {
      file = path.join(new Sandbox().folder, 'lock');
    });
    after(removeSandboxes);

    it('lets one go on after the other', async () => {
      const order: string[] = [];
      await Promise.all(
        ['a', 'b', 'c'].map((each) =>
          withLock(file, async () => {
            order.push(`${each} in`);
            await new Promise((resolve) => setTimeout(resolve, 5));
            order.push(`${each} out`);
          }),
        ),
      );
      assert.equal(order.length, 6);
      for (let index = 0; index < 6; index += 2) assert.equal(order[index]?.replace('in', 'out'), order[index + 1]);
      assert.ok(!existsSync(file));
    });

    it('of a killed process is taken over, whatever its clock said', async () => {
      writeFileSync(file, '');
      let times = 0;
      await Promise.all([1, 2, 3].map(() => withLock(file, () => Promise.resolve(times++), 60)));
      assert.equal(times, 3);
      assert.deepEqual(readdirSync(path.dirname(file)), []);
    });

    it('that is never given back is told', async () => {
      writeFileSync(file, '');
      let tick = 0;
      // Others who hold it one after the other.
      const busy = setInterval(() => {
        utimesSync(file, tick, ++tick);
      }, 1);
      try {
        await assert.rejects(withLock(file, () => Promise.resolve(), 300), /another process holds .+lock; remove that file/);
      } finally {
        clearInterval(busy);
      }
    });

    it('is given back when the work fails', async () => {
      await assert.rejects(withLock(file, () => Promise.reject(new Error('no'))), /no/);
      assert.ok(!existsSync(file));
    });
  });
}
