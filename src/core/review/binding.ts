import type { Concern } from './concern.ts';
import type { DecidedFinding, Decision } from './decision.ts';
import type { Content, GateFacts } from './facts.ts';
import { cut, longest } from './request.ts';

/** Whether a decision is on the content that is judged, and how that is known. */
export type Binding = { readonly isBound: true; readonly by: 'same tree' | 'replay' | 'same files' } | { readonly isBound: false; readonly why: string };

/** What is judged, as far as a binding goes by it. */
type Bound = Pick<Concern, 'kind' | 'fingerprint' | 'path' | 'line' | 'evidence' | 'effect' | 'isOfBefore'> & { readonly blastRadius: Pick<Concern['blastRadius'], 'target'> };

/**
 * A decision is bound to a concern by one of: the same tree; the approved head, merged onto the target's tip without a conflict, gives the tree that is judged, and the concern
 * is judged as it was, and nothing landed beside it that it depends on; the file of the concern and every file that its judgement was made from have the approved bytes. A difference in whitespace is a difference. What is
 * about something that was there before is on just that, and on no other text in its place.
 */
export function bindingOf(concern: Bound, decision: Pick<Decision, 'manifest' | 'findings' | 'tree'>, { replay }: Pick<Content, 'replay'>, { tree, files, landedBeside }: Pick<GateFacts, 'tree' | 'files' | 'landedBeside'>): Binding {
  const approved = new Map(decision.manifest.map((entry) => [entry.path, entry]));
  const listed = decision.findings.find(({ fingerprint }) => fingerprint === concern.fingerprint);
  const evidence = [...new Set([...concern.evidence, ...(listed?.evidence ?? [])])].filter((path) => path !== concern.path);
  const needed = [concern.path, ...evidence];
  // git may name content by SHA-1: bytes that differ under one name are nothing that anybody approved.
  const forged = needed.find((path) => files.get(path)?.blob !== undefined && files.get(path)?.blob === approved.get(path)?.blob && files.get(path)?.sha256 !== approved.get(path)?.sha256);
  if (forged !== undefined) return { isBound: false, why: `${forged} has other bytes than those approved, under the same name in git` };
  const isSame = (path: string) => approved.has(path) && approved.get(path)?.blob === files.get(path)?.blob && approved.get(path)?.mode === files.get(path)?.mode;
  const wasSame = (path: string) => approved.get(path)?.oldBlob === files.get(path)?.oldBlob && approved.get(path)?.oldMode === files.get(path)?.oldMode;
  const isOfBefore = concern.kind === 'protected' || concern.isOfBefore === true || files.get(concern.path)?.blob === undefined;
  const wasOther = needed.filter((path) => !wasSame(path));
  const otherBefore: Binding = { isBound: false, why: `${named(wasOther)} not what the change was approved against` };
  if (isOfBefore && wasOther.length > 0) return otherBefore;
  // What is said of a file as a whole is said of how it changes.
  const isSameChange = concern.kind === 'finding' || wasOther.length === 0;
  if (tree === decision.tree && isSameChange) return { isBound: true, by: 'same tree' };
  const otherwise = judgedOtherwise(concern, listed);
  const moved = evidence.filter((path) => !isSame(path));
  const beside = replay !== 'equal' || concern.kind !== 'finding' || isSame(concern.path) ? undefined : landedBeside(concern, approved.get(concern.path)?.blob);
  if (replay === 'equal' && otherwise === undefined && moved.length === 0 && beside === undefined) return { isBound: true, by: 'replay' };
  if (!isSameChange) return otherBefore;
  const changed = needed.filter((path) => !isSame(path));
  // A judgement looks also for files that are nowhere: these are named only where nothing else differs.
  const isAnywhere = (path: string) => [files.get(path), approved.get(path)].some((side) => side?.blob !== undefined || side?.oldBlob !== undefined);
  const shownOf = (paths: readonly string[], more: readonly string[] = []) => [paths, more].map((some) => some.filter(isAnywhere)).find(({ length }) => length > 0) ?? paths;
  if (changed.length === 0) return { isBound: true, by: 'same files' };
  if (replay === 'equal') return { isBound: false, why: otherwise ?? (moved.length > 0 ? `${named(shownOf(moved, changed))} not as approved, and it was judged by that` : `it depends on what has landed meanwhile in ${concern.path}, which was shown to nobody who approved it: ${beside ?? ''}`) };
  return { isBound: false, why: `${named(shownOf(changed))} not as approved${replayWords[replay]}` };
}

/** Why a concern is not what was shown, though its own text is; undefined when it is, or was not judged here. */
function judgedOtherwise({ effect, blastRadius: { target } }: Bound, listed: DecidedFinding | undefined): string | undefined {
  if (effect === undefined || listed === undefined) return undefined;
  const now = [effect, target === undefined ? undefined : cut(target, longest.target)];
  const then = [listed.blastRadius.effect, listed.blastRadius.target];
  return now.every((each, index) => each === then[index]) ? undefined : `with what has landed meanwhile it ${effect}; approved was what ${listed.blastRadius.effect}`;
}

const replayWords = { equal: '', differs: '', conflict: ', and what was approved no longer merges into the branch', missing: ', and the approved commit is not here to compare with' };

function named([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? `${first} is` : `${first} and ${others.length} more ${others.length === 1 ? 'file' : 'files'} are`;
}
