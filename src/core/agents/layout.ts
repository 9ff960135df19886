import { createScanner, type Node } from 'jsonc-parser';

/** Put `newText` in the place of what stands from `start` on. Offsets in UTF-16 code units. */
export interface Splice {
  readonly start: number;
  readonly endExclusive: number;
  readonly newText: string;
}

/** @param splices disjoint, relative to the text before */
export function spliced(text: string, splices: readonly Splice[]): string {
  const fromTheEnd = [...splices].sort((a, b) => b.start - a.start);
  return fromTheEnd.reduce((now, { start, endExclusive, newText }) => now.slice(0, start) + newText + now.slice(endExclusive), text);
}

/** What stands between two members: the comma, comments, blanks. */
interface Gap {
  readonly comma: number | undefined;
  /** Where the last comment or the comma ends; where the gap starts if it has neither. */
  readonly end: number;
  readonly hasComment: boolean;
  /** What follows at `end` has to stand on a line of its own. */
  readonly endsInLineComment: boolean;
}

/** How a JSON text with comments is laid out: where a member is put in or taken out so that all others stay as they are. */
export class Layout {
  private readonly lineEnd: string;
  /** Of one level. */
  private readonly indentation: string;
  private readonly isCompact: boolean;

  constructor(private readonly text: string) {
    this.lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
    this.indentation = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
    this.isCompact = !/":\s/.test(text) && text.includes('":');
  }

  /** Behind all that an object or a list holds. @param name of the member of an object */
  insertion(holder: Node, value: unknown, name?: string): readonly Splice[] {
    const { first, last, close } = partsOf(holder);
    const from = last === undefined ? holder.offset + 1 : endOf(last);
    const { comma, end, endsInLineComment } = this.gap(from, close);
    const isOnLines = endsInLineComment || this.isOnLines(holder);
    const indentation = first !== undefined && this.isOnLines(holder) ? this.indentationAt(first.offset) : this.indentationAt(holder.offset) + this.indentation;
    const printed = isOnLines ? JSON.stringify(value, undefined, this.indentation).replaceAll('\n', this.lineEnd + indentation) : this.onOneLine(value);
    const named = name === undefined ? printed : `${JSON.stringify(name)}:${this.isCompact && !isOnLines ? '' : ' '}${printed}`;
    const lead = isOnLines ? this.lineEnd + indentation : last === undefined || this.isCompact ? '' : ' ';
    const tail = isOnLines && last === undefined && !this.text.slice(end, close).includes('\n') ? this.lineEnd + this.indentationAt(holder.offset) : '';
    return [
      ...(last !== undefined && comma === undefined ? [{ start: from, endExclusive: from, newText: ',' }] : []),
      { start: end, endExclusive: end, newText: `${lead}${named}${comma === undefined ? '' : ','}${tail}` },
    ].reduce<Splice[]>(joined, []);
  }

  /** The inverse: with the comma, and the blanks in front of it. Comments stay. */
  removal(member: Node): readonly Splice[] {
    const holder = member.parent;
    if (holder === undefined) return [];
    const { members, close } = partsOf(holder);
    const index = members.indexOf(member);
    const [before, behind] = [members[index - 1], members[index + 1]];
    const gapBefore = this.gap(before === undefined ? holder.offset + 1 : endOf(before), member.offset);
    const gapBehind = this.gap(endOf(member), behind?.offset ?? close);
    if (members.length === 1 && !gapBefore.hasComment && !gapBehind.hasComment) return [{ start: holder.offset + 1, endExclusive: close, newText: '' }];
    const comma = gapBehind.comma ?? gapBefore.comma;
    const rest = gapBehind.comma === undefined ? endOf(member) : gapBehind.comma + 1;
    const isBroken = /^[ \t]*\r?\n/.test(this.text.slice(rest));
    return [
      ...(comma === undefined ? [] : [{ start: comma, endExclusive: comma + 1, newText: '' }]),
      { start: gapBefore.end, endExclusive: endOf(member), newText: gapBefore.endsInLineComment && !isBroken ? this.lineEnd : '' },
    ];
  }

  /** Beside what its members hold. */
  hasComment(holder: Node): boolean {
    const { members, close } = partsOf(holder);
    let from = holder.offset + 1;
    for (const member of members) {
      if (this.gap(from, member.offset).hasComment) return true;
      from = endOf(member);
    }
    return this.gap(from, close).hasComment;
  }

  private gap(from: number, to: number): Gap {
    const scanner = createScanner(this.text);
    scanner.setPosition(from);
    let [comma, end, hasComment, endsInLineComment]: [number | undefined, number, boolean, boolean] = [undefined, from, false, false];
    for (scanner.scan(); scanner.getTokenOffset() < to; scanner.scan()) {
      const start = scanner.getTokenOffset();
      const sign = this.text.charAt(start);
      if (sign === ',') comma = start;
      else if (sign !== '/') continue;
      hasComment ||= sign === '/';
      endsInLineComment = this.text.startsWith('//', start);
      end = start + scanner.getTokenLength();
    }
    return { comma, end, hasComment, endsInLineComment };
  }

  /** Whether each member has a line of its own. What is empty follows what it stands in. */
  private isOnLines(holder: Node): boolean {
    const { first, close } = partsOf(holder);
    if (first !== undefined) return this.text.slice(holder.offset, first.offset).includes('\n');
    const above = holder.parent?.type === 'property' ? holder.parent.parent : holder.parent;
    return above === undefined || this.text.slice(holder.offset, close).includes('\n') || this.isOnLines(above);
  }

  private indentationAt(offset: number): string {
    const start = this.text.lastIndexOf('\n', offset - 1) + 1;
    return /^[ \t]*/.exec(this.text.slice(start, offset))?.[0] ?? '';
  }

  private onOneLine(value: unknown): string {
    return this.isCompact ? JSON.stringify(value) : JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, ' ');
  }
}

/** The comma and the member behind it can fall on one place: in this order. */
function joined(splices: Splice[], next: Splice): Splice[] {
  const last = splices.at(-1);
  if (last?.endExclusive === next.start) splices[splices.length - 1] = { ...last, endExclusive: next.endExclusive, newText: last.newText + next.newText };
  else splices.push(next);
  return splices;
}

function partsOf(holder: Node): { readonly members: readonly Node[]; readonly first: Node | undefined; readonly last: Node | undefined; readonly close: number } {
  const members = holder.children ?? [];
  return { members, first: members[0], last: members.at(-1), close: endOf(holder) - 1 };
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}
