import { knownText } from '../language/javascript/knownText.ts';
import type { Clue } from './clues.ts';
import { type Call, hole, type Value } from '../language/operation.ts';

/** A request with the method DELETE, as far as the code says where it goes. */
export interface DeleteRequest {
  /** With `hole` for each part that is only known when the program runs. */
  readonly address: string;
  readonly source: string;
  /** Another service's address is spelled out; one's own stands in a setting or is left out. */
  readonly isSpelledOut: boolean;
  /** What is deleted is not named by the address alone. */
  readonly hasBody: boolean;
}

/** Methods that say by their name what they send. */
const deleters = new Set(['delete', 'del', 'Delete', 'DeleteAsync', 'DELETE', 'deleteForObject', 'DeleteFromJsonAsync']);

/** Functions and classes that take the method as an argument or in an object. */
const requesters = new Set(['fetch', 'request', 'Request', 'axios', 'got', 'ky', 'needle', 'ajax', '$fetch', 'ofetch', 'NewRequest', 'NewRequestWithContext', 'HttpRequestMessage', 'exchange', 'run_request',
  // What people call their own wrappers around these.
  'wp_remote_request', 'curl_setopt', 'req', 'apiRequest', 'api_request', 'apiCall', 'api_call', 'callApi', 'call_api', 'makeRequest', 'make_request', 'sendRequest', 'send_request', 'doRequest', 'do_request', 'httpRequest',
  'do', 'Do', 'doJSON', 'call', 'send', 'newRequest', 'apiFetch', 'http_request', 'fetchJson', 'fetch_json', 'requestJson', 'request_json',
]); // prettier-ignore

/** The names by which such calls are found: those that say what they send, and those that take the method, which then is named as well. */
export const deleterNames: readonly string[] = [...deleters];
export const requesterNames: readonly string[] = [...requesters, 'method'];

const clients = /^(?:axios|https?|ky|got|superagent|needle|requests?|httpx|session|instance|rest|fetcher|\$http)$|(?:api|client|http|axios|fetch|request|restTemplate|httparty|unirest|excon|typhoeus|faraday|guzzle)$/i;

const httpClient = /^(?:httpx|aiohttp|requests|axios|got|ky|superagent|undici|GuzzleHttp)(?:[.\\]\w+)*#/;

/** Libraries whose clients a file may call as it likes. */
const httpModule = /\b(?:httpx|aiohttp|requests|axios|got|ky|superagent|undici)\b/;

const spelledOut = /["'`]https?:\/\/[^/]/;

/** What the text shows of them: the method in a string or by a constant's name; else a client, an address that is spelled out, or a builder with one in its chain. */
export const requesterClues: readonly Clue[] = [{ text: /["'`](?:DELETE|delete)["'`]|MethodDelete|\bMethod(?:::|\.)D(?:ELETE|elete)|Net::HTTP::Delete/ }];

/** JavaScript's `call` of a function sends nothing by itself: of functions that everybody calls like that, or of one that is given what it is called on. */
const calledOn = /^\s*(?:this|null|undefined)\b/;
const everybodysFunction = /\bprototype\s*\.\s*[\w$]+$|\b(?:hasOwnProperty|hasOwn|propertyIsEnumerable|isPrototypeOf|toString|slice|super)$/;
export const callClues: readonly Clue[] = requesterClues.map((clue) => ({ ...clue, notOn: everybodysFunction, given: { test: (behind) => !calledOn.test(behind) } }));

export const deleterClues: readonly Clue[] = [
  { on: /(?:\b(?:https?|ky|got|superagent|needle|requests?|session|instance|rest|fetcher|\$http)|api|client|http|httpx|axios|fetch|request|restTemplate|httparty|unirest|excon|typhoeus|faraday|guzzle|conn(?:ection)?)$/i },
  { languages: ['python', 'java', 'kotlin', 'csharp', 'go', 'ruby', 'php', 'rust'], text: spelledOut, given: /^\s*[^\s)]/ },
  // Whoever gives more than one thing may give the address later.
  { languages: ['javascript'], text: spelledOut, given: { test: (behind, asked) => /^[^)]*,/.test(behind) || knownText.test(behind, asked) } },
  { on: /\b(?:ur[li]|newBuilder)\s*\([^;]*$/ },
  { given: /^[^;]*\.\s*(?:ur[li]|newBuilder)\s*\(/ },
  { languages: ['python', 'javascript'], text: httpModule, given: /^\s*[fF]?["'`](?:\/|\$?\{)/ },
];

const keepers = /cache|map|set|store|router|server|\bapp\b|fastify|registry|nock|mock|intercept|params|headers/i;

/** The DELETE that a call sends; undefined for what sends none, defines a route or only looks alike. */
export function deleteRequestOf(call: Call): DeleteRequest | undefined {
  const { name, args, links } = call;
  // `newBuilder(uri).method("DELETE", body)` is a request that names its method.
  const isMethod = name === 'method' && args[0]?.constant === 'DELETE' && links.some((link) => link.name === 'newBuilder');
  if (!deleters.has(name) && !isMethod && !args.some(isDeleteMethod)) return undefined;
  if (name === 'call' && (calledOn.test(args[0]?.source ?? '') || everybodysFunction.test(call.receiver ?? ''))) return undefined;
  if (args.some(({ source }) => /=>|^(?:async\s+)?function\b|^func\b|^lambda\b/.test(source))) return undefined;
  // The address stands in the chain of a builder, before the method or behind it.
  // A client that is given the first part of its addresses takes the rest of them.
  const isGivenBase = (httpClient.test(call.imported ?? '') || /^new\s+\\?GuzzleHttp\b/.test(call.receiverValue?.standsFor ?? '')) && !keepers.test(call.receiver ?? '');
  const isBuilt = name === 'DELETE' || isMethod || (args.length === 0 && [...links, ...call.next].some((link) => /^(?:ur[li]|newBuilder)$/.test(link.name)));
  const chained = isBuilt ? [...links, ...call.next].flatMap((link) => link.args ?? []) : [];
  const url = [...args, ...args.flatMap(({ properties }) => ['url', 'uri', 'path', 'endpoint'].map((key) => properties?.get(key)))].find((value) => isAddress(value) || (isGivenBase && isRelative(value))) ?? chained.find(isAddress) ?? requestOfRuby(args);
  if (url === undefined || typeof url.constant !== 'string' || /\/:\w/.test(url.constant.replace(/^\w+:\/\//, ''))) return undefined;
  const isSpelledOut = /^https?:\/\/[^/]*\w/.test(url.constant);
  const receiver = call.receiver ?? '';
  if (keepers.test(receiver)) return undefined;
  // What a test sends goes to the program itself.
  if (/^(?:fastapi\.testclient|starlette\.testclient|django\.test|rest_framework\.test|flask|supertest|@nestjs|webtest)\b/.test(call.imported ?? '')) return undefined;
  // A path alone may be the key of anything.
  const isClient = clients.test(receiver) || isGivenBase || (/conn(?:ection)?$/i.test(receiver) && call.modules.some((module) => /faraday|excon|http/i.test(module)));
  if (!isSpelledOut && deleters.has(name) && name !== 'DELETE' && !isBuilt && !isClient) return undefined;
  return {
    address: url.constant,
    source: url.constant.includes(hole) ? url.source.replace(/^[fF]?(["'`])(.*)\1$/s, '$2') : url.constant,
    isSpelledOut,
    hasBody: args.some(({ properties }) => ['data', 'params', 'body', 'json', 'query'].some((key) => properties?.has(key) === true)),
  };
}

function isDeleteMethod({ constant, source, properties, standsFor }: Value): boolean {
  const given = properties?.get('method') ?? properties?.get('type');
  if (given !== undefined) return isDeleteMethod(given);
  return constant === 'DELETE' || constant === 'delete' || rubysDelete.test(standsFor ?? source) || /^(?:http\.MethodDelete|HttpMethod\.D(?:ELETE|elete)|Method(?:::|\.)D(?:ELETE|elete))$/.test(source);
}

const rubysDelete = /Net::HTTP::Delete\.new\(\s*(.+?)\s*[,)]/;

/** `http.request(Net::HTTP::Delete.new("/apps/#{id}"))`, with the request made there or before. */
function requestOfRuby(args: readonly Value[]): Value | undefined {
  for (const { standsFor, source, range } of args) {
    const written = rubysDelete.exec(standsFor ?? source)?.[1];
    if (written === undefined) continue;
    const text = /^(["'])(.*)\1/.exec(written)?.[2]?.replace(/#\{[^}]*\}/g, hole);
    return { range, source: written, constant: text ?? `${hole}/${hole}` };
  }
  return undefined;
}

function isRelative(value: Value | undefined): value is Value {
  return typeof value?.constant === 'string' && /^[a-z][\w-]*\//.test(value.constant);
}

/** `https://…`, `/path`, `${base}/path`. */
function isAddress(value: Value | undefined): value is Value {
  return typeof value?.constant === 'string' && new RegExp(`^(?:https?://|/[\\w${hole}]|${hole}/)`).test(value.constant);
}
