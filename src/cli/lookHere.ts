import path from 'node:path';
import { Checker } from '../core/check/checker.ts';
import { Grammars } from '../core/language/grammars.ts';
import type { Project } from '../core/language/project.ts';
import { rules } from '../core/rules/index.ts';
import { sha256Hex } from '../node/digest.ts';
import { dist } from '../node/dist.ts';
import { madeWordsIn } from '../node/madeWords.ts';
import { today } from '../node/today.ts';
import { type LookAt, lookWith } from './lookWith.ts';
import { readGrammar } from './readGrammar.ts';

export function createChecker(): Checker {
  return new Checker(rules, { grammars: new Grammars(readGrammar), digest: sha256Hex, today, madeWords: madeWordsIn(path.join(dist, 'words')) });
}

export function lookingHere(project: Project): LookAt {
  return lookWith(createChecker(), project);
}
