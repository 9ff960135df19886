import type { Concern } from './concern.ts';
import type { Decision } from './decision.ts';
import type { Content, GateFacts } from './facts.ts';

/** Whether a decision is on the content that is judged, and how that is known. */
export type Binding = { readonly isBound: true; readonly by: 'same tree' | 'replay' | 'same files' } | { readonly isBound: false; readonly why: string };

/**
 * A decision is bound to a concern by one of: the same tree; the approved head, merged onto the target's tip without a conflict, gives the tree that is judged; the file
 * of the concern and every file that its judgement was made from have the approved bytes. A difference in whitespace is a difference.
 */
export function bindingOf(concern: Pick<Concern, 'fingerprint' | 'path' | 'evidence'>, decision: Decision, { replay }: Content, { tree, files }: Pick<GateFacts, 'tree' | 'files'>): Binding {
  const approved = new Map(decision.manifest.map((entry) => [entry.path, entry]));
  const listed = decision.findings.find(({ fingerprint }) => fingerprint === concern.fingerprint)?.evidence ?? [];
  const needed = [...new Set([concern.path, ...concern.evidence, ...listed])];
  // git may name content by SHA-1: bytes that differ under one name are nothing that anybody approved.
  const forged = needed.find((path) => files.get(path)?.blob !== undefined && files.get(path)?.blob === approved.get(path)?.blob && files.get(path)?.sha256 !== approved.get(path)?.sha256);
  if (forged !== undefined) return { isBound: false, why: `${forged} has other bytes than those approved, under the same name in git` };
  if (tree === decision.tree) return { isBound: true, by: 'same tree' };
  if (replay === 'equal') return { isBound: true, by: 'replay' };
  const isSame = (path: string) => approved.has(path) && approved.get(path)?.blob === files.get(path)?.blob && approved.get(path)?.mode === files.get(path)?.mode;
  const changed = needed.filter((path) => !isSame(path));
  if (changed.length === 0) return { isBound: true, by: 'same files' };
  return { isBound: false, why: `${named(changed)} not as approved${replayWords[replay]}` };
}

const replayWords = { equal: '', differs: '', conflict: ', and what was approved no longer merges into the branch', missing: ', and the approved commit is not here to compare with' };

function named([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? `${first} is` : `${first} and ${others.length} more ${others.length === 1 ? 'file' : 'files'} are`;
}
