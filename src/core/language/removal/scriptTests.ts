import type { GuardKind } from '../operation.ts';

/** `[[ "$answer" == "y" ]] || exit`, `if [ "$env" != prod ]; then`: what is compared with what, and what comes of it. */
const test = /^(.*?\[\[?\s+)(\S+|"[^"]*")\s+(==?|!=|-eq|-ne)\s+(\S+|"[^"]*")(\s+\]\]?)(.*)$/;

/** Whoever writes conditions writes shorter lines. */
export const longestLine = 500;

const exits = /^\s*(?:exit|return|die|fail|abort)\b/;
const kinds: readonly (readonly [GuardKind, RegExp])[] = [
  ['dryRun', /dry[-_]?run/i],
  ['confirmation', /answer|reply|confirm|\byn\b|choice|yes|\bok\b|force/i],
  ['environment', /env|host|context|cluster|stage|branch|profile|account/i],
];

interface Test {
  /** What stands around the comparison, and what is compared. */
  readonly key: string;
  readonly kind: GuardKind;
  readonly isEqual: boolean;
  readonly value: string;
  /** Whether what follows is reached where the test holds; undefined where the line does not say. */
  readonly isReachedWhenTrue: boolean | undefined;
}

function testIn(line: string): Test | undefined {
  const found = line.length > longestLine ? null : test.exec(line);
  if (found === null) return undefined;
  const [, head = '', subject = '', sign = '', value = '', , tail = ''] = found;
  const kind = kinds.find(([, pattern]) => pattern.test(subject))?.[0];
  if (kind === undefined) return undefined;
  const [, joint, then = ''] = /^\s*(\|\||&&)(.*)$/.exec(tail) ?? [];
  return { key: JSON.stringify([head, subject, tail]), kind, isEqual: sign !== '!=' && sign !== '-ne', value, isReachedWhenTrue: joint === undefined || !exits.test(then) ? undefined : joint === '||' };
}

/** The tests that let more through than they did, by lines that went and came. */
export function testsWeakened(gone: readonly string[], come: readonly string[]): { readonly kind: GuardKind; readonly source: string }[] {
  const now = new Map(come.flatMap((line) => testIn(line) ?? []).map((each) => [each.key, each]));
  if (now.size === 0) return [];
  return gone.flatMap((source) => {
    const was = testIn(source);
    const is = was === undefined ? undefined : now.get(was.key);
    return was !== undefined && is !== undefined && isLooser(was, is) ? [{ kind: was.kind, source }] : [];
  });
}

function isLooser(was: Test, is: Test): boolean {
  // Another environment is asked for.
  if (was.isEqual === is.isEqual) return was.kind === 'environment' && was.value !== is.value && isProduction(was.value) !== isProduction(is.value);
  return was.value === is.value || was.isReachedWhenTrue === undefined || was.isReachedWhenTrue === was.isEqual;
}

function isProduction(value: string): boolean {
  return /prod|live/i.test(value);
}
