import type { LandedCommit } from '../../core/review/history.ts';
import { gitFields, gitText } from '../git.ts';
import { treeEntries } from '../objects.ts';

/** A commit of a branch, as far as its history is judged by it. */
export interface HistoryCommit extends LandedCommit {
  readonly parents: readonly string[];
  /** When it was committed, by its own word: milliseconds since 1970. */
  readonly at: number;
  readonly committerName: string;
  /** git's name for the folder of policy, signers and revocations; undefined where there is none. */
  readonly rules: string | undefined;
  readonly hasPolicy: boolean;
}

/** The commits of a history, read along first parents from wherever one is asked for. */
export class HistoryCommits {
  private readonly known = new Map<string, HistoryCommit>();
  private readonly folders = new Map<string, boolean>();

  /** @param root of a pinned store @param leftAt where what is asked for most begins: what lies before it is read one by one */
  constructor(
    private readonly root: string,
    private readonly leftAt?: string,
  ) {}

  async at(commit: string): Promise<HistoryCommit> {
    if (!this.known.has(commit)) await this.load([commit, ...(this.leftAt === undefined ? [] : ['--not', `${this.leftAt}^@`])]);
    if (!this.known.has(commit)) await this.load(['--max-count=1', commit]);
    const found = this.known.get(commit);
    if (found === undefined) throw new Error(`git names no commit ${commit}`);
    return found;
  }

  /** Oldest first, from one of them on, or from the first one. */
  async upTo(tip: string, first: string | undefined): Promise<readonly HistoryCommit[]> {
    const some = await this.load([tip, ...(first === undefined ? [] : ['--not', `${first}^@`])]);
    return some.reverse();
  }

  private async load(asked: readonly string[]): Promise<HistoryCommit[]> {
    const fields = await gitFields(this.root, ['log', '-z', '--first-parent', '--no-mailmap', '--no-show-signature', '--format=%H%x00%P%x00%ct%x00%cn%x00%ce', ...asked, '--']);
    const listed: Omit<HistoryCommit, 'rules' | 'hasPolicy'>[] = [];
    for (let index = 0; index + 4 < fields.length; index += 5) {
      const [commit = '', parents = '', seconds = '', committerName = '', committer = ''] = fields.slice(index, index + 5);
      // What was read before goes on as it did then.
      if (this.known.has(commit)) break;
      listed.push({ commit, parents: parents.split(' ').filter((parent) => parent !== ''), at: Number(seconds) * 1000, committerName, committer });
    }
    const objects = listed.map(({ commit }) => `${commit}:.firebreak\n`).join('');
    const answers = (await gitText(this.root, ['cat-file', '--batch-check=%(objecttype) %(objectname)'], { input: objects })).split('\n');
    const read: HistoryCommit[] = [];
    for (const [index, each] of listed.entries()) {
      const folder = answers[index] ?? '';
      const rules = folder.startsWith('tree ') ? folder.slice('tree '.length) : undefined;
      read.push({ ...each, rules, hasPolicy: rules !== undefined && (await this.namesPolicy(rules)) });
    }
    for (const each of read) this.known.set(each.commit, each);
    return read;
  }

  /** Asked of the folder: of a partial clone the policy itself need not be here. */
  private async namesPolicy(folder: string): Promise<boolean> {
    const known = this.folders.get(folder) ?? (await treeEntries(this.root, folder, ['policy.yml'])).size > 0;
    this.folders.set(folder, known);
    return known;
  }
}
