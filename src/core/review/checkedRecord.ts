import type { Decision } from './decision.ts';
import { quoted } from './standingWords.ts';

/** What is wrong with a record, and what to do about it. */
export interface Fault {
  readonly why: string;
  /** One sentence without its end. */
  readonly remedy: string;
  /** Only what came before it is missing: what it says itself counts. */
  readonly isGap?: true;
}

/** A record, what can be said of it, and what is wrong with it. `isOver`: its signature was good, and would not count today. */
export interface CheckedRecord {
  readonly ref: string;
  readonly said: readonly string[];
  readonly faults: readonly Fault[];
  readonly isOver?: true;
}

/** Records that were checked again, in words; none of the texts is inert. */
export interface WordedCheck {
  readonly records: readonly { readonly state: 'good' | 'was good' | 'not good'; readonly ref: string; readonly lines: readonly string[] }[];
  readonly bad: number;
  /** What to do, where something is not good, and what it comes to. */
  readonly summary: readonly string[];
}

export function wordChecked(checked: readonly CheckedRecord[]): WordedCheck {
  const records = checked.map(({ ref, said, faults, isOver = false }) => ({ state: faults.length > 0 ? ('not good' as const) : isOver ? ('was good' as const) : ('good' as const), ref, lines: [...said, ...faults.map(({ why }) => why)] }));
  const countOf = (wanted: WordedCheck['records'][number]['state']) => records.filter(({ state }) => state === wanted).length;
  const [bad, over] = [countOf('not good'), countOf('was good')];
  const judged = records.length === 0 ? '' : bad > 0 ? `, ${bad} not good: ${namesOf(records.flatMap(({ state, ref }) => (state === 'not good' ? [ref] : [])))}` : over > 0 ? `, none bad, of which ${over} would not count today` : ', all good';
  const overTold = over === 0 ? [] : ['What would not count today is no matter where its change has landed; what is still to be approved, another senior approves, or its reviewer with a key that counts: firebreak approve ID --as NAME --reason "…".'];
  const remedies = new Set(checked.flatMap(({ faults }) => faults.map(({ remedy }) => remedy)));
  const [gaps, others] = [checked.filter(isGapAlone).length, checked.filter((each) => each.faults.length > 0 && !isGapAlone(each)).length];
  const meaning = [...(others > 0 ? ['What is not good counts for nothing.'] : []), ...(gaps > 0 ? [`What ${others > 0 ? 'only ' : ''}lacks the decision before it counts all the same.`] : [])];
  return { records, bad, summary: [...(bad > 0 ? [...meaning, ...[...remedies].map((remedy) => `To do: ${remedy}.`)] : []), ...overTold, `${records.length} ${records.length === 1 ? 'record' : 'records'}${judged}`] };
}

function isGapAlone({ faults }: CheckedRecord): boolean {
  return faults.length > 0 && faults.every(({ isGap }) => isGap);
}

/** So many refs are named where it is said what all comes to. */
const mostNamed = 3;

function namesOf(refs: readonly string[]): string {
  return `${refs.slice(0, mostNamed).join(', ')}${refs.length > mostNamed ? ` and ${refs.length - mostNamed} more` : ''}`;
}

export const fetchRemedy = "fetch what is missing: git fetch origin 'refs/firebreak/*:refs/firebreak/*'";

/** The key that signed counts no more, or never did: deciding again by it would change nothing. @param seniors those whom the branch's policy names */
export function remedyForSignature({ kind, reviewer, request: { id } }: Pick<Decision, 'kind' | 'reviewer' | 'request'>, seniors: readonly string[]): string {
  const others = seniors.filter((senior) => senior !== reviewer);
  const command = kind === 'emergency' ? 'approve' : kind;
  const newKey = `${reviewer} decides again with a key that counts: a new one (firebreak init --signing finds or makes it, and prints its line), once its line for ${reviewer} has been approved into .firebreak/allowed_signers: firebreak ${command} ${id} --as ${quoted(reviewer)} --key FILE --reason "…"`;
  if (command !== 'approve') return newKey;
  return `where request ${id} is still to be approved, ${others.length === 0 ? 'another senior' : others.join(' or ')} approves it (firebreak approve ${id} --as ${others.length === 1 ? quoted(others[0] ?? '') : 'NAME'} --reason "…"); or ${newKey}`;
}

/** On a first policy nobody's signature counts but by the signers whom the gate was told. */
export const firstPolicyRemedy = 'name the signers whom the gate was told, as long as the first policy is not there: firebreak verify --bootstrap-signers FILE';

/**
 * One whose decision before it is nowhere. It is told of for as long as that is missing, whatever was decided since.
 * @param missing the ref of the one before @param doubted what the same reviewer decided before it, and nobody knows whether it was taken back
 */
export function remedyForGap({ reviewer }: Pick<Decision, 'reviewer'>, missing: string, doubted: readonly Pick<Decision, 'kind' | 'request'>[]): string {
  const commands = [...new Set(doubted.map(({ kind, request: { id } }) => `firebreak ${kind === 'emergency' ? 'approve' : kind} ${id} --as ${quoted(reviewer)} --reason "…"`))];
  const again = commands.length === 0 ? 'nothing that they decided and is here is in doubt by that, and where it may be a rejection, the gate names it and they decide there again' : `it may take back what they decided before, so where that still matters they decide on it again: ${commands.join('; ')}`;
  return `${fetchRemedy}; where nobody has ${missing}, a record of ${reviewer}, ${again}; that it is missing stays told here`;
}
