/** Where a repository lies at a forge. */
export interface ForgeRepository {
  /** In lower case. */
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

const urlForm = /^(?:https?|ssh|git):\/\/(?:[^/@\s]*@)?([\w.-]+)(?::\d+)?\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/i;
const scpForm = /^(?:[^/@\s:]+@)?([\w.-]+):\/?([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;

/** What the address of a remote says; undefined for a folder, and for what has more or fewer parts than a repository at GitHub. */
export function parseRemoteUrl(url: string): ForgeRepository | undefined {
  const [, host, owner, name] = urlForm.exec(url) ?? scpForm.exec(url) ?? [];
  if (host === undefined || owner === undefined || name === undefined || /^[A-Za-z]$/.test(host)) return undefined;
  return [owner, name].some((part) => part === '.' || part === '..') ? undefined : { host: host.toLowerCase(), owner, name };
}

/** Where the API is of a host that is GitHub's own; of others somebody has to say it. */
export function apiOf(host: string): string | undefined {
  return host === 'github.com' || host === 'ssh.github.com' ? 'https://api.github.com' : undefined;
}
