import * as vscode from 'vscode';
import type { Decoded } from '../../core/text/decode.ts';
import { fieldsOf } from '../findings/findingReference.ts';
import type { Ports } from '../ports.ts';

const scheme = 'firebreak-review';

/** A file on one side of what is reviewed: as a commit has it, or as it was kept when it was compared. */
export type Side = { readonly root: string; readonly commit: string } | { readonly root: string; readonly kept: string };

/** Texts that no commit has: a merge of what was approved is made to be compared, and thrown away. Of each request the last comparison is kept. */
export class KeptTexts {
  private readonly texts = new Map<string, { readonly key: string; readonly byPath: ReadonlyMap<string, string> }>();
  private count = 0;

  /** @returns the name that they are kept under; a new one each time, since an editor asks for a document once */
  keep(requestId: string, name: string, byPath: ReadonlyMap<string, string>): string {
    const key = `${requestId} ${name} ${++this.count}`;
    this.texts.set(`${requestId} ${name}`, { key, byPath });
    return key;
  }

  get(wanted: string, path: string): string | undefined {
    return [...this.texts.values()].find(({ key }) => key === wanted)?.byPath.get(path);
  }
}

/** Files as git has them, as read-only documents. */
export function registerReviewDocuments({ deskOf }: Pick<Ports, 'deskOf'>, kept: KeptTexts): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async (uri) => {
      const side = sideOf(uri);
      if (side === undefined) return 'This is no address of a reviewed file; open the request again from the Reviews view.\n';
      const path = uri.path.slice(1);
      if ('kept' in side) return kept.get(side.kept, path) ?? 'What was compared is not kept over a restart; open the request again from the Reviews view.\n';
      const desk = await deskOf(side.root);
      return textOf(await desk.textIn(side.commit, path));
    },
  });
}

/** What is shown for a file. */
export function textOf(decoded: Decoded | undefined): string {
  if (decoded === undefined) return '';
  return 'text' in decoded ? decoded.text : `This file is not shown: ${decoded.unread}.\n`;
}

export function toReviewUri(side: Side, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${path}`, query: JSON.stringify(side) });
}

function sideOf({ query }: vscode.Uri): Side | undefined {
  let fields: Readonly<Record<string, unknown>>;
  try {
    fields = fieldsOf(JSON.parse(query));
  } catch {
    return undefined;
  }
  const { root, commit, kept } = fields;
  if (typeof root !== 'string') return undefined;
  if (typeof kept === 'string') return { root, kept };
  // A revision could say more than a commit's name does.
  return typeof commit === 'string' && /^[0-9a-f]{40,64}$/.test(commit) ? { root, commit } : undefined;
}
