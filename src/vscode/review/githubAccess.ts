import * as vscode from 'vscode';
import { apiOf } from '../../core/forge/remoteUrl.ts';
import type { GithubToken } from './reviewDesk.ts';

/** Machine-scoped: what a workspace says must not decide where a token goes. */
const apiSetting = 'firebreak.github.apiUrl';
const scopes = ['repo'];

/** What a token is for, and how to be rid of it when it is refused. */
export interface FoundAccess extends GithubToken {
  /** A session is VS Code's own to renew. */
  readonly forget: () => Thenable<void>;
}

/**
 * The token for a host: VS Code's own session at GitHub, and at the server that its setting `github-enterprise.uri` names. For any other server somebody says where its API is, and gives a token, which is kept in
 * VS Code's secret storage under that address. No token goes to a host that only a remote names. Undefined when the person left; throws with what to do.
 */
export async function findGithubAccess(host: string, secrets: vscode.SecretStorage): Promise<FoundAccess | undefined> {
  const baseUrl = apiAddressFor(host);
  const provider = providerOf(baseUrl);
  if (provider !== undefined) {
    const session = await vscode.authentication.getSession(provider, scopes, { createIfNone: true });
    return { baseUrl, token: session.accessToken, remedy: 'sign in again from the Accounts menu', forget: () => Promise.resolve() };
  }
  const key = `github ${baseUrl}`;
  const token = (await secrets.get(key)) ?? (await askToken(baseUrl));
  if (token === undefined) return undefined;
  await secrets.store(key, token);
  return { baseUrl, token, remedy: 'announce the review again, and enter a new one', forget: () => secrets.delete(key) };
}

function apiAddressFor(host: string): string {
  const { globalValue, defaultValue } = vscode.workspace.getConfiguration().inspect<unknown>(apiSetting) ?? {};
  const configured = globalValue ?? defaultValue;
  if (typeof configured === 'string' && configured.trim() !== '') return configured.trim();
  const usual = apiOf(host);
  if (usual === undefined) throw new Error(`the remote lies at ${host}; say in the setting ${apiSetting}, of the user or of the remote machine, where its API is, such as https://${host}/api/v3`);
  return usual;
}

function providerOf(baseUrl: string): 'github' | 'github-enterprise' | undefined {
  if (baseUrl.replace(/\/+$/, '') === apiOf('github.com')) return 'github';
  const { globalValue } = vscode.workspace.getConfiguration().inspect<unknown>('github-enterprise.uri') ?? {};
  return typeof globalValue === 'string' && originOf(globalValue) !== undefined && originOf(globalValue) === originOf(baseUrl) ? 'github-enterprise' : undefined;
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

async function askToken(baseUrl: string): Promise<string | undefined> {
  const token = await vscode.window.showInputBox({
    title: 'Announce Review on the Pull Request',
    prompt: `A token for ${baseUrl} that may read and write pull requests. It is kept in the secret storage of VS Code.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (/^[\x21-\x7e]+$/.test(value.trim()) ? undefined : 'A token has letters, digits and signs, and no spaces.'),
  });
  return token?.trim();
}
