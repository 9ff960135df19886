import { showInert } from '../core/review/inert.ts';
import { verifyRecords } from '../node/review/verifyRecords.ts';
import { requestNamed, ruleIds, storeHere } from './reviewStore.ts';
import { counted, paint, print } from './terminal.ts';

/** `firebreak verify`: everything again, from what is here. @returns 1 when something is not good */
export async function verify(named: string | undefined): Promise<number> {
  const store = await storeHere();
  const id = named === undefined ? undefined : (await requestNamed(store, named)).request.id;
  const checked = await verifyRecords(store, id, ruleIds);
  for (const { ref, said, faults } of checked) {
    print(`${paint(faults.length === 0 ? 'bold' : 'yellow', faults.length === 0 ? 'good' : 'not good')}  ${showInert(ref)}`);
    for (const line of [...said, ...faults]) print(`  ${showInert(line)}`);
  }
  const bad = checked.filter(({ faults }) => faults.length > 0).length;
  print(`${counted(checked.length, 'record')}${checked.length === 0 ? '' : bad === 0 ? ', all good' : `, ${bad} not good`}`);
  return bad === 0 ? 0 : 1;
}
