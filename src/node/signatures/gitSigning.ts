import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gitFields } from '../git.ts';
import type { SigningKey } from './sign.ts';

/** What git signs commits with, and where it is told to. */
export interface GitSigning {
  readonly key: SigningKey;
  readonly source: string;
}

const limitMs = 10_000;

/** git's own key: `user.signingKey` with `gpg.format=ssh`, else what `gpg.ssh.defaultKeyCommand` prints; undefined when git signs with no SSH key. */
export async function gitSigningKey(root: string): Promise<GitSigning | { readonly why: string } | undefined> {
  if ((await setting(root, 'gpg.format'))?.toLowerCase() !== 'ssh') return undefined;
  const named = await setting(root, 'user.signingKey', '--type=path');
  if (named !== undefined && named !== '') return { key: toSigningKey(root, named), source: "user.signingKey of git's configuration" };
  return keyOfCommand(root);
}

/** The value that counts, or undefined. */
export async function setting(root: string, name: string, ...options: readonly string[]): Promise<string | undefined> {
  return (await gitFields(root, ['config', '-z', ...options, '--get', name], { answers: [1] }))[0];
}

/** As git reads it: a public key itself (`key::ssh-…`, or without the mark for some), else a file. */
export function toSigningKey(root: string, named: string): SigningKey {
  const literal = /^key::(.*)$/s.exec(named)?.[1] ?? (/^(?:sk-)?(?:ssh|ecdsa)-\S+\s/.test(named) ? named : undefined);
  if (literal !== undefined) return { kind: 'agent', publicKey: literal.trim() };
  return { kind: 'file', path: path.resolve(root, named) };
}

/** Runs the command only when the person or the machine configured it: a repository could name any program. */
async function keyOfCommand(root: string): Promise<GitSigning | { readonly why: string } | undefined> {
  const name = 'gpg.ssh.defaultKeyCommand';
  const fields = await gitFields(root, ['config', '-z', '--show-scope', '--get-all', name], { answers: [1] });
  const scoped = fields.flatMap((scope, index) => (index % 2 === 0 ? [{ scope, command: fields[index + 1] ?? '' }] : []));
  const own = scoped.findLast(({ scope }) => scope === 'global' || scope === 'system');
  if (own === undefined) return scoped.length === 0 ? undefined : { why: `${name} is set in this repository's own configuration, which may name any program, so it is not run; name the key itself (git config user.signingKey FILE), or set the command for yourself (git config --global ${name} …)` };
  const words = splitWords(own.command);
  const printed = words === undefined ? undefined : await firstLine(words);
  if (printed === undefined || !/^(?:key::)?(?:sk-)?(?:ssh|ecdsa)-/.test(printed)) return { why: `${name} of git's configuration prints no key; correct it, or name a key: git config --global user.signingKey FILE` };
  return { key: toSigningKey(root, printed), source: `${name} of git's configuration` };
}

/** Splits a command as git does, which runs it without a shell. Undefined when a quote is open. */
function splitWords(command: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < command.length; at++) {
    const character = command.charAt(at);
    if (character === quote) quote = undefined;
    else if (quote === undefined && (character === '"' || character === "'")) [quote, word] = [character, word ?? ''];
    else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (character === '\\' && quote !== "'" ? command.charAt(++at) : character);
  }
  if (word !== undefined) words.push(word);
  return quote === undefined ? words : undefined;
}

function firstLine([program, ...args]: readonly string[]): Promise<string | undefined> {
  if (program === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'ignore'], timeout: limitMs, windowsHide: true });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => (stdout += data));
    child.once('error', () => {
      resolve(undefined);
    });
    child.once('close', (code) => {
      resolve(code === 0 ? stdout.split(/\r?\n/)[0] : undefined);
    });
  });
}
