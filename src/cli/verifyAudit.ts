import { readFile } from 'node:fs/promises';
import { checkChain, type SignedEntry } from '../core/report/auditChain.ts';
import { parseDecision } from '../core/review/parseDecision.ts';
import { showInert } from '../core/review/inert.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { sha256Hex } from '../node/digest.ts';
import { checkSignature, type Signers } from '../node/review/records.ts';
import { readRulesOf } from '../node/review/verifyRecords.ts';
import { auditJudgement } from './auditJudgement.ts';
import { ruleIds, storeHere } from './reviewStore.ts';
import { counted, paint, print } from './terminal.ts';
import { UsageError } from './usageError.ts';

export interface VerifyAuditOptions {
  readonly audit: string;
  readonly signers?: string;
  readonly digest?: string;
}

/** Checks an exported audit: the chain of its lines, every signature, by the signers at the target's tip here or those that are named, and what of the branch's history the gate would have refused. @returns 1 when something is not good */
export async function verifyAudit({ audit: file, signers, digest }: VerifyAuditOptions): Promise<number> {
  const chain = checkChain(await textOf(file), sha256Hex);
  const signersFor = await signersOf(signers, chain.signed.map(({ entry }) => entry));
  const faults = [...chain.faults];
  for (const { line, entry } of chain.signed) for (const why of await faultsOf(entry, signersFor)) faults.push({ line, why });
  const judged = await auditJudgement(chain);
  faults.push(...judged.faults);
  if (digest !== undefined && digest.toLowerCase() !== chain.digest) faults.push({ line: 0, why: `its last line's SHA-256 is ${chain.digest}, and not the one that was kept` });
  for (const { line, why } of faults.sort((one, other) => one.line - other.line)) print(`${paint('yellow', 'not good')}  ${line === 0 ? file : `line ${line}`}: ${showInert(why)}`);
  for (const said of judged.said) print(showInert(said));
  print(`${chain.entryCount} ${chain.entryCount === 1 ? 'entry' : 'entries'}, ${counted(chain.signed.length, 'signature')}${faults.length === 0 ? (digest === undefined ? ', nothing wrong in itself' : ', all good, and the file is the one that was kept') : `, ${counted(faults.length, 'fault')}`}; the last line's SHA-256 is ${chain.digest}`);
  if (digest === undefined) print('This shows that each line names the one before, and that what is signed is signed so. It does not show that this is the file that was exported: whoever writes one can take entries out and chain the rest anew, those that nobody signed change too. That is shown by the digest that was told then: --digest SHA256.');
  return faults.length === 0 ? 0 : 1;
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} could not be read: ${messageOf(error)}`);
  });
}

async function signersOf(file: string | undefined, entries: readonly SignedEntry[]): Promise<(targetRef: string) => Signers> {
  if (file !== undefined) {
    const allowedSigners = await textOf(file);
    return () => ({ allowedSigners });
  }
  const targets = [...new Set(entries.map(({ targetRef }) => targetRef))];
  if (targets.length === 0) return () => ({ allowedSigners: undefined });
  const rules = await readRulesOf(await storeHere(), targets, ruleIds);
  return (targetRef) => rules.get(targetRef)?.signers ?? { allowedSigners: undefined };
}

async function faultsOf(entry: SignedEntry, signersFor: (targetRef: string) => Signers): Promise<string[]> {
  const decision = parseDecision(entry.record, sha256Hex);
  if ('why' in decision) return [`what was signed is no decision: ${decision.why}`];
  const told = [entry.id, entry.decision, entry.reviewer, entry.at, entry.reason, entry.request, entry.targetRef, entry.head, entry.expires, ...entry.fingerprints];
  const signed = [decision.id, decision.kind, decision.reviewer, decision.created, decision.reason, decision.request.id, decision.targetRef, decision.head, decision.expires, ...decision.findings.map(({ fingerprint }) => fingerprint)];
  const isKind = entry.kind === (decision.kind === 'emergency' ? 'bypassed' : 'decided');
  const verdict = await checkSignature({ decision, bytes: Buffer.from(entry.record), signature: entry.signature }, signersFor(decision.targetRef), new Date(decision.created));
  return [...(isKind && JSON.stringify(told) === JSON.stringify(signed) ? [] : ['it says something else than what was signed']), ...(verdict.isGood ? [] : [`its signature does not count: ${verdict.why}`])];
}
