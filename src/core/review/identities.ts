import type { Policy } from '../policy/policy.ts';

/**
 * Who a name stands for: a principal, an address or a login of `people` stands for that person, anything else for itself. Spelling does not make somebody
 * else: compared are letters without case, in one form of Unicode. A bare name may be the login at GitHub: that is enough to keep somebody from approving their own, and
 * too little to give them a right (`isAmong`).
 */
export function personOf(name: string, policy: Pick<Policy, 'people'>): string {
  return personWith(name, loginOf(plain(name)), policy);
}

/** Whether a name is one of those who may approve. */
export function isSenior(name: string, policy: Pick<Policy, 'people' | 'seniors'>): boolean {
  return isAmong(name, policy.seniors, policy);
}

/** An account of another server or system that is called like somebody's login at GitHub need not be theirs: that counts only as GitHub says it (`atGithub`). */
export function isAmong(name: string, names: readonly string[], policy: Pick<Policy, 'people'>): boolean {
  const person = personWith(name, name.includes('@') ? loginOf(plain(name)) : undefined, policy);
  return names.some((each) => personOf(each, policy) === person);
}

/** The name of who GitHub says somebody is: the address that it gives to those who hide theirs. */
export function atGithub(login: string): string {
  return `${login}@users.noreply.github.com`;
}

function personWith(name: string, login: string | undefined, { people }: Pick<Policy, 'people'>): string {
  const written = plain(name);
  for (const [principal, { emails, github }] of Object.entries(people)) {
    const isNamed = [principal, ...emails].some((each) => plain(each) === written);
    if (isNamed || (github !== undefined && login === plain(github))) return plain(principal);
  }
  return written;
}

/** The login at GitHub that a name is: bare, or in the address that GitHub gives to those who hide theirs. */
function loginOf(written: string): string | undefined {
  if (!written.includes('@')) return written;
  return /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(written)?.[1];
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
