import assert from 'node:assert/strict';
import { applyPolicy, asksMore, demandsOn, isExcluded } from '../../../src/core/policy/applyPolicy.ts';
import { looseMatcher, matchesGlob } from '../../../src/core/policy/glob.ts';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { noPolicy, type Policy } from '../../../src/core/policy/policy.ts';

const ruleIds = ['recursive-delete', 'git-push-force'];

function faultsOf(text: string): string[] {
  const parsed = parsePolicy(text, ruleIds);
  return 'errors' in parsed ? parsed.errors.map(({ line, column, message }) => `${line}:${column} ${message}`) : [];
}

describe('parsePolicy', () => {
  it('reads what a team says', () => {
    const text = [
      'version: 1',
      'seniors: [alice@corp, carol@corp] # both',
      'people:',
      '  alice@corp: { emails: [a@example.org] }',
      'rules: { recursive-delete: off, git-push-force: critical }',
      "exclude: ['**/fixtures/**']",
    ].join('\n');
    assert.deepEqual(parsePolicy(text, ruleIds), {
      policy: {
        ...noPolicy,
        seniors: ['alice@corp', 'carol@corp'],
        people: { 'alice@corp': { emails: ['a@example.org'] } },
        rules: { 'recursive-delete': 'off', 'git-push-force': 'critical' },
        exclude: ['**/fixtures/**'],
      },
    });
  });

  it('tells in its own words of a second document', () => {
    assert.deepEqual(faultsOf('version: 1\n---\nseniors: [alice@corp]\n'), ['2:1 a second document begins here, and the policy is one; put what it says into the first one, and take out the line "---"']);
  });

  it('reads every key', () => {
    const text = [
      'version: 1',
      "targets: [refs/heads/main, 'refs/heads/release/*']",
      'review: risky-ai',
      'trustNotes: true',
      'appliesTo: non-seniors',
      'seniors: [alice@corp, carol]',
      'people: { alice@corp: { emails: [a@example.org], github: alice-gh }, carol: {} }',
      'severities: { critical: { approvals: 2 }, high: { approvals: 1 }, medium: warn, low: off }',
      "paths: [ { match: 'infra/**', reviewers: [carol], minimum: high }, { match: legal, minimum: critical } ]",
      'policyChanges: { approvals: 2 }',
      'keys: { requireTouch: critical, maxAge: 36h }',
      'rules: { recursive-delete: off }',
      "exclude: ['**/fixtures/**']",
      'agents: { ask: medium, deny: critical }',
      'emergency: { people: [alice@corp], followUpWithin: 2d }',
      'forge: { github: { approvals: count } }',
    ].join('\n');
    assert.deepEqual(parsePolicy(text, ruleIds), {
      policy: {
        targets: ['refs/heads/main', 'refs/heads/release/*'],
        review: 'risky-ai',
        trustNotes: true,
        appliesTo: 'non-seniors',
        seniors: ['alice@corp', 'carol'],
        people: { 'alice@corp': { emails: ['a@example.org'], github: 'alice-gh' }, carol: { emails: [] } },
        severities: { critical: { approvals: 2 }, high: { approvals: 1 }, medium: 'warn', low: 'off' },
        paths: [{ match: 'infra/**', reviewers: ['carol'], minimum: 'high' }, { match: 'legal', reviewers: [], minimum: 'critical' }],
        policyChanges: { approvals: 2 },
        keys: { requireTouch: 'critical', maxAgeMs: 36 * 3_600_000 },
        rules: { 'recursive-delete': 'off' },
        exclude: ['**/fixtures/**'],
        agents: { ask: 'medium', deny: 'critical' },
        emergency: { people: ['alice@corp'], followUpWithinMs: 48 * 3_600_000 },
        forge: { github: { approvals: 'count' } },
      },
    });
  });

  const contradictions: readonly (readonly [string, string[]])[] = [
    ['targets: []', ['2:10 targets names no ref; list at least one, such as refs/heads/main, or leave it out for main and master']],
    ['targets: [main]', ['2:11 "main" is no full ref name; write refs/heads/main']],
    ['targets: [refs/heads/main, refs/head/main]', ['2:28 "refs/head/main" can be no branch, so that nothing would be watched by it; write refs/heads/main']],
    ['targets: [refs/remotes/origin/main]', ['2:11 "refs/remotes/origin/main" can be no branch, so that nothing would be watched by it; write refs/heads/main']],
    ["targets: ['refs/heads/[m]ain']", ['2:11 "refs/heads/[m]ain" can be no branch, so that nothing would be watched by it; write refs/heads/main']],
    ["targets: ['refs/heads/a b', refs/remotes]", ['2:11 "refs/heads/a b" can be no branch, so that nothing would be watched by it; write refs/heads/ab', '2:29 "refs/remotes" can be no branch, so that nothing would be watched by it; write refs/heads/NAME']],
    ['targets: [refs/heads/a, refs/heads/a]', ['2:25 "refs/heads/a" stands here twice; leave one out']],
    ['review: sometimes', ['2:9 review must be risky, all-ai or risky-ai']],
    ['review: risky-ai', ['2:9 risky-ai lets pass what a note calls human, though nobody signed it; say trustNotes: true if that is meant, or write review: risky']],
    ['trustNotes: true', ['2:13 trustNotes does nothing with review: risky, which asks the same of everybody; leave it out, or write review: risky-ai']],
    ['agents: { ask: critical, deny: high }', ['2:16 what is critical is refused already by deny: high, so nothing would be asked; ask from a lower severity on, or leave ask out']],
    ['agents: { asks: high }', ['2:11 unknown key "asks", did you mean "ask"?; known here: ask, deny']],
    ['seniors: [alice]', ['2:11 "alice" is nobody: it is no address, and people has no "alice"; write the principal of .firebreak/allowed_signers, or add it to people']],
    ['seniors: [a@b, A@b]', ['2:16 "A@b" stands here twice; one person approves once']],
    ['people: { a: { emails: [x@y] }, b: { emails: [X@y] } }', ['2:47 "x@y" is a\'s too; one address is one person\'s']],
    ['people: { a: { emails: [b@y] }, b@y: { } }', ['2:33 "b@y" is an address of a; make them one person']],
    ['seniors: [a@b]\nseverities: { critical: { approvals: 2 } }', ['3:38 2 seniors are asked for, and seniors names 1, so nothing could ever be approved; add seniors, or ask for fewer']],
    ['policyChanges: { approvals: 1 }', ['2:29 1 seniors are asked for, and seniors names 0, so nothing could ever be approved; add seniors, or ask for fewer']],
    ['policyChanges: { approvals: 0 }', ['2:29 policyChanges.approvals must be a whole number from 1 to 20']],
    ['severities: { high: { approvals: two } }', ['2:34 severities.high.approvals must be a whole number']],
    ['severities: { high: never }', ['2:21 severities.high must be { approvals: 1 }, warn or off']],
    ['severities: { high: { aprovals: 1 } }', ['2:21 severities.high.approvals must be a whole number', '2:23 unknown key "aprovals", did you mean "approvals"?; known here: approvals']],
    ['severities: { critical: warn }', ['2:25 critical lets pass what high asks approval for; ask it for critical too: critical: { approvals: 1 }']],
    ['seniors: [a@b, c@d]\nseverities: { high: { approvals: 2 } }', ['3:21 critical asks for fewer seniors (1) than high (2); ask for as many at least']],
    ['paths: [ { match: infra } ]', ['2:10 this says nothing; give reviewers or minimum']],
    ['paths: [ { match: infra, reviewers: [d@e] } ]', ['2:38 "d@e" is none of the seniors, so nothing there could be approved; add it to seniors']],
    ['keys: { maxAge: forever }', ['2:17 keys.maxAge must be a time such as 24h, 14d or 2w']],
    ['emergency: { people: [bob] }', ['2:23 "bob" is nobody: it is no address, and people has no "bob"']],
    ['forge: { github: { approvals: maybe } }', ['2:31 forge.github.approvals must be ignore or count']],
    ['forge: { gitlab: { } }', ['2:10 unknown key "gitlab", did you mean "github"?; known here: github']],
    ['forge: { github: { aprovals: count } }', ['2:20 unknown key "aprovals", did you mean "approvals"?; known here: approvals']],
    ['seniors: [a@b]\nforge: { github: { approvals: count } }', ['3:31 no senior has a github login under people, so no approval at GitHub could count; add them, or leave this out']],
    ['seniors: [a@b]\npeople: { a@b: { github: a } }\nkeys: { requireTouch: low }\nforge: { github: { approvals: count } }', ['5:31 keys.requireTouch: low asks for a touched key for everything, and approvals at GitHub have none; leave one of them out']],
  ];
  for (const [text, told] of contradictions) {
    it(`does not take ${JSON.stringify(text)}`, () => {
      assert.deepEqual(faultsOf(`version: 1\n${text}`), told);
    });
  }

  it('takes targets that some branch or tag can be called like', () => {
    assert.deepEqual(faultsOf("version: 1\ntargets: ['refs/', 'refs/**', 'refs/*/main', 'refs/heads', 'refs/heads/release/', 'refs/heads/v?.*', 'refs/tags/v*', 'refs/heads/{a}']"), []);
  });

  it('takes a version alone for a policy without decisions', () => {
    assert.deepEqual(parsePolicy('version: 1\n', ruleIds), { policy: noPolicy });
  });

  it('takes any rule when it does not know them', () => {
    assert.ok('policy' in parsePolicy('version: 1\nrules: { from-the-team: high }'));
  });

  const faults: readonly (readonly [string, string[]])[] = [
    ['', ['1:1 the file is empty; it starts with "version: 1"']],
    ['# nothing\n', ['1:1 the file is empty; it starts with "version: 1"']],
    ['seniors: []', ['1:1 version must be 1']],
    ['version: 2', ['1:10 version must be 1']],
    ['version: 1\nseniorss: []', ['2:1 unknown key "seniorss", did you mean "seniors"?; known here: version, targets, review, trustNotes, appliesTo, seniors, people, severities, paths, policyChanges, keys, rules, exclude, agents, emergency, forge']],
    ['version: 1\nzzz: 1', ['2:1 unknown key "zzz"; known here: version, targets, review, trustNotes, appliesTo, seniors, people, severities, paths, policyChanges, keys, rules, exclude, agents, emergency, forge']],
    ['version: 1\npeople:\n  alice:\n    email: x', ['4:5 unknown key "email", did you mean "emails"?; known here: emails, github']],
    ['version: 1\nseniors: alice', ['2:10 seniors must be a list']],
    ['version: 1\nseniors: [alice, 7]', ['2:18 seniors.1 must be a text']],
    ['version: 1\nrules: { recursive-delete: sometimes }', ['2:28 rules.recursive-delete must be off, low, medium, high or critical']],
    ['version: 1\nrules: { recursve-delete: off }', ['2:10 there is no rule "recursve-delete", did you mean "recursive-delete"?']],
    ['version: 1\nrules: { toString: off }', ['2:10 there is no rule "toString"']],
    ['version: 1\n__proto__: { x: 1 }', ['2:1 unknown key "__proto__"; known here: version, targets, review, trustNotes, appliesTo, seniors, people, severities, paths, policyChanges, keys, rules, exclude, agents, emergency, forge']],
    ['version: 1\nrules: { recursive-delete: off, zzzzzz: off }\nexcludes: []', ['2:33 there is no rule "zzzzzz"', '3:1 unknown key "excludes", did you mean "exclude"?; known here: version, targets, review, trustNotes, appliesTo, seniors, people, severities, paths, policyChanges, keys, rules, exclude, agents, emergency, forge']],
    ['just text', ['1:1 the policy must be a mapping']],
    ['- version', ['1:1 the policy must be a mapping']],
  ];
  for (const [text, told] of faults) {
    it(`tells what is wrong with ${JSON.stringify(text)}`, () => {
      assert.deepEqual(faultsOf(text), told);
    });
  }

  it('gives the place of broken YAML', () => {
    for (const [text, place] of [['version: 1\nseniors: [a', '2:'], ['version: 1\nversion: 1', '2:1'], ['version: 1\n\tx: 1', '2:'], ['version: 1\nseniors: !secret [a]', '2:10'], ['version: 1\n---\nversion: 1', '2:']] as const) {
      const [first = ''] = faultsOf(text);
      assert.ok(first.startsWith(place), `${JSON.stringify(text)} gave ${first}`);
    }
  });

  it('does not let aliases grow without bound', () => {
    const bomb = ['version: 1', 'a: &a [x,x,x,x,x,x,x,x,x]', ...Array.from({ length: 9 }, (_, level) => `${'bcdefghij'[level] ?? ''}: &${'bcdefghij'[level] ?? ''} [${`*${'abcdefghi'[level] ?? ''},`.repeat(9)}]`)].join('\n');
    assert.ok(faultsOf(bomb).length > 0);
  });
});

describe('applyPolicy', () => {
  const finding = { ruleId: 'recursive-delete', path: 'src/a.ts', severity: 'high' as const };
  const policy = (over: Partial<Policy>): Policy => ({ ...noPolicy, ...over });

  it('gives the same findings without a policy', () => {
    assert.deepEqual(applyPolicy([finding], noPolicy), [finding]);
  });

  it('takes away and raises, and does not lower', () => {
    assert.deepEqual(applyPolicy([finding], policy({ rules: { 'recursive-delete': 'off' } })), []);
    assert.deepEqual(applyPolicy([finding], policy({ rules: { 'recursive-delete': 'critical' } })), [{ ...finding, severity: 'critical' }]);
    assert.deepEqual(applyPolicy([finding], policy({ rules: { 'recursive-delete': 'low' } })), [finding]);
    assert.deepEqual(applyPolicy([finding], policy({ rules: { other: 'off' } })), [finding]);
    assert.deepEqual(applyPolicy([{ ...finding, ruleId: 'constructor' }], noPolicy).length, 1);
  });

  it('leaves excluded paths out', () => {
    assert.deepEqual(applyPolicy([finding], policy({ exclude: ['src'] })), []);
    assert.equal(isExcluded('lib/a.ts', policy({ exclude: ['src'] })), false);
  });
});

describe('matchesGlob', () => {
  const table: readonly (readonly [string, string[], string[]])[] = [
    ['**/fixtures/**', ['fixtures/a', 'x/fixtures/y/z'], ['fixtures.ts', 'xfixtures/a']],
    ['*.sql', ['a.sql', 'x/y/a.sql'], ['a.sql.ts', 'asql']],
    ['/*.sql', ['a.sql'], ['x/a.sql']],
    ['infra/*.tf', ['infra/a.tf'], ['infra/x/a.tf', 'x/infra/a.tf']],
    ['infra/**/*.tf', ['infra/a.tf', 'infra/x/y/a.tf'], ['infra/a.tfx']],
    ['vendor/', ['vendor/a', 'x/vendor/y/z'], ['vendored/a']],
    ['src', ['src', 'src/a', 'x/src/a'], ['srcs/a']],
    ['a?c.ts', ['abc.ts', 'a😀c.ts'], ['ac.ts', 'a/c.ts']],
    ['**', ['a', 'a/b'], []],
    ['a.b', ['a.b'], ['axb']],
    ['(x|y)+', ['(x|y)+'], ['x']],
  ];
  for (const [glob, yes, no] of table) {
    it(`knows what ${glob} matches`, () => {
      assert.deepEqual(yes.filter((path) => !matchesGlob(path, glob)), []);
      assert.deepEqual(no.filter((path) => matchesGlob(path, glob)), []);
    });
  }

  it('takes no exponential time', () => {
    assert.equal(matchesGlob(`${'a/'.repeat(100)}${'a'.repeat(1000)}`, `${'**/*a*'.repeat(1)}/${'**/'.repeat(50)}${'*a'.repeat(50)}b`), false);
  });
});

describe('looseMatcher', () => {
  const table: readonly (readonly [string, string[], string[]])[] = [
    ['infra/**', ['infra/a.tf', 'INFRA/a.tf', 'infra./a.tf', 'infra . /a.tf', 'infra::$INDEX_ALLOCATION/a.tf', 'in\u200cfra/a.tf', 'infra\\a.tf'], ['infras/a.tf', 'x/infra/a.tf', 'infra~1/a.tf', 'in fra/a.tf']],
    ['Infrastructure/*.tf', ['infrastructure/a.tf', 'infrastructure/a.tf:$DATA', 'infrastructure/a.TF.', 'INFRAS~1/a.tf', 'IN1A2B~1/a.tf'], ['infrastructure/a.tfx', 'infra~1/a.tf', 'INFRAS~1.X/a.tf', 'frastr~1/a.tf']],
    ['deploy.production.yaml', ['DEPLOY.PRODUCTION.YAML', 'DEPLOY~1.YAM', 'x/DEPLO~12.YAM'], ['DEPLOY~1.YML', 'DEPLOY~1', 'deploy.yaml']],
    ['migrations/*-live.sql', ['MIGRAT~1/001-live.sql', 'migrations/001-LI~1.SQL'], ['MIGRAT~1/001.sql', 'backup~1/001-live.sql']],
    ['.env.*', ['.ENV.live', 'ENV~1.LIV', 'EN12AB~1.LIV'], ['env.live', 'ENVY~1.LIV']],
    ['stra\u00dfe/r\u00e9sum\u00e9', ['STRASSE/re\u0301sume\u0301', 'stra\u00dfe/R\u00c9SUM\u00c9'], ['strase/r\u00e9sum\u00e9', 'stra\u00dfe/resume']],
    ['odd.', ['odd.'], ['odd']],
    ['keep', ['keep', 'x/Keep'], ['keep~1', 'KEEP~1.TXT']],
  ];
  for (const [glob, yes, no] of table) {
    it(`knows what is taken for what ${glob} matches`, () => {
      assert.deepEqual(yes.filter((path) => !looseMatcher([glob])(path)), []);
      assert.deepEqual(no.filter((path) => looseMatcher([glob])(path)), []);
    });
  }

  it('raises what is asked for, and frees nothing', () => {
    const policy = { ...noPolicy, paths: [{ match: 'infra/**', reviewers: ['carol@corp'], minimum: 'critical' as const }], exclude: ['fixtures/**'] };
    assert.deepEqual(demandsOn('Infra./a.tf', policy), policy.paths);
    assert.deepEqual([isExcluded('fixtures/a.ts', policy), isExcluded('Fixtures/a.ts', policy), isExcluded('fixtures./a.ts', policy)], [true, false, false]);
    assert.deepEqual([asksMore('INFRA/a.tf', 'staging/a.tf', policy), asksMore('infra/a.tf', 'INFRA/a.tf', policy)], [true, false]);
  });
});
