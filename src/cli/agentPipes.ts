import { readSync, writeSync } from 'node:fs';

// To open the standard output or error as the streams that they are for others takes Node some milliseconds; and what is written to a stream may still be on its way when all is done.

/** The standard input to its end, also where reading it does not wait for what comes. */
export function readInput(): string {
  const parts: Buffer[] = [];
  const part = Buffer.alloc(64 * 1024);
  for (;;) {
    try {
      const length = readSync(0, part);
      if (length === 0) break;
      parts.push(Buffer.from(part.subarray(0, length)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EOF') break;
      waitWhereBusy(error);
    }
  }
  return Buffer.concat(parts).toString('utf8');
}

/** @param descriptor the standard output or error */
export function writeAll(descriptor: 1 | 2, text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      // Nobody reads it.
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') return;
      waitWhereBusy(error);
    }
  }
}

export function warn(text: string): void {
  writeAll(2, `firebreak: hook: ${text}\n`);
}

/** Reading and writing at once fail where somebody made them not wait. */
function waitWhereBusy(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
