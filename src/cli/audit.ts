import { rules } from '../core/rules/index.ts';
import { auditOf } from '../core/report/audit.ts';
import { chainOf, latestOf } from '../core/report/auditChain.ts';
import { csvOf } from '../core/report/auditCsv.ts';
import { auditSarifOf } from '../core/report/auditSarif.ts';
import { sha256Hex } from '../node/digest.ts';
import { gitAnswer } from '../node/git.ts';
import { readAuditFacts } from '../node/review/auditFacts.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { findTarget } from '../node/target.ts';
import { warnOfLostHooks } from './lostHooks.ts';
import { lendAnalyzer, ruleIds, storeHere } from './reviewStore.ts';
import { refresh } from './share.ts';
import { rulePages } from './rulePages.ts';
import { counted, print, printJson, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';
import { readVersion } from './version.ts';

export interface AuditOptions {
  readonly format: 'jsonl' | 'csv' | 'sarif';
  readonly target?: string;
  readonly since?: string;
  readonly fetch: boolean;
}

/** Exports what was flagged, requested, decided, suppressed, refused and bypassed. @returns 1 when some of it could not be read, which is told in the export too, or what others decided could not be fetched */
export async function audit({ format, target, since, fetch }: AuditOptions): Promise<number> {
  if (target?.startsWith('refs/') === false) throw new UsageError(`--target takes a full name, and ${JSON.stringify(target)} is none; write refs/heads/${target}`);
  const store = await storeHere();
  await warnOfLostHooks(store);
  const isWhole = await refresh(store, fetch);
  const usualRef = await usualRefOf(store).catch((error: unknown) => {
    // Where the branch is named, which one is usual matters less.
    if (target === undefined) throw error;
    return undefined;
  });
  const targetRef = target ?? usualRef ?? '';
  const now = new Date();
  const facts = await readAuditFacts(store, { targetRef, usualRef, ruleIds, since: momentOf(since), now, withAnalyzer: lendAnalyzer(store) });
  const entries = auditOf(facts);
  const version = readVersion();
  if (format === 'csv') process.stdout.write(csvOf(entries));
  else if (format === 'sarif') printJson(auditSarifOf(entries, { version, rules, pageOf: rulePages() }));
  else {
    const { lines, digest } = chainOf(entries, { version, targetRef, commit: facts.commit, ...(facts.usual !== undefined && { usual: facts.usual }), history: facts.history, ...latestOf(entries, now.getTime()) }, sha256Hex);
    for (const line of lines) print(line);
    warn(`the last line's SHA-256 is ${digest}; keep it where nobody can change it, and check the file later: firebreak verify --audit FILE --digest ${digest}`);
  }
  const { history: { commits, logged }, bypasses } = facts;
  const sure = bypasses.filter(({ unless }) => unless.length === 0).length;
  const unsure = bypasses.length - sure;
  warn(`${counted(commits, 'commit')} of ${targetRef} judged again${logged > 0 ? `, ${counted(logged, 'move')} known by the gate's own log` : ''}: ${sure === 0 ? 'nothing came past the gate' : `${counted(sure, 'thing')} came past the gate, told as bypassed`}${unsure === 0 ? '' : `${sure === 0 ? ' for sure' : ''}; of ${counted(unsure, 'thing')} it is not in the history whether the gate let ${unsure === 1 ? 'it' : 'them'} in, told as uncertain; the repository that is pushed to knows it by its log`}`);
  if (facts.unreadable.length > 0) warn(`${facts.unreadable.length} could not be read, and stand in the audit as such; see firebreak verify`);
  return facts.unreadable.length === 0 && isWhole ? 0 : 1;
}

/** The branch that changes are usually meant for. */
export async function usualRefOf({ root, isBare }: ReviewStore): Promise<string> {
  if (!isBare) return (await findTarget(root)).ref;
  return (await gitAnswer(root, ['symbolic-ref', '--quiet', 'HEAD'])).stdout.toString('utf8').trim();
}

function momentOf(since: string | undefined): number {
  if (since === undefined) return 0;
  const at = /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(since) ? Date.parse(since) : NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(since.slice(0, 10))) throw new UsageError(`--since takes a day such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z, and ${JSON.stringify(since)} is neither`);
  return at;
}
