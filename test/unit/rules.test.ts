import assert from 'node:assert/strict';
import type { Example } from '../../src/core/check/example.ts';
import type { Rule } from '../../src/core/check/rule.ts';
import { rules } from '../../src/core/rules/index.ts';
import { checkText } from '../support/check.ts';

/** The text with ⟦⟧ around each range, so that a difference reads like the example. */
function mark(text: string, ranges: readonly { readonly start: number; readonly endExclusive: number }[]): string {
  return [...ranges]
    .sort((a, b) => b.start - a.start)
    .reduce((marked, { start, endExclusive }) => `${marked.slice(0, start)}⟦${marked.slice(start, endExclusive)}⟧${marked.slice(endExclusive)}`, text);
}

async function findingsOf(rule: Rule, example: Example) {
  const findings = await checkText(example.path, example.text, { before: example.before });
  return findings.filter((finding) => finding.ruleId === rule.id);
}

for (const rule of rules) {
  describe(`rule ${rule.id}`, () => {
    for (const example of rule.examples.bad) {
      it(`finds ${JSON.stringify(example.text).slice(0, 90)}`, async () => {
        const findings = await findingsOf(rule, example);
        assert.equal(mark(example.text, findings.map((finding) => finding.range)), mark(example.text, example.marked));
        for (const finding of findings) assert.notEqual(finding.severity, 'low', 'what is on the page as bad must count');
      });
    }
    for (const example of rule.examples.good) {
      it(`leaves ${JSON.stringify(example.text).slice(0, 90)}`, async () => {
        const counted = (await findingsOf(rule, example)).filter((finding) => finding.severity !== 'low');
        assert.equal(mark(example.text, counted.map((finding) => finding.range)), example.text);
      });
    }
    it('says why, what instead, and what it does not see', () => {
      for (const text of [rule.why, rule.instead, rule.blindTo]) assert.match(text, /^[A-Z`].{20,}[.!]$/s);
      assert.ok(rule.examples.bad.length >= 3 && rule.examples.good.length >= 3);
    });
  });
}
