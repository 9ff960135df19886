import type { Source } from '../../core/attribution/notes/attributeText.ts';
import { type Deletion, type LineAuthor, linesOf, unseen } from '../../core/attribution/notes/authoredText.ts';
import { isAbout } from '../../core/attribution/notes/standingNote.ts';
import { blobOf, deletionsNoted, misfitOf, pathsOf, readNoted } from '../../core/attribution/notes/noteContent.ts';
import type { CommitNotes } from './commitNotes.ts';
import { standingIn } from './notesRef.ts';

/** Commits whose texts are compared with one that has no note. */
const mostCandidates = 40;
/** Commits that are looked at to know whether one came of another. */
const mostVisited = 2000;

/** Which commits' notes speak of a file: where a forge squashed or rebased, what it made has no note, and only the content tells where it came from. */
export class NoteIndex {
  private commits: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(private readonly notes: CommitNotes) {}

  async knows(path: string): Promise<boolean> {
    this.commits ??= this.read();
    return (await this.commits).has(path);
  }

  /** The file in commits that lie outside of a history, by their notes; what is found by them is inferred. The one with the very same text comes first. */
  async candidates({ commit: of, path, blob }: { commit: string; path: string; blob: string }, without: ReadonlySet<string>): Promise<Source[]> {
    this.commits ??= this.read();
    const commits = ((await this.commits).get(path) ?? []).filter((commit) => !without.has(commit));
    const sources: (Source & { readonly isSame: boolean })[] = [];
    for (const commit of commits.slice(-mostCandidates)) {
      const source = (await this.isBehind(commit, of)) ? undefined : await this.sourceOf(commit, path, blob);
      if (source !== undefined) sources.push(source);
    }
    return sources.sort((a, b) => Number(b.isSame) - Number(a.isSame));
  }

  /** What an AI deleted in a file, by notes of commits that lie outside of a history; it is inferred, and its lines are those of other texts. */
  async deletionsIn({ commit: of, path }: { commit: string; path: string }, without: ReadonlySet<string>): Promise<readonly Deletion[]> {
    this.commits ??= this.read();
    const found: Deletion[] = [];
    for (const commit of ((await this.commits).get(path) ?? []).filter((each) => !without.has(each)).slice(-mostCandidates)) {
      const standing = await this.notes.notes.on(commit);
      const deletions = standing !== undefined && 'note' in standing.parsed && isAbout(commit, standing) ? deletionsNoted(standing.parsed.note, path) : [];
      if (deletions.length > 0 && !(await this.isBehind(commit, of))) found.push(...deletions.map(asInferred));
    }
    return found;
  }

  /** What an AI deleted of a file that is gone, by notes of commits outside of a history that took just the same text away; it is inferred. */
  async goneElsewhere({ commit: of, path, blobs }: { commit: string; path: string; blobs: readonly string[] }): Promise<readonly Deletion[]> {
    this.commits ??= this.read();
    for (const commit of ((await this.commits).get(path) ?? []).slice(-mostCandidates).reverse()) {
      const gone = await this.notes.goneBy(commit, path);
      if (gone === undefined || !blobs.includes(gone.blob) || (await this.isBehind(commit, of))) continue;
      return gone.deletions.map(asInferred);
    }
    return [];
  }

  /** Whether a commit came of another: what stands in it later tells nothing of before. */
  private async isBehind(commit: string, ancestor: string): Promise<boolean> {
    const seen = new Set<string>();
    const waiting = [commit];
    for (let next = waiting.pop(); next !== undefined && seen.size < mostVisited; next = waiting.pop()) {
      if (next === ancestor) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(...((await this.notes.reader.commit(next))?.parents ?? []));
    }
    return seen.size >= mostVisited;
  }

  private async sourceOf(commit: string, path: string, wanted: string): Promise<(Source & { readonly isSame: boolean }) | undefined> {
    const standing = await this.notes.notes.on(commit);
    if (standing === undefined || 'fault' in standing.parsed) return undefined;
    const { note } = standing.parsed;
    // The commit may not be here, but its text.
    const at = await this.notes.reader.commit(commit);
    const blob = blobOf(note, path) ?? (at === undefined ? undefined : await this.notes.reader.fileIn(at.tree, path));
    const text = blob === undefined ? undefined : await this.notes.textOf(blob);
    if (blob === undefined || text === undefined) return undefined;
    const lines = linesOf(text);
    const file = { path, blob, lineCount: lines.length };
    const reading = misfitOf(note, commit, file) === undefined ? readNoted(note, file) : undefined;
    if (reading === undefined || ![...reading.named.values()].some(({ kind }) => kind === 'ai')) return undefined;
    const authors = lines.map((_, line): LineAuthor => inferred(reading.named.get(line) ?? unseen));
    return { text, lines, authors, deletions: [], isSame: blob === wanted };
  }

  private async read(): Promise<Map<string, string[]>> {
    const byPath = new Map<string, string[]>();
    const listed = [...(await this.notes.notes.all())];
    const read = await Promise.all(listed.map(async ([commit, blob]) => [commit, await standingIn(this.notes.reader, commit, blob)] as const));
    for (const [commit, standing] of read) {
      if (standing === undefined || 'fault' in standing.parsed) continue;
      for (const path of pathsOf(standing.parsed.note)) {
        const commits = byPath.get(path);
        if (commits === undefined) byPath.set(path, [commit]);
        else commits.push(commit);
      }
    }
    return byPath;
  }
}

function asInferred(deletion: Deletion): Deletion {
  return { ...deletion, author: { ...deletion.author, evidence: 'inferred' } };
}

function inferred(author: LineAuthor): LineAuthor {
  return author.kind === 'ai' ? { ...author, evidence: 'inferred' } : unseen;
}
