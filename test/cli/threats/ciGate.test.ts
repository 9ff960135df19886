import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parse } from 'yaml';
import { quietEnvironment, removeSandboxes, Sandbox } from '../sandbox.ts';
import { asked, type Team } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, heldAsked, push } from './guarded.ts';

const version = '0.1.0';

/** Firebreak as a package, from what was built. */
function packed(): string {
  const sandbox = new Sandbox();
  const folder = path.join(sandbox.folder, 'package');
  mkdirSync(folder);
  cpSync('dist', path.join(folder, 'dist'), { recursive: true, filter: (file) => path.basename(file) !== 'extension.js' });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'firebreak', version, bin: { firebreak: 'dist/cli.js' } }));
  execFileSync('tar', ['-czf', 'firebreak.tgz', 'package'], { cwd: sandbox.folder });
  return sandbox.at('firebreak.tgz');
}

/** A registry that has the package and nothing else. */
async function withRegistry(archive: string, use: (url: string) => Promise<void>): Promise<void> {
  const bytes = readFileSync(archive);
  const server = createServer((request, response) => {
    if (request.url === '/firebreak.tgz') return void response.end(bytes);
    if (request.url !== '/firebreak') return void response.writeHead(404).end('{}');
    const dist = { tarball: `http://${request.headers.host ?? ''}/firebreak.tgz`, integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: 'firebreak', 'dist-tags': { latest: version }, versions: { [version]: { name: 'firebreak', version, bin: { firebreak: 'dist/cli.js' }, dist } } }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** What the scripts of a workflow come to, run as GitHub's runner does: one after another, in what the checkout of the base gave. */
async function runWorkflow(team: Team, workflow: string, head: string, registry: string): Promise<{ readonly isPassed: boolean; readonly said: string }> {
  const runner = new Sandbox();
  runner.git('clone', '--quiet', team.remote.folder, '.');
  runner.git('checkout', '--quiet', '--detach', 'origin/main');
  const { jobs } = parse(workflow) as { jobs: { gate: { steps: { run?: string; env?: Record<string, string> }[] } } };
  const given = { HEAD_SHA: head, BASE_SHA: '', TARGET: 'main', ACTION: 'opened', SENDER: 'robin-gh', OPENER: 'robin-gh', GITHUB_TOKEN: '', PULL: '' };
  const userSettings = path.join(runner.temporary, '.npmrc');
  writeFileSync(userSettings, `registry=${registry}\ncache=${path.join(runner.temporary, 'cache')}\n`);
  const env = { ...quietEnvironment, GITHUB_WORKSPACE: runner.folder, RUNNER_TEMP: runner.temporary, npm_config_userconfig: userSettings };
  let said = '';
  for (const [at, { run, env: named = {} }] of jobs.gate.steps.entries()) {
    if (run === undefined) continue;
    const script = path.join(runner.temporary, `${String(at)}.sh`);
    writeFileSync(script, run);
    const own = Object.fromEntries(Object.entries(given).filter(([name]) => name in named));
    const isPassed = await new Promise<boolean>((resolve) => {
      execFile('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], { cwd: runner.folder, env: { ...env, ...own } }, (error, stdout, stderr) => {
        said += stdout + stderr;
        resolve(error === null);
      });
    });
    if (!isPassed) return { isPassed, said };
  }
  return { isPassed: true, said };
}

const passing = '#!/usr/bin/env node\nprocess.exit(0);\n';
const pretender = { 'node_modules/firebreak/package.json': JSON.stringify({ name: 'firebreak', version, bin: { firebreak: 'cli.js' } }), 'node_modules/firebreak/cli.js': passing, 'node_modules/.bin/firebreak': passing };
const settings = {
  'the shell that npm runs scripts by': { '.npmrc': 'script-shell=/bin/true\n' },
  'options of Node': { '.npmrc': 'node-options=--require=./setup.cjs\n', 'setup.cjs': 'process.exit(0);\n' },
};
const packages = {
  'a package of the name': pretender,
  'being the package': { 'package.json': pretender['node_modules/firebreak/package.json'], 'cli.js': passing },
  'another registry': { '.npmrc': 'registry=http://127.0.0.1:9/other/\n' },
};

threats('Passing by the gate', () => {
  after(removeSandboxes);

  attack({
    attack: 'Something that nobody asks about lands and changes how CI starts what lies beside it: settings of npm, a committed package with the name and version of the gate',
    answer: 'the workflow installs the gate into an empty folder outside of the repository, and starts it from there',
    result: 'a change that deletes users is held all the same, with a package of the repository and with one of a registry',
  }, async () => {
    const archive = packed();
    const { team, robin } = await asked();
    const head = robin.git('rev-parse', 'HEAD');
    robin.git('push', '--quiet', 'origin', 'HEAD:topic');
    robin.write('.firebreak/firebreak.tgz', readFileSync(archive));
    const workflowOf = async (source: string) => {
      assert.equal((await robin.run(['init', '--ci', 'github', '--package', source])).code, 0);
      return readFileSync(robin.at('.github/workflows/firebreak.yml'), 'utf8');
    };
    const cases = [...Object.entries(settings).map((each) => [...each, '.firebreak/firebreak.tgz'] as const), ...Object.entries(packages).map((each) => [...each, `firebreak@${version}`] as const)];
    team.land({ '.firebreak/firebreak.tgz': readFileSync(archive) });
    const start = team.tip;
    await withRegistry(archive, async (registry) => {
      for (const [what, files, source] of cases) {
        team.remote.git('update-ref', 'refs/heads/main', start);
        team.land(files);
        const { isPassed, said } = await runWorkflow(team, await workflowOf(source), head, registry);
        assert.equal(isPassed, false, `${what}: ${said}`);
        assert.match(said, /::error file=src\/a\.ts/, what);
      }
    });
  });

  attack({
    attack: 'A line of .npmrc, or a link in its place, has npm run every script of CI by another shell, or with code of the change in it',
    answer: 'settings of package managers by which other things run than those that are asked for need what policyChanges asks for; other lines do not',
    result: 'each push is refused, and one of a registry passes',
  }, async () => {
    const { team, robin } = await heldAsked();
    const land = (write: () => void) => {
      robin.git('switch', '--quiet', '--detach', team.tip);
      write();
      robin.commitAll('Settings');
      return push(robin, 'HEAD:main');
    };
    for (const text of ['script-shell=/bin/true\n', 'registry=https://npm.corp/\nnode-options=--require=./setup.cjs\n']) {
      assertRefused(land(() => { robin.write('.npmrc', text); }), /Blocked \(pending\): \.npmrc:1 high protected-file/);
    }
    assertRefused(land(() => { symlinkSync('notes.txt', robin.at('.npmrc')); }), /Blocked \(pending\): \.npmrc:1 high protected-file/);
    assertTaken(land(() => { robin.write('.npmrc', 'registry=https://npm.corp/\n'); }));
  });
});
