import * as vscode from 'vscode';
import { fieldsOf } from '../findings/findingReference.ts';
import { describeRequest } from './requestText.ts';
import type { ReviewState } from './reviewState.ts';

const scheme = 'firebreak-request';

/** Names a request in a command's arguments. */
export interface RequestReference {
  /** The repository's work tree. */
  readonly root: string;
  readonly id: string;
}

/** Requests as read-only documents. */
export function registerRequestDocuments(reviews: ReviewState): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent(uri) {
      const { root, id } = fromUri(uri);
      const request = reviews.request(root, id);
      return request === undefined ? `There is no request ${id} in ${root}.\n` : describeRequest(request);
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, provider),
    reviews.onDidChange(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) changed.fire(uri);
    }),
    vscode.commands.registerCommand('firebreak.showRequest', async (argument: unknown) => {
      const { root, id } = fieldsOf(argument);
      if (typeof root !== 'string' || typeof id !== 'string') return;
      const document = await vscode.workspace.openTextDocument(toUri({ root, id }));
      await vscode.window.showTextDocument(document, { preview: true });
    }),
  );
}

function toUri({ root, id }: RequestReference): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/Review ${id}.txt`, query: root });
}

function fromUri(uri: vscode.Uri): RequestReference {
  return { root: uri.query, id: /^\/Review (.*)\.txt$/.exec(uri.path)?.[1] ?? '' };
}
