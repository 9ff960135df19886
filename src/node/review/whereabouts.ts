import path from 'node:path';
import { gitFields, gitText } from '../git.ts';

/** Says under which addresses a server's repository is reached; a bare one has no remote that would tell. */
const urlSetting = 'firebreak.url';

/** Where a repository is reached, in a form that is the same for SSH and HTTPS and holds no secret; none when nothing is known. */
export async function readUrls(root: string): Promise<readonly string[]> {
  const configured = await gitFields(root, ['config', '-z', '--get-all', urlSetting], { answers: [1] });
  const remotes = configured.length > 0 ? [] : await gitFields(root, ['config', '-z', '--get-regexp', '^remote\\..*\\.url$'], { answers: [1] });
  return [...new Set([...configured, ...remotes.map((field) => field.slice(field.indexOf('\n') + 1))].map((url) => plainUrl(url, root)))];
}

/** Whether git would take it for the address of a repository wherever it is asked: a URL, HOST:PATH, or an absolute path. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s]*[^\s/][^\s]*$/i.test(text) || /^(?:[^\s/:@]+@)?[^\s/:@]+:(?!\/\/)\S+$/.test(text) || path.isAbsolute(text);
}

/** `git@host:team/app.git` and `https://user:secret@host/team/app` are both `host/team/app`; a path goes from the repository's root, as for git. */
export function plainUrl(url: string, root: string): string {
  const [, scheme, rest = url] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url) ?? [];
  const isPath = scheme === undefined ? !/^[^/\\]+:/.test(rest) || /^[a-z]:[\\/]/i.test(rest) : scheme.toLowerCase() === 'file';
  const place = isPath ? path.resolve(root, rest) : rest.replace(/^[^/@]*@/, '').replace(/^([^/:]+):(?:\d+(?=\/|$))?\/?/, '$1/').replace(/^[^/]+/, (host) => host.toLowerCase());
  return place.replace(/\/+$/, '').replace(/\.git$/, '');
}

/** The first commits of a branch: along first parents, and when that is not enough, all. */
export async function readRoots(root: string, tip: string, wanted: readonly string[]): Promise<readonly string[]> {
  const find = async (options: readonly string[]) => (await gitText(root, ['rev-list', '--max-parents=0', ...options, tip, '--'])).split('\n').filter((commit) => commit !== '');
  const direct = await find(['--first-parent']);
  return wanted.every((each) => direct.includes(each)) ? direct : find([]);
}
