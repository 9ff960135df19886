/** The threats that the review has to withstand, in the order of docs/threats.md. */
export const groups = [
  'A forged decision, ref or note',
  'Policy or signers changed by the change itself',
  'An AI agent with a shell in the clone of a junior',
  'An agent on the machine of a senior',
  'Approving what is one\'s own',
  'One byte changed after the approval',
  'Another history with the same bytes',
  'Moved to another repository, branch or time',
  'The AI\'s part erased',
  'A poisoned base',
  'Records that are unreadable or gone',
  'Hostile content of records',
  'Passing by the gate',
  'A server without room, and without end to do',
  'Code that reads like something else',
  'Emergencies, rejections and who is bound',
  'Taken back, and used all the same',
  'Over a real sshd',
] as const;

/** One row of docs/threats.md. The texts are literals: the page is made by reading the sources, without running them. */
export interface Attack {
  /** Who does what. */
  readonly attack: string;
  /** What answers it. */
  readonly answer: string;
  /** What comes of it, as the test asserts it. */
  readonly result: string;
}

/** Attacks of one group; a group may stand in several files. */
export function threats(group: (typeof groups)[number], declare: () => void): void {
  describe(`threat: ${group}`, declare);
}

/** A test against the real thing, and a row of docs/threats.md. */
export function attack({ attack: what, result }: Attack, run: () => void | Promise<void>): void {
  it(`${what}: ${result}`, run);
}
