import { isWatched } from '../../core/policy/applyPolicy.ts';
import { looseMatcher } from '../../core/policy/glob.ts';
import { branchesShadowedBy, type RefUpdate, shadowsOf } from '../../core/review/pushedRefs.ts';
import { gitText } from '../git.ts';
import { resolveCommit } from '../objects.ts';
import { readRules } from './policyFacts.ts';
import { usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';

/** By the remote's name alone, clones mean its default branch. */
const namesDefault = /^refs\/tags\/(?:remotes\/)?origin(?:\/HEAD)?$/;

export interface RefusedName {
  readonly why: string;
  readonly nextStep: string;
}

/** Why a push is not taken for what the refs are called that it makes or moves, or for what there is already that is called like one; undefined when nothing is wrong. What is there may go. */
export async function refusalOfNames(store: ReviewStore, updates: readonly RefUpdate[], ruleIds: readonly string[]): Promise<RefusedName | undefined> {
  const usual = await usualBranch(store);
  const { policy } = await withPinnedStore(store, (root) => readRules(root, usual?.tip, { targetRef: 'HEAD', ruleIds }));
  const targets = [...(usual === undefined ? [] : [usual.ref]), ...('policy' in policy ? policy.policy.targets : [])];
  const isTarget = (ref: string) => isWatched(ref, { targets });
  // A glob says of no branch that there will be one: that a tag is called like a release is usual.
  const isNamed = looseMatcher(targets.filter((target) => !/[*?]/.test(target)));
  const isLikeTarget = looseMatcher(targets);
  const moved = new Map(updates.map(({ ref, to }) => [ref, to]));
  const isThere = async (branch: string) => (moved.has(branch) ? moved.get(branch) : await resolveCommit(store.root, branch)) !== undefined;
  for (const { ref, from, to } of updates) {
    if (to === undefined) continue;
    if (/^refs\/replace\//i.test(ref)) return { why: `with ${ref} git would show another object in place of one that a watched branch may hold, and nobody looked at that`, nextStep: `Push without ${ref}; objects are replaced only in your own clone.` };
    const shadowed = usual !== undefined && namesDefault.test(ref) ? [usual.ref] : branchesShadowedBy(ref);
    for (const branch of shadowed) {
      if (isNamed(branch) || (isTarget(branch) && (await isThere(branch)))) return refused(`where somebody names ${branch} in short, git would take ${ref} for it, which nobody looked at, and that branch is a watched one or the default one`);
    }
    if (from !== undefined || !ref.startsWith('refs/heads/')) continue;
    if (!isTarget(ref)) {
      if (isLikeTarget(ref)) return refused(`Windows and macOS would take ${ref} for a watched branch or the default one, and nobody looked at it`);
      continue;
    }
    const there = (await gitText(store.root, ['for-each-ref', '--format=%(refname)', ...shadowsOf(ref)])).split('\n');
    const [shadow] = shadowsOf(ref).filter((each) => there.includes(each) && !moved.has(each));
    if (shadow !== undefined) return { why: `where somebody names ${ref} in short, git would take ${shadow} for it, which is there already and nobody looked at, and that branch is a watched one or the default one`, nextStep: `Delete ${shadow} there, and push again.` };
  }
  return undefined;
}

function refused(why: string): RefusedName {
  return { why, nextStep: 'Push it under another name.' };
}
