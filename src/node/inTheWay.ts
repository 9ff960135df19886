import { statSync } from 'node:fs';
import path from 'node:path';

/**
 * An error of the file system that says that a file stands where a folder belongs, or a folder in a file's place, in words that tell what to do; any other
 * error as it is. @param file where the error itself does not say it
 */
export function inTheWay(error: unknown, file?: string): unknown {
  const { code = '', path: named = file } = error as NodeJS.ErrnoException;
  if (named === undefined || !['ENOTDIR', 'EEXIST', 'EISDIR'].includes(code)) return error;
  const [at, is, belongs] = code === 'EISDIR' ? [named, 'a folder', 'a file'] : [fileAbove(named), 'a file', 'a folder'];
  return at === undefined ? error : new Error(`${at} is ${is} where ${belongs} of Firebreak's belongs; move it away and try again`);
}

/** Of a path and what it stands in, what is no folder. */
function fileAbove(file: string): string | undefined {
  for (let at = file; ; at = path.dirname(at)) {
    try {
      return statSync(at).isDirectory() ? undefined : at;
    } catch {
      if (at === path.dirname(at)) return undefined;
    }
  }
}
