import { change } from '../check/example.ts';
import { defineRule, removal } from '../check/rule.ts';

/** What is gone of a test that stays and is no longer run, as the comparison says it. */
const skipped = 'that are skipped now';

export default defineRule({
  id: 'tests-removed',
  title: 'Tests removed',
  why: 'A test that stood in the way of a change said that something would break. Without it the change passes, and the next one that breaks the same thing does too.',
  instead: 'Mend the code until the test passes; where the test is wrong, change what it expects and say why.',
  blindTo: 'Assertions that became weaker and still assert something, tests that were renamed and emptied at once, and frameworks whose tests are found by other means than the usual names.',
  blastRadius: { scope: 'collection', undo: 'easy' },
  matches: [removal('tests')],
  judge: { removal: ({ source, count = 1 }) => ({ effect: source === skipped ? `skips ${count === 1 ? 'a test' : `${count} tests`}` : `takes ${count === 1 ? 'a test' : `${count} tests`} away: ${source}` }) },
  examples: {
    bad: [
      // Fewer rows than there were tests.
      change(
        'tests/test_cart.py',
        `def test_add():\n    assert add(1, 2) == 3\n\ndef test_add_negative():\n    assert add(-1, -2) == -3\n\ndef test_add_zero():\n    assert add(0, 0) == 0\n`,
        `⟦@pytest.mark.parametrize("a, b, sum", [(1, 2, 3)])⟧\ndef test_add(a, b, sum):\n    assert add(a, b) == sum\n`,
      ),
      change('test/cart.test.ts', `it('adds', () => {\n  ok(add());\n});\nit('refuses', () => {\n  throws(add);\n});\n`, `⟦it('adds', () => {⟧\n  ok(add());\n});\n`),
      change('tests/test_cart.py', `def test_adds():\n    assert add()\n\ndef test_refuses():\n    assert not add(0)\n`, `⟦def test_adds():⟧\n    assert add()\n`),
      change('cart_test.go', `package cart\nfunc TestAdd(t *testing.T) {}\nfunc TestRefuse(t *testing.T) {}\n`, `⟦package cart⟧\nfunc TestAdd(t *testing.T) {}\n`),
      change('test/cart.test.ts', `it('adds', () => {\n  ok(add());\n});\n`, `⟦it.skip('adds', () => {⟧\n  ok(add());\n});\n`),
      change('tests/test_cart.py', `def test_adds():\n    assert add() == 1\n`, `def test_adds():\n    ⟦assert True⟧\n`),
    ],
    good: [
      change('tests/test_cart.py', `def test_adds():\n    assert add() == 1\n`, `def test_adds():\n    assert add() == 2\n\nclass Empty:\n    pass\n`),
      // Tests that became the rows of one.
      change(
        'tests/test_cart.py',
        `def test_add():\n    assert add(1, 2) == 3\n\ndef test_add_negative():\n    assert add(-1, -2) == -3\n\ndef test_add_zero():\n    assert add(0, 0) == 0\n`,
        `@pytest.mark.parametrize("a, b, sum", [(1, 2, 3), (-1, -2, -3), (0, 0, 0)])\ndef test_add(a, b, sum):\n    assert add(a, b) == sum\n`,
      ),
      change(
        'test/cart.test.ts',
        `it('adds', () => {\n  equal(add(1, 2), 3);\n});\nit('adds nothing', () => {\n  equal(add(0, 0), 0);\n});\n`,
        `it.each([\n  [1, 2, 3],\n  [0, 0, 0],\n])('adds %d and %d', (a, b, sum) => {\n  equal(add(a, b), sum);\n});\n`,
      ),
      change(
        'cart_test.go',
        `package cart\nfunc TestAdd(t *testing.T) {\n\tcheck(t, Add(1, 2), 3)\n}\nfunc TestAddZero(t *testing.T) {\n\tcheck(t, Add(0, 0), 0)\n}\n`,
        `package cart\nfunc TestAdd(t *testing.T) {\n\tfor _, c := range []struct{ a, b, sum int }{{1, 2, 3}, {0, 0, 0}} {\n\t\tt.Run("", func(t *testing.T) { check(t, Add(c.a, c.b), c.sum) })\n\t}\n}\n`,
      ),
      change('test/cart.test.ts', `it('adds', () => {\n  ok(add());\n});\n`, `it('adds an item', () => {\n  ok(add());\n});\n`),
      change('test/cart.test.ts', `it('adds', () => {\n  ok(add());\n});\n`, `it('adds', () => {\n  ok(add());\n});\nit('refuses', () => {});\n`),
      change('src/cart.ts', `export const test = 1;\nfunction split() {}\n`, `export const test = 2;\n`),
    ],
  },
});
