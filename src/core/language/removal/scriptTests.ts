import type { GuardKind } from '../operation.ts';

/** `[[ "$answer" == "y" ]] || exit`, `if [ "$env" != prod ]; then`: what is compared with what, and what comes of it. */
const test = /^(.*?\[\[?\s+)(\S+|"[^"]*")\s+(==?|!=|-eq|-ne)\s+(\S+|"[^"]*")(\s+\]\]?)(.*)$/;

const exits = /^\s*(?:exit|return|die|fail|abort)\b/;
const kinds: readonly (readonly [GuardKind, RegExp])[] = [
  ['dryRun', /dry[-_]?run/i],
  ['confirmation', /answer|reply|confirm|\byn\b|choice|yes|\bok\b|force/i],
  ['environment', /env|host|context|cluster|stage|branch|profile|account/i],
];

/** What a test guards against that lets more through than it did; undefined when it does not. */
export function testWeakened(before: string, after: string): GuardKind | undefined {
  const [had, has] = [test.exec(before), test.exec(after)];
  if (had === null || has === null) return undefined;
  const [, head, subject = '', sign = '', value, , tail = ''] = had;
  const [, headNow, subjectNow, signNow = '', valueNow, , tailNow] = has;
  const kind = kinds.find(([, pattern]) => pattern.test(subject))?.[0];
  if (kind === undefined || head !== headNow || subject !== subjectNow || tail !== tailNow) return undefined;
  const [isEqual, isEqualNow] = [sign, signNow].map((each) => each !== '!=' && each !== '-ne');
  // Another environment is asked for.
  if (isEqual === isEqualNow) return kind === 'environment' && value !== valueNow && isProduction(value) !== isProduction(valueNow) ? kind : undefined;
  const [, joint, then = ''] = /^\s*(\|\||&&)(.*)$/.exec(tail) ?? [];
  const isReachedWhenTrue = joint === undefined || !exits.test(then) ? undefined : joint === '||';
  if (value !== valueNow && isReachedWhenTrue !== undefined && isReachedWhenTrue !== isEqual) return undefined;
  return kind;
}

function isProduction(value = ''): boolean {
  return /prod|live/i.test(value);
}
