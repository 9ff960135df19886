import assert from 'node:assert/strict';
import { OffsetEdit } from '../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../src/core/text/offsetRange.ts';
import { tab, told, Typist } from '../support/typist.ts';
import { scenario, scenarios } from './scenario.ts';

const large = Array.from({ length: 12 }, (_, index) => `export const constant${index} = compute(${index});\n`).join('');

scenarios('Not an AI', () => {
  scenario({ case: 'a small paste of a person', evidence: 'none', result: 'no region' }, () => {
    assert.equal(new Typist('a\n').replace('', 'const small = 1;\n', { pasted: 'const small = 1;\n' }).shown, 'a\nconst small = 1;\n');
  });

  scenario({ case: 'a large paste from elsewhere, announced by the editor', evidence: 'observed', result: 'unknown, never human' }, () => {
    const typist = new Typist('a\n').replace('', large, { pasted: large });
    assert.equal(typist.shown, `a\n⟨${large}⟩`);
    assert.equal(typist.regions[0]?.evidence, 'observed');
  });

  scenario({ case: 'a large insertion that nothing explains', evidence: 'inferred', result: 'unknown, never human' }, () => {
    const typist = new Typist('a\n').replace('', large);
    assert.equal(typist.shown, `a\n⟨${large}⟩`);
    assert.equal(typist.regions[0]?.evidence, 'inferred');
  });

  scenario({ case: 'a large part of a person\'s own text, cut and pasted', evidence: 'none', result: 'no region: it is known where it was' }, () => {
    const typist = new Typist(`top();\n${large}end();\n`);
    assert.equal(typist.replace(large, '').replace('', large, { pasted: large }).shown, `top();\nend();\n${large}`);
  });

  scenario({ case: 'an item picked from IntelliSense', evidence: 'none', result: 'no region' }, () => {
    assert.equal(new Typist('x.for').replace('for', 'forEach', told('suggest', { $extensionId: 'vscode.typescript' })).shown, 'x.forEach');
  });

  scenario({ case: 'a snippet', evidence: 'none', result: 'no region' }, () => {
    assert.equal(new Typist('').replace('', 'for (const item of items) {\n\t\n}', told('snippet')).shown, 'for (const item of items) {\n\t\n}');
  });

  scenario({ case: 'a bracket that closes itself within AI text', evidence: 'observed', result: 'the brackets are the person\'s, the rest stays the AI\'s' }, () => {
    assert.equal(new Typist('').replace('', 'drop(all);', tab).insertBefore('all', '{}').shown, '⟦drop(⟧{}⟦all);⟧');
  });

  scenario({ case: 'a rename that reaches into AI text', evidence: 'observed', result: 'the new names are the person\'s, the rest stays the AI\'s' }, () => {
    const typist = new Typist('let old = 1;\n').replace('', 'drop(old);\n', tab);
    const second = OffsetRange.ofLength(typist.text.lastIndexOf('old'), 3);
    typist.apply(new OffsetEdit([{ range: typist.find('old'), newText: 'fresh' }, { range: second, newText: 'fresh' }]), told('rename'));
    assert.equal(typist.shown, 'let fresh = 1;\n⟦drop(⟧fresh⟦);\n⟧');
  });

  scenario({ case: 'an input method that composes in AI text', evidence: 'observed', result: 'what is composed is the person\'s' }, () => {
    const typist = new Typist('').replace('', '// drop', tab);
    for (const [old, now] of [['', 'に'], ['に', 'にほ'], ['にほ', '日本']] as const) typist.replace(old, now, told('cursor', { kind: 'compositionType' }));
    assert.equal(typist.shown, '⟦// drop⟧日本');
  });

  scenario({ case: 'line endings change from LF to CRLF and back', evidence: 'observed', result: 'each line keeps its author, the deletions their places' }, () => {
    const typist = new Typist('a;\nguard();\nb;\n').replace('guard();\n', 'drop();\n', { chatEditing: true });
    const lf = typist.text;
    const shown = 'a;\n⌫guard⌫⟦drop⟧();\nb;\n';
    assert.equal(typist.shown, shown);
    typist.replace(lf, lf.replaceAll('\n', '\r\n'), { eolChanged: true });
    assert.equal(typist.shown, shown.replaceAll('\n', '\r\n'));
    assert.equal(typist.replace(typist.text, lf, { eolChanged: true }).shown, shown);
  });
});

scenarios('Boundaries', () => {
  const accepted = () => new Typist('a();\nb();\n').insertBefore('b', 'drop();\n', tab);

  scenario({ case: 'typing at the left edge of AI text', evidence: 'observed', result: 'the person\'s' }, () => {
    assert.equal(accepted().insertBefore('drop', 'x').shown, 'a();\nx⟦drop();\n⟧b();\n');
  });

  scenario({ case: 'typing at the right edge of AI text', evidence: 'observed', result: 'the person\'s' }, () => {
    assert.equal(accepted().insertBefore('b', 'x').shown, 'a();\n⟦drop();\n⟧xb();\n');
  });

  scenario({ case: 'typing inside AI text', evidence: 'observed', result: 'the AI\'s text is two pieces of one insertion' }, () => {
    const typist = accepted().insertBefore('();\nb', 's');
    assert.equal(typist.shown, 'a();\n⟦drop⟧s⟦();\n⟧b();\n');
    assert.equal(new Set(typist.regions.map(({ insertionId }) => insertionId)).size, 1);
  });

  scenario({ case: 'Enter in AI text, then the lines joined again', evidence: 'observed', result: 'the line break is the person\'s and goes with it' }, () => {
    const typist = accepted().insertBefore('();\nb', '\n  ');
    assert.equal(typist.shown, 'a();\n⟦drop⟧\n  ⟦();\n⟧b();\n');
    assert.equal(typist.apply(OffsetEdit.delete(OffsetRange.ofLength(typist.text.indexOf('\n  ()'), 3)), {}).shown, 'a();\n⟦drop();\n⟧b();\n');
  });

  scenario({ case: 'a line typed right after an AI\'s line', evidence: 'observed', result: 'the person\'s, key by key' }, () => {
    const typist = new Typist('').replace('', 'drop();', tab);
    for (const key of ['\n', 'm', 'i', 'n', 'e', ';']) typist.replace('', key);
    assert.equal(typist.shown, '⟦drop();⟧\nmine;');
  });
});

scenarios('Duplicates', () => {
  scenario({ case: 'an AI adds one more of many closing brackets', evidence: 'observed', result: 'just one of them is its own' }, () => {
    const typist = new Typist('if (a) {\n  b();\n}\n}\n').replace('if (a) {\n  b();\n}\n}\n', 'if (a) {\n  b();\n}\n}\n}\n', { chatEditing: true });
    assert.equal(typist.shown, 'if (a) {\n  b();\n}\n}\n⟦}\n⟧');
  });

  scenario({ case: 'an AI writes a second copy of a person\'s line', evidence: 'observed', result: 'the copy is the AI\'s, the first stays the person\'s' }, () => {
    const typist = new Typist('await remove(everything);\n').replace('', 'await remove(everything);\n', { chatEditing: true });
    assert.equal(typist.shown, 'await remove(everything);\n⟦await remove(everything);\n⟧');
  });

  scenario({ case: 'a person deletes AI text and types the same again', evidence: 'none', result: 'it is the person\'s' }, () => {
    const typist = new Typist('').replace('', 'drop();', tab).replace('drop();', '');
    for (const key of 'drop();') typist.replace('', key);
    assert.equal(typist.shown, 'drop();');
  });

  scenario({ case: 'an AI replaces every place of a word', evidence: 'observed', result: 'each new word is its own, and each old one is remembered' }, () => {
    const text = 'a = 1;\nb = 1;\nc = 1;\n';
    const typist = new Typist(text).replace(text, text.replaceAll('1', 'ALL'), { chatEditing: true });
    assert.equal(typist.shown, 'a = ⌫1⌫⟦ALL⟧;\nb = ⌫1⌫⟦ALL⟧;\nc = ⌫1⌫⟦ALL⟧;\n');
  });

  scenario({ case: 'an AI puts blank lines between a person\'s', evidence: 'observed', result: 'only they are its own' }, () => {
    const typist = new Typist('a();\n\nb();\n').replace('a();\n\nb();\n', 'a();\n\n\nb();\n', { chatEditing: true });
    assert.equal(typist.regions.length, 1);
    assert.equal(typist.regions[0]?.range.of(typist.text), '\n');
  });
});

scenarios('Partial edits', () => {
  scenario({ case: 'AI text that a person selects and replaces by typing', evidence: 'none', result: 'it is gone' }, () => {
    assert.equal(new Typist('x = ').replace('', 'drop(all);', tab).replace('drop(all);', 'k').replace('', 'e').shown, 'x = ke');
  });
});

scenarios('Not an AI', () => {
  scenario({ case: 'a person answers "This is mine" for an unknown text', evidence: 'none', result: 'all pieces of it are the person\'s, and other regions stay' }, () => {
    const typist = new Typist('').replace('', 'ai();\n', tab).replace('', large).insertBefore('export const constant5', 'mine();\n');
    typist.authorship.answer(typist.regions[1]?.insertionId ?? '', 'mine');
    assert.equal(typist.shown, `⟦ai();\n⟧${typist.text.slice('ai();\n'.length)}`);
  });

  scenario({ case: 'a person answers "This is AI" for an unknown text', evidence: 'reported', result: 'all pieces of it are an AI\'s, marked by hand' }, () => {
    const typist = new Typist('').replace('', large).insertBefore('export const constant5', 'mine();\n');
    typist.authorship.answer(typist.regions[0]?.insertionId ?? '', 'ai');
    const [first, second] = large.split('export const constant5');
    assert.equal(typist.shown, `⟦${first ?? ''}⟧mine();\n⟦export const constant5${second ?? ''}⟧`);
    assert.deepEqual(new Set(typist.regions.map(({ evidence }) => evidence)), new Set(['reported']));
  });
});

scenarios('Not an AI', () => {
  scenario({ case: 'a large paste from elsewhere that shares many words in a row with what was cut before', evidence: 'observed', result: 'unknown as a whole: what every text has explains nothing' }, () => {
    const other = large.replaceAll('constant', 'written');
    const typist = new Typist(large).replace(large, '').replace('', other, { pasted: other });
    assert.equal(typist.shown, `⟨${other}⟩`);
  });
});
