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
