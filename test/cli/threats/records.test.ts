import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { harmless, removeSandboxes, risky, type Sandbox } from '../sandbox.ts';
import { changedFile, changedText, keyOf, members, signerLine, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, decisionIn, decisionsIn, heldApproved, heldAsked, push, putRecord, signedBy, textOf } from './guarded.ts';

/** The request of a clone, written anew by a hostile hand. @returns its ref */
function hostileRequest(robin: Sandbox, id: string, change: (record: string) => string): string {
  const ref = `refs/firebreak/requests/${id}`;
  const parents = robin.git('rev-list', '--parents', '--max-count=1', ref).split(' ').slice(1);
  const other = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
  putRecord(robin, `refs/firebreak/requests/${other}`, { 'request.json': change(textOf(robin, ref, 'request.json').replace(`"id": "${id}"`, `"id": "${other}"`)) }, parents);
  return `refs/firebreak/requests/${other}`;
}

threats('Hostile content of records', () => {
  after(removeSandboxes);

  attack({ attack: 'A request names paths with "..", absolute ones, ones with control characters', answer: 'records are parsed strictly', result: 'the records are not taken' }, async () => {
    const { robin, id } = await heldAsked();
    for (const path of ['../../etc/passwd', '/etc/passwd', 'C:/x', 'a//b', 'a\\\\..\\\\b', 'a\\u001bb', '.']) {
      const ref = hostileRequest(robin, id, (record) => record.replace(/"path": "src\/a\.ts"/, `"path": "${path}"`));
      assertRefused(push(robin, ref), /cannot be read: its findings\.0\.path is missing or not valid/);
    }
  });

  attack({ attack: 'A request is for a branch that is called HEAD and has rules of its own: a clone keeps that where it keeps the default branch', answer: 'no record is for such a branch', result: 'the request is not taken, and who looks at it where the server did not hold it has the default branch as it was' }, async () => {
    const { team, robin, id } = await heldAsked();
    robin.git('switch', '--quiet', '--create', 'rules', 'origin/main');
    robin.write('.firebreak/policy.yml', usualPolicy.replaceAll(members.alice, members.robin));
    const base = robin.commitAll('Rules of their own');
    robin.git('push', '--quiet', '--force', team.remote.folder, 'HEAD:refs/heads/HEAD');
    const asked = textOf(robin, `refs/firebreak/requests/${id}`, 'request.json');
    const head = robin.git('rev-parse', `refs/firebreak/requests/${id}^1`);
    const other = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
    const ref = `refs/firebreak/requests/${other}`;
    const record = asked.replace(`"id": "${id}"`, `"id": "${other}"`).replace('"refs/heads/main"', '"refs/heads/HEAD"').replace(/"base": "\w+"/, `"base": "${base}"`);
    putRecord(robin, ref, { 'request.json': record }, [head, base]);
    assertRefused(push(robin, ref), /cannot be read: its targetRef is missing or not valid/);
    team.remote.git('fetch', '--quiet', robin.folder, `${ref}:${ref}`);
    const alice = team.clone('alice');
    const tip = alice.git('rev-parse', 'refs/remotes/origin/main');
    for (const args of [['reviews'], ['show', other], ['approve', other, '--as', members.alice, '--key', keyOf('alice'), '--reason', 'x', '--yes']]) await alice.run(args);
    assert.equal(alice.git('rev-parse', 'refs/remotes/origin/main'), tip);
  });

  attack({ attack: 'A record has keys that reach into prototypes, stand twice, or are not known', answer: 'only the keys that are known, and of a decision only the bytes that Firebreak writes', result: 'the records are not taken, and nothing is polluted' }, async () => {
    const { team, robin, id } = await heldApproved();
    for (const key of ['"__proto__": { "polluted": true },', '"constructor": { "prototype": { "polluted": true } },', '"extra": 1,']) {
      const ref = hostileRequest(robin, id, (record) => record.replace('{', `{ ${key}`));
      assertRefused(push(robin, ref), /cannot be read: it has the unknown key/);
    }
    const [ref = ''] = decisionsIn(team.remote);
    const record = textOf(team.remote, ref).replace('"reason": "looked at it"', '"reason": "no", "reason": "looked at it"');
    const name = ref.replace(/[^/]+$/, `${decisionIn(team.remote, ref).id.slice(0, 10)}ZZZZZZZZZZZZZZZZ`);
    putRecord(robin, name, { 'decision.json': record, 'decision.json.sig': signedBy('alice', record) });
    assertRefused(push(robin, name), /cannot be read: it is not written as Firebreak writes decisions/);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A record is huge', answer: 'its size is asked for before it is read', result: 'the record is not taken' }, async () => {
    const { robin, id } = await heldAsked();
    const ref = hostileRequest(robin, id, (record) => record + ' '.repeat(5 * 1024 * 1024));
    assertRefused(push(robin, ref), /request\.json has \d+ bytes, which no honest request has/);
  });

  attack({ attack: 'A request makes little of what it asks for: another severity, other code, other words, and a finding that is not there', answer: 'the change is judged again where it is shown, and what only the request says is told as that', result: 'show tells what the change does, and where the request says otherwise' }, async () => {
    const { team, robin, id } = await heldAsked();
    const ref = hostileRequest(robin, id, (record) => record.replace(/"severity": "\w+"/, '"severity": "low"').replace(/"matched": "(?:[^"\\]|\\.)*"/, '"matched": "SELECT 1"').replace(/"description": "(?:[^"\\]|\\.)*"/, '"description": "reads one row"'));
    assertTaken(push(robin, ref));
    const alice = team.clone('alice');
    alice.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    const { code, stdout } = await alice.run(['show', ref.slice(ref.lastIndexOf('/') + 1)]);
    assert.equal(code, 0);
    assert.match(stdout, /\nsrc\/a\.ts:4 high \(\w+ confidence\) delete-many-unfiltered\n {2}db\.user\.deleteMany\([^]*The request says otherwise: low, SELECT 1: reads one row/);
    const invented = hostileRequest(robin, id, (record) => record.replace(/"fingerprint": "\w+"/, `"fingerprint": "${'a'.repeat(64)}"`));
    const own = await robin.run(['show', invented.slice(invented.lastIndexOf('/') + 1)]);
    assert.match(own.stdout, /db\.user\.deleteMany[^]*The request does not name it[^]*Only the request says so: its change does not hold it/);
  });

  attack({ attack: 'Reasons, titles and names hold terminal escapes, markdown and command: links, and signs that turn text around', answer: 'what is dangerous is shown as its code, and nothing is rendered', result: 'reviews, show, verify and the gate show inert text' }, async () => {
    const { team, robin, id } = await heldAsked();
    const evil = '\u001b[2J\u001b]0;owned\u0007[ok](command:workbench.action.terminal.new) \u202edlrow\u0085';
    const text = JSON.stringify(evil).slice(1, -1);
    const ref = hostileRequest(robin, id, (record) => record.replace(/"reason": "[^"]*"/, `"reason": "${text}"`).replace(/"title": "[^"]*"/, `"title": "${text}"`).replace(/"matched": "(?:[^"\\]|\\.)*"/, `"matched": "${text}"`));
    assertTaken(push(robin, ref));
    const hostile = ref.slice(ref.lastIndexOf('/') + 1);
    const carol = team.clone('carol');
    const rejected = await team.decide('carol', 'reject', id, { args: ['--reason', evil] });
    assert.equal(rejected.code, 0, rejected.stderr);
    const shown = [rejected, await carol.run(['reviews']), await carol.run(['show', hostile]), await carol.run(['show', id]), await carol.run(['verify']), await team.gate()];
    const pushed = push(robin, 'HEAD:main');
    for (const said of [...shown.flatMap(({ stdout, stderr }) => [stdout, stderr]), pushed.said]) assert.doesNotMatch(said, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u, JSON.stringify(said));
    assert.ok(shown.some(({ stdout }) => stdout.includes('\\u{1b}[2J')));
    assertRefused(pushed, /Blocked \(rejected\)/);
  });
});

threats('Passing by the gate', () => {
  after(removeSandboxes);

  attack({ attack: 'A push goes to another name of the branch, a symbolic ref of the server', answer: 'the branch that would move is judged', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldAsked();
    team.remote.git('symbolic-ref', 'refs/heads/master', 'refs/heads/main');
    assertRefused(push(robin, 'HEAD:refs/heads/master'), /Blocked \(pending\): src\/a\.ts/);
  });

  attack({ attack: 'A watched branch is begun at a commit from before there was a policy, and the danger is pushed onto it', answer: 'it has to begin with the rules of the default branch, whose policy holds where a branch has none', result: 'both pushes are refused; with the rules of today it may begin' }, async () => {
    const { team, robin } = await heldAsked({ policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") });
    robin.git('switch', '--quiet', '--orphan', 'before');
    robin.write('README.md', 'A project.\n');
    const before = robin.commitAll('Before');
    assertRefused(push(robin, `${before}:refs/heads/release/1`), /Blocked \(\w+\): \.firebreak\/policy\.yml/);
    team.remote.git('fetch', '--quiet', robin.folder, `${before}:refs/heads/release/1`);
    robin.write('a.ts', risky);
    robin.commitAll('Delete');
    assertRefused(push(robin, 'HEAD:refs/heads/release/1'), /Blocked \(pending\): a\.ts/);
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    assertTaken(push(robin, 'HEAD:refs/heads/release/2'));
  });

  attack({ attack: 'While nobody watches a branch, a junior gives it a policy that does not watch it either, and pushes danger onto it when it is watched', answer: 'what the default branch\'s policy watches is watched, whatever the branch\'s own says', result: 'the danger, a rewrite and a deletion are refused' }, async () => {
    const { team, robin } = await heldAsked();
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('.firebreak/policy.yml', usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']"));
    const widened = robin.commitAll('Watch releases');
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('.firebreak/policy.yml', usualPolicy.replace('refs/heads/main', 'refs/heads/none'));
    robin.commitAll('Watch nothing');
    assertTaken(push(robin, 'HEAD:refs/heads/release/50'));
    team.remote.git('fetch', '--quiet', robin.folder, `${widened}:refs/heads/main`);
    robin.write('a.ts', risky);
    robin.commitAll('Delete');
    assertRefused(push(robin, 'HEAD:refs/heads/release/50'), /Blocked \(pending\): a\.ts/);
    assertRefused(push(robin, '--force', 'origin/main:refs/heads/release/50'), /take away what is there/);
    assertRefused(push(robin, ':refs/heads/release/50'), /the policy watches this branch/);
  });

  attack({ attack: 'While nobody watches a branch, a junior gives it a policy that names them as its senior, and approves danger there when it is watched', answer: 'what two policies watch has to pass by both, and only the default branch\'s can be taken over by its own seniors', result: 'the danger and the decision are refused; with the rules of the default branch, which its senior approves, it goes on' }, async () => {
    const { team, robin } = await heldAsked();
    const release = 'refs/heads/release/50';
    const widened = usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']");
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('.firebreak/policy.yml', `version: 1\ntargets: ['${release}']\nseniors: [${members.mallory}]\n`);
    robin.write('.firebreak/allowed_signers', signerLine('mallory'));
    robin.commitAll('Signers of my own');
    assertTaken(push(robin, `HEAD:${release}`));
    team.remote.git('config', 'core.hooksPath', '/dev/null');
    team.land({ '.firebreak/policy.yml': widened });
    team.remote.git('config', '--unset', 'core.hooksPath');
    robin.git('fetch', '--quiet', 'origin');
    robin.write('a.ts', risky);
    robin.commitAll('Delete');
    const id = await team.request('--target', release);
    const decided = await team.decide('mallory', 'approve', id);
    assert.match(decided.stderr, /pre-receive hook declined/);
    const mallory = team.clone('mallory');
    for (const ref of decisionsIn(mallory)) {
      assertRefused(push(mallory, ref), /is not signed by mallory@evil\.example/);
      team.remote.git('fetch', '--quiet', mallory.folder, `${ref}:${ref}`);
    }
    assert.equal(decisionsIn(team.remote).length, 1);
    const refused = push(robin, `HEAD:${release}`);
    assertRefused(refused, /Blocked \(unverifiable\): a\.ts/);
    assert.match(refused.said, /refs\/heads\/release\/50 has rules of its own, and by those of refs\/heads\/main, which watch it too, it is judged as well/);
    robin.git('reset', '--quiet', '--hard', 'HEAD~1');
    robin.git('rm', '-rq', '.firebreak');
    robin.git('checkout', 'origin/main', '--', '.firebreak');
    robin.commitAll('Take over the rules of main');
    assertRefused(push(robin, `HEAD:${release}`), /Blocked \(pending\): \.firebreak\/allowed_signers/);
    await team.approve('alice', await team.request('--target', release));
    assertTaken(push(robin, `HEAD:${release}`));
  });

  attack({ attack: 'Code comes in as a link with the name of a script, or as another commit of a submodule', answer: 'what was not read counts as a finding', result: 'both pushes are refused, and pass when they are approved' }, async () => {
    const { team, robin } = await heldAsked();
    robin.git('switch', '--quiet', '--create', 'links', 'origin/main');
    robin.write('notes.txt', 'rm notes\n');
    robin.git('add', '--all');
    robin.git('update-index', '--add', '--cacheinfo', `120000,${robin.gitWith({ input: 'notes.txt' }, 'hash-object', '-w', '--stdin')},deploy.sh`);
    robin.git('commit', '--quiet', '--message=Link');
    robin.git('checkout', '--quiet', '--', '.');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): deploy\.sh:1 high unread-file/);
    await team.approve('alice', await team.request());
    assertTaken(push(robin, 'HEAD:main'));
    robin.git('update-index', '--add', '--cacheinfo', `160000,${'ab'.repeat(20)},vendor/lib`);
    robin.git('commit', '--quiet', '--message=Submodule');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): vendor\/lib:1 high unread-file/);
  });

  attack({ attack: 'Code comes in as a pointer of Git LFS, which is all that git has of it', answer: 'what was not read counts as a finding', result: 'each push of one is refused, and passes when it is approved; a pointer to what nobody reads as code passes, and check reads what lies on disk' }, async () => {
    const { team, robin } = await heldAsked({ files: { '.gitattributes': '*.sql filter=lfs -text\n*.mp4 filter=lfs -text\n' } });
    const pointer = (digit: string) => `version https://git-lfs.github.com/spec/v1\noid sha256:${digit.repeat(64)}\nsize 24\n`;
    const land = (files: Readonly<Record<string, string>>) => {
      robin.git('fetch', '--quiet', 'origin');
      robin.git('switch', '--quiet', '--detach', 'origin/main');
      // Without the program of git-lfs, what is on disk is what git has.
      for (const [name, text] of Object.entries(files)) robin.write(name, text);
      robin.commitAll('Through LFS');
      return push(robin, 'HEAD:main');
    };
    assertTaken(land({ 'intro.mp4': pointer('a'), 'notes.txt': pointer('a') }));
    assertRefused(land({ 'db/orders.sql': pointer('b') }), /Blocked \(pending\): db\/orders\.sql:1 high unread-file/);
    await team.approve('alice', await team.request());
    assertTaken(push(robin, 'HEAD:main'));
    const { stdout: unread } = await robin.run(['check', 'db/orders.sql', '--scope', 'all']);
    assert.match(unread, /db\/orders\.sql: not read: it is a pointer of Git LFS/);
    assertRefused(land({ 'db/orders.sql': pointer('c') }), /Blocked \(pending\): db\/orders\.sql:1 high unread-file/);
    robin.write('db/orders.sql', 'DROP DATABASE orders;\n');
    const { stdout } = await robin.run(['check', 'db/orders.sql', '--scope', 'all']);
    assert.match(stdout, /DROP DATABASE orders/);
  });

  attack({ attack: 'What landed where nothing reads it, or less is asked for, is renamed to where it is dangerous: from .txt to .sh, out of an excluded folder, from staging to production', answer: 'what was there before is judged by the path that it had, and what is there now by the one that it has', result: 'each push is refused; a file that is judged alike under both names passes' }, async () => {
    const filler = '# one\n# two\n# three\n';
    const script = `aws s3 rb s3://customer-data --force\n${filler}`;
    const bucket = 'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\n';
    const policy = `${usualPolicy}exclude: ['examples/**']\npaths: [{ match: 'live/**', reviewers: [${members.carol}] }]\n`;
    const files = { 'n.txt': script, 'clean.py.txt': `import shutil\nshutil.rmtree("/srv/data")\n${filler}`, 'examples/x.sh': script, 'staging/wipe.sh': script, 'spare/wipe.sh': script, 'orders.tf': bucket };
    const { robin } = await heldAsked({ policy, files });
    const moves: readonly (readonly [from: string, to: string, why: RegExp, text?: string])[] = [
      ['n.txt', 'n.sh', /Blocked \(pending\): n\.sh:1 high/],
      ['n.txt', 'n.sh', /Blocked \(pending\): n\.sh:1 high/, `${script}# four\n`],
      ['clean.py.txt', 'clean.py', /Blocked \(pending\): clean\.py:2 high/],
      ['examples/x.sh', 'x.sh', /Blocked \(pending\): x\.sh:1 high/],
      ['staging/wipe.sh', 'production/wipe.sh', /Blocked \(pending\): production\/wipe\.sh:1 high/],
      ['spare/wipe.sh', 'live/wipe.sh', /Blocked \(pending\): live\/wipe\.sh:1 high[^]*one of carol@corp\.example has to approve/],
      // Gone from where it is read is gone.
      ['orders.tf', 'orders.tf.txt', /Blocked \(pending\): orders\.tf:1 /],
      ['orders.tf', 'examples/orders.tf', /Blocked \(pending\): orders\.tf:1 /],
    ];
    for (const [from, to, why, text] of moves) {
      robin.git('switch', '--quiet', '--detach', 'origin/main');
      mkdirSync(path.dirname(robin.at(to)), { recursive: true });
      robin.git('mv', from, to);
      if (text !== undefined) robin.write(to, text);
      robin.commitAll('Rename');
      assertRefused(push(robin, 'HEAD:main'), why);
    }
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.git('mv', 'spare/wipe.sh', 'spare/wipe-all.sh');
    robin.commitAll('Rename');
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'The danger hides in a file that no checker can read', answer: 'what could not be read counts as a finding', result: 'the push is refused' }, async () => {
    const { robin } = await heldAsked();
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('a.ts', `${risky}\0`);
    robin.commitAll('Binary');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): a\.ts:1 high unread-file/);
  });

  attack({ attack: 'Replaced objects, attributes and drivers are pushed to change what the gate sees', answer: 'git is asked in a store of its own, without replacements, configuration and attributes', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldApproved();
    robin.write('.git/info/attributes', '');
    robin.write(changedFile, `${changedText}// sneak\n`);
    const sneaked = robin.commitAll('Sneak');
    // The hook takes no such ref; it may have come in beside it.
    team.remote.git('fetch', '--quiet', robin.folder, `${robin.git('rev-parse', 'topic~1')}:refs/replace/${sneaked}`);
    assertRefused(push(robin, `${sneaked}:main`), /Blocked \(stale\): src\/a\.ts/);
  });

  attack({ attack: 'The danger comes along with records and other branches in one push', answer: 'everything that a push moves is judged, and it goes in as a whole or not at all', result: 'the push is refused, and nothing of it is taken' }, async () => {
    const { team, robin, id } = await heldAsked();
    const ref = hostileRequest(robin, id, (record) => record);
    assertRefused(push(robin, ref, 'HEAD:refs/heads/topic', 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
    assert.throws(() => team.remote.git('rev-parse', '--verify', '--quiet', ref));
    assertTaken(push(robin, ref, 'HEAD:refs/heads/topic'));
  });

  attack({ attack: 'The gate itself is brought to fail: its program is taken away, or it cannot keep its log', answer: 'a gate that cannot look is closed, and one that cannot write still says why', result: 'each push is refused' }, async () => {
    const { team, robin } = await heldAsked();
    team.remote.write('firebreak/refusals', '');
    const kept = push(robin, 'HEAD:main');
    assertRefused(kept, /the refusal could not be written to the log/);
    assert.match(kept.last, /^Wait until a senior has approved request/);
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('a.ts', harmless);
    robin.commitAll('Harmless');
    team.remote.write('firebreak/bin/firebreak', '#!/bin/sh\nexit 3\n');
    assertRefused(push(robin, 'HEAD:main'), /pre-receive hook declined/);
  });
});
