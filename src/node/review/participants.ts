import type { Participant } from '../../core/review/facts.ts';
import { gitFields } from '../git.ts';

/** Whom the commits of a change name, each once. Names are taken as they are written: `.mailmap` belongs to the change. */
export async function readParticipants(root: string, tip: string | undefined, head: string): Promise<readonly Participant[]> {
  const fields = await gitFields(root, ['log', '-z', '--no-mailmap', '--no-show-signature', '--format=%ae%x00%ce%x00%B', head, ...(tip === undefined ? [] : [`^${tip}`]), '--']);
  const found = new Map<string, Participant>();
  const add = (name: string, role: Participant['role']) => {
    if (name.trim() !== '') found.set(`${role} ${name}`, { name, role });
  };
  for (let index = 0; index + 2 < fields.length; index += 3) {
    add(fields[index] ?? '', 'author');
    add(fields[index + 1] ?? '', 'committer');
    // Forges take the trailer from anywhere in the message.
    for (const [, named = ''] of (fields[index + 2] ?? '').matchAll(/^\s*co-authored-by\s*:(.*)$/gim)) add(/<([^<>]*)>/.exec(named)?.[1] ?? named.trim(), 'co-author');
  }
  return [...found.values()];
}
