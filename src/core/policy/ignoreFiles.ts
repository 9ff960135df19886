import ignore from 'ignore';

/** The text of a `.gitignore`, and the folder that it stands in: from the root, with forward slashes, '' for the root itself. */
export interface IgnoreFile {
  readonly folder: string;
  readonly text: string;
}

/** Folders that nobody wrote in. */
const never = /(?:^|\/)(?:\.git|node_modules)\//;

/** The paths that no `.gitignore` on the way to them leaves out, as git would say where it cannot be asked. The nearest file to a path decides. */
export function withoutIgnored(paths: readonly string[], files: readonly IgnoreFile[]): string[] {
  const nearestFirst = [...files].sort((one, other) => other.folder.length - one.folder.length).map(({ folder, text }) => ({ inside: folder === '' ? '' : `${folder}/`, rules: ignore().add(text) }));
  return paths.filter((path) => {
    if (never.test(path)) return false;
    for (const { inside, rules } of nearestFirst) {
      if (!path.startsWith(inside)) continue;
      const { ignored, unignored } = rules.test(path.slice(inside.length));
      if (ignored || unignored) return unignored;
    }
    return true;
  });
}
