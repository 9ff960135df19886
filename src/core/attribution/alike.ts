/** The lines of a text, for telling how much of it stands in another: blanks around them do not count. Sizes in UTF-16 code units. */
export class LineBag {
  readonly size: number;
  private readonly counts = new Map<string, number>();

  constructor(text: string) {
    let size = 0;
    for (const each of text.split('\n')) {
      const line = each.trim();
      if (line === '') continue;
      this.counts.set(line, (this.counts.get(line) ?? 0) + 1);
      size += line.length;
    }
    this.size = size;
  }

  get lines(): Iterable<string> {
    return this.counts.keys();
  }

  /** From 0 to 1: how much of the longer one is in both. */
  likenessTo(other: LineBag): number {
    const most = Math.max(this.size, other.size);
    // No more can be in both than the shorter one has.
    if (most === 0 || Math.min(this.size, other.size) / most < leastAlike) return 0;
    let shared = 0;
    for (const [line, count] of this.counts) shared += line.length * Math.min(count, other.counts.get(line) ?? 0);
    return shared / most;
  }
}

/** From here on git, too, takes a file for another that was renamed. */
export const leastAlike = 0.5;
