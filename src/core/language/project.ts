/**
 * The files of the project beside those under check, as they are after the change. Paths are from the repository's or
 * workspace folder's root, with forward slashes.
 */
export interface Project {
  /** The text of a file; undefined when there is none, or when it cannot be read. */
  read(path: string): Promise<string | undefined>;
  /** The names of the files directly in a folder (`''` is the root); empty when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
}

/** Where nothing is known of other files. */
export const noProject: Project = { read: () => Promise.resolve(undefined), list: () => Promise.resolve([]) };

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1).replace(/\/$/, '');
}

/** With `.` and `..` taken out; `..` above the root stays at the root. What begins at the disk's root goes on doing so. */
export function joined(folder: string, path: string): string {
  const kept: string[] = [];
  for (const segment of `${folder}/${path}`.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return `${folder.startsWith('/') ? '/' : ''}${kept.join('/')}`;
}
