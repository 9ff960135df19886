import type { Reads } from '../../core/forge/githubAnswers.ts';
import { showInert } from '../../core/review/inert.ts';
import { messageOf } from '../../core/text/messageOf.ts';

export interface GithubAccess {
  /** `https://api.github.com`, or `https://HOST/api/v3` of GitHub Enterprise. */
  readonly baseUrl: string;
  readonly token: string;
  /** What to do where the token is not accepted; without it, what somebody at a terminal does. */
  readonly remedy?: string;
  readonly fetch: typeof globalThis.fetch;
}

/** A call that did not do what it should: what happened, and what to do next. `status` is HTTP's, and 0 when there was no answer. */
export class GithubError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export type GithubMethod = 'GET' | 'POST' | 'PATCH';

const apiVersion = '2022-11-28';
const patienceMs = 20_000;
const perPage = 100;
/** A page of its longest comments has less. */
const mostBytes = 32 * 1024 * 1024;
/** A pull request with more than this many comments is not read to its end. */
const mostPages = 30;

/** GitHub's REST API, with the answers checked. */
export class GithubClient {
  private readonly baseUrl: string;

  constructor(private readonly access: GithubAccess) {
    this.baseUrl = checkedBaseUrl(access.baseUrl);
    // What a header cannot hold would be told in an error, with the token in it.
    if (!/^[\x21-\x7e]+$/.test(access.token)) throw new GithubError('the token for GitHub is empty or has characters that none has; put one in GITHUB_TOKEN', 0);
  }

  /** @param path with its parameters filled in, each of them encoded; the answer is read by `answer` */
  async call<T>(method: GithubMethod, path: string, answer: Reads<T>, { query = {}, body }: { readonly query?: Readonly<Record<string, string>>; readonly body?: object } = {}): Promise<T> {
    const response = await this.send(method, path, query, body);
    const text = await this.textOf(response, `${method} ${path}`);
    if (!response.ok) throw new GithubError(this.inert(refusal(response, this.host, saidIn(text), this.access.remedy ?? usualRemedy)), response.status);
    const read = answer.safeParse(parsed(text));
    if (!read.success) throw new GithubError(`${this.host} answered ${method} ${path} with something else than GitHub does${placeOf(read.error.issues[0]?.path)}; is ${this.baseUrl} the address of its API?`, response.status);
    return read.data;
  }

  /** All pages of a list. */
  async list<T>(path: string, answer: Reads<T[]>, query: Readonly<Record<string, string>> = {}): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const some = await this.call('GET', path, answer, { query: { ...query, per_page: String(perPage), page: String(page) } });
      all.push(...some);
      if (some.length < perPage) break;
    }
    return all;
  }

  private get host(): string {
    return new URL(this.baseUrl).host;
  }

  private async send(method: GithubMethod, path: string, query: Readonly<Record<string, string>>, body: object | undefined): Promise<Response> {
    const search = new URLSearchParams(query).toString();
    const { fetch, token } = this.access;
    try {
      return await fetch(`${this.baseUrl}${path}${search === '' ? '' : `?${search}`}`, {
        method,
        // A redirect would turn a POST into a GET, or take the token along.
        redirect: 'manual',
        signal: AbortSignal.timeout(patienceMs),
        headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}`, 'user-agent': 'firebreak', 'x-github-api-version': apiVersion, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : messageOf(error);
      throw new GithubError(this.inert(`${this.host} could not be reached (${cause}); try again when there is a network`), 0);
    }
  }

  /** What is cut off on its way is read as what came. */
  private async textOf(response: Response, call: string): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > mostBytes) break;
        chunks.push(chunk);
      }
    } catch {
      return '';
    }
    if (size > mostBytes) throw new GithubError(this.inert(`${this.host} answered ${call} with more than ${mostBytes / 1024 / 1024} MB, which GitHub never does; is ${this.baseUrl} the address of its API?`), response.status);
    return Buffer.concat(chunks).toString('utf8');
  }

  private inert(text: string): string {
    return showInert(text.replaceAll(this.access.token, '…'));
  }
}

/** The token goes nowhere without encryption, but for a server on this machine. */
function checkedBaseUrl(written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isLocal = url !== undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new GithubError(`${showInert(JSON.stringify(url === undefined ? written : url.origin))} is no address of GitHub's API; give one such as https://api.github.com or https://HOST/api/v3`, 0);
  }
  return url.href.replace(/\/+$/, '');
}

const usualRemedy = 'make a new one, and put it in GITHUB_TOKEN';

function refusal({ status, headers }: Response, host: string, told: string, remedy: string): string {
  const said = told === '' ? '' : ` (it says: ${told})`;
  const retryAfter = Number(headers.get('retry-after') ?? NaN);
  if (status === 429 || (status === 403 && (headers.get('x-ratelimit-remaining') === '0' || !Number.isNaN(retryAfter)))) {
    const reset = Number(headers.get('x-ratelimit-reset') ?? NaN);
    const when = !Number.isNaN(retryAfter) ? `in ${retryAfter} s` : Number.isFinite(reset) && reset < 1e11 ? `after ${new Date(reset * 1000).toISOString()}` : 'later';
    return `${host} takes no more calls for now; try again ${when}`;
  }
  if (status >= 300 && status < 400) return `${host} says that this is now elsewhere; bring the remote's address up to date (git remote set-url), and try again`;
  switch (status) {
    case 401:
      return `${host} does not accept the token; ${remedy}`;
    case 403:
      return `${host} does not let the token do this${said}; give it "Pull requests: read and write", and the organization's consent where it asks for that`;
    case 404:
      return `${host} has no such repository or pull request that the token may see; look at the remote's address, and at what the token may read`;
    case 410:
      return `${host} says that this is gone or switched off${said}`;
    case 422:
      return `${host} does not take this${said}; correct that, and announce the request again`;
    default:
      return `${host} failed with status ${status}${said}; try again later`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function saidIn(text: string): string {
  const body = parsed(text);
  if (typeof body !== 'object' || body === null) return '';
  const message = 'message' in body && typeof body.message === 'string' ? [body.message] : [];
  const errors = 'errors' in body && Array.isArray(body.errors) ? body.errors.flatMap(errorWords) : [];
  return [...message, ...errors].join('; ').slice(0, 300);
}

/** GitHub names a field and a code where it has no sentence. */
function errorWords(error: unknown): string[] {
  if (typeof error === 'string') return [error];
  const { message, field, code } = (error ?? {}) as Readonly<Record<string, unknown>>;
  return typeof message === 'string' ? [message] : [field, code].some((part) => typeof part === 'string') ? [[field, code].filter((part) => typeof part === 'string').join(' ')] : [];
}

/** Where in an answer something stands; an answer that is none at all is wrong as a whole. */
function placeOf(place: readonly PropertyKey[] = []): string {
  return place.length === 0 ? '' : ` (${place.join('.')})`;
}
