import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { promises } from 'node:fs';
import path from 'node:path';
import { decode, type Decoded, largestFileBytes, tooBig } from '../core/text/decode.ts';
import { messageOf } from '../core/text/messageOf.ts';

/**
 * The text of a file below a folder, by its path from there with forward slashes; undefined for what is no file. Links are not followed:
 * what they lead to has a path of its own, or lies outside.
 */
export async function readText(root: string, relative: string): Promise<Decoded | undefined> {
  const named = path.join(root, relative);
  try {
    const { size, isFile } = await promises.lstat(named).then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) return undefined;
    if (!isInside(await promises.realpath(root), await promises.realpath(named))) return { unread: linkedOut };
    return size > largestFileBytes ? tooBig(size) : decode(await promises.readFile(named));
  } catch (error) {
    const why = whyUnread(error, relative);
    return why === undefined ? undefined : { unread: why };
  }
}

/** The same at once, for threads that nobody else needs meanwhile: it takes a third of the time. */
export function readTextNow(root: string, relative: string): Decoded | undefined {
  const named = path.join(root, relative);
  try {
    const found = lstatSync(named);
    if (!found.isFile()) return undefined;
    if (leadsOut(root, path.dirname(named))) return { unread: linkedOut };
    return found.size > largestFileBytes ? tooBig(found.size) : decode(readFileSync(named));
  } catch (error) {
    const why = whyUnread(error, relative);
    return why === undefined ? undefined : { unread: why };
  }
}

const linkedOut = 'a folder on its path is a link that leads out';
const knownToLeadOut = new Map<string, boolean>();

/** Asked for every file of a folder, and answered once. */
function leadsOut(root: string, folder: string): boolean {
  const key = `${root}\0${folder}`;
  let known = knownToLeadOut.get(key);
  if (known === undefined) {
    known = !isInside(realpathSync(root), realpathSync(folder));
    knownToLeadOut.set(key, known);
  }
  return known;
}

export function isInside(folder: string, fsPath: string): boolean {
  const relative = path.relative(folder, fsPath);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Undefined when there is no file to read: what is gone holds nothing to check. */
function whyUnread(error: unknown, relative: string): string | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return relative.includes('\uFFFD') ? 'its name is not UTF-8' : undefined;
    case 'EACCES':
    case 'EPERM':
      return 'reading it is not permitted';
    default:
      return messageOf(error);
  }
}
