import path from 'node:path';
import { linesSay } from '../../core/attribution/notes/alignLines.ts';
import type { Source } from '../../core/attribution/notes/attributeText.ts';
import { linesOf } from '../../core/attribution/notes/authoredText.ts';
import { gitFields } from '../git.ts';
import type { CommitNotes } from './commitNotes.ts';
import { shareOf } from './renames.ts';

/** A file of a commit. */
interface HeldFile {
  readonly path: string;
  readonly blob: string;
}

/** Texts that a new file is compared with, and how many of the lines a copy shares. */
const mostCopied = 100;
const leastShare = 1 / 3;
/** Of more files that have the same name or stand beside it, none is likelier than another. */
const mostAlike = 8;

/** What new files may be copies of. */
export class Copies {
  private readonly listed = new Map<string, Promise<readonly HeldFile[]>>();

  constructor(private readonly notes: Pick<CommitNotes, 'place' | 'cache' | 'knownAt' | 'textOf' | 'lookUp'>) {}

  /**
   * Texts with lines of an AI's that a new file may have been made of, the likest ones first: the very same, else those that share enough of their lines with it.
   * @param parent whose files are looked through where nothing that is known here already is like it
   */
  async of({ path: file, blob, text }: HeldFile & { readonly text: string }, parent: string | undefined): Promise<Source[]> {
    const { notes } = this;
    const lines = linesOf(text);
    const sources = notes.cache.sources();
    const same = sources.find((source) => source.blob === blob);
    const alike = same === undefined ? sources.filter((source) => path.extname(source.path) === path.extname(file)).slice(0, mostCopied) : [same];
    const found = likest(lines, (await Promise.all(alike.map((source) => notes.knownAt(source.path, source.blob, '')))).flatMap((each) => each ?? []));
    if (found.length > 0 || parent === undefined || !linesSay(lines)) return found;
    const shares = await Promise.all((await this.heldLike({ path: file, blob }, parent)).map(async (each) => ({ each, share: shareOf(lines, linesOf((await notes.textOf(each.blob)) ?? '')) })));
    return likest(lines, (await Promise.all(shares.filter(({ share }) => share >= leastShare).map(({ each }) => notes.lookUp(parent, each.path)))).flatMap((each) => each ?? []));
  }

  /** Files of a commit with the very same content, else those of the same name and those beside it, of its kind. */
  private async heldLike({ path: file, blob }: HeldFile, commit: string): Promise<readonly HeldFile[]> {
    const files = await (this.listed.get(commit) ?? this.list(commit));
    const others = files.filter((each) => each.path !== file);
    const same = others.filter((each) => each.blob === blob);
    if (same.length > 0) return same.slice(0, 1);
    const { dir, base, ext } = path.posix.parse(file);
    const alike = [others.filter((each) => path.posix.basename(each.path) === base), others.filter((each) => path.posix.dirname(each.path) === (dir === '' ? '.' : dir) && path.posix.extname(each.path) === ext)];
    return alike.filter((each) => each.length <= mostAlike).flat();
  }

  private list(commit: string): Promise<readonly HeldFile[]> {
    const files = gitFields(this.notes.place.root, ['ls-tree', '-r', '-z', commit]).then((fields) =>
      fields.flatMap((field) => {
        const [, blob, name] = /^\d+ blob ([0-9a-f]+)\t([^]+)$/.exec(field) ?? [];
        return blob === undefined || name === undefined ? [] : [{ path: name, blob }];
      }),
    );
    this.listed.set(commit, files);
    return files;
  }
}

function likest(lines: readonly string[], sources: readonly Source[]): Source[] {
  return sources.map((source) => ({ source, share: shareOf(lines, source.lines) })).filter(({ share }) => share >= leastShare).sort((a, b) => b.share - a.share).map(({ source }) => source);
}
