import * as vscode from 'vscode';
import type { AiRegion } from '../../core/attribution/region.ts';
import type { AttributedRange, FirebreakApi } from '../api.ts';
import type { FollowedDocuments } from '../documents/followedDocuments.ts';
import { toOffsets, toRange } from '../documentRange.ts';
import { parseReport } from './reportedEdit.ts';

/** What other extensions get from us. */
export function createApi(documents: FollowedDocuments): FirebreakApi {
  return {
    apiVersion: 1,
    async reportEdit(edit) {
      const { uri, range, removedText, origin } = parseReport(edit);
      const document = await open(uri);
      const followed = document && documents.follow(document);
      if (document === undefined || followed === undefined || !document.validateRange(range).isEqual(range)) return false;
      return followed.attribute((authorship) => {
        authorship.report(toOffsets(document, range), origin, removedText);
      });
    },
    regionsOf(uri) {
      const live = documents.get(uri);
      return live?.regions.flatMap((region) => toAttributed(live.document, region)) ?? [];
    },
  };
}

/** The open document at once, because the range holds for its text as it is now. */
function open(uri: vscode.Uri): vscode.TextDocument | PromiseLike<vscode.TextDocument | undefined> {
  const wanted = uri.toString();
  const known = vscode.workspace.textDocuments.find((document) => document.uri.toString() === wanted);
  return known ?? vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
}

function toAttributed(document: vscode.TextDocument, { range, origin, evidence, removedText }: AiRegion): AttributedRange[] {
  if (origin.kind !== 'ai' && origin.kind !== 'unknown') return [];
  return [{ range: toRange(document, range), origin, evidence, ...(removedText !== undefined && { removedText }) }];
}
