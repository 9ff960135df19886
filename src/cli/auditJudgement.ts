import { ofBypass } from '../core/report/audit.ts';
import type { AuditFault, AuditHead, CheckedChain, LandedEntry } from '../core/report/auditChain.ts';
import type { Verdict } from '../core/review/verdict.ts';
import { RepositoryError } from '../node/git.ts';
import { resolveCommit } from '../node/objects.ts';
import { type HistoryQuestion, isOfLateRules, judgeHistory, judgeStep } from '../node/review/bypasses.ts';
import { isAncestor } from '../node/review/content.ts';
import { readGateLog } from '../node/review/gateLog.ts';
import { readDecisions } from '../node/review/records.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { lendAnalyzer, ruleIds } from './reviewStore.ts';
import { counted } from './terminal.ts';
import { readVersion } from './version.ts';

interface Judged {
  readonly faults: readonly AuditFault[];
  readonly said: readonly string[];
}

/** Whether the history that an audit judged holds what it tells, and nothing else. What cannot be looked at here is at fault: nobody looked. */
export async function auditJudgement({ head, landed }: CheckedChain, store: ReviewStore | undefined): Promise<Judged> {
  if (head === undefined) return { faults: [], said: [] };
  const { targetRef, commit: tip, history } = head;
  if (store === undefined || (await resolveCommit(store.root, tip)) === undefined) return { faults: [{ why: `what came past the gate could not be judged again: ${tip}, the tip of ${targetRef} then, is not ${store === undefined ? 'here, in no repository' : `in ${store.root}`}; run this in a clone that has it, or fetch it` }], said: [] };
  const log = (await readGateLog(store.commonDir)).passes;
  // What was judged where no log is, is judged again so.
  const passes = history.logged === 0 && log.length > 0 ? [] : log;
  const stored = await readDecisions(store.root);
  const question: HistoryQuestion = { targetRef, tip, leftAt: history.from, since: 0, now: new Date(), ruleIds, stored, passes, withAnalyzer: lendAnalyzer(store) };
  const faults: AuditFault[] = [];
  const said: string[] = [];
  for (const { line, entry } of landed) {
    const found = await judgeEntry(store, entry, head, question);
    if ('why' in found) faults.push({ line, why: found.why });
    else if (found.isCovered) said.push(`line ${line}: ${entry.what} in ${entry.commit} is covered by now`);
  }
  const { bypasses, logged, commits } = await judgeHistory(store, question);
  const isLogHere = logged > 0;
  if (isLogHere ? logged !== history.logged : history.logged === 0 && commits !== history.commits) {
    faults.push({ line: 1, why: `it says that it judged ${counted(history.commits, 'commit')} and took ${counted(history.logged, 'move')} from the log of the gate, and by ${store.root} these are ${commits} and ${logged}` });
  }
  if (history.from !== undefined) said.push(`nothing that landed before ${history.from} was judged`);
  for (const bypass of bypasses) {
    const now = ofBypass(bypass, targetRef);
    const same = landed.find(({ entry }) => isSame(entry, now));
    if (same !== undefined) {
      // A log tells who pushed, and what was let in: with one more is sure.
      if (same.entry.kind === 'bypassed' && log.length === 0 && now.unless.some(isOfLateRules)) said.push(`line ${same.line}: ${now.what} in ${now.commit} is told as bypassed, and is uncertain by what is here: ${now.unless.join(', ')}; the log of the gate may know`);
      else if (same.entry.kind !== now.kind && history.logged === 0 && !isLogHere) faults.push({ line: same.line, why: `it is told as ${same.entry.kind}, and is ${now.kind} by what is here` });
      else if (placeOf(same.entry) !== placeOf(now)) faults.push({ line: same.line, why: `it says something else of ${now.what} than what is found in ${now.commit}` });
      else if (same.entry.kind === 'bypassed' && same.entry.unless.length > 0) faults.push({ line: same.line, why: `it says what would have let in ${now.what}, and is told as bypassed` });
      else if (same.entry.committer !== now.committer || same.entry.at !== now.at) faults.push({ line: same.line, why: `${now.commit} is by ${now.committer}, of ${now.at}` });
      continue;
    }
    const told = `${now.what} ${now.kind === 'bypassed' ? 'came' : 'may have come'} past the gate in ${now.commit}, by the history and the records of ${store.root}, and no line of the audit tells of it`;
    if (history.logged === 0 || isLogHere) faults.push({ why: told });
    // Who edits an audit can write that there was a log.
    else if (now.kind === 'bypassed') faults.push({ why: `${told}; it says that it was made with the log of the gate, which is not here: check it in the repository that has it` });
    else said.push(`${told}; the log of the gate that it was made with, which is not here, may know better`);
  }
  if (passes !== log) faults.push(...(await untoldByLog({ targetRef, landed }, store, { ...question, passes: log })));
  const isOfOther = head.version !== readVersion();
  return { faults: isOfOther ? faults.map(({ why, ...fault }) => ({ ...fault, why: `${why}; the audit is of Firebreak ${head.version}, whose rules may have said otherwise than those of ${readVersion()}: check it with that one` })) : faults, said };
}

/** What only the log of the gate shows: an audit that was made in a clone cannot tell of it, and one out of which it was taken may say that it was made in one. */
async function untoldByLog({ targetRef, landed }: Pick<CheckedChain, 'landed'> & Pick<AuditHead, 'targetRef'>, store: ReviewStore, question: HistoryQuestion): Promise<readonly AuditFault[]> {
  const { bypasses } = await judgeHistory(store, question);
  const sure = bypasses.map((bypass) => ofBypass(bypass, targetRef)).filter(({ kind }) => kind === 'bypassed');
  const untold = sure.filter(({ commit, what }) => !landed.some(({ entry }) => entry.commit === commit && entry.what === what));
  return untold.map(({ what, commit }) => ({ why: `${what} came past the gate in ${commit}, by the log of the gate in ${store.root}, and no line of the audit, which was made without it, tells of it` }));
}

async function judgeEntry(store: ReviewStore, entry: LandedEntry, { targetRef, commit: tip }: AuditHead, question: HistoryQuestion): Promise<{ readonly isCovered: boolean } | { readonly why: string }> {
  if (entry.targetRef !== targetRef || !(await isAncestor(store.root, entry.commit, tip)) || !(await isAncestor(store.root, entry.base, entry.commit))) return { why: `${entry.commit} is no step of ${targetRef}` };
  const holds = (verdict: Verdict) => !verdict.passed && verdict.blocked.some(({ what, concern }) => what === entry.what && concern?.fingerprint === entry.fingerprint);
  try {
    const step = { ...question, tip: entry.commit };
    if (holds(await judgeStep(store, step, entry.base))) return { isCovered: false };
    // What was approved after the audit was made counts by now, and so do rules that came after it. Without a fingerprint it is an emergency that was overdue, and there has to be that.
    const decisions = question.stored.decisions.filter(({ decision }) => entry.fingerprint === undefined && decision.kind === 'emergency');
    const isThere = holds(await judgeStep(store, { ...step, stored: { decisions, unreadable: [] } }, entry.base, true));
    return isThere ? { isCovered: true } : { why: 'it says something else than what the history holds' };
  } catch (error) {
    if (error instanceof RepositoryError) return { why: error.message };
    throw error;
  }
}

/** What is found, where, and how bad it is. */
function placeOf(entry: LandedEntry | ReturnType<typeof ofBypass>): string {
  const { rule, severity, path, line, description } = entry as Partial<ReturnType<typeof ofBypass>> & Readonly<Record<string, unknown>>;
  return JSON.stringify([rule, severity, path, line, description]);
}

function isSame(entry: LandedEntry, { base, commit, what, ...rest }: ReturnType<typeof ofBypass>): boolean {
  const fingerprint = 'fingerprint' in rest ? rest.fingerprint : undefined;
  return entry.base === base && entry.commit === commit && entry.what === what && entry.fingerprint === fingerprint;
}
