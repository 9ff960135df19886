/** What the command line made of an audit: its text, what has to be said of it, and whether all of it could be read. */
export interface AuditAnswer {
  readonly text: string;
  /** Each a sentence without its end. */
  readonly told: readonly string[];
  readonly isWhole: boolean;
}

/** Throws, with what was said, when there is no audit: 1 says that some could not be read or fetched, and the rest stands in it. */
export function auditAnswer({ exitCode, stdout, stderr }: { readonly exitCode: number; readonly stdout: string; readonly stderr: string }): AuditAnswer {
  const told = stderr.split(/\r?\n/).flatMap((line) => /^firebreak: (.*\S)/.exec(line)?.[1] ?? []);
  if ((exitCode !== 0 && exitCode !== 1) || stdout === '') throw new Error(told.at(-1) ?? `firebreak audit ended with ${exitCode} and said nothing`);
  return { text: stdout, told, isWhole: exitCode === 0 };
}
