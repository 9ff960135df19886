import path from 'node:path';
import { sha256Hex } from './digest.ts';
import { madeWordsIn } from './madeWords.ts';
import { newId } from './newId.ts';
import { readGrammarFrom } from './readGrammar.ts';
import type { GitRepository } from './repository.ts';

/** The real side of the editor's ports. `dist` holds the bundles and what lies beside them. */
export function createPorts(dist: string) {
  return {
    readGrammar: readGrammarFrom(path.join(dist, 'grammars')),
    madeWords: madeWordsIn(path.join(dist, 'words')),
    digest: sha256Hex,
    now: Date.now,
    newId,
    runCli: async (args: readonly string[], folder: string) => (await import('./runCli.ts')).runCli(path.join(dist, 'cli.js'), args, folder),
    makeSample: async (files: string, folder: string) => (await import('./sample.ts')).makeSampleRepository(files, folder),
    deskOf: async (root: string) => (await import('./review/desk.ts')).openDesk(root),
    repositoryOf: async (fsPath: string): Promise<GitRepository | undefined> => (await import('./repository.ts')).openRepository(fsPath),
  };
}
