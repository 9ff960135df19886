import { LineBag, leastAlike } from '../core/attribution/alike.ts';
import { carried } from '../core/attribution/carried.ts';
import { Departures } from '../core/attribution/departures.ts';
import type { AiRegion } from '../core/attribution/region.ts';
import { readChanges, workTreeChanges } from './changes.ts';
import { Commits } from './commits.ts';
import { headCommit } from './objects.ts';
import type { Place } from './place.ts';

/** A file of the last commit that the work tree has otherwise, or not at all. */
interface Left {
  readonly text: string;
  readonly isGone: boolean;
}

/** Of so many files that differ it is asked what went from them. */
const mostLeft = 500;

/** What the work tree has that the last commit does not, of files about which nobody told anything: large parts that nothing explains are of unknown origin. */
export class Unexplained {
  private readonly commits: Commits;
  private left: Promise<readonly Left[]> | undefined;

  constructor(private readonly place: Place) {
    this.commits = new Commits(place);
  }

  /** Undefined where there is none. What stood in another file of the last commit is explained, also where somebody renamed that one. */
  async regionsOf(path: string, text: string): Promise<readonly AiRegion[] | undefined> {
    const committed = await this.commits.textOf(path);
    const since = (before: string, departures?: Departures) => carried({ text: before, regions: [], at: 0 }, text, 'unexplained', departures);
    if (text === committed || since(committed ?? '').length === 0) return undefined;
    if (committed === undefined && (await this.commits.isCopy(text))) return undefined;
    this.left ??= this.readLeft();
    const left = await this.left;
    const departures = new Departures();
    departures.note(left.map((each) => ({ text: each.text, regions: [] })));
    const regions = since(committed ?? modelAmong(left, text) ?? '', departures);
    return regions.length === 0 ? undefined : regions;
  }

  private async readLeft(): Promise<readonly Left[]> {
    const changes = (await workTreeChanges(this.place, await headCommit(this.place.root))).filter(({ before }) => typeof before === 'object').slice(0, mostLeft);
    const texts = await readChanges(this.place, changes.map(({ path, before }) => ({ path, before, after: 'absent' })));
    return texts.flatMap(({ before }, index) => (before !== undefined && 'text' in before ? [{ text: before.text, isGone: changes[index]?.after === 'absent' || changes[index]?.pathBefore !== undefined }] : []));
  }
}

/** The file that was renamed, as git tells it. */
function modelAmong(left: readonly Left[], text: string): string | undefined {
  const lines = new LineBag(text);
  let [most, model]: [number, string | undefined] = [leastAlike, undefined];
  for (const each of left) {
    const likeness = each.isGone ? lines.likenessTo(new LineBag(each.text)) : 0;
    if (likeness >= most) [most, model] = [likeness, each.text];
  }
  return model;
}
