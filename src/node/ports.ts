import path from 'node:path';
import { sha256Hex } from './digest.ts';
import { newId } from './newId.ts';
import { readGrammarFrom } from './readGrammar.ts';
import type { GitRepository } from './repository.ts';

/** The real side of the editor's ports. `grammarFolder` holds the WebAssembly files, beside the bundles. */
export function createPorts(grammarFolder: string) {
  return {
    readGrammar: readGrammarFrom(grammarFolder),
    digest: sha256Hex,
    now: Date.now,
    newId,
    runCli: async (args: readonly string[], folder: string) => (await import('./runCli.ts')).runCli(path.join(grammarFolder, '..', 'cli.js'), args, folder),
    makeSample: async (files: string, folder: string) => (await import('./sample.ts')).makeSampleRepository(files, folder),
    deskOf: async (root: string) => (await import('./review/desk.ts')).openDesk(root),
    repositoryOf: async (fsPath: string): Promise<GitRepository | undefined> => (await import('./repository.ts')).openRepository(fsPath),
  };
}
