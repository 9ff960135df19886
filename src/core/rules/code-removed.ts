import { change, type Example } from '../check/example.ts';
import { defineRule, removal } from '../check/rule.ts';

const lines = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `export const value${from + index} = compute(${from + index});\n`).join('');
const cutTo = (after: string): Example => change('src/values.ts', lines(120), after);

export default defineRule({
  id: 'code-removed',
  title: 'Much code removed',
  why: 'An assistant that was asked for something small and takes much away has often misread what it was asked for. What is gone is hard to miss in a long change, and easy to ask about.',
  instead: 'Ask for the removal in a change of its own, so that what is left out can be seen.',
  blindTo: 'Removals of fewer than 60 lines (20 where hardly any other is left), code that is replaced by as much that does less, and generated, vendored and example files.',
  blastRadius: { scope: 'collection', undo: 'easy' },
  matches: [removal('file'), removal('code')],
  judge: {
    removal: ({ removed, source, count = 0 }) => ({ effect: removed === 'file' ? `deletes the file \`${source}\` with ${count} lines of code` : `takes ${count} lines of code away and brings few` }),
  },
  examples: {
    bad: [
      cutTo('⟦export const value0 = compute(0);⟧\n'),
      cutTo('⟦⟧'),
      change('app/models.py', Array.from({ length: 70 }, (_, index) => `field_${index} = make(${index})\n`).join(''), '⟦field_0 = make(0)⟧\nfield_1 = make(1)\n'),
      change('src/tax.py', Array.from({ length: 8 }, (_, index) => `def rate_${index}(order):\n    base = order.sum\n    return base * ${index}\n`).join(''), '⟦def rate_0(order):⟧\n    base = order.sum\n    return base * 0\n'),
      change('src/auth.ts', lines(14), '⟦⟧'),
    ],
    good: [
      change('src/values.ts', lines(8), ''),
      change('src/values.ts', lines(40), lines(18)),
      cutTo(lines(120).replace('compute(3)', 'compute(4)')),
      cutTo(lines(30, 500)),
      cutTo(lines(80)),
      change('dist/values.js', lines(120), ''),
    ],
  },
});
