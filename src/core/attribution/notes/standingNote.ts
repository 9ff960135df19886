import { mergeNotes } from './mergeNotes.ts';
import { type Note, type NoteFault, objectAt, parseNote, serializeNote, textAt } from './note.ts';

/** What stands on a commit, as it is written there; `blob` names the object that holds it. */
export interface Standing {
  readonly text: string;
  readonly blob: string;
  readonly parsed: Parsed;
}

type Parsed = { readonly note: Note } | { readonly fault: NoteFault };

/** As `parseNote`, where the note stands on a commit: of several that git put one behind the other (`notes.rewriteRef`), those that are about it. */
export function parseNoteOn(commit: string, text: string): Parsed {
  const parsed = parseNote(text);
  if ('note' in parsed) return parsed;
  const parts = text.split(/(?<=\})\n\n/).map(parseNote);
  const notes = parts.flatMap((one) => ('note' in one && isAbout(commit, { parsed: one }) ? [one.note] : []));
  const [first, ...others] = parts.some((one) => 'fault' in one) ? [] : notes;
  return first === undefined ? parsed : { note: others.reduce(mergeNotes, first) };
}

/**
 * What is to stand on a commit of which two texts stand there, or are to. A note about another commit, and a text that is none, say nothing beside one that
 * fits; which object holds it is written down there, and the notes' own history keeps it. Laws: it does not matter which comes first, joining
 * with itself changes nothing, and nothing of either is lost.
 */
export function joinStanding(commit: string, one: Standing, other: Standing): string {
  const texts = [one, other];
  const fitting = texts.flatMap(({ parsed }) => ('note' in parsed && isAbout(commit, { parsed }) ? [parsed.note] : []));
  const [first, ...more] = fitting;
  if (first === undefined) return one.text.includes(other.text) ? one.text : other.text.includes(one.text) ? other.text : texts.map(({ text }) => text).sort().join('\n\n');
  const note = more.reduce(mergeNotes, first);
  const aside = Object.fromEntries(texts.flatMap((each) => asideOf(commit, each)));
  return serializeNote(Object.keys(aside).length === 0 ? note : mergeNotes(note, { files: [], metadata: { ...headOf(note), firebreak: { version: 1, setAside: aside } } }));
}

/** Whether what stands on a commit is a note about it. */
export function isAbout(commit: string, { parsed }: Pick<Standing, 'parsed'>): boolean {
  return 'note' in parsed && textAt(parsed.note.metadata, 'base_commit_sha') === commit;
}

/** The object of a text that is not wholly a note about the commit, with the reason. */
function asideOf(commit: string, { text, blob }: Standing): [string, string][] {
  const parsed = parseNote(text);
  if ('fault' in parsed) return [[blob, `line ${parsed.fault.line}: ${parsed.fault.why}`]];
  return isAbout(commit, { parsed }) ? [] : [[blob, 'it is about another commit']];
}

function headOf({ metadata }: Note): { readonly schema_version: string; readonly base_commit_sha: string; readonly prompts: Note['metadata'] } {
  return { schema_version: textAt(metadata, 'schema_version') ?? '', base_commit_sha: textAt(metadata, 'base_commit_sha') ?? '', prompts: objectAt(metadata, 'prompts') };
}
