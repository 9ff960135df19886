import assert from 'node:assert/strict';
import { OffsetRange } from '../../src/core/text/offsetRange.ts';
import { tab, told, Typist } from '../support/typist.ts';
import { scenario, scenarios } from './scenario.ts';

const byEditor = told('unknown', { name: 'formatEditsCommand' });
/** Not told: the formatter of another program, or one of an editor that says nothing. */
const untold = {};

/** A person's call, and an AI's argument and line in it. */
function mixed(): Typist {
  return new Typist("import { b, a } from 'm';\ncall(one,two)\n").insertBefore(',two', '("drop")', tab).replace('', 'send(x,y)\n', tab);
}

scenarios('Formatting', () => {
  for (const [who, change] of [['the editor tells of it', byEditor], ['nothing tells of it', untold]] as const) {
    it(`leaves every token to its author, where ${who}`, () => {
      const typist = mixed();
      typist.replace(typist.text, "import { b, a } from 'm';\ncall(\n  one('drop'),\n  two,\n);\nsend(x, y);\n", change);
      assert.equal(typist.shown, "import { b, a } from 'm';\ncall(\n  one⟦('drop')⟧,\n  two,\n);\n⟦send(x, y);\n⟧");
    });
  }

  scenario({ case: 'a formatter of the editor breaks lines, changes quotes and adds semicolons', evidence: 'observed', result: 'AI text stays the AI\'s, a person\'s the person\'s' }, () => {
    const typist = mixed();
    typist.replace('call(one("drop"),two)', "call(\n  one('drop'),\n  two,\n);", byEditor);
    assert.equal(typist.shown, "import { b, a } from 'm';\ncall(\n  one⟦('drop')⟧,\n  two,\n);\n⟦send(x,y)\n⟧");
  });

  scenario({ case: 'a formatter outside of the editor rewrites the file on disk', evidence: 'observed', result: 'each token keeps its author, though nothing tells of a formatter' }, () => {
    const typist = mixed();
    typist.replace(typist.text, "import { b, a } from 'm';\n\ncall(one('drop'), two);\nsend(x, y);\n", told('reloadFromDisk'));
    assert.equal(typist.shown, "import { b, a } from 'm';\n\ncall(one⟦('drop')⟧, two);\n⟦send(x, y);\n⟧");
  });

  scenario({ case: 'imports are organised', evidence: 'observed', result: 'an import that moves keeps its author, within its line too' }, () => {
    const typist = new Typist("import { z } from 'z';\nmain();\n").insertBefore('main', "import { drop, all } from 'a';\n", tab);
    assert.equal(typist.shown, "import { z } from 'z';\n⟦import { drop, all } from 'a';\n⟧main();\n");
    typist.replace("import { z } from 'z';\nimport { drop, all } from 'a';\n", "import { all, drop } from 'a';\nimport { z } from 'z';\n", told('codeAction', { $kind: 'source.organizeImports' }));
    const ai = typist.regions.filter(({ removedText }) => removedText === undefined).map(({ range }) => range.of(typist.text)).join('');
    assert.equal(ai.replaceAll(/\s/g, ''), "import{all,drop}from'a';");
  });

  scenario({ case: 'only blanks change', evidence: 'observed', result: 'nothing else does' }, () => {
    const typist = new Typist('f() {\n').replace('', 'drop(  all );\n', tab).replace('', '}\n');
    typist.replace(typist.text, 'f() {\n\tdrop( all);\n}\n', untold);
    assert.equal(typist.shown, 'f() {\n\t⟦drop( all);\n⟧}\n');
  });

  scenario({ case: 'a formatter and then undo', evidence: 'observed', result: 'the regions are those before' }, () => {
    const typist = mixed();
    const { text, regions } = typist;
    typist.replace(text, "import { b, a } from 'm';\ncall(one('drop'), two);\nsend(x, y);\n", byEditor);
    assert.deepEqual(typist.undoTo(text).regions, regions);
  });

  scenario({ case: 'a person types brackets around AI text', evidence: 'observed', result: 'the brackets are the person\'s: one key is no formatter' }, () => {
    const typist = new Typist('').replace('', 'drop all', tab);
    assert.equal(typist.insertBefore(' all', '(').shown, '⟦drop⟧(⟦ all⟧');
  });

  it('does not take for a formatter what brings a new word', () => {
    const typist = new Typist('').replace('', 'drop(one)', tab);
    typist.replace('drop(one)', 'drop(one, two)', untold);
    assert.equal(typist.shown, '⟦drop(one⟧, two⟦)⟧');
    assert.equal(typist.regions[0]?.range.equals(new OffsetRange(0, 8)), true);
  });
});
