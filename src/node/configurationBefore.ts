import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Hex } from './digest.ts';
import { readTextIfAny } from './readTextIfAny.ts';

/** What a configuration file held before Firebreak put its entries into it, so that it can be given back to the byte. @param text null for no file */
export function keepConfigurationBefore(gitDir: string, file: string, text: string | null): void {
  const kept = keptIn(gitDir, file);
  mkdirSync(path.dirname(kept), { recursive: true });
  writeFileSync(kept, JSON.stringify({ file, text }));
}

/** Undefined where nobody kept it. */
export function configurationBefore(gitDir: string, file: string): string | null | undefined {
  try {
    const { text } = JSON.parse(readTextIfAny(keptIn(gitDir, file)) ?? '{}') as { text?: unknown };
    return typeof text === 'string' || text === null ? text : undefined;
  } catch {
    return undefined;
  }
}

export function forgetConfigurationBefore(gitDir: string, file: string): void {
  rmSync(keptIn(gitDir, file), { force: true });
}

function keptIn(gitDir: string, file: string): string {
  return path.join(gitDir, 'firebreak', 'configurations', `${sha256Hex(file)}.json`);
}
