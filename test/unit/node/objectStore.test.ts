import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ObjectReader } from '../../../src/node/notes/objectReader.ts';
import { ObjectStore } from '../../../src/node/notes/objectStore.ts';
import { Notes, notesRef, writeNotes } from '../../../src/node/notes/notesRef.ts';
import { findPlace, type Place } from '../../../src/node/place.ts';
import { removeSandboxes, Sandbox } from '../../cli/sandbox.ts';
import { isolateGit } from './isolateGit.ts';

/** Of a commit for each version of a file that is long enough for deltas. */
async function repository(): Promise<{ sandbox: Sandbox; place: Place; commits: string[] }> {
  const sandbox = Sandbox.repository();
  for (let version = 0; version < 4; version++) {
    sandbox.write('deep/a.ts', Array.from({ length: 400 }, (_, line) => `line ${line} of ${line === 7 * version ? version : 0}\n`).join(''));
    sandbox.git('add', '--all');
    sandbox.git('commit', '--quiet', '--message', `v${version}`);
  }
  const place = await findPlace(sandbox.folder);
  assert.ok(place);
  return { sandbox, place, commits: sandbox.git('rev-list', 'HEAD').trim().split('\n') };
}

function storeOf(place: Place): ObjectStore {
  const store = ObjectStore.of(place);
  assert.ok(store);
  return store;
}

const committer = 'R <r@example.com>';

describe('objects and references that are read without git', () => {
  isolateGit();
  after(removeSandboxes);

  /** An object's name says what is in it. */
  function nameOf({ type, bytes }: { type: string; bytes: Buffer }): string {
    return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
  }

  it('are what git says, each by itself and in packs of both kinds of deltas', async () => {
    const { sandbox, place, commits } = await repository();
    for (const pack of [[], ['-c', 'repack.useDeltaBaseOffset=true'], ['-c', 'repack.useDeltaBaseOffset=false']]) {
      if (pack.length > 0) sandbox.git(...pack, 'repack', '-a', '-d', '-f', '--quiet');
      if (pack.length > 0) assert.match(sandbox.git('verify-pack', '-v', `.git/objects/pack/${readdirSync(sandbox.at('.git/objects/pack')).find((name) => name.endsWith('.idx')) ?? ''}`), /chain length = 1/);
      sandbox.git('pack-refs', '--all');
      const store = storeOf(place);
      assert.equal(store.read('HEAD^{commit}')?.oid, commits[0]);
      assert.equal(store.referenced('refs/heads/main'), commits[0]);
      assert.equal(store.read(`${notesRef}^{commit}`), undefined);
      const tree = sandbox.git('rev-parse', 'HEAD^{tree}').trim();
      assert.equal(store.read(`${tree}^{commit}`), undefined);
      const oids = sandbox.git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)').trim().split('\n');
      assert.deepEqual(oids.map((oid) => nameOf(store.read(oid) ?? { type: 'none', bytes: Buffer.alloc(0) })), oids);
      store.close();
    }
  });

  it('are asked of git where they are not as expected, or may lie elsewhere', async () => {
    const { sandbox, place, commits: [last = ''] } = await repository();
    sandbox.git('repack', '-a', '-d', '--quiet');
    const [index = ''] = readdirSync(sandbox.at('.git/objects/pack')).filter((name) => name.endsWith('.idx'));
    const bytes = readFileSync(sandbox.at(`.git/objects/pack/${index}`));
    rmSync(sandbox.at(`.git/objects/pack/${index}`));
    writeFileSync(sandbox.at(`.git/objects/pack/${index}`), bytes.subarray(0, 900));
    assert.equal(storeOf(place).read(last), undefined);
    assert.equal(ObjectStore.of({ ...place, objectFormat: 'sha256' }), undefined);
    assert.equal(ObjectStore.of(place, { GIT_OBJECT_DIRECTORY: sandbox.at('.git/objects') }), undefined);

    const other = await repository();
    const reader = new ObjectReader(other.place);
    assert.equal((await reader.read('HEAD:deep/a.ts'))?.type, 'blob');
    assert.equal((await reader.commit('main'))?.oid, other.commits[0]);
    assert.equal(await reader.read('f'.repeat(40)), undefined);
    reader.close();
  });
});

describe('notes that are written without git', () => {
  isolateGit();
  after(removeSandboxes);

  const write = async (place: Place, commits: readonly string[]) => {
    const reader = new ObjectReader(place);
    try {
      return await writeNotes(place, reader, new Map(commits.map((commit) => [commit, () => `note on ${commit}\n`])), { message: 'noted\n', committer });
    } finally {
      reader.close();
    }
  };

  it('are whole to git, in one folder and in many, beside what others keep there', async () => {
    const { sandbox, place, commits } = await repository();
    assert.equal(await write(place, commits.slice(0, 2)), 2);
    assert.equal(await write(place, commits), commits.length - 2);
    // git itself goes over to folders.
    const foreign = Array.from({ length: 300 }, (_, index) => index.toString(16).padStart(40, '0'));
    assert.equal(await write(place, foreign), 300);
    sandbox.write('b.ts', 'more\n');
    sandbox.git('add', '--all');
    sandbox.git('commit', '--quiet', '--message', 'more');
    const last = sandbox.git('rev-parse', 'HEAD').trim();
    assert.equal(await write(place, [last]), 1);
    assert.match(sandbox.git('ls-tree', '-r', '--name-only', notesRef), new RegExp(`^${last.slice(0, 2)}/${last.slice(2)}$`, 'm'));
    for (const commit of [last, ...commits]) assert.equal(sandbox.git('notes', '--ref=ai', 'show', commit), `note on ${commit}`);
    assert.equal(sandbox.git('fsck', '--strict', '--no-dangling'), '');
    assert.equal(sandbox.git('reflog', 'show', '--format=%gs', notesRef).split('\n')[0], 'noted');
  });

  it('wait for whoever writes them at the same time, and say so where that has no end', async () => {
    const { sandbox, place, commits } = await repository();
    await write(place, commits.slice(0, 1));
    writeFileSync(sandbox.at(`.git/${notesRef}.lock`), '');
    const waiting = write(place, commits);
    await new Promise((resolve) => setTimeout(resolve, 5));
    rmSync(sandbox.at(`.git/${notesRef}.lock`));
    assert.equal(await waiting, commits.length - 1);
    writeFileSync(sandbox.at(`.git/${notesRef}.lock`), '');
    await assert.rejects(write(place, ['1'.repeat(40)]), /refs\/notes\/ai\.lock is there/);
  });

  it('are left to git where it keeps things in another way', async () => {
    const { sandbox, place, commits } = await repository();
    appendFileSync(sandbox.at('.git/config'), '[core]\n\tsharedRepository = group\n');
    await write(place, commits);
    assert.match(sandbox.git('reflog', 'show', '--format=%gs', notesRef), /^fast-import/);
    const reader = new ObjectReader(place);
    assert.equal((await (await Notes.open(reader)).on(commits[0] ?? ''))?.text, `note on ${commits[0]}\n`);
    reader.close();
  });
});
