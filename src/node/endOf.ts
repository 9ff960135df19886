import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last bytes of a file, as UTF-8, and how many it has; of one that is not there none. */
export function endOf(file: string, most = 256): { readonly size: number; readonly end: string } {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return { size: 0, end: '' };
  }
  try {
    const { size } = fstatSync(handle);
    const bytes = Buffer.alloc(Math.min(size, most));
    readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return { size, end: bytes.toString('utf8') };
  } finally {
    closeSync(handle);
  }
}
