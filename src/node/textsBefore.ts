import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { commandFile, commandsFolder } from './commandTrace.ts';
import { readTextIfAny } from './readTextIfAny.ts';

/** What a file holds before a tool writes to it, that will not say what it wrote. @param key what tells this use of the tool from all others */
export function keepTextBefore(gitDir: string, key: string, text: string): void {
  mkdirSync(commandsFolder(gitDir), { recursive: true });
  writeFileSync(`${commandFile(gitDir, key)}.text`, text);
}

/** Undefined where nobody kept it. */
export function takeTextBefore(gitDir: string, key: string): string | undefined {
  const file = `${commandFile(gitDir, key)}.text`;
  const text = readTextIfAny(file);
  rmSync(file, { force: true });
  return text;
}
