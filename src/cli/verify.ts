import { wordChecked } from '../core/review/checkedRecord.ts';
import { showInert } from '../core/review/inert.ts';
import { howToSend } from '../core/review/standingWords.ts';
import { unsentOf } from '../node/review/targetTip.ts';
import { verifyRecords } from '../node/review/verifyRecords.ts';
import { requestNamed, ruleIds, signersIn, storeHere } from './reviewStore.ts';
import { refresh } from './share.ts';
import { counted, paint, print, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';
import type { VerifyAuditOptions } from './verifyAudit.ts';

export interface VerifyOptions {
  readonly fetch: boolean;
  readonly bootstrapSigners?: string;
}

/** `firebreak verify`: everything again. Without a network what is here is looked at, and when that is nothing, nothing was. @returns 1 when something is not good, or nothing could be looked at */
export async function verify(named: string | undefined, { fetch, digest, signers, bootstrapSigners }: VerifyOptions & Partial<VerifyAuditOptions>): Promise<number> {
  if (digest !== undefined || signers !== undefined) throw new UsageError('--digest and --signers say how a written audit is checked; name it: --audit FILE');
  const store = await storeHere();
  const isFetched = await refresh(store, fetch);
  const id = named === undefined ? undefined : (await requestNamed(store, named)).request.id;
  const checked = await verifyRecords(store, id, { ruleIds, bootstrapSigners: await signersIn(bootstrapSigners) });
  const { records, bad, summary } = wordChecked(checked);
  for (const { state, ref, lines } of records) {
    print(`${paint(state === 'good' ? 'bold' : 'yellow', state)}  ${showInert(ref)}`);
    for (const line of lines) print(`  ${showInert(line)}`);
  }
  const unsent = await unsentOf(store);
  if (unsent !== undefined) warn(`nobody else has ${counted(unsent.refs.length, 'record')} of these, because ${unsent.refs.length === 1 ? 'it was' : 'they were'} not sent: ${showInert(howToSend(unsent))}`);
  for (const line of summary) print(line);
  return bad === 0 && (isFetched || checked.length > 0) ? 0 : 1;
}
