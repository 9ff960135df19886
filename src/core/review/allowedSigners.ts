import { isInPatternList } from './patternList.ts';
import { isSameKey, type PublicKey, readPublicKey } from './publicKey.ts';
import { parseSignerTime, type ReadLocalTime } from './signerTime.ts';

/** A line of `.firebreak/allowed_signers`: whose signatures with which key count. */
export interface AllowedSigner {
  /** A pattern list (`isInPatternList`) of whom the key speaks for. */
  readonly principals: string;
  /** Never a certificate. */
  readonly key: PublicKey;
  /** The key does not sign itself: it signs certificates whose keys may. */
  readonly isCertAuthority: boolean;
  /** A pattern list of what it may be used for; everything when there is none. */
  readonly namespaces?: string;
  /** Both moments belong to the time in which it is valid. */
  readonly validAfterMs?: number;
  readonly validBeforeMs?: number;
  /** 1-based. */
  readonly line: number;
}

export interface AllowedSigners {
  readonly signers: readonly AllowedSigner[];
  /** Lines that could not be read. They allow nobody. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

/** Where a repository keeps it, from its root. */
export const allowedSignersPath = '.firebreak/allowed_signers';

interface Failure {
  readonly why: string;
}

/**
 * Reads the format of ssh-keygen(1), ALLOWED SIGNERS: `PRINCIPALS [OPTIONS] TYPE BASE64 [COMMENT]`. What ssh-keygen refuses is an error here too;
 * beyond that, text that is not UTF-8, a certificate in the place of a key, and days that no calendar has are.
 *
 * A time without `Z` is another moment on another machine. It is read by `readLocalTime`, in the way that allows least.
 */
export function parseAllowedSigners(text: string, readLocalTime: ReadLocalTime): AllowedSigners {
  const signers: AllowedSigner[] = [];
  const errors: { line: number; message: string }[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const content = written.replace(/^[ \t\r]+/, '');
    if (content === '' || content.startsWith('#')) continue;
    const signer = parseLine(content, readLocalTime);
    if ('why' in signer) errors.push({ line: index + 1, message: signer.why });
    else signers.push({ ...signer, line: index + 1 });
  }
  return { signers, errors };
}

/** Who a signature says that it comes from, with which key, for what and when. */
export interface Claim {
  readonly principal: string;
  readonly key: PublicKey;
  readonly namespace: string;
  readonly atMs: number;
}

/**
 * The lines that allow a claim: with the key itself, or, for a certificate, with its authority's; whether the authority did sign it is left to the caller. `why` is a
 * sentence about the line that comes nearest; `isOutOfTime` when that allows it at another time.
 */
export function signersFor(signers: readonly AllowedSigner[], { principal, key, namespace, atMs }: Claim): readonly [AllowedSigner, ...AllowedSigner[]] | (Failure & { readonly isOutOfTime?: boolean }) {
  const wanted = key.certificate?.authority ?? key;
  const isCertificate = key.certificate !== undefined;
  const withKey = signers.filter((signer) => isSameKey(signer.key, wanted));
  if (withKey.length === 0) return { why: isCertificate ? 'the authority of its certificate is not in allowed_signers' : 'its key is not in allowed_signers' };
  const refusals = withKey.map((signer) => {
    if (!isInPatternList(principal, signer.principals)) return { rank: 0, why: `its key is in allowed_signers (${at(signer)}), but not for ${principal}` };
    if (signer.isCertAuthority !== isCertificate) return { rank: 1, why: isCertificate ? `its certificate's authority is in allowed_signers (${at(signer)}) without cert-authority` : `its key is in allowed_signers (${at(signer)}) as a certificate authority, which does not sign itself` };
    if (signer.namespaces !== undefined && !isInPatternList(namespace, signer.namespaces)) return { rank: 2, why: `allowed_signers (${at(signer)}) does not allow its key the namespace ${namespace}` };
    // OpenSSH counts in whole seconds.
    const seconds = Math.floor(atMs / 1000) * 1000;
    if (signer.validAfterMs !== undefined && seconds < signer.validAfterMs) return { rank: 3, why: `its key is valid from ${told(signer.validAfterMs)} on only (${at(signer)} of allowed_signers)` };
    if (signer.validBeforeMs !== undefined && seconds > signer.validBeforeMs) return { rank: 4, why: `its key was valid until ${told(signer.validBeforeMs)} (${at(signer)} of allowed_signers)` };
    return signer;
  });
  const [first, ...others] = refusals.filter((each) => 'key' in each);
  if (first !== undefined) return [first, ...others];
  const nearest = refusals.filter((each) => 'why' in each).reduce((one, other) => (other.rank > one.rank ? other : one));
  return { why: nearest.why, isOutOfTime: nearest.rank >= 3 };
}

/**
 * The principals that a key may sign as: those of the given ones that a line with it names, else the names that stand there without wildcards. Neither namespaces nor
 * times are looked at.
 */
export function principalsOf(signers: readonly AllowedSigner[], key: PublicKey, likely: readonly string[]): readonly string[] {
  const wanted = key.certificate?.authority ?? key;
  const lists = signers.filter((signer) => isSameKey(signer.key, wanted) && signer.isCertAuthority === (key.certificate !== undefined)).map(({ principals }) => principals);
  const named = likely.filter((principal) => lists.some((list) => isInPatternList(principal, list)));
  if (named.length > 0) return [...new Set(named)];
  return [...new Set(lists.flatMap((list) => list.split(',').filter((pattern) => !/[*?!]/.test(pattern) && isInPatternList(pattern, list))))];
}

function at({ line }: AllowedSigner): string {
  return `line ${line}`;
}

function told(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function parseLine(line: string, readLocalTime: ReadLocalTime): Omit<AllowedSigner, 'line'> | Failure {
  if (/[\0\ufffd]/.test(line)) return { why: 'it is not UTF-8' };
  const named = splitPrincipals(line);
  if ('why' in named) return named;
  const { principals, rest } = named;
  const isKeyFirst = /^(?:sk-)?(?:ssh|ecdsa)-/.test(rest);
  const written = isKeyFirst ? { options: '', rest } : splitOptions(rest);
  if ('why' in written) return written;
  const options = parseOptions(written.options, readLocalTime);
  if ('why' in options) return options;
  const [, type = '', base64] = /^([^ \t]*)[ \t]+([^ \t]+)/.exec(written.rest) ?? [];
  if (base64 === undefined) return { why: `after the principals${isKeyFirst ? '' : ' and options'} a key is expected, such as "ssh-ed25519 AAAA…"` };
  const key = readPublicKey(type, base64);
  if ('why' in key) return key;
  if (key.certificate !== undefined) return { why: 'it names a certificate; name the key itself, or the authority\'s key with cert-authority' };
  return { principals, key, ...options };
}

/** The first word. Quotes may stand around a part of it that holds spaces; the word ends with them. */
function splitPrincipals(line: string): { readonly principals: string; readonly rest: string } | Failure {
  const [, bare = '', delimiter, rest = ''] = /^([^ \t\r"]*)([ \t\r"]?)(.*)$/s.exec(line) ?? [];
  if (delimiter !== '"') return { principals: bare, rest: rest.replace(/^[ \t\r]+/, '') };
  const end = rest.indexOf('"');
  if (end === -1) return { why: 'a quote of the principals is not closed' };
  return { principals: bare + rest.slice(0, end), rest: rest.slice(end + 1).replace(/^[ \t\r]+/, '') };
}

/** The next word, in which spaces stand in quotes. */
function splitOptions(text: string): { readonly options: string; readonly rest: string } | Failure {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('\\"', at)) at++;
    else if (text[at] === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (text[at] === ' ' || text[at] === '\t')) return { options: text.slice(0, at), rest: text.slice(at).replace(/^[ \t]+/, '') };
  }
  return isQuoted ? { why: 'a quote of the options is not closed' } : { options: text, rest: '' };
}

type Options = Pick<AllowedSigner, 'isCertAuthority' | 'namespaces' | 'validAfterMs' | 'validBeforeMs'>;

function parseOptions(text: string, readLocalTime: ReadLocalTime): Options | Failure {
  let isCertAuthority = false;
  const valued = new Map<string, string>();
  for (let rest = text; rest !== ''; ) {
    const [flag] = /^cert-authority/i.exec(rest) ?? [];
    const [assigned, name = ''] = /^(namespaces|valid-after|valid-before)=/i.exec(rest) ?? [];
    if (flag !== undefined) {
      isCertAuthority = true;
      rest = rest.slice(flag.length);
    } else if (assigned !== undefined) {
      const [quoted, value = ''] = /^"((?:\\"|[^"\\]|\\(?!"))*)"/.exec(rest.slice(assigned.length)) ?? [];
      if (quoted === undefined) return { why: `the value of ${name} has to stand in quotes: ${name}="…"` };
      if (valued.has(name.toLowerCase())) return { why: `${name} stands twice` };
      valued.set(name.toLowerCase(), value.replaceAll('\\"', '"'));
      rest = rest.slice(assigned.length + quoted.length);
    }
    if (rest === '') break;
    if (!rest.startsWith(',')) return { why: `${JSON.stringify(rest.slice(0, 60))} is no option; those are cert-authority, namespaces="…", valid-after="…" and valid-before="…", with commas between` };
    if (rest === ',') return { why: 'after the last comma of the options one is missing' };
    rest = rest.slice(1);
  }
  return toOptions(isCertAuthority, valued, readLocalTime);
}

function toOptions(isCertAuthority: boolean, valued: ReadonlyMap<string, string>, readLocalTime: ReadLocalTime): Options | Failure {
  const [namespaces, after, before] = ['namespaces', 'valid-after', 'valid-before'].map((name) => valued.get(name));
  const [afterMs, beforeMs] = [after, before].map((text) => (text === undefined ? [] : parseSignerTime(text, readLocalTime)));
  for (const [name, text, moments] of [['valid-after', after, afterMs] as const, ['valid-before', before, beforeMs] as const]) {
    if (moments === undefined) return { why: `${name}=${JSON.stringify(text?.slice(0, 40))} is no time; write YYYYMMDD or YYYYMMDDHHMMSS, with a Z behind it for UTC` };
  }
  const [validAfterMs, validBeforeMs] = [after === undefined ? undefined : Math.max(...(afterMs ?? [])), before === undefined ? undefined : Math.min(...(beforeMs ?? []))];
  if (validAfterMs !== undefined && validBeforeMs !== undefined && validBeforeMs <= validAfterMs) return { why: 'valid-before is not after valid-after' };
  return {
    isCertAuthority,
    ...(namespaces !== undefined && { namespaces }),
    ...(validAfterMs !== undefined && { validAfterMs }),
    ...(validBeforeMs !== undefined && { validBeforeMs }),
  };
}
