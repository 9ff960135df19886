import type { RequestState } from '../../core/review/requestState.ts';
import { nounOf } from '../../core/review/standingWords.ts';
import { plain } from '../inert.ts';
import type { Unsigned } from './reviewDesk.ts';
import { asSentence, findingsIn, reviewersOf, worstFirst } from './reviewWords.ts';

/** How a finding's review is said beside the finding. */
export interface Standing {
  readonly kind: 'requested' | 'approved' | 'stale' | 'rejected';
  /** One line of plain text, made inert. */
  readonly words: string;
}

/** @param isSameText whether the file holds the very bytes that were signed for: an approval of others is none. Undefined when nobody looked. */
export function wordStanding({ request, coverage, by, decisions }: Pick<RequestState, 'request' | 'coverage' | 'by' | 'decisions'>, isSameText: boolean | undefined): Standing {
  switch (coverage) {
    case 'covered':
      if (isSameText === false) return { kind: 'stale', words: 'Changed since approval' };
      return { kind: 'approved', words: `Approved by ${plain(peopleOf(by), 80)}${isSameText === undefined ? ', as it was asked' : ''}` };
    case 'stale':
      return { kind: 'stale', words: 'Approved once, not as it is now' };
    case 'rejected': {
      const rejection = decisions.findLast(({ kind }) => kind === 'reject');
      return { kind: 'rejected', words: rejection === undefined ? 'Rejected' : `Rejected by ${plain(rejection.reviewer, 40)}: ${plain(rejection.reason, 80)}` };
    }
    case 'unverifiable':
      return { kind: 'requested', words: 'Review cannot be verified' };
    case 'pending':
      return { kind: 'requested', words: `Review requested from ${plain(reviewersOf(request), 40)}` };
  }
}

/** `alice@corp (same tree)` names a person and how their approval is bound. */
function peopleOf(by: readonly string[]): string {
  return [...new Set(by.map((each) => each.replace(/ \([^()]*\)$/, '')))].join(', ');
}

/** How long ago, in the largest unit: "5 min", "3 h", "2 d". Both in milliseconds since 1970. */
export function ageOf(then: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - then) / 60_000));
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (24 * 60))} d`;
}

/** A time as a clock on the wall says it, with the zone that this is of: an editor can run elsewhere than the person sits. @param timeZone that of the machine, unless another is named */
export function wordTime(time: string, timeZone?: string): string {
  const parts = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone }).format(Date.parse(time));
}

/** How long until then: "in 13 days". Both in milliseconds since 1970. */
function wordUntil(then: number, now: number): string {
  if (then <= now) return 'over';
  const hours = Math.round((then - now) / 3_600_000);
  if (hours < 1) return 'in less than an hour';
  const [count, unit] = hours < 48 ? [hours, 'hour'] : [Math.round(hours / 24), 'day'];
  return `in ${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** More findings are told by their number: a window has no room for them. */
const mostFindings = 12;

/** Everything that a signature will be on, as plain text for a window that asks. */
export function describeUnsigned({ request, decision, digest, concerns, unasked, missing, takesBack, rejections }: Pick<Unsigned, 'request' | 'decision' | 'digest' | 'concerns' | 'unasked' | 'missing' | 'takesBack' | 'rejections'>, key: string, now: number, timeZone?: string): string {
  const { requester } = request;
  return [
    `${plain(requester.name, 80)} <${plain(requester.email, 80)}> asks, for ${plain(decision.targetRef, 120)}:`,
    plain(request.reason, 300),
    '',
    ...worstFirst(concerns).slice(0, mostFindings).flatMap(({ path, line, severity, title, blastRadius }) => [`• ${severity}: ${plain(title, 120)}, ${plain(path, 160)}:${line}`, `   ${plain(blastRadius.description, 200)}`]),
    ...(concerns.length > mostFindings ? [`• and ${findingsIn(concerns.length - mostFindings)} more, which opening the request shows`] : []),
    ...warned('Also in the change, not asked about and not decided on', unasked),
    ...warned('Asked about, and not in the change', missing),
    ...rejections.map((line) => `\n${asSentence(plain(line, 500))}`),
    '',
    ...(takesBack.length === 0 ? [] : [`Takes back: ${takesBack.map(({ kind, created }) => `the ${nounOf(kind)} of ${wordTime(created, timeZone)}`).join(' and ')}`]),
    `Files: ${decision.manifest.length}`,
    `Reason: ${plain(decision.reason, 200)}`,
    `Expires: ${wordTime(decision.expires, timeZone)}, ${wordUntil(Date.parse(decision.expires), now)}`,
    `Signed by: ${plain(decision.reviewer, 120)}, ${plain(key, 160)}`,
    `Digest: sha256:${digest}`,
  ].join('\n');
}

function warned(heading: string, concerns: readonly { readonly path: string; readonly line: number; readonly title: string }[]): string[] {
  if (concerns.length === 0) return [];
  const named = concerns.slice(0, mostFindings).map(({ path, line, title }) => `• ${plain(title, 120)}, ${plain(path, 160)}:${line}`);
  return ['', `${heading}:`, ...named, ...(concerns.length > mostFindings ? [`• and ${findingsIn(concerns.length - mostFindings)} more`] : [])];
}

/**
 * The last line of a refusal of Firebreak's gate in what a push answered, which says what to do; undefined when somebody else refused. git puts `remote:` before what
 * the other side's hook says.
 */
export function refusalIn(stderr: string): string | undefined {
  const said = stderr.split(/\r?\n/).flatMap((line) => /^(?:remote: )?firebreak: (.*\S)/.exec(line)?.[1] ?? []);
  return said.at(-1);
}

/** Full name of the branch that a refspec of a push names at the remote; undefined where it names none. */
export function pushedTo(refspec: string | undefined): string | undefined {
  const [source = '', destination = source] = (refspec ?? '').replace(/^\+/, '').split(':');
  if (destination === '' || destination === 'HEAD' || /^refs\/(?!heads\/)/.test(destination)) return undefined;
  return destination.startsWith('refs/heads/') ? destination : `refs/heads/${destination}`;
}
