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

/** Of files that are gone, those that were told of last: of each the journal has to be read. */
const mostGone = 200;

/** Finds what a file was that somebody renamed or copied and then changed, before anybody looked. */
export class RenamedFiles {
  private readonly known = new Map<string, { readonly stamp: string; readonly candidate: Promise<Candidate | undefined> }>();

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
    const others = (await this.elsewhere.files()).filter((each) => each.path !== file);
    const candidates = (await this.candidates(others)).filter((each) => each !== undefined);
    if (candidates.length === 0) return undefined;
    const lines = new LineBag(text);
    const likenesses = candidates.map((candidate) => lines.likenessTo(candidate.lines));
    const most = Math.max(...likenesses);
    const model = most < leastAlike ? undefined : candidates[likenesses.indexOf(most)];
    return model === undefined || (await this.isElder(file, lines, model, most)) ? undefined : model;
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
