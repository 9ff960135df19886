import type { Policy } from '../../core/policy/policy.ts';
import type { Concern } from '../../core/review/concern.ts';
import { demandOf } from '../../core/review/demands.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { RepositoryError } from '../git.ts';
import type { Place } from '../place.ts';
import { type Analyzer, findConcerns } from './findConcerns.ts';

/** Lends what finds concerns in a commit, for as long as it is used. */
export type LendAnalyzer = <T>(commit: string, use: (analyzer: Analyzer) => Promise<T>) => Promise<T>;

/** So many changes are judged for one list: approvals are few, but anybody can make requests that hold what somebody approved. */
const mostJudged = 100;

interface Compared {
  /** The target's tip, or the empty tree where there is none. */
  readonly from: string;
  readonly tree: string;
  readonly policy: Policy;
}

/** What the gate would find in the changes of requests, if they were pushed now; each kind of tree is looked at once. */
export class Judgement {
  private readonly known = new Map<string, readonly Concern[] | { readonly why: string }>();

  constructor(
    private readonly place: Pick<Place, 'root' | 'objectFormat'>,
    private readonly withAnalyzer: LendAnalyzer,
  ) {}

  /** What the request names of the change, and what the policy asks an approval for besides. `as claimed`: nothing that it names is in the change any more. */
  async of(request: ReviewRequest, { from, tree, policy }: Compared): Promise<{ readonly concerns: readonly Concern[] } | { readonly why: string } | 'as claimed'> {
    const found = this.known.get(tree) ?? (await this.find(request.head, { from, tree, policy }));
    this.known.set(tree, found);
    if ('why' in found) return found;
    const named = new Set(request.findings.map(({ fingerprint }) => fingerprint));
    const concerns = found.filter((concern) => named.has(concern.fingerprint) || demandOf(concern, policy, undefined) !== undefined);
    return concerns.length === 0 ? 'as claimed' : { concerns };
  }

  private async find(head: string, { from, tree, policy }: Compared): Promise<readonly Concern[] | { readonly why: string }> {
    if (this.known.size >= mostJudged) return { why: `${mostJudged} changes were judged for this list, and this one was not; ask for it by its id: firebreak show ID` };
    try {
      return await this.withAnalyzer(head, (analyzer) => findConcerns(this.place, { from, to: tree, policy, analyzer }));
    } catch (error) {
      if (!(error instanceof RepositoryError)) throw error;
      return { why: error.message };
    }
  }
}
