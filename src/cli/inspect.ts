import { changeFilter, regionsProposed, textAfter } from '../core/check/changeFilter.ts';
import type { ChangedFile, Look } from '../core/check/changeSet.ts';
import { withRegionOf } from '../core/check/attribute.ts';
import type { Finding } from '../core/check/finding.ts';
import { isSuppressed } from '../core/check/suppression.ts';
import { noProject } from '../core/language/project.ts';
import { applyPolicy, isExcluded } from '../core/policy/applyPolicy.ts';
import { noPolicy } from '../core/policy/policy.ts';
import { findingsBefore } from '../core/review/findingsBefore.ts';
import { rules } from '../core/rules/index.ts';
import { LineText } from '../core/text/lineText.ts';
import type { Placed } from '../core/report/sarif.ts';
import { Attribution } from './attribution.ts';
import { lookerFor } from './lookers.ts';
import { lookingHere } from './lookHere.ts';
import type { Selection } from './selection.ts';
import { tasksOf } from './tasks.ts';

/** Which findings count: in AI text, on lines that changed, or any. */
export const checkScopes = ['ai', 'changes', 'all'] as const;
export type CheckScope = (typeof checkScopes)[number];

export type Located = Placed;

export interface Inspection {
  readonly scope: CheckScope;
  readonly located: readonly Located[];
  /** Findings that a comment speaks for: they are told of and stop nothing. */
  readonly suppressed: readonly Located[];
  readonly unread: readonly { readonly path: string; readonly why: string }[];
  /** Files that a checker read. */
  readonly fileCount: number;
  /** Of these, the ones of whose text nobody knows who wrote it. */
  readonly unattributedCount: number;
}

/**
 * Checks what was selected, leaves what the policy and the scope leave, and says where it stands.
 * @param isProposed an agent is about to write it: nobody has to be asked whose it is, and no comment that it brings counts
 */
export async function inspect(selection: Selection, scope: CheckScope, threads?: number, isProposed = false): Promise<Inspection> {
  const { repository } = selection;
  const policy = (await repository?.policyAt(selection.policyCommit, rules.map(({ id }) => id))) ?? noPolicy;
  const located: Located[] = [];
  const unread: { path: string; why: string }[] = [];
  let [fileCount, unattributedCount] = [0, 0];
  const at = selection.project?.at;
  const attribution = repository === undefined || isProposed ? undefined : new Attribution(repository, typeof at === 'object' && 'commit' in at ? at.commit : undefined);
  const looker = lookerFor(selection, scope === 'ai', threads);
  // The texts before are few, and looked at where the answer is needed.
  const lookBefore = lookingHere(noProject);
  const tell = async (file: ChangedFile, look: Look) => {
    if (look.kind === 'unread') unread.push({ path: look.path, why: look.why });
    if (look.kind !== 'findings') return;
    if (look.unread !== undefined) unread.push({ path: look.path, why: look.unread });
    fileCount++;
    const findings = applyPolicy(look.findings, policy);
    if (findings.length === 0 && scope !== 'ai') return;
    const regions = isProposed ? regionsProposed(file) : (await attribution?.of(file.path, textAfter(file), findings.length > 0))?.regions;
    if (regions === undefined) unattributedCount++;
    const before = () => findingsBefore(file, policy, async (old) => (await lookBefore({ files: [old], others: [] }))[0]?.look);
    const attributed = findings.map((finding) => withRegionOf(finding, regions ?? []));
    located.push(...locate(attributed.filter(await scopeFilter(scope, file, attributed, before)), textAfter(file)));
  };
  try {
    for await (const looked of looker.look(tasksOf(selection, (path) => isExcluded(path, policy)))) {
      for (const { file, look } of looked) await tell(file, look);
    }
  } finally {
    await Promise.all([looker.close(), attribution?.close()]);
  }
  const byPlace = (one: Located, other: Located) => (one.finding.path < other.finding.path ? -1 : one.finding.path > other.finding.path ? 1 : one.finding.range.start - other.finding.range.start);
  located.sort(byPlace);
  const [counting, suppressed] = [located.filter(({ finding }) => !isSuppressed(finding)), located.filter(({ finding }) => isSuppressed(finding))];
  return { scope, located: counting, suppressed, unread: unread.sort((one, other) => (one.path < other.path ? -1 : 1)), fileCount, unattributedCount };
}

async function scopeFilter(scope: CheckScope, file: ChangedFile, all: readonly Finding[], before: () => Promise<readonly Finding[]>): Promise<(finding: Finding) => boolean> {
  if (scope === 'all') return () => true;
  return scope === 'ai' ? ({ region }) => region !== undefined : changeFilter(file, all, before);
}

function locate(findings: readonly Finding[], text: string): Located[] {
  if (findings.length === 0) return [];
  const lines = new LineText(text);
  return findings.map((finding) => ({ finding, start: lines.positionAt(finding.range.start), end: lines.positionAt(finding.range.endExclusive) }));
}
