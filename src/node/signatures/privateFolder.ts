import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Writes files into a folder that only this user can look into, for as long as `use` takes. */
export async function withPrivateFiles<T>(files: Readonly<Record<string, Uint8Array | string>>, use: (at: (name: string) => string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'firebreak-signing-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content, { mode: 0o600 });
    return await use((name) => path.join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
