import type { Project } from '../language/project.ts';
import type { ChangedText } from '../language/reader.ts';
import type { Decoded } from '../text/decode.ts';
import { isStoredElsewhere } from '../text/storedElsewhere.ts';
import type { Finding } from './finding.ts';

/** The unit that is checked: what each changed path held before, and holds after. */
export interface ChangeSet {
  readonly files: readonly ChangedFile[];
  /** Further files of the change that are looked at elsewhere. */
  readonly others?: readonly ChangedText[];
  /** The files that are not being changed; without it nothing is known of them. */
  readonly project?: Project;
}

/** A side that is absent is a file that was not there (before) or is gone (after). */
export interface ChangedFile {
  /** From the repository's or workspace folder's root, with forward slashes. */
  readonly path: string;
  /** Of a file that moved, where the text before stood. */
  readonly pathBefore?: string;
  /** The path that names its findings, where another one decides how they are judged. */
  readonly knownAs?: string;
  readonly before?: Decoded;
  readonly after?: Decoded;
  /** Whether it can be run as a program, as far as that is known. */
  readonly isExecutable?: true;
}

/**
 * What looking at one file came to. "Found nothing", "nothing to check here" (an image, a language without a checker)
 * and "could not look" are three values: the last is told, and the gate treats it as a finding. `unread` tells of a
 * file of which a part could not be read.
 */
export type Look =
  | { readonly kind: 'findings'; readonly path: string; readonly findings: readonly Finding[]; readonly unread?: string }
  | { readonly kind: 'notApplicable'; readonly path: string }
  | { readonly kind: 'unread'; readonly path: string; readonly why: string };

/** Both texts of a file, as far as they could be read and are those of the file. */
export function textsOf({ path, pathBefore, before, after }: ChangedFile): ChangedText {
  const isText = (side: Decoded | undefined): side is { readonly text: string } => side !== undefined && 'text' in side && !isStoredElsewhere(side.text);
  return {
    path,
    ...(pathBefore !== undefined && { pathBefore }),
    ...(isText(before) && { before: before.text }),
    ...(isText(after) && { after: after.text }),
  };
}

/** What moved as it was counts too: others may have named it by its path. */
export function isChanged({ pathBefore, before, after }: ChangedText): boolean {
  return before !== after || pathBefore !== undefined;
}
