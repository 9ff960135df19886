import type { ChangedFile, Look } from '../check/changeSet.ts';
import type { Finding } from '../check/finding.ts';
import { fileBefore } from '../check/movedFile.ts';
import { applyPolicy, asksMore } from '../policy/applyPolicy.ts';
import type { Policy } from '../policy/policy.ts';

/**
 * The findings that a file had before it changed, judged as it was judged then: under the path that it had, and as the policy asks for there. None where the policy asks for more at the path that it has now:
 * then all that it holds is new there.
 */
export async function findingsBefore(file: ChangedFile, policy: Policy, look: (file: ChangedFile) => Promise<Look | undefined>): Promise<readonly Finding[]> {
  const before = fileBefore(file);
  if (before === undefined || asksMore(file.path, before.path, policy)) return [];
  const found = await look(before);
  // Raised like those that they are compared with.
  return found?.kind === 'findings' ? applyPolicy(found.findings, policy) : [];
}
