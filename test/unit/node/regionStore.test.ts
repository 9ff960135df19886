import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StoredRegions } from '../../../src/core/attribution/storedRegions.ts';
import { withRegions } from '../../../src/core/attribution/storedRegions.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { sha256Hex } from '../../../src/node/digest.ts';
import { RegionStore } from '../../../src/node/regionStore.ts';
import { removeSandboxes, Sandbox } from '../../cli/sandbox.ts';

describe('RegionStore', () => {
  let sandbox: Sandbox;
  let store: RegionStore;
  let folder: string;
  beforeEach(() => {
    sandbox = new Sandbox();
    store = new RegionStore(sandbox.folder);
    folder = sandbox.at('firebreak/regions');
  });
  after(removeSandboxes);

  const region = { range: new OffsetRange(0, 4), insertionId: 'one', origin: { kind: 'ai', tool: 'demo' }, evidence: 'observed', insertedAt: 5 } as const;
  const text = (digest: string) => ({ digest, length: 10 });
  const added = (file: string, digest: string) => (stored: StoredRegions | undefined) => withRegions(stored ?? { path: file, texts: [] }, text(digest), [region], 7);

  it('has nothing at first, and gives back what was saved', async () => {
    assert.deepEqual(await store.load('src/a.ts'), {});
    await store.save('src/a.ts', added('src/a.ts', 'd1'));
    assert.deepEqual(await store.load('src/a.ts'), { stored: { path: 'src/a.ts', texts: [{ ...text('d1'), savedAt: 7, regions: [region] }] } });
    assert.deepEqual(await new RegionStore(sandbox.folder).load('src/a.ts'), await store.load('src/a.ts'));
    assert.deepEqual(readdirSync(folder), [`${sha256Hex('src/a.ts')}.json`]);
  });

  it('names the paths that hold regions, and sets aside what says nothing about its path', async () => {
    assert.deepEqual(await store.paths(), { paths: [], unread: [] });
    await store.save('src/a.ts', added('src/a.ts', 'd1'));
    await store.save('b.ts', added('b.ts', 'd1'));
    await store.save('none.ts', () => ({ path: 'none.ts', texts: [{ ...text('d1'), savedAt: 7, regions: [] }] }));
    writeFileSync(path.join(folder, 'broken.json'), '{');
    writeFileSync(path.join(folder, 'foreign.json'), readFileSync(file('b.ts')));
    mkdirSync(path.join(folder, 'folder.json'));
    const { paths, unread } = await store.paths();
    assert.deepEqual([...paths].sort(), ['b.ts', 'src/a.ts']);
    assert.deepEqual(unread.map((each) => /it is not JSON|it is about "b\.ts"|it is a folder/.exec(each)?.[0]), ['it is not JSON', 'it is a folder', 'it is about "b.ts"']);
    assert.ok(!existsSync(path.join(folder, 'broken.json')));
    assert.equal((await store.paths()).unread.length, 0);
  });

  it('takes any path for a name, and none out of its folder', async () => {
    const paths = ['../../escape', '/absolute', 'a\nb', 'x'.repeat(4000), '😀', 'CON'];
    for (const each of paths) await store.save(each, added(each, 'd'));
    for (const each of paths) assert.equal((await store.load(each)).stored?.path, each);
    assert.equal(readdirSync(folder).length, paths.length);
  });

  it('merges saves that come at the same time', async () => {
    const digests = Array.from({ length: 10 }, (_, number) => `d${number}`);
    await Promise.all(digests.map((digest) => store.save('a', added('a', digest))));
    assert.deepEqual((await store.load('a')).stored?.texts.map(({ digest }) => digest).sort(), digests);
  });

  const file = (name = 'a') => path.join(folder, `${sha256Hex(name)}.json`);
  for (const [what, content] of [
    ['cut off', '{"version":1,"path":"a","te'],
    ['empty', ''],
    ['of another version', '{"version":2,"path":"a","texts":[]}'],
    ['about another path', '{"version":1,"path":"b","texts":[]}'],
    ['no record', '[]'],
  ] as const) {
    it(`sets a file aside that is ${what}, and tells it once`, async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file(), content);
      const { stored, setAside } = await store.load('a');
      assert.equal(stored, undefined);
      assert.match(setAside ?? '', /^The saved regions of a could not be read \(.+\); they were set aside as .+\.unreadable-\d+$/);
      const [aside = ''] = readdirSync(folder);
      assert.equal(readFileSync(path.join(folder, aside), 'utf8'), content);
      assert.deepEqual(await store.load('a'), {});
    });
  }

  it('does not overwrite what it cannot read', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file(), 'precious');
    await store.save('a', added('a', 'd'));
    const [kept, aside = ''] = readdirSync(folder).sort();
    assert.equal(kept, path.basename(file()));
    assert.equal(readFileSync(path.join(folder, aside), 'utf8'), 'precious');
  });

  it('leaves nothing behind when writing fails, and goes on afterwards', async () => {
    const inBetween: ReturnType<typeof added> = (stored) => {
      mkdirSync(file());
      return added('a', 'd')(stored);
    };
    await assert.rejects(store.save('a', inBetween));
    assert.ok(existsSync(file()));
    assert.equal(readdirSync(folder).length, 1);
    await store.save('b', added('b', 'd'));
    await assert.rejects(store.save('c', () => { throw new Error('no'); }), /no/);
    await store.save('c', added('c', 'd'));
    assert.equal((await store.load('c')).stored?.texts.length, 1);
  });
});
