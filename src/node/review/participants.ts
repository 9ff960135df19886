import type { DecisionRecord, GateFacts, Participant } from '../../core/review/facts.ts';
import { gitFields } from '../git.ts';
import { resolveCommit } from '../objects.ts';

/** Whom the commits of a change name, each once. Names are taken as they are written: `.mailmap` belongs to the change. */
export async function readParticipants(root: string, tip: string | undefined, head: string): Promise<readonly Participant[]> {
  const fields = await gitFields(root, ['log', '-z', '--no-mailmap', '--no-show-signature', '--format=%ae%x00%ce%x00%B', head, ...(tip === undefined ? [] : [`^${tip}`]), '--']);
  const found = new Map<string, Participant>();
  const add = (name: string, role: Participant['role']) => {
    // Who names nobody is somebody all the same.
    if (name.trim() !== '' || role !== 'co-author') found.set(`${role} ${name}`, { name, role });
  };
  for (let index = 0; index + 2 < fields.length; index += 3) {
    add(fields[index] ?? '', 'author');
    add(fields[index + 1] ?? '', 'committer');
    // Forges take the trailer from anywhere in the message.
    for (const [, named = ''] of (fields[index + 2] ?? '').matchAll(/^[^\S\n]*co-authored-by\s*:(.*)$/gim)) add(/<([^<>]*)>/.exec(named)?.[1] ?? named.trim(), 'co-author');
  }
  return [...found.values()];
}

/** The same of what emergencies let pass; of one whose commits are not here nobody can say. What nobody signed is not looked at: anybody can write that, about any history. @param root of the pinned store */
export async function readParticipantsOf(root: string, records: readonly DecisionRecord[]): Promise<GateFacts['participantsOf']> {
  const known = new Map<string, readonly Participant[] | undefined>();
  for (const { decision: { kind, base, head }, signature } of records) {
    const key = `${base} ${head}`;
    if (kind !== 'emergency' || !signature.isGood || known.has(key)) continue;
    const areHere = (await Promise.all([base, head].map((commit) => resolveCommit(root, commit)))).every((commit) => commit !== undefined);
    known.set(key, areHere ? await readParticipants(root, base, head) : undefined);
  }
  return ({ base, head }) => known.get(`${base} ${head}`);
}
