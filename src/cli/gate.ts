import { judge } from '../core/review/gate.ts';
import { showInert } from '../core/review/inert.ts';
import type { Verdict } from '../core/review/verdict.ts';
import { readGateFacts } from '../node/review/gateFacts.ts';
import { ruleIds, signersIn, storeHere, withAnalyzer } from './reviewStore.ts';
import { counted, print, printJson } from './terminal.ts';
import { UsageError } from './usageError.ts';

export interface GateOptions {
  readonly base: string;
  readonly head: string;
  readonly target: string;
  readonly requester?: string;
  readonly bootstrapSigners?: string;
  readonly optional?: boolean;
  readonly format: 'text' | 'json';
}

/** @returns 0 when the branch may move, 1 when it may not */
export async function gate({ base, head, target, requester, bootstrapSigners, optional = false, format }: GateOptions): Promise<number> {
  if (!target.startsWith('refs/')) throw new UsageError(`--target takes a full name, and ${JSON.stringify(target)} is none; write refs/heads/${target}`);
  if (requester?.trim() === '') throw new UsageError('--requester is empty; name who pushes, or leave it out');
  const store = await storeHere();
  const question = { base, head, targetRef: target, pusher: requester, bootstrapSigners: await signersIn(bootstrapSigners), isOptional: optional, ruleIds, now: new Date() };
  const verdict = await withAnalyzer(store, head, async (analyzer) => judge(await readGateFacts(store, question, analyzer)));
  if (format === 'json') printJson({ version: 1, ...verdict });
  else printVerdict(verdict);
  return verdict.passed ? 0 : 1;
}

function printVerdict(verdict: Verdict): void {
  for (const line of verdictLines(verdict)) print(line);
}

/** The last line of a refusal is the sentence that says what to do: editors show only that of a refused push. */
export function verdictLines(verdict: Verdict): string[] {
  const notes = verdict.notes.map(showInert);
  if (verdict.passed) {
    const covered = verdict.covered.map(({ concern, by }) => showInert(`${concern.path}:${concern.line} ${concern.severity} ${concern.rule}: approved by ${by.join(', ')}`));
    return [...notes, ...covered, `The gate is open: ${verdict.covered.length === 0 ? 'nothing needs an approval' : `${counted(verdict.covered.length, 'approval')} looked at, none missing`}.`];
  }
  const blocked = verdict.blocked.flatMap(({ what, coverage, because }) => [showInert(`Blocked${coverage === undefined ? '' : ` (${coverage})`}: ${what}`), ...because.map((reason) => `  ${showInert(reason)}`)]);
  return [...notes, ...blocked, showInert(verdict.nextStep)];
}
