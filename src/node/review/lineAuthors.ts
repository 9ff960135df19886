import { gitText } from '../git.ts';

/** Who added a line, and when, as the commit says. */
export interface Added {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly by: string;
}

/** Who added some lines of a commit's file. @param root of the pinned store @param lines 1-based */
export async function whoAdded(root: string, commit: string, path: string, lines: readonly number[]): Promise<ReadonlyMap<number, Added>> {
  const asked = [...new Set(lines)];
  if (asked.length === 0) return new Map();
  const told = await gitText(root, ['blame', '--line-porcelain', ...asked.flatMap((line) => ['-L', `${line},${line}`]), commit, '--', path]);
  const added = new Map<number, Added>();
  let [line, name, mail] = [0, '', ''];
  for (const each of told.split('\n')) {
    // The line itself begins with a tab, and says nothing here.
    const [, at] = /^[0-9a-f]{40,64} \d+ (\d+)/.exec(each) ?? [];
    if (at !== undefined) line = Number(at);
    else if (each.startsWith('author ')) name = each.slice('author '.length);
    else if (each.startsWith('author-mail ')) mail = each.slice('author-mail '.length);
    else if (each.startsWith('committer-time ')) added.set(line, { at: new Date(Number(each.slice('committer-time '.length)) * 1000).toISOString(), by: `${name} ${mail}` });
  }
  return added;
}
