import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';

const contributed = (JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { yamlValidation: readonly { fileMatch: string; url: string }[] } }).contributes.yamlValidation;
const schema = JSON.parse(readFileSync(contributed[0]?.url ?? '', 'utf8')) as { properties: Record<string, { description?: string }> };
const isValid = new Ajv({ strict: false }).compile(schema);

/** What a text says, and whether both take it. */
const policies: readonly (readonly [text: string, isTaken: boolean])[] = [
  ['version: 1', true],
  ["version: 1\ntargets: [refs/heads/main, 'refs/heads/release/*']\nreview: all-ai\nappliesTo: non-seniors", true],
  ['version: 1\nseniors: [a@corp, b@corp]\nseverities: { critical: { approvals: 2 }, high: warn, medium: off }\nkeys: { requireTouch: critical, maxAge: 14d }', true],
  ["version: 1\npeople: { alice@corp: { emails: [a@example.org], github: alice } }\npaths: [{ match: 'infra/**', minimum: high }]\nemergency: { people: [alice@corp], followUpWithin: 24h }", true],
  ['version: 2', false],
  ['version: 1\nreviews: risky', false],
  ['version: 1\nreview: some', false],
  ['version: 1\nseverities: { critical: { approvals: 0 } }', false],
  ['version: 1\nseniors: alice@corp', false],
];

describe('the schema of .firebreak/policy.yml', () => {
  it('is contributed for that file, and tells what each key means', () => {
    assert.deepEqual(contributed.map(({ fileMatch }) => fileMatch), ['.firebreak/policy.yml']);
    assert.deepEqual(Object.entries(schema.properties).flatMap(([key, { description }]) => (description === undefined ? [key] : [])), []);
  });
  for (const [text, isTaken] of policies) {
    it(`${isTaken ? 'takes' : 'refuses'}, as the gate does, ${JSON.stringify(text)}`, () => {
      assert.deepEqual([isValid(parse(text)), 'policy' in parsePolicy(text)], [isTaken, isTaken], JSON.stringify(isValid.errors));
    });
  }
});
