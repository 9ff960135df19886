import type { OffsetRange } from '../text/offsetRange.ts';
import type { AiRegion } from './region.ts';
import { firstReaching, placedAt } from './regionList.ts';

/**
 * The regions of a text that is edited here and then there. Those behind the last edit count from a base that moves with it, so that an edit costs as much
 * as stands around it, and not what stands in the whole text.
 */
export class RegionBuffer {
  private front: AiRegion[];
  /** The nearest one last; each has moved since by what `shift` grew. */
  private readonly back: { readonly region: AiRegion; readonly shift: number }[] = [];
  private shift = 0;
  private whole: readonly AiRegion[] | undefined;

  constructor(regions: readonly AiRegion[]) {
    this.front = [...regions];
    this.whole = regions;
  }

  get count(): number {
    return this.front.length + this.back.length;
  }

  /** All of them, put together when they are asked for; the same value until the next edit. */
  get regions(): readonly AiRegion[] {
    this.whole ??= this.front.concat(this.back.map((each) => this.placed(each)).reverse());
    return this.whole;
  }

  /**
   * Replaces those that touch the range, and some before and one behind: `change` gets them and gives the ones of the text after.
   * @param before how many in front of the range it may look at, besides
   * @param delta how much longer the text becomes within the range
   */
  edit(range: OffsetRange, delta: number, before: number, change: (around: readonly AiRegion[]) => readonly AiRegion[]): void {
    this.reach(range.endExclusive);
    const first = Math.max(0, firstReaching(this.front, range.start) - before);
    const around = this.front.slice(first);
    const after = change(around);
    let same = 0;
    while (same < around.length && around[same] === after[same]) same++;
    this.front.length = first + same;
    for (const region of after.slice(same)) this.front.push(region);
    this.shift += delta;
    this.whole = undefined;
  }

  /** Has the front end with the first region behind the offset. */
  private reach(offset: number): void {
    while (this.back.length > 0 && (this.front.at(-1)?.range.start ?? -1) <= offset) {
      const next = this.back.pop();
      if (next !== undefined) this.front.push(this.placed(next));
    }
    while ((this.front.at(-2)?.range.start ?? -1) > offset) {
      const last = this.front.pop();
      if (last !== undefined) this.back.push({ region: last, shift: this.shift });
    }
  }

  private placed({ region, shift }: { readonly region: AiRegion; readonly shift: number }): AiRegion {
    const moved = this.shift - shift;
    return placedAt(region, region.range.start + moved, region.range.endExclusive + moved);
  }
}
