import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { readTextIfAny } from '../readTextIfAny.ts';

/** A log that has grown beyond that is put away, and the one put away before it goes: some 8,000 texts each. */
const largestBytes = 1024 * 1024;
/** Texts that are looked for in the log as it is written; for more it is read as a whole. */
const mostSearched = 50;

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
  /** What is written in both logs, the last one last. */
  private written: string | undefined;
  private searched = 0;

  constructor(private readonly folder: string) {
    this.file = path.join(folder, 'noted');
  }

  find(file: string, blob: string): NotedText | undefined {
    if (this.entries !== undefined || this.searched++ >= mostSearched) return this.read().get(`${blob} ${file}`);
    const start = `\n${blob} `;
    const text = this.text();
    for (let at = text.lastIndexOf(start); at !== -1; at = at === 0 ? -1 : text.lastIndexOf(start, at - 1)) {
      const end = text.indexOf('\n', at + 1);
      const entry = parse(text.slice(at + 1, end === -1 ? undefined : end));
      if (entry?.path === file) return entry;
    }
    return undefined;
  }

  add(texts: readonly LoggedText[]): void {
    for (const text of texts) this.entries?.set(`${text.blob} ${text.path}`, text);
    mkdirSync(this.folder, { recursive: true });
    if ((statSync(this.file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) renameSync(this.file, `${this.file}.old`);
    // A line begins with the end of the one before, which a killed process may have left unfinished.
    const lines = texts.map(({ path: of, blob, commit, epoch, isAi }) => `\n${blob} ${commit || '-'} ${epoch || '-'} ${isAi ? 'ai' : '-'} ${JSON.stringify(of)} ;`).join('');
    appendFileSync(this.file, lines);
    if (this.written !== undefined) this.written += lines;
  }

  /** Texts in which an AI has lines: where a copy may come from. */
  sources(): { readonly path: string; readonly blob: string }[] {
    return [...this.read().values()].filter(({ isAi }) => isAi);
  }

  private read(): Map<string, LoggedText> {
    if (this.entries !== undefined) return this.entries;
    const entries = new Map<string, LoggedText>();
    for (const line of this.text().split('\n')) {
      const entry = parse(line);
      if (entry !== undefined) entries.set(`${entry.blob} ${entry.path}`, entry);
    }
    this.entries = entries;
    return entries;
  }

  private text(): string {
    this.written ??= [`${this.file}.old`, this.file].map((name) => readTextIfAny(name) ?? '').join('\n');
    return this.written;
  }
}

function parse(line: string): LoggedText | undefined {
  const [, blob, commit = '-', epoch = '-', ai, quoted] = /^([0-9a-f]+) (\S+) (\S+) (\S+) (".*") ;$/.exec(line) ?? [];
  if (blob === undefined || quoted === undefined) return undefined;
  const of = quoted.includes('\\') ? pathIn(quoted) : quoted.slice(1, -1);
  return { path: of, blob, commit: commit === '-' ? '' : commit, epoch: epoch === '-' ? '' : epoch, isAi: ai === 'ai' };
}

function pathIn(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return '';
  }
}
