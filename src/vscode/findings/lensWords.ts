import { type BlastRadius, describeBriefly } from '../../core/check/blastRadius.ts';
import { plain } from '../inert.ts';

/** What a lens is made from. */
export interface Worded {
  readonly matched: string;
  readonly blastRadius: BlastRadius;
}

/** Characters that the lenses of one line have room for in a window of 900 px, beside severity, undo and the request for a review: what is longer pushes that out of sight. */
const roomAlone = 47;
const roomTogether = 64;
const leastRoom = 30;

/**
 * What each of the findings of one line would do, in as many words as there is room for. Of several, those that would read alike begin
 * where they differ; that there is no undo is cut last from one that stands alone. `beside` is what else one that stands alone is to say.
 */
export function wordLenses(findings: readonly Worded[], beside: readonly string[] = []): string[] {
  const [first, ...others] = findings;
  if (first === undefined) return [];
  if (others.length === 0) {
    const taken = beside.reduce((sum, { length }) => sum + length + ' · '.length, 0);
    return [describeBriefly({ ...first.blastRadius, effect: shortenAround(plain(first.blastRadius.effect), Math.max(leastRoom, roomAlone - taken)) })];
  }
  const room = Math.max(leastRoom, Math.floor(roomTogether / findings.length));
  const effects = findings.map(({ blastRadius }) => plain(blastRadius.effect));
  const short = effects.map((effect) => shorten(effect, room).replace(/`…$/, '`'));
  return short.map((text, index) => {
    const alike = effects.filter((_, other) => short[other] === text);
    // Beside the first the others go without the words that all begin with, where they take the room of the request.
    if (alike.length === 1) return index === 0 || short.join('').length <= roomAlone ? text : fromDifference(text, short);
    const differing = new Set(alike).size === alike.length;
    return shorten(differing ? fromDifference(effects[index] ?? text, alike) : plain(findings[index]?.matched ?? text), room).replace(/`…$/, '`');
  });
}

/** Without the words that all begin with. */
function fromDifference(text: string, all: readonly string[]): string {
  let same = 0;
  while (same < text.length && all.every((each) => each[same] === text[same])) same++;
  const word = text.lastIndexOf(' ', same - 1) + 1;
  return word === 0 ? text : `…${text.slice(word)}`;
}

/** The same, but the first name in it, which is what the rest is done to, is kept, as far as it takes half of the room: "deletes the CloudFormation… `prod`". */
function shortenAround(text: string, atMost: number): string {
  const short = shorten(text, atMost);
  const [whole] = /`[^`]+`/.exec(text) ?? [];
  if (text.length <= atMost || whole === undefined || short.includes(whole)) return short;
  const most = Math.floor(atMost / 2);
  const name = whole.length <= most ? whole : `${whole.slice(0, most - 2)}…\``;
  const start = text.slice(0, Math.max(0, text.lastIndexOf(' ', atMost - name.length - 2)));
  return start === '' ? short : `${start}… ${name}`;
}

/** Cut at the end of a clause, else behind a name, else behind a word. */
function shorten(text: string, atMost: number): string {
  if (text.length <= atMost) return text;
  const start = text.slice(0, atMost);
  const end = [start.lastIndexOf(', '), start.lastIndexOf('` ') + 1, start.lastIndexOf(' ')].find((at) => at > atMost / 2) ?? atMost;
  return `${start.slice(0, end).replace(/ (?:and|and everything|of|the|in|with|to)$/, '')}…`;
}
