import * as vscode from 'vscode';
import type { Finding } from '../../core/check/finding.ts';
import type { LiveFile, LiveFiles } from '../liveFile.ts';

/** Names a finding in a command's arguments: what is acted on is looked up, and its content compared, when the command runs. */
export interface FindingReference {
  readonly uri: string;
  readonly fingerprint: string;
}

export function referenceTo(live: LiveFile, finding: Finding): FindingReference {
  return { uri: live.uri.toString(), fingerprint: finding.fingerprint };
}

export function parseReference(value: unknown): FindingReference | undefined {
  const { uri, fingerprint } = fieldsOf(value);
  return typeof uri === 'string' && typeof fingerprint === 'string' ? { uri, fingerprint } : undefined;
}

/** The fields of an argument that a keybinding, a link or another extension wrote; none of what is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function parseUri(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text, true);
  } catch {
    return undefined;
  }
}

/** The finding as the file holds it now; undefined when the code is no longer what the reference names. */
export async function findAgain(files: LiveFiles, reference: FindingReference): Promise<{ live: LiveFile; finding: Finding } | undefined> {
  const uri = parseUri(reference.uri);
  const live = uri && (await files.refresh(uri));
  const finding = [...(live?.findings ?? []), ...(live?.suppressed ?? [])].find(({ fingerprint }) => fingerprint === reference.fingerprint);
  return live && finding && { live, finding };
}
