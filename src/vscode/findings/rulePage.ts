import * as vscode from 'vscode';

/** Where the page of a rule is published; undefined for an extension whose manifest names no repository. */
export type RulePage = (ruleId: string) => vscode.Uri | undefined;

/** Pages lie in the repository that the manifest names. */
export function rulePagesOf(manifest: unknown): RulePage {
  const { repository } = manifest as { repository?: { url?: string } };
  const url = repository?.url?.replace(/^git\+/, '').replace(/\.git$/, '');
  if (!url?.startsWith('https://')) return () => undefined;
  return (ruleId) => vscode.Uri.parse(`${url}/blob/HEAD/docs/rules/${encodeURIComponent(ruleId)}.md`);
}
