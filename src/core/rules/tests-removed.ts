import { change } from '../check/example.ts';
import { defineRule, removal } from '../check/rule.ts';

export default defineRule({
  id: 'tests-removed',
  title: 'Tests removed',
  why: 'A test that stood in the way of a change said that something would break. Without it the change passes, and the next one that breaks the same thing does too.',
  instead: 'Mend the code until the test passes; where the test is wrong, change what it expects and say why.',
  blindTo: 'Assertions that became weaker and still assert something, tests that were renamed and emptied at once, and frameworks whose tests are found by other means than the usual names.',
  blastRadius: { scope: 'collection', undo: 'easy' },
  matches: [removal('tests')],
  judge: { removal: ({ source, count = 1 }) => ({ effect: `takes ${count === 1 ? 'a test' : `${count} tests`} away: ${source}` }) },
  examples: {
    bad: [
      change('test/cart.test.ts', `it('adds', () => {\n  ok(add());\n});\nit('refuses', () => {\n  throws(add);\n});\n`, `⟦it('adds', () => {⟧\n  ok(add());\n});\n`),
      change('tests/test_cart.py', `def test_adds():\n    assert add()\n\ndef test_refuses():\n    assert not add(0)\n`, `⟦def test_adds():⟧\n    assert add()\n`),
      change('cart_test.go', `package cart\nfunc TestAdd(t *testing.T) {}\nfunc TestRefuse(t *testing.T) {}\n`, `⟦package cart⟧\nfunc TestAdd(t *testing.T) {}\n`),
      change('test/cart.test.ts', `it('adds', () => {\n  ok(add());\n});\n`, `⟦it.skip('adds', () => {⟧\n  ok(add());\n});\n`),
      change('tests/test_cart.py', `def test_adds():\n    assert add() == 1\n`, `def test_adds():\n    ⟦assert True⟧\n`),
    ],
    good: [
      change('tests/test_cart.py', `def test_adds():\n    assert add() == 1\n`, `def test_adds():\n    assert add() == 2\n\nclass Empty:\n    pass\n`),
      change('test/cart.test.ts', `it('adds', () => {\n  ok(add());\n});\n`, `it('adds an item', () => {\n  ok(add());\n});\n`),
      change('test/cart.test.ts', `it('adds', () => {\n  ok(add());\n});\n`, `it('adds', () => {\n  ok(add());\n});\nit('refuses', () => {});\n`),
      change('src/cart.ts', `export const test = 1;\nfunction split() {}\n`, `export const test = 2;\n`),
    ],
  },
});
