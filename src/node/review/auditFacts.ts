import { describe } from '../../core/check/blastRadius.ts';
import { isSuppressed } from '../../core/check/suppression.ts';
import { severities } from '../../core/check/severity.ts';
import type { Finding } from '../../core/check/finding.ts';
import { suppressionWord } from '../../core/check/suppressionComment.ts';
import { applyPolicy } from '../../core/policy/applyPolicy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { AuditFacts } from '../../core/report/audit.ts';
import type { AuditHead } from '../../core/report/auditChain.ts';
import { LineText } from '../../core/text/lineText.ts';
import { gitAnswer, gitText, RepositoryError } from '../git.ts';
import { textsOf, treeEntries } from '../objects.ts';
import { readReviews } from '../requests.ts';
import { isAncestor } from './content.ts';
import { type HistoryQuestion, judgeHistory } from './bypasses.ts';
import type { Analyzer } from './findConcerns.ts';
import { whoAdded } from './lineAuthors.ts';
import { haveSameRules } from './policyFacts.ts';
import { policiesOf, rulesOver, type UsualBranch, usualBranch } from './rulesOver.ts';
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
export async function readAuditFacts(store: ReviewStore, question: AuditQuestion): Promise<AuditFacts & Pick<AuditHead, 'history' | 'usual'>> {
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
  const usual = await usualBeside(store, targetRef, commit);
  const { suppressed, unread } = await readSuppressed(store, { targetRef, commit, usual, ruleIds, withAnalyzer });
  const { bypasses, ...history } = await judgeHistory(store, { ...question, tip: commit, stored: { decisions, unreadable: badDecisions }, passes, leftAt: await leftAt(store, question, commit) });
  return {
    requests,
    decisions: await Promise.all(verified),
    refusals,
    bypasses,
    history,
    ...(usual?.tip !== undefined && { usual: usual.tip }),
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

/** The default branch, where its rules hold for another one beside that one's own, or in place of these. */
export async function usualBeside(store: ReviewStore, targetRef: string, commit: string): Promise<UsualBranch | undefined> {
  const usual = await usualBranch(store);
  if (usual?.tip === undefined || usual.ref === targetRef) return undefined;
  const { tip } = usual;
  return (await withPinnedStore(store, (root) => haveSameRules(root, commit, tip))) ? undefined : usual;
}

/** The default branch as it was at a commit that an audit names; undefined where it never was, or is the branch itself. */
export async function usualAt(store: ReviewStore, targetRef: string, commit: string): Promise<UsualBranch | undefined> {
  const usual = await usualBranch(store);
  return usual?.tip !== undefined && usual.ref !== targetRef && (await isAncestor(store.root, commit, usual.tip)) ? { ...usual, tip: commit } : undefined;
}

/** What is suppressed in the code of a branch's commit, by each of the policies by which the gate judges a change of it. @param usual the default branch, where it has other rules */
export async function readSuppressed(store: ReviewStore, { targetRef, commit, usual, ruleIds, withAnalyzer }: Pick<AuditQuestion, 'targetRef' | 'ruleIds' | 'withAnalyzer'> & { readonly commit: string; readonly usual: UsualBranch | undefined }): Promise<Suppressed> {
  const policies = await withPinnedStore(store, async (root) => policiesOf(await rulesOver(root, { base: commit, head: undefined, usual }, { targetRef, ruleIds })));
  return withAnalyzer(commit, (analyzer) => suppressedAt(store, commit, analyzer, policies));
}

type Suppressed = Pick<AuditFacts, 'suppressed'> & { readonly unread: AuditFacts['unreadable'] };

/** Only files that hold the word are looked at. */
async function suppressedAt(store: ReviewStore, commit: string, { checker, startFile }: Pick<Analyzer, 'checker' | 'startFile'>, policies: readonly Policy[]): Promise<Suppressed> {
  const { root } = store;
  const { stdout } = await gitAnswer(root, ['grep', '--name-only', '-z', '--full-name', '--fixed-strings', '-e', suppressionWord, commit, '--'], { answers: [1] });
  const paths = stdout.toString('utf8').split('\0').flatMap((named) => (named === '' ? [] : [named.slice(commit.length + 1)]));
  const entries = paths.length === 0 ? new Map<string, { readonly oid: string }>() : await treeEntries(root, commit, paths);
  const texts = await textsOf(root, [...entries.values()].map(({ oid }) => oid));
  const suppressed: AuditFacts['suppressed'][number][] = [];
  const unread: { ref: string; why: string }[] = [];
  for (const path of [...paths].sort()) {
    const after = texts.get(entries.get(path)?.oid ?? '') ?? { unread: 'it is not there' };
    const [look] = await checker.check({ files: [{ path, after }] }, startFile);
    if (look?.kind === 'unread') unread.push({ ref: path, why: look.why });
    if (look?.kind !== 'findings' || !('text' in after)) continue;
    if (look.unread !== undefined) unread.push({ ref: path, why: look.unread });
    const lines = new LineText(after.text);
    const found = underEach(look.findings, policies).filter(isSuppressed);
    const added = await withPinnedStore(store, (pinned) => whoAdded(pinned, commit, path, found.flatMap(({ suppression }) => suppression?.line ?? [])));
    for (const finding of found) suppressed.push({ finding, line: lines.positionAt(finding.range.start).line + 1, added: added.get(finding.suppression?.line ?? 0) });
  }
  return { suppressed, unread };
}

/** What any of the policies leaves, as that one has it that makes most of it. */
function underEach(findings: readonly Finding[], policies: readonly Policy[]): readonly Finding[] {
  const left = policies.flatMap((policy) => applyPolicy(findings, policy));
  return findings.flatMap(({ fingerprint }) => left.filter((each) => each.fingerprint === fingerprint).sort((one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity)).slice(0, 1));
}
