import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type DecisionKind, letsPass } from '../core/review/decision.ts';
import { showInert } from '../core/review/inert.ts';
import type { ReviewRequest } from '../core/review/request.ts';
import { nounOf, quoted, stillStands } from '../core/review/standingWords.ts';
import { type PreparedDecision, prepareDecision, readStanding, signDecision } from '../node/review/decide.ts';
import { readRejections } from '../node/review/rejections.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { findSigningKey } from '../node/signatures/findKey.ts';
import type { SigningKey } from '../node/signatures/sign.ts';
import { firstLine } from './findingsReport.ts';
import { lendAnalyzer, requestNamed, ruleIds, signersIn, storeHere, withAnalyzer } from './reviewStore.ts';
import { refresh, share } from './share.ts';
import { tellCosts } from './tellCosts.ts';
import { counted, print, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';
import { readVersion } from './version.ts';

export interface DecideOptions {
  readonly as?: string;
  readonly reason: string;
  readonly key?: string;
  readonly yes?: boolean;
  readonly push: boolean;
  readonly fetch: boolean;
  readonly emergency?: boolean;
  readonly clockIsRight?: boolean;
  readonly bootstrapSigners?: string;
}

/** Decides on a request: finds out again what it is about, shows it, asks, signs exactly that, stores and sends it. */
export async function decide(kind: DecisionKind, named: string, { as, reason, key, yes = false, push, fetch, bootstrapSigners, clockIsRight = false }: DecideOptions): Promise<number> {
  if (reason.trim() === '') throw new UsageError('the reason is empty; say in --reason why');
  if (as?.trim() === '') throw new UsageError('--as is empty; give the name that .firebreak/allowed_signers has for your key');
  const isAsked = !yes;
  if (isAsked && !process.stdin.isTTY) throw new UsageError('there is no terminal to ask at; look at it with "firebreak show", and give --yes');
  const store = await storeHere();
  const reviewer = as ?? (await refuseUnnamed(store));
  await refresh(store, fetch);
  const { request, digest } = await requestNamed(store, named);
  const signing = await keyFor(store, key);
  const signers = await signersIn(bootstrapSigners);
  const draft = { request, requestDigest: digest, kind, reviewer, reason, now: new Date(), isClockRight: clockIsRight, bootstrapSigners: signers };
  const prepared = await withAnalyzer(store, request.head, (analyzer) => prepareDecision(store, draft, { analyzer, version: readVersion(), ruleIds }));
  tell(prepared, request);
  if (letsPass({ kind })) await tellCosts(store.root, prepared.decision);
  const rejections = letsPass({ kind }) ? await readRejections(store, request, { ruleIds, now: new Date(), bootstrapSigners: signers, withAnalyzer: lendAnalyzer(store) }, 'you', prepared.replaces) : [];
  for (const line of rejections) warn(showInert(line));
  if (isAsked && !(await isConfirmed(kind))) {
    print('Nothing was signed.');
    return 1;
  }
  // Between showing and signing anybody may have replaced the request.
  if ((await requestNamed(store, request.id)).digest !== digest) throw new UsageError(`request ${request.id} changed while it was shown; nothing was signed, look again: firebreak show ${request.id}`);
  const ref = await signDecision(store, prepared, signing);
  print(`Signed and stored: ${ref}`);
  const isShared = await share(store, [ref], push);
  if (kind === 'revoke') for (const standing of await readStanding(store, request, prepared.rules)) print(showInert(stillStands(standing, reviewer, 'take it back too: run this again')));
  return isShared ? 0 : 1;
}

/** Whoever signs says as whom: it stands in the record for good. */
async function refuseUnnamed({ root }: ReviewStore): Promise<never> {
  const found = await findSigningKey(root);
  const names = 'principals' in found ? found.principals : [];
  if (names.length > 0) throw new UsageError(`say who decides; by .firebreak/allowed_signers your key stands for: ${names.map((name) => `--as ${showInert(quoted(name))}`).join(', ')}`);
  throw new UsageError('say who decides: --as NAME, with a name that .firebreak/allowed_signers has for your key; it has none for one that is found here: "firebreak init --signing" finds or makes the key, and prints the line that has to be approved there');
}

async function keyFor({ root }: ReviewStore, file: string | undefined): Promise<SigningKey> {
  if (file !== undefined) return { kind: 'file', path: path.resolve(file) };
  const found = await findSigningKey(root);
  if ('why' in found) throw new UsageError(`${found.why}; or name the key: --key FILE`);
  return found.key;
}

const verbs: Readonly<Record<DecisionKind, string>> = { approve: 'approves', reject: 'rejects', revoke: 'takes back what they decided on', emergency: 'lets pass in an emergency' };

/** Everything that the signature will be on. */
function tell({ decision, digest, concerns, unasked, missing, takesBack }: PreparedDecision, request: ReviewRequest): void {
  const verb = takesBack.length === 0 ? verbs[decision.kind] : `takes back ${takesBack.map(({ kind, created }) => `their ${nounOf(kind)} of ${created}`).join(' and ')}, of`;
  print(`${showInert(decision.reviewer)} ${verb} request ${request.id} by ${showInert(request.requester.name)} <${showInert(request.requester.email)}>, for ${showInert(decision.targetRef)}:`);
  for (const { path: file, line, severity, rule, matched, blastRadius } of concerns) {
    print(`\n${showInert(file)}:${line} ${severity} ${rule}`);
    for (const text of matched.split(/\r?\n/)) print(`  ${showInert(text)}`);
    print(`  ${showInert(blastRadius.description)}`);
  }
  print(`\n  ${counted(decision.manifest.length, 'file')}: git diff ${decision.base} ${decision.head}`);
  if (letsPass(decision)) print(`  expires  ${decision.expires}`);
  print(`  digest   sha256:${digest}`);
  for (const { path: file, line, rule } of unasked) warn(`the change also holds ${showInert(file)}:${line} ${rule}, which the request does not name; this decision is not on it`);
  for (const { path: file, rule, matched } of missing) warn(`the request names ${showInert(rule)} in ${showInert(file)} (${firstLine(matched)}), and the change does not hold it`);
}

async function isConfirmed(kind: DecisionKind): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`Type "${kind}" to sign this: `)).trim() === kind;
  } finally {
    terminal.close();
  }
}
