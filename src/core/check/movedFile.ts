import { isSameData } from '../language/config/dataComparison.ts';
import { isOfModule, isTofu } from '../language/hcl/files.ts';
import { familyOf, languageOf } from '../language/language.ts';
import { folderOf } from '../language/project.ts';
import type { Decoded } from '../text/decode.ts';
import type { ChangedFile } from './changeSet.ts';
import { namesProduction } from './factors.ts';

/**
 * What is looked at of a file that changed. One that moved to where it is read as something else, or out of or into what is left out, is one that went and one that came: nothing of its text before tells what it
 * was as what it is now.
 */
export function filesToCheck(file: ChangedFile, isLeftOut: (path: string) => boolean): readonly ChangedFile[] {
  const { path, pathBefore, before, after } = file;
  const isTaken = (each: ChangedFile) => !isLeftOut(each.path);
  if (pathBefore === undefined) return [file].filter(isTaken);
  if (isTaken(file) && !isLeftOut(pathBefore) && isReadAlike(file, pathBefore)) return [file];
  return [{ path: pathBefore, ...(before !== undefined && { before }) }, { path, ...(after !== undefined && { after }) }].filter(isTaken);
}

/** The text before as a file of its own, to be looked at under the path that it had; undefined where that tells nothing of what is there now, as of what came to production from elsewhere. */
export function fileBefore({ path, pathBefore = path, before }: ChangedFile): ChangedFile | undefined {
  if (before === undefined || (namesProduction(path) && !namesProduction(pathBefore))) return undefined;
  return { path: pathBefore, after: before, knownAs: path };
}

function isReadAlike({ path, before, after }: ChangedFile, pathBefore: string): boolean {
  const [was, is] = [languageOf(pathBefore, firstLineOf(before)), languageOf(path, firstLineOf(after))];
  if (was === undefined || is === undefined) return was === is;
  if (familyOf(was) !== familyOf(is)) return false;
  // To Terraform a file that goes to another folder is gone from one module and new in another one, and one whose ending only OpenTofu knows is gone.
  if (is === 'hcl') return folderOf(pathBefore) === folderOf(path) && isOfModule(pathBefore) === isOfModule(path) && isTofu(pathBefore) === isTofu(path);
  return before === undefined || 'unread' in before || isSameData(before.text, pathBefore, path);
}

function firstLineOf(text: Decoded | undefined): string {
  return text === undefined || 'unread' in text ? '' : (/^.*/.exec(text.text)?.[0] ?? '');
}
