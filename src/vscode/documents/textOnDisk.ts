import * as vscode from 'vscode';
import { decode, largestFileBytes } from '../../core/text/decode.ts';

/** The text of a file, as the editor would read it; undefined when it is gone, binary, too long or not to be read. */
export async function textOnDisk(uri: vscode.Uri): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > largestFileBytes) return undefined;
    const decoded = decode(await vscode.workspace.fs.readFile(uri));
    return 'text' in decoded ? withOneLineEnd(decoded.text) : undefined;
  } catch {
    return undefined;
  }
}

/** The editor gives a document the line ends that most of its lines have. */
function withOneLineEnd(text: string): string {
  if (!text.includes('\r')) return text;
  const ends = text.match(/\r\n|\r|\n/g) ?? [];
  const most = ends.filter((end) => end !== '\n').length > ends.length / 2 ? '\r\n' : '\n';
  return text.replaceAll(/\r\n|\r|\n/g, most);
}
