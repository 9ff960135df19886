import { randomUUID } from 'node:crypto';
import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';
import { traceOf } from '../core/attribution/notes/agentTrace.ts';
import { authorsOf, isWrittenIn, linesOf, unseen as unseenAuthor } from '../core/attribution/notes/authoredText.ts';
import { rangesOf } from '../core/attribution/notes/lineRanges.ts';
import type { Evidence } from '../core/attribution/origin.ts';
import type { AiRegion } from '../core/attribution/region.ts';
import { showInert } from '../core/review/inert.ts';
import { LineText } from '../core/text/lineText.ts';
import { type GitRepository, openRepository } from '../node/repository.ts';
import { readText } from '../node/workFile.ts';
import { Attribution } from './attribution.ts';
import { warnOfLostHooks } from './lostHooks.ts';
import { paint, print, printJson, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';
import { readVersion } from './version.ts';

/** A line that an AI wrote in, or of which nobody knows who did. */
interface BlamedLine {
  /** From 1. */
  readonly line: number;
  readonly origin: 'ai' | 'unknown';
  readonly evidence: Evidence;
  readonly tool?: string;
  readonly model?: string;
  readonly session?: string;
  /** What an AI deleted in front of it. */
  readonly deleted?: string;
  /** The AI wrote nothing of the line itself. */
  readonly onlyDeleted?: true;
}

/** `firebreak blame FILE`: who wrote each line, and by what evidence that is known. */
export async function blame(file: string, { format }: { readonly format: 'text' | 'json' | 'agent-trace' }): Promise<number> {
  const repository = await openRepository(file);
  const relative = await repository?.pathOf(path.resolve(file));
  if (repository === undefined || relative === undefined) throw new UsageError(`${file} lies in no repository; name a file of one`);
  const read = await readText(repository.root, relative);
  if (read === undefined) throw new UsageError(await whyNoFile(file));
  if ('unread' in read) throw new UsageError(`${file} could not be read: ${read.unread}`);
  await warnOfLostHooks(repository.place);
  const attribution = new Attribution(repository);
  const noted = await attribution.of(relative, read.text).finally(() => attribution.close());
  if (noted === undefined) warn(`nothing is known of who wrote ${relative}`);
  const text = new LineText(read.text);
  const { regions, unseen } = noted ?? { regions: [], unseen: linesOf(read.text).map((_, at) => at) };
  const lines = blamedLines(regions, text);
  if (format === 'json') printJson({ version: 1, path: relative, lines, unseen: rangesOf(unseen.map((at) => at + 1)).map(({ first, last }) => [first, last]) });
  else if (format === 'agent-trace') printJson(await traced(repository, relative, read.text, regions), 0);
  else printLines(lines, text, new Set(unseen));
  return 0;
}

/** What stands there instead, and what to name. */
async function whyNoFile(file: string): Promise<string> {
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return `there is no file ${file}; name one that is there`;
  if (found.isSymbolicLink()) return `${file} is a link to ${await readlink(file)}; name what it leads to`;
  return found.isDirectory() ? `${file} is a folder; name a file in it` : `${file} is no file with a text but ${found.isFIFO() ? 'a FIFO' : found.isSocket() ? 'a socket' : 'a device'}; name a file`;
}

/** A record about the last commit, where it holds this very text. */
async function traced(repository: GitRepository, relative: string, text: string, regions: readonly AiRegion[]): Promise<unknown> {
  const committed = await repository.textAtHead(relative);
  const revision = committed !== undefined && 'text' in committed && committed.text === text ? await repository.head() : undefined;
  const authors = authorsOf(new LineText(text), regions, unseenAuthor);
  return traceOf({ lines: linesOf(text), authors }, { id: randomUUID(), timestamp: new Date(), path: relative, revision, toolVersion: readVersion() });
}

/** By line, what counts most of it: an AI's text before that of unknown origin. */
function blamedLines(regions: readonly AiRegion[], text: LineText): BlamedLine[] {
  const byLine = new Map<number, BlamedLine>();
  for (const { range, origin, evidence, removedText } of regions) {
    if (origin.kind !== 'ai' && origin.kind !== 'unknown') continue;
    const first = text.positionAt(range.start).line;
    const last = text.positionAt(range.isEmpty ? range.start : range.endExclusive - 1).line;
    for (let line = first; line <= last; line++) {
      if (!range.isEmpty && !isWrittenIn(range, line, text)) continue;
      const known = byLine.get(line);
      const deleted = [known?.deleted, removedText].filter((each) => each !== undefined).reduce((all, each) => (all === '' || all.endsWith('\n') ? all : `${all} … `) + each, '');
      // Who wrote a line says more of it than who deleted what stood in front of it.
      const isSurer = known === undefined || (removedText === undefined && (known.onlyDeleted === true || (known.origin === 'unknown' && origin.kind === 'ai')));
      const { kind, ...who } = origin;
      byLine.set(line, { ...(isSurer ? { line: line + 1, origin: kind, evidence, ...who } : known), ...(deleted !== '' && { deleted }), ...(isSurer && removedText !== undefined && { onlyDeleted: true as const }) });
    }
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

function printLines(lines: readonly BlamedLine[], text: LineText, unseen: ReadonlySet<number>): void {
  const byLine = new Map(lines.map((each) => [each.line, each]));
  const who = Array.from({ length: text.lineCount }, (_, index) => labelOf(byLine.get(index + 1), unseen.has(index)));
  const deleters = new Map(lines.flatMap((each) => (each.deleted === undefined ? [] : [[each.line, nameOf(each)]])));
  const width = [...who, ...deleters.values()].reduce((most, { length }) => Math.max(most, length), 0);
  const digits = String(text.lineCount).length;
  for (const [index, label] of who.entries()) {
    const line = text.line(index).replace(/\r?\n$/, '');
    const known = byLine.get(index + 1);
    const deleter = deleters.get(index + 1)?.padEnd(width) ?? '';
    for (const gone of known?.deleted?.replace(/\r?\n$/, '').split(/\r?\n/) ?? []) print(`${deleter}  ${' '.repeat(digits)} ${paint('red', `- ${showInert(gone)}`)}`);
    if (index === text.lineCount - 1 && line === '' && (known === undefined || known.onlyDeleted === true)) continue;
    print(`${label.padEnd(width)}  ${String(index + 1).padStart(digits)}   ${showInert(line)}`);
  }
}

/** Nothing is said of a line that nobody saw being written. */
function labelOf(line: BlamedLine | undefined, isUnseen: boolean): string {
  if (line === undefined || line.onlyDeleted === true) return isUnseen ? '' : 'no AI';
  return nameOf(line);
}

function nameOf(line: BlamedLine): string {
  return showInert(`${line.origin === 'ai' ? (line.tool ?? 'ai') : 'unknown'} (${line.evidence})`);
}
