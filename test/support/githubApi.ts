import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

interface Operation {
  readonly parameters?: readonly unknown[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object; readonly examples?: Readonly<Record<string, { readonly $ref: string }>> }>> }>>;
}
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: object;
}

const require = createRequire(import.meta.url);

/** Read once for all tests: it has 13 MB. OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own. */
const description = JSON.parse(readFileSync(require.resolve('@octokit/openapi/generated/api.github.com.json'), 'utf8'), (_key, value: unknown) => {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || value.nullable !== true) return value;
  const { nullable: _, ...rest } = value as { nullable: true; enum?: readonly unknown[] };
  return { anyOf: [rest, { type: 'null' }] };
}) as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>; readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
ajv.addSchema(description, 'github');

function resolved(value: unknown): unknown {
  const ref = typeof value === 'object' && value !== null && '$ref' in value ? String(value.$ref) : undefined;
  return ref === undefined ? value : ref.replace(/^#\//, '').split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], description);
}

/** Fails when a value is not what a part of the description asks for. */
function assertValid(what: string, schema: object, value: unknown): void {
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"github#/')) as object);
  assert.ok(validate(value), `${what}: ${JSON.stringify(validate.errors?.slice(0, 3))} in ${JSON.stringify(value).slice(0, 200)}`);
}

export interface Answer {
  readonly status: number;
  /** Of a status that GitHub describes, as its description has it: else the test fails. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SentCall {
  readonly call: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * GitHub as its own OpenAPI description tells of it (`@octokit/openapi`): each call has to be one that there is, with parameters and a body as described, and each answer
 * of a success has to be one that GitHub could give.
 */
export class DescribedGithub {
  readonly sent: SentCall[] = [];

  constructor(
    private readonly baseUrl: string,
    /** What alone is taken. */
    public token: string,
    private readonly answers: Readonly<Record<string, (call: SentCall) => Answer>>,
  ) {}

  readonly fetch: typeof globalThis.fetch = (input, { method = 'GET', headers, body } = {}) => {
    assert.ok(typeof input === 'string' && input.startsWith(`${this.baseUrl}/`), 'the address is at the base URL');
    const url = new URL(input);
    const path = url.pathname.slice(new URL(this.baseUrl).pathname.replace(/\/$/, '').length);
    const { template, operation, values } = operationAt(method, path);
    const given = new Headers(headers);
    assert.equal(given.get('authorization'), `Bearer ${this.token}`);
    assert.equal(given.get('accept'), 'application/vnd.github+json');
    assert.doesNotMatch(input, new RegExp(this.token), 'the token is in no address');
    const query = Object.fromEntries(url.searchParams);
    checkParameters(operation, values, query);
    const sent = { call: `${method} ${template}`, query, body: typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined };
    const schema = operation.requestBody?.content['application/json']?.schema;
    if (sent.body !== undefined) assert.ok(schema, `${sent.call} takes a body`);
    if (schema !== undefined) assertValid(`the body of ${sent.call}`, schema, sent.body);
    this.sent.push(sent);
    const answer = this.answers[sent.call]?.(sent);
    assert.ok(answer, `nobody said what ${sent.call} answers`);
    const described = operation.responses[String(answer.status)]?.content?.['application/json'];
    if (answer.status < 300) {
      assert.ok(described, `${sent.call} answers with ${answer.status}`);
      assertValid(`the answer of ${sent.call}`, described.schema, answer.body);
    }
    return Promise.resolve(new Response(answer.body === undefined ? '' : JSON.stringify(answer.body), { status: answer.status, headers: answer.headers ?? {} }));
  };
}

function operationAt(method: string, path: string): { template: string; operation: Operation; values: Readonly<Record<string, string>> } {
  for (const [template, operations] of Object.entries(description.paths)) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const match = new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    const operation = match === null ? undefined : operations[method.toLowerCase()];
    if (operation !== undefined) return { template, operation, values: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match?.[index + 1] ?? '')])) };
  }
  assert.fail(`GitHub has no ${method} ${path}`);
}

function checkParameters({ parameters = [] }: Operation, values: Readonly<Record<string, string>>, query: Readonly<Record<string, string>>): void {
  const described = parameters.map((parameter) => resolved(parameter) as Parameter);
  for (const { name, in: place, required, schema } of described) {
    const given = place === 'path' ? values[name] : place === 'query' ? query[name] : undefined;
    if (required === true) assert.ok(given !== undefined, `${name} is given`);
    if (given !== undefined) assertValid(name, schema, 'type' in schema && schema.type === 'integer' ? Number(given) : given);
  }
  for (const name of Object.keys(query)) assert.ok(described.some((each) => each.in === 'query' && each.name === name), `there is a parameter ${name}`);
}

/** GitHub's own example of an answer. */
export function exampleOf(call: string, status: number): unknown {
  const [method = '', template = ''] = call.split(' ');
  const examples = description.paths[template]?.[method.toLowerCase()]?.responses[String(status)]?.content?.['application/json']?.examples ?? {};
  const first = resolved(Object.values(examples)[0]);
  assert.ok(typeof first === 'object' && first !== null && 'value' in first, `${call} has an example`);
  return structuredClone(first.value);
}
