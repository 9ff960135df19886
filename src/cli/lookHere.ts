import path from 'node:path';
import { Checker } from '../core/check/checker.ts';
import { Grammars } from '../core/language/grammars.ts';
import type { Project } from '../core/language/project.ts';
import { rules } from '../core/rules/index.ts';
import { sha256Hex } from '../node/digest.ts';
import { dist } from '../node/dist.ts';
import { readGrammarFrom } from '../node/readGrammar.ts';
import { today } from '../node/today.ts';
import { type LookAt, lookWith } from './lookWith.ts';

export function createChecker(): Checker {
  return new Checker(rules, { grammars: new Grammars(readGrammarFrom(path.join(dist, 'grammars'))), digest: sha256Hex, today });
}

export function lookingHere(project: Project): LookAt {
  return lookWith(createChecker(), project);
}
