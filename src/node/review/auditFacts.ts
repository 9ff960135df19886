import { describe } from '../../core/check/blastRadius.ts';
import { isSuppressed } from '../../core/check/suppression.ts';
import { suppressionWord } from '../../core/check/suppressionComment.ts';
import { applyPolicy } from '../../core/policy/applyPolicy.ts';
import { noPolicy } from '../../core/policy/policy.ts';
import type { AuditFacts } from '../../core/report/audit.ts';
import type { JudgedStretch } from '../../core/report/auditChain.ts';
import { LineText } from '../../core/text/lineText.ts';
import { gitAnswer, gitText, RepositoryError } from '../git.ts';
import { textsOf, treeEntries } from '../objects.ts';
import { readReviews } from '../requests.ts';
import { type HistoryQuestion, judgeHistory } from './bypasses.ts';
import type { Analyzer } from './findConcerns.ts';
import { readRules, type Rules } from './policyFacts.ts';
import { readDecisions } from './records.ts';
import { readGateLog } from './gateLog.ts';
import { checkSignatureThen, readSignersOverTime } from './signersThen.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipOf } from './targetTip.ts';

export interface AuditQuestion extends Pick<HistoryQuestion, 'targetRef' | 'since' | 'now' | 'ruleIds' | 'withAnalyzer'> {
  /** The branch whose history the target's begins in. */
  readonly usualRef: string | undefined;
}

/** Reads what is here of requests, decisions and refusals, what is suppressed at the target's tip, and what of its history the gate would have refused. */
export async function readAuditFacts(store: ReviewStore, question: AuditQuestion): Promise<AuditFacts & { readonly history: JudgedStretch }> {
  const { targetRef, ruleIds, withAnalyzer } = question;
  const commit = await tipOf(store, targetRef);
  if (commit === undefined) throw new RepositoryError(`${targetRef} is not known here; fetch it, or name another: --target REF`);
  const { requests, unreadable: badRequests } = await readReviews(store);
  const { decisions, unreadable: badDecisions } = await readDecisions(store.root);
  const { refusals, passes, unreadable: badLines } = await readGateLog(store.commonDir);
  const signersOf = await readSignersOverTime(store, decisions.map(({ decision }) => decision), { ruleIds });
  const verified = decisions.map(async (each) => ({
    decision: each.decision,
    record: each.bytes.toString('utf8'),
    signature: each.signature,
    verdict: await checkSignatureThen(each, signersOf(each.decision)),
  }));
  const { suppressed, unread } = await readSuppressed(store, { targetRef, commit, ruleIds, withAnalyzer });
  const { bypasses, ...history } = await judgeHistory(store, { ...question, tip: commit, stored: { decisions, unreadable: badDecisions }, passes, leftAt: await leftAt(store, question, commit) });
  return {
    requests,
    decisions: await Promise.all(verified),
    refusals,
    bypasses,
    history,
    suppressed,
    targetRef,
    commit,
    unreadable: [...badRequests, ...badDecisions, ...badLines, ...unread],
    describe: ({ blastRadius }) => describe(blastRadius),
  };
}

/** Where a branch beside the default one was begun, or last taken into it: what the default one was merged into lies after that. */
export async function leftAt(store: ReviewStore, { targetRef, usualRef }: Pick<AuditQuestion, 'targetRef' | 'usualRef'>, commit: string): Promise<string | undefined> {
  const usual = usualRef === undefined || usualRef === targetRef ? undefined : await tipOf(store, usualRef);
  if (usual === undefined) return undefined;
  const oldest = (await gitText(store.root, ['rev-list', '--first-parent', '--parents', commit, '--not', usual, '--'])).split('\n').at(-1) ?? '';
  return oldest === '' ? commit : oldest.split(' ')[1];
}

/** What is suppressed in the code of a branch's commit, by its own policy. */
export async function readSuppressed(store: ReviewStore, { targetRef, commit, ruleIds, withAnalyzer }: Pick<AuditQuestion, 'targetRef' | 'ruleIds' | 'withAnalyzer'> & { readonly commit: string }): Promise<Suppressed> {
  const rules = await withPinnedStore(store, (root) => readRules(root, commit, { targetRef, ruleIds }));
  return withAnalyzer(commit, (analyzer) => suppressedAt(store, commit, analyzer, rules));
}

type Suppressed = Pick<AuditFacts, 'suppressed'> & { readonly unread: AuditFacts['unreadable'] };

/** Only files that hold the word are looked at. */
async function suppressedAt({ root }: ReviewStore, commit: string, { checker, startFile }: Pick<Analyzer, 'checker' | 'startFile'>, rules: Rules): Promise<Suppressed> {
  const { stdout } = await gitAnswer(root, ['grep', '--name-only', '-z', '--full-name', '--fixed-strings', '-e', suppressionWord, commit, '--'], { answers: [1] });
  const paths = stdout.toString('utf8').split('\0').flatMap((named) => (named === '' ? [] : [named.slice(commit.length + 1)]));
  const entries = paths.length === 0 ? new Map<string, { readonly oid: string }>() : await treeEntries(root, commit, paths);
  const texts = await textsOf(root, [...entries.values()].map(({ oid }) => oid));
  const policy = 'policy' in rules.policy ? rules.policy.policy : noPolicy;
  const suppressed: AuditFacts['suppressed'][number][] = [];
  const unread: { ref: string; why: string }[] = [];
  for (const path of [...paths].sort()) {
    const after = texts.get(entries.get(path)?.oid ?? '') ?? { unread: 'it is not there' };
    const [look] = await checker.check({ files: [{ path, after }] }, startFile);
    if (look?.kind === 'unread') unread.push({ ref: path, why: look.why });
    if (look?.kind !== 'findings' || !('text' in after)) continue;
    if (look.unread !== undefined) unread.push({ ref: path, why: look.unread });
    const lines = new LineText(after.text);
    for (const finding of applyPolicy(look.findings, policy)) if (isSuppressed(finding)) suppressed.push({ finding, line: lines.positionAt(finding.range.start).line + 1 });
  }
  return { suppressed, unread };
}
