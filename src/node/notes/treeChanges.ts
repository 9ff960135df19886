import { isFileMode, type TreeEntry } from '../objects.ts';
import { isFolderMode, type ObjectReader } from './objectReader.ts';

/** A file that differs between two trees, by its objects; a side that is absent has none. */
export interface TreeChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** The files that differ between two trees: only folders that differ are read. */
export async function treeChanges(reader: ObjectReader, before: string | undefined, after: string | undefined, folder = ''): Promise<TreeChange[]> {
  if (before === after) return [];
  const [old, now] = await reader.difference(before, after);
  const names = [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name)?.oid !== now.get(name)?.oid || old.get(name)?.mode !== now.get(name)?.mode);
  const found = await Promise.all(
    names.map(async (name) => {
      const [one, other] = [old.get(name), now.get(name)];
      const path = `${folder}${name}`;
      const inner = await treeChanges(reader, folderIn(one), folderIn(other), `${path}/`);
      const [fileBefore, fileAfter] = [fileIn(one), fileIn(other)];
      // A file that only became executable holds what it held.
      if (fileBefore === fileAfter) return inner;
      return [{ path, ...(fileBefore !== undefined && { before: fileBefore }), ...(fileAfter !== undefined && { after: fileAfter }) }, ...inner];
    }),
  );
  return found.flat();
}

function folderIn(entry: TreeEntry | undefined): string | undefined {
  return entry !== undefined && isFolderMode(entry.mode) ? entry.oid : undefined;
}

function fileIn(entry: TreeEntry | undefined): string | undefined {
  return entry !== undefined && isFileMode(entry.mode) ? entry.oid : undefined;
}
