import { readFile } from 'node:fs/promises';
import { type AuditFault, type CheckedChain, checkChain, placed, type SignedEntry } from '../core/report/auditChain.ts';
import type { Decision } from '../core/review/decision.ts';
import { parseDecision } from '../core/review/parseDecision.ts';
import { showInert } from '../core/review/inert.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { sha256Hex } from '../node/digest.ts';
import { resolveCommit } from '../node/objects.ts';
import { checkSignatureThen, noLongerWords, readSignersOverTime } from '../node/review/signersThen.ts';
import { findStore, type ReviewStore } from '../node/review/store.ts';
import { auditJudgement } from './auditJudgement.ts';
import { auditRecords } from './auditRecords.ts';
import { ruleIds, storeHere } from './reviewStore.ts';
import { counted, paint, print } from './terminal.ts';
import { UsageError } from './usageError.ts';

export interface VerifyAuditOptions {
  readonly audit: string;
  readonly signers?: string;
  readonly digest?: string;
}

/**
 * Checks an exported audit: the chain of its lines, every signature as of when it was made, by the signers here or those that are named, what was asked, decided and suppressed by the records and the code that are here,
 * and what of the branch's history the gate would have refused. @returns 1 when something is not good
 */
export async function verifyAudit({ audit: file, signers, digest }: VerifyAuditOptions): Promise<number> {
  if (digest !== undefined && !/^[0-9a-f]{64}$/i.test(digest)) throw new UsageError(`--digest ${JSON.stringify(digest)} is no digest: it takes the SHA-256 of the audit's last line, 64 digits from 0 to 9 and a to f, as firebreak audit told it when the audit was made, and as whoever had it made kept it; one that is computed from the file now shows nothing`);
  const chain = checkChain(await textOf(file), sha256Hex);
  const faults = [...chain.faults];
  const said: string[] = [];
  const store = await findStore(process.cwd());
  const signatures = await checkSigned(chain.signed, signers, store);
  const judged = await auditJudgement(chain, store);
  const hasTip = store !== undefined && chain.head !== undefined && (await resolveCommit(store.root, chain.head.commit)) !== undefined;
  const isKept = digest?.toLowerCase() === chain.digest;
  const compared = hasTip ? await auditRecords(chain, store, isKept) : { faults: [], said: ['What was asked, decided and suppressed was compared with no records: run this in a clone that has the branch.'] };
  for (const each of [signatures, judged, compared]) {
    faults.push(...each.faults);
    said.push(...each.said);
  }
  if (digest !== undefined && !isKept) faults.push({ why: `its last line's SHA-256 is ${chain.digest}, and not the one that was kept` });
  for (const fault of faults.sort((one, other) => (one.line ?? 0) - (other.line ?? 0))) print(`${paint('yellow', 'not good')}  ${fault.line === undefined ? `${file}: ` : placed(fault)}${showInert(fault.why)}`);
  for (const each of said) print(showInert(each));
  print(`${chain.entryCount} ${chain.entryCount === 1 ? 'entry' : 'entries'}, ${counted(chain.signed.length, 'signature')}${faults.length === 0 ? (digest === undefined ? ', nothing wrong in itself' : ', all good, and the file is the one that was kept') : `, ${counted(faults.length, 'fault')}`}; the last line's SHA-256 is ${chain.digest}`);
  if (digest === undefined) print('This shows that each line names the one before, that what is signed is signed so, and that the entries are what the records and the code here say. It does not show that this is the file that was exported: whoever writes one can take out the latest entries and those of refusals, which stand in no record, or change these, and chain the rest anew. That is shown by the digest that was told then: --digest SHA256.');
  return faults.length === 0 ? 0 : 1;
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} could not be read: ${messageOf(error)}`);
  });
}

type Checked = Awaited<ReturnType<typeof auditJudgement>>;

async function checkSigned(signed: CheckedChain['signed'], file: string | undefined, store: ReviewStore | undefined): Promise<Checked> {
  if (signed.length === 0) return { faults: [], said: [] };
  const read = signed.map(({ line, entry }) => ({ line, entry, decision: parseDecision(entry.record, sha256Hex) }));
  const decisions = read.flatMap(({ decision }) => ('why' in decision ? [] : [decision]));
  const named = file === undefined ? undefined : { now: { allowedSigners: await textOf(file) } };
  const signersOf = named === undefined ? await readSignersOverTime(store ?? (await storeHere()), decisions, { ruleIds }) : () => named;
  const faults: AuditFault[] = [];
  const said: string[] = [];
  for (const { line, entry, decision } of read) {
    if ('why' in decision) {
      faults.push({ line, why: `what was signed is no decision: ${decision.why}` });
      continue;
    }
    if (!isToldAsSigned(entry, decision)) faults.push({ line, why: 'it says something else than what was signed' });
    const signature = await checkSignatureThen({ decision, bytes: Buffer.from(entry.record), signature: entry.signature }, signersOf(decision));
    if (signature.noLonger !== undefined) said.push(`line ${line}: ${noLongerWords(signature.noLonger, decision.policy)}`);
    if (signature.isGood === entry.signatureIsGood) {
      if (!signature.isGood) said.push(`line ${line}: its signature does not count, as the audit says: ${signature.why}`);
    } else faults.push({ line, why: signature.isGood ? 'its signature counts, and the audit says that it does not' : `its signature does not count: ${signature.why}` });
  }
  return { faults, said };
}

function isToldAsSigned(entry: SignedEntry, decision: Decision): boolean {
  const told = [entry.id, entry.decision, entry.reviewer, entry.at, entry.reason, entry.request, entry.targetRef, entry.head, entry.expires, ...entry.fingerprints];
  const signed = [decision.id, decision.kind, decision.reviewer, decision.created, decision.reason, decision.request.id, decision.targetRef, decision.head, decision.expires, ...decision.findings.map(({ fingerprint }) => fingerprint)];
  return entry.kind === (decision.kind === 'emergency' ? 'bypassed' : 'decided') && JSON.stringify(told) === JSON.stringify(signed);
}
