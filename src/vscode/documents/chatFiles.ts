import * as vscode from 'vscode';
import type { AiOrigin } from '../../core/attribution/origin.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';
import type { Ports, Repository } from '../ports.ts';
import type { ClosedFiles } from './closedFiles.ts';
import { pathOf } from './documentPath.ts';
import type { FollowedDocument } from './followedDocument.ts';
import { textOnDisk } from './textOnDisk.ts';

/** The chat's sign may come after the file. */
const signAfterMs = 500;

const chat: AiOrigin = { kind: 'ai', tool: 'chat' };

export interface ChatFilesInit {
  readonly ports: Pick<Ports, 'now' | 'newId' | 'digest' | 'repositoryOf'>;
  readonly isChatAt: (uri: vscode.Uri) => boolean;
  readonly followed: (uri: vscode.Uri) => FollowedDocument | undefined;
  readonly closed: ClosedFiles;
}

/**
 * Files that VS Code's chat makes with their content, or deletes: no document changes then. What it made is its own; of what it deleted the text is kept
 * as a deletion in the empty text.
 */
export function registerChatFiles({ ports, isChatAt, followed, closed }: ChatFilesInit): vscode.Disposable {
  const keep = async (uri: vscode.Uri, text: string, region: (author: Omit<AiRegion, 'range'>) => AiRegion) => {
    const repository: Repository | undefined = await ports.repositoryOf(uri.fsPath);
    if (repository === undefined) return;
    const { withRegions } = await import('../../core/attribution/storedRegions.ts');
    const now = ports.now();
    const regions = [region({ insertionId: ports.newId(), origin: chat, evidence: 'observed', insertedAt: now })];
    const path = pathOf({ uri }, repository);
    await repository.saveRegions(path, (stored) => withRegions(stored ?? { path, texts: [] }, { digest: ports.digest(text), length: text.length, text }, regions, now));
  };
  const made = async (uri: vscode.Uri) => {
    await new Promise((resolve) => setTimeout(resolve, signAfterMs));
    const text = isChatAt(uri) ? await textOnDisk(uri) : undefined;
    if (text === undefined || text.trim() === '') return;
    const document = followed(uri);
    // Meanwhile it may have been taken for a copy of a file that it is like.
    if (document?.text === text && document.regions.reduce((sum, { range }) => sum + range.length, 0) < text.length) {
      document.attribute((authorship) => {
        authorship.report(new OffsetRange(0, text.length), chat, undefined, 'observed');
      });
    } else if (document === undefined) {
      await keep(uri, text, (author) => ({ ...author, range: new OffsetRange(0, text.length) }));
      await closed.look(uri);
    }
  };
  const gone = async (uri: vscode.Uri, text: string | undefined) => {
    if (text !== undefined && text.trim() !== '') await keep(uri, '', (author) => ({ ...author, range: OffsetRange.empty(0), removedText: text }));
  };
  // Where nothing can be kept there is nothing to tell: the same is told where it is loaded.
  const quietly = (work: Promise<void>) => void work.catch(() => undefined);
  return vscode.Disposable.from(
    vscode.workspace.onDidCreateFiles(({ files }) => {
      for (const uri of files) if (uri.scheme === 'file') quietly(made(uri));
    }),
    vscode.workspace.onWillDeleteFiles((event) => {
      for (const uri of event.files) {
        if (uri.scheme !== 'file' || !isChatAt(uri)) continue;
        const open = followed(uri)?.text;
        const reading = open === undefined ? textOnDisk(uri) : Promise.resolve(open);
        // The file stays until its text is read; keeping it can take longer.
        event.waitUntil(reading);
        quietly(reading.then((text) => gone(uri, text)));
      }
    }),
  );
}
