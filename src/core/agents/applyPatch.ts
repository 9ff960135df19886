import type { FileWrite, TextEdit } from './event.ts';
import { plainPath } from './fields.ts';

/** Whether a text holds a patch in the form that `apply_patch` takes. */
export function isPatch(text: string): boolean {
  return /^\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: )/m.test(text);
}

/** Whether a patch has lines that are no part of what `parsePatch` reads. */
export function isOddPatch(patch: string): boolean {
  return patch.split(/\r?\n/).some((line) => line.startsWith('*** ') && !/^\*\*\* (?:Begin Patch|End Patch|End of File|(?:Add|Update|Delete) File: |Move to: )/.test(line));
}

/**
 * Reads the patch of an `apply_patch` tool: sections `*** Add|Update|Delete File: PATH`, an optional `*** Move to: PATH`, hunks that start with
 * `@@` (and a line that stands before them), lines with ' ', '-' or '+' in front.
 */
export function parsePatch(patch: string): FileWrite[] {
  const writes: FileWrite[] = [];
  for (const section of patch.replaceAll('\r\n', '\n').split(/^(?=\*\*\* (?:Add|Update|Delete) File: )/m)) {
    const [, kind, named = ''] = /^\*\*\* (Add|Update|Delete) File: (.+)/.exec(section) ?? [];
    if (kind === undefined) continue;
    const path = plainPath(named.trim());
    const lines = section.split('\n').slice(1);
    const end = lines.findIndex((line) => line.startsWith('*** End Patch'));
    const body = end === -1 ? lines : lines.slice(0, end);
    if (kind === 'Delete') writes.push({ path, isDeleted: true });
    else if (kind === 'Add') writes.push({ path, before: '', content: body.filter((line) => line.startsWith('+')).map((line) => `${line.slice(1)}\n`).join('') });
    else writes.push(...updated(path, body));
  }
  return writes;
}

function updated(path: string, body: readonly string[]): FileWrite[] {
  const move = body.find((line) => line.startsWith('*** Move to: '));
  const edits = hunksOf(body);
  if (move === undefined) return [{ path, edits }];
  return [{ path, isDeleted: true }, { path: plainPath(move.slice('*** Move to: '.length).trim()), movedFrom: path, edits }];
}

function hunksOf(body: readonly string[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let [old, now]: [string[], string[]] = [[], []];
  let behind: string | undefined;
  const close = () => {
    const [oldText, newText] = [old.join('\n'), now.join('\n')];
    if (oldText !== newText) edits.push({ oldText, newText, ...(behind !== undefined && { behind }) });
    [old, now, behind] = [[], [], undefined];
  };
  for (const line of body) {
    if (line.startsWith('@@')) {
      close();
      behind = line.replace(/^@@ ?/, '').replace(/ ?@@$/, '') || undefined;
    } else if (line.startsWith('-')) old.push(line.slice(1));
    else if (line.startsWith('+')) now.push(line.slice(1));
    else if (line.startsWith(' ')) {
      old.push(line.slice(1));
      now.push(line.slice(1));
    }
  }
  close();
  return edits;
}
