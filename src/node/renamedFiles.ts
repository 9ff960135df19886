import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { LineBag, leastAlike } from '../core/attribution/alike.ts';
import { canBeCopied } from '../core/attribution/copiedText.ts';
import { knownTexts, type Traces } from '../core/attribution/reconcile.ts';
import type { Commits } from './commits.ts';
import type { Elsewhere, KnownFile } from './elsewhere.ts';
import { readText } from './workFile.ts';

/** A file whose text another one was made of. */
export interface Model {
  readonly path: string;
  readonly text: string;
}

interface Candidate extends Model {
  readonly lines: LineBag;
  /** When it was first told of, in milliseconds since 1970. */
  readonly since: number;
}

/** So long what was read of the candidates holds. */
const freshMs = 1000;
/** Shorter lines are in every file. */
const leastLine = 8;
/** Of files that are gone, those that were told of last: of each the journal has to be read. */
const mostGone = 200;

/** Finds what a file was that somebody renamed or copied and then changed, before anybody looked. */
export class RenamedFiles {
  private readonly known = new Map<string, { readonly stamp: string; readonly candidate: Promise<Candidate | undefined> }>();

  /** By line the candidates that have it: a check asks for many files that are like none. */
  private index: { readonly at: number; readonly byLine: Promise<ReadonlyMap<string, readonly Candidate[]>> } | undefined;

  constructor(
    private readonly root: string,
    private readonly elsewhere: Elsewhere,
    private readonly commits: Pick<Commits, 'textBefore'>,
    /** What is known of a file by itself. */
    private readonly tracesOf: (path: string) => Promise<Traces>,
  ) {}

  /** The file in which an AI wrote that is most like this one, as git tells renames; undefined where none is, and where this one was there before. */
  async modelOf(file: string, text: string): Promise<Model | undefined> {
    if (!canBeCopied(text)) return undefined;
    const byLine = await this.freshIndex();
    if (byLine.size === 0) return undefined;
    const lines = new LineBag(text);
    const near = new Set<Candidate>();
    for (const line of lines.lines) for (const candidate of byLine.get(line) ?? []) if (candidate.path !== file) near.add(candidate);
    let [most, model]: [number, Candidate | undefined] = [0, undefined];
    for (const candidate of near) {
      const likeness = lines.likenessTo(candidate.lines);
      if (likeness > most) [most, model] = [likeness, candidate];
    }
    return model === undefined || most < leastAlike || (await this.isElder(file, lines, model, most)) ? undefined : model;
  }

  private freshIndex(): Promise<ReadonlyMap<string, readonly Candidate[]>> {
    if (this.index === undefined || performance.now() - this.index.at > freshMs) this.index = { at: performance.now(), byLine: this.elsewhere.files().then((files) => this.candidates(files)).then(byLineOf) };
    return this.index.byLine;
  }

  /** An AI may have written its file by the model of this one. */
  private async isElder(file: string, lines: LineBag, { since }: Candidate, likeness: number): Promise<boolean> {
    const onDisk = await lstat(path.join(this.root, file)).catch(() => undefined);
    if (onDisk !== undefined && onDisk.mtimeMs < since) return true;
    const before = await this.commits.textBefore(file, since);
    return before !== undefined && new LineBag(before).likenessTo(lines) >= likeness;
  }

  private async candidates(files: readonly KnownFile[]): Promise<readonly (Candidate | undefined)[]> {
    const present = await Promise.all(files.map(async (file) => ({ file, text: await this.textOnDisk(file.path) })));
    const gone = present.filter(({ text }) => text === undefined).sort((one, other) => other.file.touchedAt - one.file.touchedAt).slice(0, mostGone);
    return Promise.all([...present.filter(({ text }) => text !== undefined), ...gone].map(({ file, text }) => this.candidate(file, text)));
  }

  private candidate({ path: file, stamp }: KnownFile, text: string | undefined): Promise<Candidate | undefined> {
    const kept = this.known.get(file);
    if (kept?.stamp === stamp) return kept.candidate;
    const candidate = this.tracesOf(file).then((traces): Candidate | undefined => {
      const last = text ?? knownTexts(traces).texts.find((each) => each.text !== '')?.text;
      if (last === undefined || !canBeCopied(last)) return undefined;
      const times = [...traces.events.map(({ at }) => at), ...(traces.stored?.texts ?? []).map(({ savedAt }) => savedAt)];
      return { path: file, text: last, lines: new LineBag(last), since: times.reduce((least, at) => Math.min(least, at), Infinity) };
    });
    this.known.set(file, { stamp, candidate });
    return candidate;
  }

  private async textOnDisk(file: string): Promise<string | undefined> {
    const read = await readText(this.root, file);
    return read !== undefined && 'text' in read ? read.text : undefined;
  }
}

function byLineOf(candidates: readonly (Candidate | undefined)[]): ReadonlyMap<string, readonly Candidate[]> {
  const byLine = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const line of candidate?.lines.lines ?? []) {
      if (candidate === undefined || line.length < leastLine) continue;
      const alike = byLine.get(line);
      if (alike === undefined) byLine.set(line, [candidate]);
      else alike.push(candidate);
    }
  }
  return byLine;
}
