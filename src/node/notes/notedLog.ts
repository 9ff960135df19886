import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { readTextIfAny } from '../readTextIfAny.ts';

/** A log that has grown beyond that is put away, and the one put away before it goes: some 8,000 texts each. */
const largestBytes = 1024 * 1024;

/** Where what is known of a text stands. */
export interface NotedText {
  /** The commit whose note tells of it; '' when it stands in the cache of lines. */
  readonly commit: string;
  readonly epoch: string;
  readonly isAi: boolean;
}

export interface LoggedText extends NotedText {
  readonly path: string;
  readonly blob: string;
}

/**
 * Where it stands what is known of texts, by path and object, the last entry of each: a hook adds all files of a commit in one write, and finds what they came
 * from without a walk through the history. Safe to delete.
 */
export class NotedLog {
  private readonly file: string;
  private entries: Map<string, LoggedText> | undefined;

  constructor(private readonly folder: string) {
    this.file = path.join(folder, 'noted');
  }

  find(file: string, blob: string): NotedText | undefined {
    return this.read().get(`${blob} ${file}`);
  }

  add(texts: readonly LoggedText[]): void {
    const entries = this.read();
    for (const text of texts) entries.set(`${text.blob} ${text.path}`, text);
    mkdirSync(this.folder, { recursive: true });
    if ((statSync(this.file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) renameSync(this.file, `${this.file}.old`);
    // A line begins with the end of the one before, which a killed process may have left unfinished.
    appendFileSync(this.file, texts.map(({ path: of, blob, commit, epoch, isAi }) => `\n${blob} ${commit || '-'} ${epoch || '-'} ${isAi ? 'ai' : '-'} ${JSON.stringify(of)} ;`).join(''));
  }

  /** Texts in which an AI has lines: where a copy may come from. */
  sources(): { readonly path: string; readonly blob: string }[] {
    return [...this.read().values()].filter(({ isAi }) => isAi);
  }

  private read(): Map<string, LoggedText> {
    if (this.entries !== undefined) return this.entries;
    const entries = new Map<string, LoggedText>();
    for (const name of [`${this.file}.old`, this.file]) {
      for (const line of (readTextIfAny(name) ?? '').split('\n')) {
        const [, blob, commit = '-', epoch = '-', ai, quoted] = /^([0-9a-f]+) (\S+) (\S+) (\S+) (".*") ;$/.exec(line) ?? [];
        if (blob === undefined || quoted === undefined) continue;
        const of = quoted.includes('\\') ? pathIn(quoted) : quoted.slice(1, -1);
        entries.set(`${blob} ${of}`, { path: of, blob, commit: commit === '-' ? '' : commit, epoch: epoch === '-' ? '' : epoch, isAi: ai === 'ai' });
      }
    }
    this.entries = entries;
    return entries;
  }
}

function pathIn(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return '';
  }
}
