import { showInert } from '../core/review/inert.ts';
import { verifyRecords } from '../node/review/verifyRecords.ts';
import { requestNamed, ruleIds, storeHere } from './reviewStore.ts';
import { refresh } from './share.ts';
import { counted, paint, print } from './terminal.ts';
import { UsageError } from './usageError.ts';
import type { VerifyAuditOptions } from './verifyAudit.ts';

/** `firebreak verify`: everything again. Without a network what is here is looked at, and when that is nothing, nothing was. @returns 1 when something is not good, or nothing could be looked at */
export async function verify(named: string | undefined, { fetch, digest, signers }: { readonly fetch: boolean } & Partial<VerifyAuditOptions>): Promise<number> {
  if (digest !== undefined || signers !== undefined) throw new UsageError('--digest and --signers say how a written audit is checked; name it: --audit FILE');
  const store = await storeHere();
  const isFetched = await refresh(store, fetch);
  const id = named === undefined ? undefined : (await requestNamed(store, named)).request.id;
  const checked = await verifyRecords(store, id, ruleIds);
  for (const { ref, said, faults, isOver = false } of checked) {
    print(`${paint(faults.length === 0 && !isOver ? 'bold' : 'yellow', faults.length > 0 ? 'not good' : isOver ? 'was good' : 'good')}  ${showInert(ref)}`);
    for (const line of [...said, ...faults]) print(`  ${showInert(line)}`);
  }
  const bad = checked.filter(({ faults }) => faults.length > 0).length;
  const over = checked.filter(({ faults, isOver }) => faults.length === 0 && isOver === true).length;
  if (bad > 0) print(`What is not good counts for nothing: have whoever decided it decide again, firebreak approve ID --as WHO --reason "…".`);
  print(`${counted(checked.length, 'record')}${checked.length === 0 ? '' : bad > 0 ? `, ${bad} not good` : over > 0 ? `, none bad, of which ${over} would not count today` : ', all good'}`);
  return bad === 0 && (isFetched || checked.length > 0) ? 0 : 1;
}
