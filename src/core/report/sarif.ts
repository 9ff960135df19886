import { describe } from '../check/blastRadius.ts';
import type { Finding } from '../check/finding.ts';
import type { Rule } from '../check/rule.ts';
import { type Severity, severityOf } from '../check/severity.ts';
import { describeSuppression, type Suppression } from '../check/suppression.ts';
import { showInert } from '../review/inert.ts';
import type { Position } from '../text/lineText.ts';

/** A finding with its place in lines; 0-based. */
export interface Placed {
  readonly finding: Finding;
  readonly start: Position;
  readonly end: Position;
}

/** One run of the checker. */
export interface CheckedRun {
  readonly version: string;
  readonly rules: readonly Rule[];
  /** Where the page of a rule is published; undefined when nobody knows. */
  readonly pageOf: (ruleId: string) => string | undefined;
  /** The suppressed ones among them. */
  readonly findings: readonly Placed[];
  readonly unread: readonly { readonly path: string; readonly why: string }[];
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** What other tools make of a severity. */
export const levelOf: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

/** The run as a log of SARIF 2.1.0. Nothing in it names the machine: paths are from the root of the repository. */
export function sarifOf({ version, rules, pageOf, findings, unread }: CheckedRun): unknown {
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  return sarifLog({
    version,
    rules: rules.map((rule) => reportingDescriptor(rule, pageOf(rule.id))),
    results: findings.map((placed) => resultOf(placed, indices.get(placed.finding.ruleId))),
    invocation: {
      executionSuccessful: unread.length === 0,
      toolExecutionNotifications: unread.map(({ path, why }) => ({
        descriptor: { id: 'unread-file' },
        level: 'error',
        message: { text: sarifText(`Not read: ${why}`) },
        locations: [{ physicalLocation: { artifactLocation: artifactOf(path) } }],
      })),
    },
  });
}

/** A log of one run. */
export function sarifLog({ version, rules, results, invocation, properties }: { readonly version: string; readonly rules: readonly unknown[]; readonly results: readonly unknown[]; readonly invocation: object; readonly properties?: object }): unknown {
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Firebreak', version, semanticVersion: version, informationUri: 'https://github.com/firebreak-dev/firebreak', notifications: [{ id: 'unread-file', shortDescription: { text: 'File that could not be checked' } }], rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
        invocations: [invocation],
        results,
        ...(properties !== undefined && { properties }),
      },
    ],
  };
}

/** A file by its path from the root. Half a surrogate pair has no place in a URI. */
export function artifactOf(path: string): { readonly uri: string; readonly uriBaseId: 'SRCROOT' } {
  const uri = path.replaceAll(/\p{Cs}/gu, '\uFFFD').split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: 'SRCROOT' };
}

/** A message: what is in it neither formats, nor links, nor stands for an argument. */
export function sarifText(text: string): string {
  return showInert(text).replaceAll(/\{(\d+)\}/g, '{{$1}}').replaceAll(/(?<!\\)\[(?=[^\]]*\]\()/g, '\\[');
}

export function inSource({ reason, line, until }: Pick<Suppression, 'reason' | 'line' | 'until'>): unknown {
  return { kind: 'inSource', status: 'accepted', justification: showInert(reason), properties: { line, ...(until !== undefined && { until }) } };
}

export function reportingDescriptor({ id, title, why, instead, blindTo, blastRadius, examples }: Rule, page: string | undefined): unknown {
  const severity = severityOf({ ...blastRadius, factors: [] });
  const found = examples.bad.slice(0, 2).map(({ text }) => `\`\`\`\`\n${text.trimEnd()}\n\`\`\`\``);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\nInstead: ${instead}\n\nDoes not see: ${blindTo}`,
      markdown: [`**Why.** ${why}`, `**Instead.** ${instead}`, `**What it does not see.** ${blindTo}`, '**Found:**', ...found].join('\n\n'),
    },
    ...(page !== undefined && { helpUri: page }),
    defaultConfiguration: { level: levelOf[severity] },
    properties: { severity, scope: blastRadius.scope, undo: blastRadius.undo },
  };
}

function resultOf({ finding, start, end }: Placed, ruleIndex: number | undefined): unknown {
  const { ruleId, title, path, matched, severity, confidence, blastRadius, fingerprint, region, suppression } = finding;
  const { scope, undo, target, factors } = blastRadius;
  const told = [describe(blastRadius), ...(suppression?.writtenBy === undefined ? [] : [describeSuppression(finding) ?? ''])].join('; ');
  return {
    ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levelOf[severity],
    message: { text: sarifText(`${title}: ${told}.`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactOf(path),
          region: { startLine: start.line + 1, startColumn: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1, snippet: { text: matched } },
        },
      },
    ],
    partialFingerprints: { 'firebreakFinding/v1': fingerprint },
    ...(suppression !== undefined && suppression.writtenBy === undefined && { suppressions: [inSource(suppression)] }),
    properties: {
      severity,
      confidence,
      blastRadius: { scope, undo, ...(target !== undefined && { target: showInert(target) }), factors: factors.map(({ text }) => showInert(text)) },
      ...(region !== undefined && { origin: { ...region.origin, evidence: region.evidence } }),
    },
  };
}
