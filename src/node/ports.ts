import { sha256Hex } from './digest.ts';
import { newId } from './newId.ts';
import { readGrammarFrom } from './readGrammar.ts';
import type { GitRepository } from './repository.ts';

/** The real side of the editor's ports. `grammarFolder` holds the WebAssembly files. */
export function createPorts(grammarFolder: string) {
  return {
    readGrammar: readGrammarFrom(grammarFolder),
    digest: sha256Hex,
    now: Date.now,
    newId,
    deskOf: async (root: string) => (await import('./review/desk.ts')).openDesk(root),
    repositoryOf: async (fsPath: string): Promise<GitRepository | undefined> => (await import('./repository.ts')).openRepository(fsPath),
  };
}
