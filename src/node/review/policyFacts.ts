import { isWatched } from '../../core/policy/applyPolicy.ts';
import { parsePolicy, tellErrors } from '../../core/policy/parsePolicy.ts';
import { noPolicy, type Policy, policyPath } from '../../core/policy/policy.ts';
import { allowedSignersPath, parseAllowedSigners } from '../../core/review/allowedSigners.ts';
import type { Decision } from '../../core/review/decision.ts';
import type { GateFacts, PolicyFacts } from '../../core/review/facts.ts';
import { revokedPath } from '../../core/review/revokedKeys.ts';
import { decode } from '../../core/text/decode.ts';
import { ensureHere } from '../lentObjects.ts';
import { isFileMode, readObjects, treeEntries } from '../objects.ts';
import { readLocalTime } from '../signatures/localTime.ts';
import { isAncestor } from './content.ts';
import type { Signers, SignersThen } from './records.ts';

/** What says who decides. */
export const ruleFiles: readonly string[] = [policyPath, allowedSignersPath, revokedPath];

/** What the tip of a branch says of who decides. */
export interface Rules {
  readonly policy: PolicyFacts;
  readonly signers: Signers;
}

export interface RulesQuestion {
  readonly targetRef: string;
  readonly ruleIds: readonly string[];
  /** The text of the signers' file that the server names, for a branch without a policy. */
  readonly bootstrapSigners?: string | undefined;
  /** Whether a branch without a policy passes. */
  readonly isOptional?: boolean;
}

/** Reads policy, signers and revocations of a commit, and nothing of the change under review. */
export async function readRules(root: string, tip: string | undefined, { targetRef, ruleIds, bootstrapSigners, isOptional = false }: RulesQuestion): Promise<Rules> {
  const files = tip === undefined ? new Map<string, Buffer>() : await filesAt(root, tip, ruleFiles);
  const signers: Signers = { allowedSigners: files.get(allowedSignersPath)?.toString('utf8'), revoked: files.get(revokedPath) };
  const stored = files.get(policyPath);
  const read = stored === undefined || tip === undefined ? undefined : policyOf(stored, ruleIds);
  // A policy that names no senior lets nobody approve another one.
  if (read !== undefined && 'policy' in read && tip !== undefined && (read.policy.seniors.length > 0 || bootstrapSigners === undefined)) return { policy: { kind: 'at', commit: tip, policy: read.policy }, signers };
  const broken = read !== undefined && 'fault' in read ? read.fault : undefined;
  if (bootstrapSigners !== undefined) return { policy: { kind: 'bootstrap', policy: { ...noPolicy, targets: [targetRef], seniors: namedIn(bootstrapSigners) }, ...(broken !== undefined && { broken }) }, signers: { allowedSigners: bootstrapSigners } };
  return { policy: broken === undefined ? { kind: 'none', isOptional } : { kind: 'broken', why: broken }, signers };
}

/** Whether two commits say the same of who decides. */
export async function haveSameRules(root: string, one: string, other: string): Promise<boolean> {
  const said = async (commit: string) => JSON.stringify([...(await treeEntries(root, commit, ruleFiles))].sort());
  return one === other || (await said(one)) === (await said(other));
}

/** @param tips as of `readPoliciesOf` */
export function signersThenAt(root: string, tips: readonly (string | undefined)[], question: RulesQuestion): SignersThen {
  const known = new Map<string, Promise<Signers | undefined>>();
  return async ({ policy }) => {
    if (policy === undefined) return undefined;
    const read = known.get(policy) ?? isHeldBy(root, policy, tips).then(async (isHeld) => (isHeld ? (await readRules(root, policy, question)).signers : undefined));
    known.set(policy, read);
    return read;
  };
}

async function isHeldBy(root: string, commit: string, tips: readonly (string | undefined)[]): Promise<boolean> {
  return (await Promise.all([...new Set(tips)].flatMap((tip) => (tip === undefined ? [] : [isAncestor(root, commit, tip)])))).includes(true);
}

/** The policies by which emergencies were passed. @param tips of the branch, and of the default one whose rules may hold there: one of them has to hold the commits they name */
export async function readPoliciesOf(root: string, decisions: readonly Pick<Decision, 'kind' | 'policy'>[], tips: readonly (string | undefined)[], question: RulesQuestion): Promise<GateFacts['policyOf']> {
  const commits = new Set(decisions.flatMap(({ kind, policy }) => (kind === 'emergency' && policy !== undefined ? [policy] : [])));
  const policies = new Map<string, Policy>();
  for (const commit of commits) {
    if (!(await isHeldBy(root, commit, tips))) continue;
    const { policy } = await readRules(root, commit, question);
    if (policy.kind === 'at') policies.set(commit, policy.policy);
  }
  return ({ policy }) => (policy === undefined ? undefined : policies.get(policy));
}

/** The policy that a commit would bring; undefined when it brings none. */
export async function policyBrought(root: string, commit: string, { targetRef, ruleIds }: Pick<RulesQuestion, 'targetRef' | 'ruleIds'>): Promise<GateFacts['policyAfter']> {
  const read = await policyAt(root, commit, ruleIds);
  return read === undefined || 'fault' in read ? read : { watches: isWatched(targetRef, read.policy) };
}

/** What is wrong with the policy that a commit would bring; undefined when nothing is, or it brings none. */
export async function faultOfPolicy(root: string, commit: string, ruleIds: readonly string[]): Promise<string | undefined> {
  const read = await policyAt(root, commit, ruleIds);
  return read !== undefined && 'fault' in read ? read.fault : undefined;
}

async function policyAt(root: string, commit: string, ruleIds: readonly string[]): Promise<ReturnType<typeof policyOf> | undefined> {
  const stored = (await filesAt(root, commit, [policyPath])).get(policyPath);
  const read = stored === undefined ? undefined : policyOf(stored, ruleIds);
  return read !== undefined && 'policy' in read && read.policy.seniors.length === 0 ? { fault: `${policyPath} would name no seniors, so nothing could ever be approved any more; name them` } : read;
}

function policyOf(bytes: Buffer, ruleIds: readonly string[]): { readonly policy: Policy } | { readonly fault: string } {
  const decoded = decode(bytes);
  if ('unread' in decoded) return { fault: `${policyPath}: ${decoded.unread}` };
  const parsed = parsePolicy(decoded.text, ruleIds);
  if ('policy' in parsed) return parsed;
  return { fault: tellErrors(parsed.errors) };
}

/** A link or a folder in the place of one of these is read as a broken file, not as none. */
async function filesAt(root: string, commit: string, paths: readonly string[]): Promise<Map<string, Buffer>> {
  const entries = await treeEntries(root, commit, paths);
  const files = new Map<string, Buffer>();
  for (const [path, { mode }] of entries) if (!isFileMode(mode)) files.set(path, Buffer.from('\0'));
  const blobs = [...entries].filter(([, { mode }]) => isFileMode(mode));
  const names = blobs.map(([, { oid }]) => oid);
  await ensureHere(root, names);
  const read = await readObjects(root, names);
  for (const [index, [path]] of blobs.entries()) files.set(path, read[index]?.bytes ?? Buffer.from('\0'));
  return files;
}

function namedIn(allowedSigners: string): string[] {
  return parseAllowedSigners(allowedSigners, readLocalTime).signers.flatMap(({ principals }) => principals.split(','));
}
