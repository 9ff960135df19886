import * as vscode from 'vscode';
import type { AiOrigin } from '../../core/attribution/origin.ts';

export interface CheckedReport {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly removedText: string | undefined;
  readonly origin: AiOrigin;
}

/** Another extension's argument of `reportEdit`, or a TypeError that says what is wrong with it. */
export function parseReport(value: unknown): CheckedReport {
  const { uri, range, removedText, tool, model, session } = fieldsOf(value, 'reportEdit takes an object');
  if (!(uri instanceof vscode.Uri)) throw new TypeError('reportEdit: `uri` must be a vscode.Uri');
  const origin: AiOrigin = {
    kind: 'ai',
    tool: name(tool, 'tool') ?? refuse('`tool` is missing: the name of the assistant'),
    ...optional('model', name(model, 'model')),
    ...optional('session', name(session, 'session')),
  };
  if (removedText !== undefined && typeof removedText !== 'string') refuse('`removedText` must be a string');
  const parsed = rangeOf(range);
  if (parsed.isEmpty && (removedText ?? '') === '') refuse('`range` is empty and there is no `removedText`: nothing was written and nothing removed');
  return { uri, range: parsed, removedText, origin };
}

function rangeOf(value: unknown): vscode.Range {
  const { start, end } = fieldsOf(value, '`range` must be a vscode.Range, or an object with `start` and `end`');
  const [from, to] = [positionOf(start, 'start'), positionOf(end, 'end')];
  if (to.isBefore(from)) refuse('`range` ends before it starts');
  return new vscode.Range(from, to);
}

function positionOf(value: unknown, which: string): vscode.Position {
  const wanted = `\`range.${which}\` must have \`line\` and \`character\`, whole numbers from 0`;
  const { line, character } = fieldsOf(value, wanted);
  return isCount(line) && isCount(character) ? new vscode.Position(line, character) : refuse(wanted);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function name(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' && value !== '' ? value : refuse(`\`${field}\` must be a string that is not empty`);
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}

function fieldsOf(value: unknown, otherwise: string): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : refuse(otherwise);
}

function refuse(why: string): never {
  throw new TypeError(why.startsWith('reportEdit') ? why : `reportEdit: ${why}`);
}
