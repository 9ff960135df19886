import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { MadeWords } from '../core/check/ruleSet.ts';
import type { FamilyWords, RuleWords } from '../core/check/ruleWords.ts';

/** @param folder holds what the build worked out of the rules; while they are worked on it does not */
export function madeWordsIn(folder: string): MadeWords {
  const read = (name: string): unknown => {
    const file = path.join(folder, `${name}.json`);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  };
  return { rules: () => read('rules') as RuleWords | undefined, of: (family) => read(family) as FamilyWords | undefined };
}
