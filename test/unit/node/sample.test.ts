import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCli } from '../../../src/node/runCli.ts';
import { firstPolicy } from '../../../src/core/policy/firstPolicy.ts';
import { makeSampleRepository } from '../../../src/node/sample.ts';
import { findSigningKey } from '../../../src/node/signatures/findKey.ts';
import { readTeam } from '../../../src/node/team.ts';
import './isolateGit.ts';

describe('the sample project', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fb-sample-'));
  const at = path.join(folder, 'tidepool');
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is a repository with one commit of its files, and nothing to commit', async () => {
    await makeSampleRepository(path.resolve('examples/workspace'), at);
    const git = (...args: string[]) => execFileSync('git', args, { cwd: at, encoding: 'utf8' }).trim();
    assert.equal(git('log', '--format=%an %s'), 'Sam Sample Start the project');
    assert.equal(git('config', 'user.name'), 'Robin Sample');
    assert.equal(git('status', '--porcelain'), '');
    assert.ok(existsSync(path.join(at, 'src/environment.ts')));
  });

  it('has a senior who may sign, and whose key is here to play them', async () => {
    execFileSync('git', ['config', 'firebreak.signingKey', '.git/senior-key'], { cwd: at });
    const found = await findSigningKey(at);
    assert.deepEqual('principals' in found && found.principals, ['sam@example.com']);
    assert.match(firstPolicy(await readTeam(at)), /^seniors:\n {2}- sam@example\.com # in CODEOWNERS/m);
  });

  it('is not made over another', async () => {
    await assert.rejects(makeSampleRepository(path.resolve('examples/workspace'), at));
  });
});

describe('a run of the command line', () => {
  it('gives what was said, and how it ended', async () => {
    const program = path.resolve('scripts/npm.mjs');
    assert.deepEqual(await runCli(program, [], os.tmpdir()), { exitCode: 0, stdout: '', stderr: '' });
    assert.equal((await runCli(path.join(os.tmpdir(), 'no-such-program.js'), [], os.tmpdir())).exitCode, 1);
  });
});
