import { readFile } from 'node:fs/promises';
import { judge } from '../core/review/gate.ts';
import { showInert } from '../core/review/inert.ts';
import type { Verdict } from '../core/review/verdict.ts';
import { readGateFacts } from '../node/review/gateFacts.ts';
import { analyzerFor, ruleIds, storeHere } from './reviewStore.ts';
import { counted, print, printJson } from './terminal.ts';
import { UsageError } from './usageError.ts';

export interface GateOptions {
  readonly base: string;
  readonly head: string;
  readonly target: string;
  readonly requester?: string;
  readonly bootstrapSigners?: string;
  readonly optional?: boolean;
  readonly format: 'text' | 'json';
}

/** @returns 0 when the branch may move, 1 when it may not */
export async function gate({ base, head, target, requester, bootstrapSigners, optional = false, format }: GateOptions): Promise<number> {
  if (!target.startsWith('refs/')) throw new UsageError(`--target takes a full name, and ${JSON.stringify(target)} is none; write refs/heads/${target}`);
  if (requester?.trim() === '') throw new UsageError('--requester is empty; name who pushes, or leave it out');
  const store = await storeHere();
  const facts = await readGateFacts(store, { base, head, targetRef: target, pusher: requester, bootstrapSigners: await signersIn(bootstrapSigners), isOptional: optional, ruleIds, now: new Date() }, await analyzerFor(store));
  const verdict = judge(facts);
  if (format === 'json') printJson({ version: 1, ...verdict });
  else printVerdict(verdict);
  return verdict.passed ? 0 : 1;
}

async function signersIn(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`the signers of --bootstrap-signers could not be read: ${error instanceof Error ? error.message : String(error)}`);
  });
}

function printVerdict(verdict: Verdict): void {
  for (const note of verdict.notes) print(showInert(note));
  if (verdict.passed) {
    for (const { concern, by } of verdict.covered) print(showInert(`${concern.path}:${concern.line} ${concern.severity} ${concern.rule}: approved by ${by.join(', ')}`));
    print(`The gate is open: ${verdict.covered.length === 0 ? 'nothing needs an approval' : `${counted(verdict.covered.length, 'approval')} looked at, none missing`}.`);
    return;
  }
  for (const { what, coverage, because } of verdict.blocked) {
    print(showInert(`Blocked${coverage === undefined ? '' : ` (${coverage})`}: ${what}`));
    for (const reason of because) print(`  ${showInert(reason)}`);
  }
  print(showInert(verdict.nextStep));
}
