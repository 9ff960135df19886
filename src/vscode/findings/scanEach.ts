/** Scans files one after the other until somebody cancels: the one that is being scanned is still scanned whole. Tells how many were. */
export async function scanEach<T>(files: readonly T[], { scan, tell, isCancelled }: { readonly scan: (file: T) => Promise<void>; readonly tell: (done: number, file: T) => void; readonly isCancelled: () => boolean }): Promise<number> {
  let done = 0;
  for (const file of files) {
    if (isCancelled()) break;
    await scan(file);
    tell(++done, file);
  }
  return done;
}
