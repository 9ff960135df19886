import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { isAtLeast, type Severity } from '../core/check/severity.ts';
import { policyPath } from '../core/policy/policy.ts';
import { showInert } from '../core/review/inert.ts';
import { rules } from '../core/rules/index.ts';
import type { Decoded } from '../core/text/decode.ts';
import { largestFileBytes, decode } from '../core/text/decode.ts';
import { projectAt } from '../node/project.ts';
import { openRepository } from '../node/repository.ts';
import { readText } from '../node/workFile.ts';
import { selectOutside } from './folderFiles.ts';
import { type CheckScope, inspect, type Inspection } from './inspect.ts';
import { printFindings, summary, toJson } from './findingsReport.ts';
import { warnOfLostHooks } from './lostHooks.ts';
import { rulePages } from './rulePages.ts';
import { repositoryAt, selectDiff, selectInRepository, type Selection, selectStaged, selectText, selectWorkTree } from './selection.ts';
import { print, printJson, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';
import { readVersion } from './version.ts';

export interface CheckOptions {
  readonly staged?: boolean;
  readonly diff?: string;
  readonly stdin?: boolean;
  readonly path?: string;
  readonly before?: string;
  readonly scope?: CheckScope;
  readonly threads?: number;
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly failOn: Severity;
}

/** @returns the exit code */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const selection = await select(paths, options);
  const scope = options.scope ?? selection.scope;
  if (scope === 'ai' && selection.repository !== undefined) await warnOfLostHooks(selection.repository.place);
  const inspection = await inspect(selection, scope, options.threads);
  await warnOfPolicy(selection);
  await tell(inspection, options.format);
  const isBad = inspection.unread.length > 0 || inspection.located.some(({ finding }) => isAtLeast(finding.severity, options.failOn));
  return isBad ? 1 : 0;
}

/** What is checked is judged by the policy that holds; that the one beside it is broken is told before it is committed. */
async function warnOfPolicy({ repository, project }: Selection): Promise<void> {
  if (repository === undefined || project === undefined) return;
  const text = await projectAt(project).read(policyPath);
  if (text === undefined) return;
  const { parsePolicy, tellErrors } = await import('../core/policy/parsePolicy.ts');
  const parsed = parsePolicy(text, rules.map(({ id }) => id));
  if ('errors' in parsed) warn(`the policy that the change brings is broken, so the one before it is used, and the gate lets no such change pass: ${showInert(tellErrors(parsed.errors))}`);
}

async function tell(inspection: Inspection, format: CheckOptions['format']): Promise<void> {
  const { located, suppressed, unread } = inspection;
  switch (format) {
    case 'text':
      printFindings(inspection);
      return;
    case 'json':
      printJson(toJson(inspection));
      return;
    case 'github': {
      const { githubCommandsOf } = await import('../core/report/githubCommands.ts');
      for (const line of githubCommandsOf({ findings: located, unread })) print(line);
      print(summary(inspection));
      return;
    }
    case 'sarif': {
      const { sarifOf } = await import('../core/report/sarif.ts');
      printJson(sarifOf({ version: readVersion(), rules, pageOf: rulePages(), findings: [...located, ...suppressed], unread }));
    }
  }
}

async function select(paths: readonly string[], options: CheckOptions): Promise<Selection> {
  const { staged, diff, stdin, path: name, before } = options;
  const ways = [paths.length > 0 && diff === undefined && 'PATH', staged && '--staged', diff !== undefined && '--diff', stdin && '--stdin'].filter((way) => typeof way === 'string');
  if (ways.length > 1) throw new UsageError(`${ways.join(' and ')} do not go together; give one of them`);
  if (!stdin && (name !== undefined || before !== undefined)) throw new UsageError('--path and --before go with --stdin; add it');
  if (staged) return selectStaged();
  if (diff !== undefined) return selectDiff(diff, paths);
  if (stdin) {
    if (name === undefined || name === '') throw new UsageError('--stdin takes --path NAME, because the name says which language it is');
    return selectText(name, await readStdin(), before === undefined ? undefined : await readBefore(before));
  }
  const [first] = paths;
  if (first === undefined) return selectWorkTree(await repositoryAt(process.cwd()));
  for (const each of paths) await mustExist(each);
  // A link lies where its name stands, wherever it leads.
  const repository = await openRepository((await lstat(first)).isSymbolicLink() ? path.dirname(first) : first);
  return repository === undefined ? selectOutside(paths) : selectInRepository(repository, paths);
}

async function mustExist(fsPath: string): Promise<void> {
  await lstat(fsPath).catch(() => {
    throw new UsageError(`there is no file or folder ${JSON.stringify(fsPath)} in ${process.cwd()}; name one that is there`);
  });
}

async function readBefore(fsPath: string): Promise<Decoded> {
  await mustExist(fsPath);
  const text = await readText(path.dirname(fsPath), path.basename(fsPath));
  if (text === undefined) throw new UsageError(`${fsPath} is no file; --before takes one`);
  if ('unread' in text) throw new UsageError(`${fsPath} could not be read: ${text.unread}; give another file for --before`);
  return text;
}

async function readStdin(): Promise<Decoded> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > largestFileBytes) break;
  }
  return decode(Buffer.concat(chunks));
}
