import { type Decision, type DecisionKind, letsPass } from './decision.ts';
import type { FollowUp } from './emergencies.ts';
import type { RequestState, Unsent } from './requestState.ts';

const nouns = { approve: 'approval', reject: 'rejection', revoke: 'revocation', emergency: 'emergency pass' } as const;

/** What a kind of decision is called. */
export function nounOf(kind: DecisionKind): string {
  return nouns[kind];
}

/** What somebody took back need not be all that lets a change pass, or holds it. @param own who took something back just now; of them it goes on with `again` */
export function stillStands({ id, kind, reviewer, created }: Pick<Decision, 'id' | 'kind' | 'reviewer' | 'created'>, own: string, again: string): string {
  return `Still stands: the ${nouns[kind]} ${id} by ${reviewer}, ${created}${reviewer === own ? `; ${again}` : ''}`;
}

/** A decision that its reviewer took back, and by which one. */
export interface TakenBack {
  readonly by: string;
  readonly kind: DecisionKind;
  readonly revocation: string;
}

/** What was taken back, by whom, in words; each once. */
export function takenBackWords(takenBack: readonly Pick<TakenBack, 'by' | 'kind'>[]): string {
  return [...new Set(takenBack.map(({ by, kind }) => `${by} took back their ${nouns[kind]}`))].join(' and ');
}

/** What has to be said of a request beside where it stands; each a sentence without its end. @param now milliseconds since 1970 */
export function remarksOn({ followUp, atHead, unsent }: Pick<RequestState, 'followUp' | 'atHead' | 'unsent'>, now: number): readonly string[] {
  return [
    ...(unsent === undefined ? [] : [unsentWords(unsent)]),
    ...(followUp === undefined ? [] : [`${followUpWords(followUp)}${now > Date.parse(followUp.until) ? '; that time is over, and no push passes before it' : ''}`]),
    ...(atHead === undefined ? [] : [`covered is what was asked about; HEAD (${atHead.commit.slice(0, 12)}) is ${atHead.coverage}: ${atHead.because.join('; ')}`]),
  ];
}

/** What nobody else can see. */
function unsentWords({ isRequest, isDecision, ...unsent }: NonNullable<RequestState['unsent']>): string {
  return `nobody else has ${[...(isRequest ? ['the request'] : []), ...(isDecision ? ['what was decided on it here'] : [])].join(' and ')}, because that was not sent: ${howToSend(unsent)}`;
}

/** The command that sends what was not sent: records are only ever added, so of several all can go. */
export function howToSend({ remote, refs }: Unsent): string {
  return `git push ${quoted(remote)} ${refs.length === 1 ? refs.join('') : "'refs/firebreak/*'"}`;
}

/** Of a change that landed although it was rejected, or by what was taken back since; undefined of any other. */
export function landedAlthough({ hasLanded, coverage, takenBack }: Pick<RequestState, 'hasLanded' | 'coverage' | 'takenBack'>): string | undefined {
  const passes = takenBack.filter(letsPass);
  if (!hasLanded || coverage === 'covered') return undefined;
  if (coverage === 'rejected') return 'though it is rejected; firebreak audit tells how it came there';
  return passes.length === 0 ? undefined : `though ${takenBackWords(passes)}`;
}

/** A rejection holds whatever others approve; this says until when. */
export function rejectionWords({ reviewer, request, reason }: Pick<Decision, 'reviewer' | 'request' | 'reason'>): string {
  return `${reviewer} rejected it in request ${request.id}, and that holds until the code is another or they take it back (firebreak revoke ${request.id} --as ${quoted(reviewer)} --reason "…"): ${reason}`;
}

/** What rejections mean to somebody who approves a request, or asks for it; each a sentence without its end. What came onto the branch all the same is held only where it would come anew, and an approval may be owed for it. */
export function heldWords(rejections: readonly string[], { request: { targetRef }, hasLanded, followUp }: Pick<RequestState, 'request' | 'hasLanded' | 'followUp'>, who: 'you' | 'others'): readonly string[] {
  if (rejections.length === 0) return [];
  const holds = hasLanded ? `it is on ${targetRef} already, and the gate holds it where it would come anew, whatever ${who} approve` : `the gate holds it whatever ${who} approve`;
  return [...rejections.map((rejection) => `${holds}: ${rejection}`), ...(followUp === undefined ? [] : [`an approval settles all the same what is owed for the emergency: ${followUpWords(followUp)}`])];
}

/** What is owed for an emergency. */
export function followUpWords({ request, by, since, until, of, uncounted }: FollowUp): string {
  const but = uncounted.map((each) => `; ${each}`).join('');
  return `${by} passed request ${request} in an emergency at ${since}, and an approval has to follow by ${until}, ${of.length === 0 ? 'and no senior is left who could give it' : `of ${of.join(' or ')}`}${but}`;
}

/** Of a file that was approved, and in which others landed something since. */
export function movedOnWords(path: string): string {
  return `${path} moved on since it was approved, and what it means is judged with that`;
}

/** A name as one word of a command line. */
export function quoted(name: string): string {
  return /^[\w./@-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
