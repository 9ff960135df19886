import path from 'node:path';
import type { Evidence } from '../core/attribution/origin.ts';
import type { AiRegion } from '../core/attribution/region.ts';
import { showInert } from '../core/review/inert.ts';
import { LineText } from '../core/text/lineText.ts';
import type { OffsetRange } from '../core/text/offsetRange.ts';
import { openRepository } from '../node/repository.ts';
import { readText } from '../node/workFile.ts';
import { regionsOf } from './attribution.ts';
import { paint, print, printJson, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';

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
}

/** `firebreak blame FILE`: who wrote each line, and by what evidence that is known. */
export async function blame(file: string, { format }: { readonly format: 'text' | 'json' }): Promise<number> {
  const repository = await openRepository(file);
  const relative = await repository?.pathOf(path.resolve(file));
  if (repository === undefined || relative === undefined) throw new UsageError(`${file} lies in no repository; name a file of one`);
  const read = await readText(repository.root, relative);
  if (read === undefined) throw new UsageError(`there is no file ${file}; name one that is there`);
  if ('unread' in read) throw new UsageError(`${file} could not be read: ${read.unread}`);
  const regions = await regionsOf(repository, relative, read.text);
  if (regions === undefined) warn(`nothing is known of who wrote ${relative}`);
  const text = new LineText(read.text);
  const lines = blamedLines(regions ?? [], text);
  if (format === 'json') printJson({ version: 1, path: relative, lines });
  else printLines(lines, text);
  return 0;
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
      const isSurer = known === undefined || (known.origin === 'unknown' && origin.kind === 'ai');
      const { kind, ...who } = origin;
      byLine.set(line, { ...(isSurer ? { line: line + 1, origin: kind, evidence, ...who } : known), ...(deleted !== '' && { deleted }) });
    }
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

/** Whether more of a line than its end lies in a range; of an empty line there is no more. */
function isWrittenIn(range: OffsetRange, line: number, text: LineText): boolean {
  const start = text.startOfLine(line);
  const { length } = text.line(line).replace(/\r?\n$/, '');
  return length === 0 || Math.min(range.endExclusive, start + length) > Math.max(range.start, start);
}

function printLines(lines: readonly BlamedLine[], text: LineText): void {
  const byLine = new Map(lines.map((each) => [each.line, each]));
  const who = Array.from({ length: text.lineCount }, (_, index) => labelOf(byLine.get(index + 1)));
  const width = Math.max(0, ...who.map(({ length }) => length));
  const digits = String(text.lineCount).length;
  for (const [index, label] of who.entries()) {
    const line = text.line(index).replace(/\r?\n$/, '');
    if (index === text.lineCount - 1 && line === '' && label === '') continue;
    for (const gone of byLine.get(index + 1)?.deleted?.replace(/\r?\n$/, '').split(/\r?\n/) ?? []) print(`${label.padEnd(width)}  ${' '.repeat(digits)} ${paint('red', `- ${showInert(gone)}`)}`);
    print(`${label.padEnd(width)}  ${String(index + 1).padStart(digits)}   ${showInert(line)}`);
  }
}

function labelOf(line: BlamedLine | undefined): string {
  return line === undefined ? '' : showInert(`${line.origin === 'ai' ? (line.tool ?? 'ai') : 'unknown'} (${line.evidence})`);
}
