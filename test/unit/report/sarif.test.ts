import assert from 'node:assert/strict';
import type { Finding } from '../../../src/core/check/finding.ts';
import { githubCommandsOf } from '../../../src/core/report/githubCommands.ts';
import { type CheckedRun, type Placed, sarifOf } from '../../../src/core/report/sarif.ts';
import { rules } from '../../../src/core/rules/index.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { checkText } from '../../support/check.ts';
import { faultsOfSarif } from '../../support/sarif.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string }; readonly region: Readonly<Record<string, unknown>> } }];
  readonly properties: Readonly<Record<string, unknown>>;
}
interface Log {
  readonly runs: readonly [{ readonly results: readonly Result[]; readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly markdown: string } }[] } }; readonly invocations: readonly [{ readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly unknown[] }] }];
}

async function placed(path: string, text: string): Promise<Placed[]> {
  const lines = new LineText(text);
  return (await checkText(path, text)).map((finding) => ({ finding, start: lines.positionAt(finding.range.start), end: lines.positionAt(finding.range.endExclusive) }));
}

const runOf = (findings: readonly Placed[], unread: CheckedRun['unread'] = []): CheckedRun => ({ version: '1.2.3', rules, pageOf: (id) => `https://example.org/${id}`, findings, unread });

/** Valid, or the test fails. */
function logOf(run: CheckedRun): Log['runs'][0] {
  const log = sarifOf(run);
  assert.deepEqual(faultsOfSarif(log), []);
  return (log as Log).runs[0];
}

const text = 'ls\nrm -rf /srv/a\n# firebreak-ignore recursive-delete: made above (until 2027-01-31)\nrm -rf /srv/b\n';

describe('a SARIF log', () => {
  it('tells place, level, fingerprint, blast radius and suppression of each finding, as the schema has it', async () => {
    const findings = await placed('deploy/a.sh', text);
    const { results, tool } = logOf(runOf(findings));
    const [first, second] = results;
    assert.equal(tool.driver.rules[first?.ruleIndex ?? -1]?.id, 'recursive-delete');
    assert.deepEqual(first?.locations[0].physicalLocation, { artifactLocation: { uri: 'deploy/a.sh', uriBaseId: 'SRCROOT' }, region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 14, snippet: { text: 'rm -rf /srv/a' } } });
    assert.deepEqual(first.partialFingerprints, { 'firebreakFinding/v1': findings[0]?.finding.fingerprint });
    assert.equal(first.level, 'error');
    assert.equal(first.suppressions, undefined);
    assert.deepEqual(Object.keys(first.properties), ['severity', 'confidence', 'blastRadius']);
    assert.deepEqual(second?.suppressions, [{ kind: 'inSource', status: 'accepted', justification: 'made above', properties: { line: 3, until: '2027-01-31' } }]);
  });

  it('has the page of every rule', () => {
    const { tool } = logOf(runOf([]));
    assert.equal(tool.driver.rules.length, rules.length);
    for (const { help } of tool.driver.rules) assert.match(help.markdown, /\*\*Why\.\*\* .*\*\*Instead\.\*\* .*\*\*What it does not see\.\*\* .*````/s);
  });

  it('says that it failed, and where, when a file could not be read', () => {
    const [{ executionSuccessful, toolExecutionNotifications }] = logOf(runOf([], [{ path: 'a b.tf', why: 'it is not valid HCL' }])).invocations;
    assert.equal(executionSuccessful, false);
    assert.deepEqual(toolExecutionNotifications, [
      { descriptor: { id: 'unread-file' }, level: 'error', message: { text: 'Not read: it is not valid HCL' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b.tf', uriBaseId: 'SRCROOT' } } }] },
    ]);
    assert.equal(logOf(runOf([])).invocations[0].executionSuccessful, true);
  });

  it('shows no suppression that an AI wrote as one', async () => {
    const [, second] = await placed('a.sh', text);
    assert.ok(second?.finding.suppression);
    const { finding, ...place } = second;
    const written: Finding = { ...finding, suppression: { ...second.finding.suppression, writtenBy: { range: finding.range, insertionId: 'i', origin: { kind: 'ai', tool: 't' }, evidence: 'reported', insertedAt: 0 } } };
    const [result] = logOf(runOf([{ finding: written, ...place }])).results;
    assert.equal(result?.suppressions, undefined);
    assert.match(result?.message.text ?? '', /counts for nothing, because an AI wrote in it\.$/);
  });

  for (const path of ['a b.sh', 'ü/é.sh', '%2e%2e/x.sh', 'c:/a.sh', 'a#b?c.sh', '[x](command:y).sh', '\u001b[31m.sh', '\ud800.sh', 'a\nb.sh']) {
    it(`keeps the path ${JSON.stringify(path)} a path inside of the root`, async () => {
      const [result] = logOf(runOf(await placed(path, text))).results;
      const { uri } = result?.locations[0].physicalLocation.artifactLocation ?? { uri: '' };
      assert.match(uri, /^[\w%.~!*'()/-]+$/);
      assert.equal(new URL(uri, 'file:///repository/').href.startsWith('file:///repository/'), true);
      assert.equal(decodeURIComponent(uri), path.replace('\ud800', '\ufffd'));
    });
  }

  it('has messages in which nothing formats, links or moves a terminal', async () => {
    const [first] = await placed('a.sh', 'rm -rf "/srv/[x](command:evil)/{0}/\u001b[31m"\n');
    assert.ok(first);
    const [result] = logOf(runOf([first])).results;
    assert.doesNotMatch(result?.message.text ?? '', /(?<!\\)\[x\]\(|(?<!\{)\{0\}|\u001b/);
  });
});

describe('workflow commands of GitHub', () => {
  const lineOf = async (path: string, code = text) => githubCommandsOf({ findings: (await placed(path, code)).slice(0, 1), unread: [] })[0] ?? '';
  it('annotate the place', async () => {
    assert.match(await lineOf('a.sh'), /^::error file=a\.sh,line=2,endLine=2,col=1,endColumn=14,title=Recursive delete \(recursive-delete\)::high: removes/);
  });
  it('have properties that end where they end', async () => {
    assert.match(await lineOf('a,line=9::x%\n.sh'), /^::error file=a%2Cline=9%3A%3Ax%25\\n\.sh,line=2,/);
  });
  it('stay on one line, whatever the code', async () => {
    const line = await lineOf('a.sh', 'rm -rf "/srv/\n::set-output name=x::y%0A"\n');
    assert.doesNotMatch(line, /[\r\n]/);
    assert.doesNotMatch(line, /[^%]%0A/);
  });
  it('tell of a file that was not read', () => {
    assert.deepEqual(githubCommandsOf({ findings: [], unread: [{ path: 'a.tf', why: 'it is not valid HCL' }] }), ['::error file=a.tf,title=Not read::it is not valid HCL']);
  });
  it('are milder for what is less bad', async () => {
    const [first] = await placed('a.sh', text);
    assert.ok(first);
    const commandFor = (severity: Finding['severity']) => githubCommandsOf({ findings: [{ ...first, finding: { ...first.finding, severity } }], unread: [] })[0]?.split(' ')[0];
    assert.deepEqual((['critical', 'high', 'medium', 'low'] as const).map(commandFor), ['::error', '::error', '::warning', '::notice']);
  });
});
