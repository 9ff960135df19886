/** What a commit says of itself. */
export interface CommitWords {
  /** `Name <email>`. */
  readonly author: string;
  readonly committer: string;
  readonly message: string;
}

/** People whose name in a trailer, or as author or committer, means that an AI took part. */
const agents: readonly (readonly [who: RegExp, tool: string])[] = [
  [/<noreply@anthropic\.com>/i, 'claude'],
  [/<(?:\d+\+)?copilot@(?:users\.noreply\.)?github\.com>/i, 'github-copilot'],
  [/<noreply@openai\.com>/i, 'codex'],
  [/\bcursoragent@cursor\.com\b/i, 'cursor'],
  [/\(aider\)|<noreply@aider\.chat>/i, 'aider'],
];

/**
 * The AI that a commit names, by its author, committer or trailers. That it names one is a hint that its lines may be an AI's; that it names
 * none proves nothing.
 */
export function aiNamedBy({ author, committer, message }: CommitWords): string | undefined {
  const trailers = trailersOf(message);
  const people = [author, committer, ...trailers.filter(({ key }) => key === 'co-authored-by').map(({ value }) => value)];
  for (const [who, tool] of agents) if (people.some((person) => who.test(person))) return tool;
  const assisted = trailers.find(({ key }) => key === 'assisted-by' || key === 'generated-by')?.value;
  return assisted === undefined ? undefined : assisted.split(/[\s:]/)[0];
}

/** Whether a text may hold what `aiNamedBy` looks for, in whatever part of a commit it stands: quick, for whole histories. */
export function mayNameAi(text: string): boolean {
  return /anthropic\.com>|copilot@|noreply@openai\.com|cursoragent@|aider|^(?:assisted|generated)-by:/im.test(text);
}

/** The lines `Key: value` of the last paragraph. */
function trailersOf(message: string): { readonly key: string; readonly value: string }[] {
  const last = message.trimEnd().split(/\n\s*\n/).at(-1) ?? '';
  return last.split('\n').flatMap((line) => {
    const [, key, value] = /^([A-Za-z][\w-]*): *(\S.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [{ key: key.toLowerCase(), value }];
  });
}

/** The commits that a message says were reverted, or squashed into this one. */
export function commitsNamedIn(message: string): { readonly reverted: readonly string[]; readonly squashed: readonly string[]; readonly picked: readonly string[] } {
  const all = (pattern: RegExp) => [...message.matchAll(pattern)].map(([, commit = '']) => commit);
  return {
    reverted: all(/\bThis reverts commit ([0-9a-f]{40,64})\b/g),
    squashed: all(/^commit ([0-9a-f]{40,64})$/gm),
    picked: all(/\(cherry picked from commit ([0-9a-f]{40,64})\)/g),
  };
}
