import type { Policy } from '../policy/policy.ts';

/**
 * Who a name stands for: a principal, an address or a login of `people` stands for that person, anything else for itself. Spelling does not make somebody
 * else: compared are letters without case, in one form of Unicode.
 */
export function personOf(name: string, { people }: Pick<Policy, 'people'>): string {
  const written = plain(name);
  const login = loginOf(written);
  for (const [principal, { emails, github }] of Object.entries(people)) {
    const isNamed = [principal, ...emails].some((each) => plain(each) === written);
    if (isNamed || (github !== undefined && login === plain(github))) return plain(principal);
  }
  return written;
}

/** Whether a name is one of those who may approve. */
export function isSenior(name: string, policy: Pick<Policy, 'people' | 'seniors'>): boolean {
  return isAmong(name, policy.seniors, policy);
}

export function isAmong(name: string, names: readonly string[], policy: Pick<Policy, 'people'>): boolean {
  const person = personOf(name, policy);
  return names.some((each) => personOf(each, policy) === person);
}

/** The login at GitHub that a name is: bare, or in the address that GitHub gives to those who hide theirs. */
function loginOf(written: string): string | undefined {
  if (!written.includes('@')) return written;
  return /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(written)?.[1];
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
