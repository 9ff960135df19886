import type { Rule } from '../check/rule.ts';
import type { Concern } from '../review/concern.ts';
import type { Blocked, Verdict } from '../review/verdict.ts';
import { commandOf, workflowCommand } from './githubCommands.ts';
import { artifactOf, levelOf, reportingDescriptor, sarifLog, sarifText } from './sarif.ts';

/**
 * What the gate says as a log of SARIF 2.1.0: what is blocked, and what passed because somebody approved it, as an accepted suppression; and what passed and is to be told. What is blocked and no place in a file, such as a branch that would be
 * deleted, is a notification, as is what to do next.
 */
export function verdictSarifOf(verdict: Verdict, { version, rules, pageOf }: { readonly version: string; readonly rules: readonly Rule[]; readonly pageOf: (ruleId: string) => string | undefined }): unknown {
  const blocked = verdict.passed ? [] : verdict.blocked;
  const covered = verdict.passed ? verdict.covered : [];
  const told = [...verdict.notes, ...(verdict.passed && verdict.unjudged !== undefined ? [verdict.unjudged] : []), ...blocked.flatMap((each) => (each.concern === undefined ? [sentence(each)] : [])), ...(verdict.passed ? [] : [verdict.nextStep])];
  return sarifLog({
    version,
    rules: rules.map((rule) => reportingDescriptor(rule, pageOf(rule.id))),
    results: [
      ...blocked.flatMap((each) => (each.concern === undefined ? [] : [resultOf(each.concern, sentence(each), [])])),
      ...covered.map(({ concern, by }) => resultOf(concern, `${concern.title}: ${concern.blastRadius.description}`, [{ kind: 'external', status: 'accepted', justification: sarifText(by.join(', ')) }])),
      ...verdict.warned.map((concern) => resultOf(concern, `${warningWords}: ${concern.title}: ${concern.blastRadius.description}`, [])),
    ],
    invocation: { executionSuccessful: true, toolExecutionNotifications: told.map((text) => ({ level: verdict.passed ? 'note' : 'error', message: { text: sarifText(text) } })) },
    properties: { passed: verdict.passed },
  });
}

const warningWords = 'needs no approval, and is told';

/** Lines that GitHub Actions turns into annotations at what is blocked, and at what passed and is to be told; the sentence that says what to do stands behind them. */
export function verdictCommandsOf(verdict: Verdict): string[] {
  const warnings = verdict.warned.map(({ path, line, title, rule, blastRadius }) => workflowCommand('warning', { file: path, line, title: `${title} (${rule})` }, `${warningWords}: ${blastRadius.description}`));
  if (verdict.passed) return warnings;
  return [
    ...warnings,
    ...verdict.blocked.map((each) => {
      const { concern } = each;
      const title = `Blocked${each.coverage === undefined ? '' : ` (${each.coverage})`}`;
      return concern === undefined ? workflowCommand('error', { title }, sentence(each)) : workflowCommand(commandOf[concern.severity], { file: concern.path, line: concern.line, title: `${title}: ${concern.title} (${concern.rule})` }, `${concern.blastRadius.description}; ${each.because.join('; ')}`);
    }),
    workflowCommand('error', { title: 'What to do' }, verdict.nextStep),
  ];
}

function sentence({ what, because }: Blocked): string {
  return `${what}: ${because.join('; ')}`;
}

function resultOf({ rule, severity, path, line, fingerprint, confidence }: Concern, text: string, suppressions: readonly unknown[]): unknown {
  return {
    ruleId: rule,
    level: levelOf[severity],
    message: { text: sarifText(text) },
    locations: [{ physicalLocation: { artifactLocation: artifactOf(path), region: { startLine: line } } }],
    partialFingerprints: { 'firebreakFinding/v1': fingerprint },
    suppressions,
    properties: { severity, confidence },
  };
}
