import { createHash } from 'node:crypto';
import type { Concern } from '../../core/review/concern.ts';
import { type Decision, decisionNamespace, largestDecisionBytes } from '../../core/review/decision.ts';
import type { DecisionRecord, SignatureFacts, UnreadableRecord } from '../../core/review/facts.ts';
import { parseDecision } from '../../core/review/parseDecision.ts';
import { isBeforeDecision } from '../../core/review/standing.ts';
import { isUlid, timeOf, ulid } from '../../core/review/ulid.ts';
import { sha256Hex } from '../digest.ts';
import { git, gitText, RepositoryError } from '../git.ts';
import { readObjects, sizesOf } from '../objects.ts';
import { verifySignature } from '../signatures/verify.ts';
import type { ReviewStore } from './store.ts';
import { markUnsent } from './unsent.ts';

const prefix = 'refs/firebreak/decisions/';
const recordName = 'decision.json';
const signatureName = 'decision.json.sig';

/** A decision as it is stored, with what is not checked yet. */
export interface StoredDecision {
  readonly ref: string;
  readonly decision: Decision;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly signature: string;
  readonly isPreviousKnown: boolean;
}

export interface StoredDecisions {
  readonly decisions: readonly StoredDecision[];
  readonly unreadable: readonly UnreadableRecord[];
}

/** What the target's tip says of whose signatures count. */
export interface Signers {
  readonly allowedSigners: string | undefined;
  readonly revoked?: Buffer | undefined;
}

/** The folder of a principal's decisions: its own characters are not all allowed in names of refs. */
export function folderOf(principal: string): string {
  return sha256Hex(principal);
}

export function refOfDecision({ reviewer, id }: Pick<Decision, 'reviewer' | 'id'>): string {
  return `${prefix}${folderOf(reviewer)}/${id}`;
}

/** A ref that a decision would lie under, and the commit that holds it. */
export interface DecisionRef {
  readonly commit: string;
  readonly ref: string;
}

/** The decisions that are here, oldest first. @param since milliseconds since 1970: those made before are known by their names, and not read, but for all of a reviewer who rejected something then, or passed it in an emergency: neither has an end */
export async function readDecisions(root: string, { since = 0, reviewer }: { readonly since?: number; readonly reviewer?: string } = {}): Promise<StoredDecisions> {
  return readDecisionsOf(root, reviewer === undefined ? undefined : folderOf(reviewer), since);
}

async function readDecisionsOf(root: string, folder: string | undefined, since = 0): Promise<StoredDecisions> {
  const listed = await gitText(root, ['for-each-ref', '--format=%(objectname) %(refname)', folder === undefined ? prefix : `${prefix}${folder}/`]);
  return readDecisionsAt(root, listed.split('\n').filter((line) => line !== '').map((line) => ({ commit: line.slice(0, line.indexOf(' ')), ref: line.slice(line.indexOf(' ') + 1) })), since);
}

/** As `readDecisions`, of refs that need not be there yet. */
export async function readDecisionsAt(root: string, at: readonly DecisionRef[], since = 0): Promise<StoredDecisions> {
  const refs = at.map(({ commit, ref }) => {
    const [folder = '', id = '', ...rest] = ref.slice(prefix.length).split('/');
    return { commit, ref, folder, id: rest.length === 0 ? id : '' };
  });
  const known = new Set(refs.map(({ folder, id }) => `${folder}/${id}`));
  const isRecent = ({ id }: (typeof refs)[number]) => !isUlid(id) || timeOf(id) >= since;
  const endless = await foldersWithoutEnd(root, refs.filter((each) => !isRecent(each)));
  const recent = refs.filter((each) => isRecent(each) || endless.has(each.folder));
  const names = recent.flatMap(({ commit }) => [`${commit}:${recordName}`, `${commit}:${signatureName}`]);
  const sizes = await sizesOf(root, names);
  const bytes = new Map((await readObjects(root, names.filter((name) => (sizes.get(name) ?? Infinity) <= largestDecisionBytes))).map((object) => [object.name, object.bytes]));
  const decisions: Omit<StoredDecision, 'isPreviousKnown'>[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const { commit, ref, folder, id } of recent) {
    const [name, signature] = [`${commit}:${recordName}`, bytes.get(`${commit}:${signatureName}`)];
    const read = isUlid(id) ? readRecord(sizes.get(name), bytes.get(name)) : { why: 'its name is no place for a decision' };
    const why = 'why' in read ? read.why : folderOf(read.decision.reviewer) !== folder || read.decision.id !== id ? `it says that it is ${read.decision.id} of ${read.decision.reviewer}, and lies elsewhere` : signature === undefined ? `it has no ${signatureName}` : undefined;
    if (why !== undefined || 'why' in read || signature === undefined) unreadable.push({ ref, folder, why: why ?? '' });
    else decisions.push({ ref, ...read, sha256: createHash('sha256').update(read.bytes).digest('hex'), signature: signature.toString('latin1') });
  }
  const byDigest = new Map(decisions.map((each) => [each.sha256, each]));
  const isPreviousKnown = ({ decision: { previous, reviewer: own } }: Omit<StoredDecision, 'isPreviousKnown'>) =>
    previous === undefined || byDigest.get(previous.sha256)?.decision.reviewer === own || (timeOf(previous.id) < since && known.has(`${folderOf(own)}/${previous.id}`));
  return { decisions: decisions.map((each) => ({ ...each, isPreviousKnown: isPreviousKnown(each) })).sort((one, other) => (one.decision.id < other.decision.id ? -1 : 1)), unreadable };
}

/** Told by the words that any other record holds, so that one that is cut off is read, as is one that is not there or too long: to read every old decision as such would take long, and most are approvals whose time is over. */
async function foldersWithoutEnd(root: string, refs: readonly { readonly commit: string; readonly folder: string }[]): Promise<ReadonlySet<string>> {
  const names = new Map(refs.map(({ commit, folder }) => [`${commit}:${recordName}`, folder]));
  const sizes = await sizesOf(root, [...names.keys()]);
  const isReadable = (name: string) => (sizes.get(name) ?? Infinity) <= largestDecisionBytes;
  const read = await readObjects(root, [...names.keys()].filter(isReadable));
  const unread = [...names].flatMap(([name, folder]) => (isReadable(name) ? [] : [folder]));
  return new Set([...unread, ...read.flatMap(({ name, bytes }) => (['approve', 'revoke'].some((kind) => bytes?.includes(`"decision": "${kind}"`)) ? [] : [names.get(name) ?? '']))]);
}

function readRecord(size: number | undefined, bytes: Buffer | undefined): { readonly decision: Decision; readonly bytes: Buffer } | { readonly why: string } {
  if (size === undefined) return { why: `it has no ${recordName}` };
  if (size > largestDecisionBytes) return { why: `its ${recordName} has ${size} bytes, which no honest decision has` };
  if (bytes === undefined) return { why: `its ${recordName} is no file` };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { why: `its ${recordName} is not UTF-8` };
  }
  const decision = parseDecision(text, sha256Hex);
  return 'why' in decision ? decision : { decision, bytes };
}

/** All decisions on requests of which one is on one of the concerns, or on another text of it. */
export function decisionsOn(concerns: readonly Pick<Concern, 'fingerprint' | 'path' | 'rule'>[], { decisions }: StoredDecisions, isAlso: (decision: Decision) => boolean = () => false): readonly StoredDecision[] {
  const fingerprints = new Set(concerns.map(({ fingerprint }) => fingerprint));
  const places = new Set(concerns.map(({ path, rule }) => `${rule} ${path}`));
  const isOn = ({ findings }: Decision) => findings.some(({ fingerprint, path, rule }) => fingerprints.has(fingerprint) || places.has(`${rule} ${path}`));
  const requests = new Set(decisions.flatMap(({ decision }) => (isAlso(decision) || isOn(decision) ? [decision.request.id] : [])));
  return decisions.filter(({ decision }) => requests.has(decision.request.id));
}

/** Whether the reviewer's signature counts at a time. */
export async function checkSignature({ decision, bytes, signature }: Pick<StoredDecision, 'decision' | 'bytes' | 'signature'>, { allowedSigners, revoked }: Signers, at: Date): Promise<SignatureFacts> {
  if (allowedSigners === undefined) return { isGood: false, why: 'the branch has no .firebreak/allowed_signers' };
  const verdict = await verifySignature({ message: bytes, signature, namespace: decisionNamespace, principal: decision.reviewer, allowedSigners, revoked, at });
  if (!verdict.isGood && verdict.isOwn === true) return { isGood: false, why: verdict.why, isOwn: true };
  return verdict.isGood ? { isGood: true, isTouched: verdict.isTouched, keyFingerprint: verdict.keyFingerprint } : { isGood: false, why: verdict.why };
}

/** By the policy that a decision names, whose signatures counted then; undefined where that was never the branch's. */
export type SignersThen = (decision: Pick<Decision, 'policy'>) => Promise<Signers | undefined>;

/** @param then given where it matters whose a record is that counts no more: what is no approval may hold things up although its key was taken out of the signers since */
export async function toRecord(stored: StoredDecision, signers: Signers, at: Date, then?: SignersThen): Promise<DecisionRecord> {
  const { ref, decision, sha256, isPreviousKnown } = stored;
  const signature = await checkSignature(stored, signers, at);
  const record = { ref, decision, sha256, isPreviousKnown, signature };
  if (signature.isGood || signature.isOwn === true || decision.kind === 'approve') return record;
  const before = await then?.(decision);
  const wasGood = before !== undefined && (await checkSignature(stored, before, new Date(decision.created))).isGood;
  return wasGood ? { ...record, signature: { ...signature, isOwn: true } } : record;
}

/** All decisions, for their chains. Signatures cost: beside those that matter only those are checked that say that something before them is missing. */
export async function toRecords({ decisions }: StoredDecisions, relevant: readonly StoredDecision[], signers: Signers, at: Date, then?: SignersThen): Promise<readonly DecisionRecord[]> {
  const checked = new Set([...relevant, ...decisions.filter(({ isPreviousKnown }) => !isPreviousKnown)]);
  return Promise.all(decisions.map(async (each) => (checked.has(each) ? toRecord(each, signers, at, then) : { ref: each.ref, decision: each.decision, sha256: each.sha256, isPreviousKnown: true, signature: { isGood: false, why: 'it was not looked at' } as const })));
}

/** So many earlier decisions go along with one. */
const mostEarlier = 100;

/** Decisions with those that they follow: one of these that was never sent would be missing to everybody else, and put what others decided in doubt. */
export async function withEarlier(root: string, refs: readonly string[]): Promise<readonly string[]> {
  const all = new Set(refs);
  for (const ref of refs.filter((each) => each.startsWith(prefix))) {
    const own = (await readDecisionsOf(root, ref.slice(prefix.length).split('/')[0] ?? '')).decisions;
    const byDigest = new Map(own.map((each) => [each.sha256, each]));
    let earlier = own.find((each) => each.ref === ref);
    for (let count = 0; count <= mostEarlier && earlier !== undefined; count++) {
      all.add(earlier.ref);
      earlier = earlier.decision.previous === undefined ? undefined : byDigest.get(earlier.decision.previous.sha256);
    }
  }
  return [...all];
}

/** Stores a decision under a ref that is not there yet. */
export async function writeDecision({ root, commonDir }: Pick<ReviewStore, 'root' | 'commonDir'>, decision: Decision, bytes: string, signature: string): Promise<string> {
  const [record, sig] = [await gitText(root, ['hash-object', '-w', '--stdin'], { input: bytes }), await gitText(root, ['hash-object', '-w', '--stdin'], { input: signature })];
  const tree = await gitText(root, ['mktree', '-z'], { input: `100644 blob ${record}\t${recordName}\0` + `100644 blob ${sig}\t${signatureName}\0` });
  const commit = await gitText(root, ['commit-tree', tree, '-m', `Decision ${decision.id}: ${decision.kind} review request ${decision.request.id}`]);
  const ref = refOfDecision(decision);
  await markUnsent(commonDir, ref);
  await git(root, ['update-ref', ref, commit, '0'.repeat(commit.length)]);
  return ref;
}

/** The reviewer's decisions that are well signed, each as of when it was made, oldest first: what somebody else put among them is not theirs, and what cannot be read is passed over, since a decision that is made now takes its place. Throws where that would come before it. */
export async function ownDecisions(root: string, reviewer: string, signers: Signers, now: Date): Promise<readonly DecisionRecord[]> {
  const { decisions, unreadable } = await readDecisions(root, { reviewer });
  const next = { id: ulid(now.getTime(), new Uint8Array(10)) };
  const ahead = unreadable.find((each) => !isBeforeDecision(each, next));
  if (ahead !== undefined) throw new RepositoryError(`${ahead.ref} is among your decisions, would come after this one, and cannot be read: ${ahead.why}; fetch it again, or remove it: git update-ref -d ${ahead.ref}`);
  const records = await Promise.all(decisions.map((each) => toRecord(each, signers, new Date(each.decision.created))));
  return records.filter(({ signature }) => signature.isGood);
}
