import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { faultsOfSarif } from '../support/sarif.ts';
import { harmless, removeSandboxes, risky, type Sandbox } from './sandbox.ts';
import { approved, asked, changedFile as file, changedText as content, Team, usualPolicy } from './team.ts';

interface Sarif {
  readonly runs: readonly [{ readonly properties: { readonly passed: boolean }; readonly results: readonly { readonly ruleId: string; readonly locations: readonly { readonly physicalLocation: { readonly region: { readonly startLine: number } } }[]; readonly suppressions: readonly { readonly status: string }[] }[] }];
}

describe('the gate, with real keys and a real remote', () => {
  after(removeSandboxes);

  it('holds a finding until a senior has approved it', async () => {
    const { team, id } = await asked();
    const before = await team.gate();
    assert.deepEqual([before.code, before.stdout.includes('Blocked (pending): src/a.ts:4 high delete-many-unfiltered')], [1, true], before.stdout + before.stderr);
    assert.match(before.lastLine, new RegExp(`^Wait until a senior has approved request ${id} `));
    await team.approve('alice', id);
    const after = await team.gate();
    assert.deepEqual([after.code, after.stderr], [0, ''], after.stdout);
    assert.match(after.stdout, /approved by alice@corp\.example \(same tree\)/);
    const json = await team.gate('HEAD', { args: ['--format', 'json'] });
    assert.equal((JSON.parse(json.stdout) as { passed: boolean }).passed, true);
  });

  it('says the same in SARIF, and as annotations of GitHub Actions', async () => {
    const { team, id } = await asked();
    const sarif = await team.gate('HEAD', { args: ['--format', 'sarif'] });
    assert.deepEqual([sarif.code, faultsOfSarif(JSON.parse(sarif.stdout))], [1, []]);
    const { results, properties } = (JSON.parse(sarif.stdout) as Sarif).runs[0];
    assert.deepEqual([properties.passed, results.map(({ ruleId, locations, suppressions }) => [ruleId, locations[0]?.physicalLocation.region.startLine, suppressions])], [false, [['delete-many-unfiltered', 4, []]]]);
    const { code, stdout, lastLine } = await team.gate('HEAD', { args: ['--format', 'github'] });
    assert.equal(code, 1);
    assert.match(stdout, /^::error file=src\/a\.ts,line=4,title=Blocked \(pending\)%3A [^\n]*\(delete-many-unfiltered\)::[^\n]*it needs the approval of a senior[^\n]*\n::error title=What to do::Wait until a senior/);
    assert.match(lastLine, /^Wait until a senior has approved request/);
    await team.approve('alice', id);
    const after = JSON.parse((await team.gate('HEAD', { args: ['--format', 'sarif'] })).stdout) as Sarif;
    assert.deepEqual(faultsOfSarif(after), []);
    assert.deepEqual(after.runs[0].results.map(({ suppressions }) => suppressions.map(({ status }) => status)), [['accepted']]);
    const deleted = await team.gate('0'.repeat(40), { args: ['--format', 'sarif'] });
    assert.deepEqual([deleted.code, faultsOfSarif(JSON.parse(deleted.stdout))], [1, []]);
    assert.match(deleted.stdout, /the policy watches this branch[^]*Leave refs\/heads\/main where it is/);
  });

  it('lets pass what is harmless', async () => {
    const team = new Team();
    team.clone('robin').write('a.ts', harmless);
    team.clone('robin').commitAll('Read users');
    assert.equal((await team.gate()).code, 0);
  });

  it('tells in each format what the policy lets pass and wants told', async () => {
    const team = new Team({ policy: usualPolicy.replace('high: { approvals: 1 }', 'high: warn') });
    team.clone('robin').write(file, content);
    team.clone('robin').commitAll('Delete users');
    const [text, json, sarif, github] = [await team.gate(), await team.gate('HEAD', { args: ['--format', 'json'] }), await team.gate('HEAD', { args: ['--format', 'sarif'] }), await team.gate('HEAD', { args: ['--format', 'github'] })];
    assert.deepEqual([text, json, sarif, github].map(({ code }) => code), [0, 0, 0, 0], text.stdout);
    assert.match(text.stdout, /^Warning: src\/a\.ts:4 high delete-many-unfiltered: .+\nThe gate is open: nothing needs an approval\.\n$/);
    const { warned } = JSON.parse(json.stdout) as { warned: { path: string; line: number; rule: string }[] };
    assert.deepEqual(warned.map(({ path, line, rule }) => [path, line, rule]), [[file, 4, 'delete-many-unfiltered']]);
    assert.deepEqual(faultsOfSarif(JSON.parse(sarif.stdout)), []);
    const { results, properties } = (JSON.parse(sarif.stdout) as Sarif).runs[0];
    assert.deepEqual([properties.passed, results.map(({ ruleId, locations, suppressions }) => [ruleId, locations[0]?.physicalLocation.region.startLine, suppressions])], [true, [['delete-many-unfiltered', 4, []]]]);
    assert.match(github.stdout, /^::warning file=src\/a\.ts,line=4,title=[^\n]*\(delete-many-unfiltered\)::needs no approval, and is told: /);
  });

  it('says whom to ask when nobody was asked', async () => {
    const team = new Team();
    team.clone('robin').write(file, content);
    team.clone('robin').commitAll('Delete users');
    const { code, lastLine } = await team.gate();
    assert.deepEqual([code, lastLine], [1, 'Ask a senior to approve it: firebreak request --all --target refs/heads/main --reason "…"; and push again when it is approved.']);
  });

  const survivals: readonly (readonly [string, (team: Team, robin: Sandbox) => void, RegExp])[] = [
    ['an amended message', (_, robin) => { robin.git('commit', '--quiet', '--amend', '--message=Other words'); }, /same tree/],
    ['a rebase onto a target that moved', (team, robin) => { team.land({ 'docs.md': 'x\n' }); robin.git('pull', '--quiet', '--rebase', 'origin', 'main'); }, /replay/],
    ['a squash merge', (team, robin) => { robin.write('src/other.ts', '// more\n'); robin.git('commit', '--quiet', '--all', '--message=More'); robin.git('reset', '--quiet', '--hard', 'HEAD~1'); team.land({ 'docs.md': 'x\n' }); robin.git('fetch', '--quiet'); robin.git('switch', '--quiet', '--create', 'squashed', 'origin/main'); robin.git('merge', '--quiet', '--squash', 'topic'); robin.git('commit', '--quiet', '--message=Squashed'); }, /replay/],
    ['a merge commit', (team, robin) => { team.land({ 'docs.md': 'x\n' }); robin.git('fetch', '--quiet'); robin.git('switch', '--quiet', '--create', 'merged', 'origin/main'); robin.git('merge', '--quiet', '--no-ff', '--message=Merged', 'topic'); }, /replay/],
    ['the target merged into the branch', (team, robin) => { team.land({ 'docs.md': 'x\n' }); robin.git('fetch', '--quiet'); robin.git('merge', '--quiet', '--message=Merged', 'origin/main'); }, /replay/],
    ['a merge queue, with other changes in front', (team, robin) => { team.land({ 'src/c.ts': harmless }); team.land({ 'src/d.ts': harmless }); robin.git('fetch', '--quiet'); robin.git('switch', '--quiet', '--create', 'queue', 'origin/main'); robin.git('merge', '--quiet', '--no-ff', '--message=Queue', 'topic'); }, /replay/],
    ['another harmless file of the same branch', (_, robin) => { robin.write('src/later.ts', harmless); robin.commitAll('Later'); }, /same files/],
  ];
  const formats = ['sha1', 'sha256'] as const;
  const of = (format: (typeof formats)[number]) => (format === 'sha1' ? undefined : { init: ['--object-format=sha256'] });
  for (const [what, change, by, format] of survivals.flatMap((row) => formats.map((format) => [...row, format] as const))) {
    it(`keeps an approval over ${what}, where git names by ${format}`, async () => {
      const { team, robin } = await approved(of(format));
      change(team, robin);
      const { code, stdout, stderr } = await team.gate();
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, by);
    });
  }

  const lapses: readonly (readonly [string, (team: Team, robin: Sandbox) => void])[] = [
    ['one byte elsewhere in the file', (_, robin) => { robin.write(file, content.replace('// last', '// lasT')); }],
    ['one space', (_, robin) => { robin.write(file, content.replace('// last', '// last ')); }],
    ['an empty line less', (_, robin) => { robin.write(file, content.replace('\n\n\n', '\n\n')); }],
    ['another line end', (_, robin) => { robin.write(file, content.replaceAll('\n', '\r\n')); }],
    ['another mode of the file', (_, robin) => { robin.git('update-index', '--chmod=+x', file); }],
    ['a space smuggled into a rebase', (team, robin) => { team.land({ 'docs.md': 'x\n' }); robin.git('pull', '--quiet', '--rebase', 'origin', 'main'); robin.write(file, content.replace('// one', '//  one')); }],
  ];
  for (const [what, change, format] of lapses.flatMap((row) => formats.map((format) => [...row, format] as const))) {
    it(`lets an approval lapse on ${what}, and shows just that, where git names by ${format}`, async () => {
      const { team, robin, id } = await approved(of(format));
      change(team, robin);
      if (robin.git('status', '--porcelain', '--untracked-files=no').startsWith('M') || robin.git('status', '--porcelain') === '') robin.git('commit', '--quiet', '--allow-empty', '--message=Sneak');
      else robin.commitAll('Sneak');
      const { code, stdout, lastLine } = await team.gate();
      assert.equal(code, 1, stdout);
      assert.match(stdout, /Blocked \(stale\): src\/a\.ts:\d high/);
      assert.match(stdout, /the approval by alice@corp\.example of request \w+ does not count: src\/a\.ts is not as approved/);
      assert.equal(lastLine, `See what no approval covers: firebreak residual ${id}; and ask for it again: firebreak request --all --target refs/heads/main --reason "…".`);
      robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
      const residual = await robin.run(['residual', id]);
      assert.equal(residual.code, 1, residual.stderr);
      assert.match(residual.stdout, /^diff --git a\/src\/a\.ts b\/src\/a\.ts$/m);
      assert.doesNotMatch(residual.stdout, /other\.ts|docs\.md/);
    });
  }

  it('shows no residual of what was approved', async () => {
    const { team, robin, id } = await approved();
    team.land({ 'docs.md': 'x\n' });
    robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const { code, stdout } = await robin.run(['residual', id]);
    assert.deepEqual([code, stdout], [0, 'Nothing: HEAD holds what alice@corp.example approved, byte by byte.\n']);
  });

  it('does not count what was approved when it no longer merges', async () => {
    const { team, robin } = await approved();
    team.land({ [file]: 'const theirs = 1;\n' });
    robin.git('fetch', '--quiet');
    robin.git('reset', '--quiet', '--hard', 'origin/main');
    robin.write(file, `const theirs = 1;\n${content}`);
    robin.commitAll('Both');
    const { code, stdout } = await team.gate();
    assert.equal(code, 1);
    assert.match(stdout, /is not as approved, and what was approved no longer merges into the branch/);
  });

  it('asks again when a second copy comes', async () => {
    const { team, robin, id } = await approved();
    robin.write(file, `${content}${risky}`);
    robin.commitAll('Twice');
    const { code, stdout, lastLine } = await team.gate();
    assert.equal(code, 1);
    assert.match(stdout, /Blocked \(stale\): src\/a\.ts:4/);
    assert.match(stdout, /Blocked \(stale\): src\/a\.ts:8/);
    // No request names the second one, and what was approved is known all the same.
    assert.match(lastLine, new RegExp(`^See what no approval covers: firebreak residual ${id};`));
  });

  it('refuses in a shallow clone, and says what to fetch', async () => {
    const { team } = await approved();
    team.land({ 'docs.md': 'x\n' });
    const shallow = new Team().clone('alice');
    shallow.git('fetch', '--quiet', '--depth=1', `file://${team.remote.folder}`, 'main');
    const { code, stderr } = await shallow.run(['gate', '--base', 'FETCH_HEAD', '--head', 'FETCH_HEAD', '--target', 'refs/heads/main']);
    assert.equal(code, 2);
    assert.match(stderr, /this clone is shallow.*git fetch --unshallow/);
  });

  it('judges in a clone what the server would, also of branches without a policy, and nothing of what is not there', async () => {
    const team = new Team({ policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") });
    const robin = team.clone('robin');
    robin.git('switch', '--quiet', '--orphan', 'old');
    robin.write('README.md', 'From before there was a policy.\n');
    robin.commitAll('Before');
    robin.git('push', '--quiet', 'origin', 'HEAD:refs/heads/release/1', 'HEAD:refs/heads/topic');
    robin.write('a.ts', risky);
    robin.commitAll('Delete');
    const gate = (target: string, base: string, ...args: readonly string[]) => robin.run(['gate', '--base', base, '--head', 'HEAD', '--target', target, ...args]);
    const [release, hooked] = [await gate('refs/heads/release/1', 'origin/release/1'), await robin.run(['gate-hook', 'pre-push', 'origin'], { input: `HEAD ${robin.git('rev-parse', 'HEAD')} refs/heads/release/1 ${robin.git('rev-parse', 'HEAD~1')}\n` })];
    assert.deepEqual([release.code, release.stdout.includes('Blocked (pending): a.ts:1')], [1, true], release.stdout + release.stderr);
    assert.deepEqual([hooked.code, hooked.stderr.includes('Blocked (pending): a.ts:1')], [1, true], hooked.stderr);
    // A policy of the change's own says nothing of a new branch.
    robin.write('.firebreak/policy.yml', usualPolicy.replace('refs/heads/main', 'refs/heads/none'));
    robin.commitAll('Watch nothing');
    const begun = await gate('refs/heads/release/2', '0');
    assert.deepEqual([begun.code, begun.stdout.includes('a.ts:1 high')], [1, true], begun.stdout + begun.stderr);
    const topic = await gate('refs/heads/topic', 'origin/topic');
    assert.equal(topic.code, 0, topic.stdout + topic.stderr);
    for (const [target, args, why] of [
      ['refs/heads/mian', [], /^firebreak: origin has no refs\/heads\/mian, and --base says where that is; give --target/],
      ['refs/heads/mian', ['--no-fetch'], /^firebreak: refs\/heads\/mian is not known here; fetch it: git fetch origin /],
      ['refs/heads/topic', ['--remote', 'upstream'], /^firebreak: there is no remote "upstream"; name one that is there: origin/],
    ] as const) {
      const { code, stderr } = await gate(target, 'origin/topic', ...args);
      assert.deepEqual([code, why.test(stderr)], [2, true], stderr);
    }
    robin.git('remote', 'rename', 'origin', 'one');
    robin.git('remote', 'add', 'two', team.remote.folder);
    for (const key of ['branch.old', 'branch.main', 'branch.topic']) try { robin.git('config', '--remove-section', key); } catch { /* it has none */ }
    const { code, stderr } = await gate('refs/heads/topic', 'one/topic');
    assert.deepEqual([code, stderr.includes("nothing says which remote's records count; say which remote the branch is of: git config remote.pushDefault one")], [2, true], stderr);
  });

  it('is not moved by attributes, drivers, filters, replaced objects and configuration', async () => {
    const { team, robin } = await approved();
    team.land({ 'docs.md': 'x\n' });
    robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
    robin.write(file, content.replace('// last', '// last '));
    robin.commitAll('Sneak');
    const [approvedHead, sneaked] = [robin.git('rev-parse', 'HEAD~1'), robin.git('rev-parse', 'HEAD')];
    assert.equal((await team.gate()).code, 1);
    for (const [key, value] of [['merge.default', 'evil'], ['merge.evil.driver', 'touch EVIL; true'], ['merge.renames', 'false'], ['diff.external', 'touch EVIL'], ['diff.ignoreSubmodules', 'all']] as const) team.remote.git('config', key, value);
    team.remote.write('info/attributes', '* merge=evil diff=evil filter=evil\n');
    team.remote.git('update-ref', `refs/replace/${sneaked}`, approvedHead);
    const { code, stdout } = await team.gate();
    assert.deepEqual([code, stdout.includes('Blocked (stale)')], [1, true], stdout);
    assert.equal(team.remote.git('count-objects').startsWith('0 '), false);
    assert.throws(() => team.remote.git('rev-parse', '--verify', '--quiet', 'EVIL'));
  });

  it('judges what is pushed before it is let in, and leaves nothing behind', async () => {
    const { team, robin, id } = await asked();
    const script = ['#!/bin/sh', 'while read old new ref; do', '  case "$ref" in refs/firebreak/*) continue;; esac', `  "${process.execPath}" "${process.cwd()}/dist/cli.js" gate --base "$old" --head "$new" --target "$ref" --requester robin@example.com || exit 1`, 'done', ''].join('\n');
    team.remote.write('hooks/pre-receive', script);
    team.remote.git('config', 'core.hooksPath', team.remote.at('hooks'));
    chmodSync(team.remote.at('hooks/pre-receive'), 0o755);
    robin.commitAll('New to the remote');
    assert.throws(() => robin.git('push', '--quiet', 'origin', 'topic:main'), /Wait until a senior has approved request/);
    await team.approve('alice', id);
    robin.git('push', '--quiet', 'origin', 'topic:main');
    assert.equal(team.tip, robin.git('rev-parse', 'topic'));
  });
});
