import assert from 'node:assert/strict';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { tab, told, Typist } from '../../support/typist.ts';

const demo = { kind: 'ai', tool: 'demo', model: 'm', session: 's' } as const;
const format = { formatting: true };

describe('authorship of edits', () => {
  it('makes a region of an accepted completion', () => {
    const typist = new Typist('a\n').insertBefore('a', 'drop();\n', told('inlineCompletionAccept', { $extensionId: 'e' }));
    assert.equal(typist.shown, '⟦drop();\n⟧a\n');
    assert.deepEqual(typist.regions, [
      { range: new OffsetRange(0, 8), insertionId: 'i0', origin: { kind: 'ai', tool: 'e' }, evidence: 'observed', insertedAt: 1000 },
    ]);
  });

  it('leaves the typed start of a word to the person when the accept puts it back', () => {
    assert.equal(new Typist('con').replace('con', 'console.log(x);', tab).shown, 'con⟦sole.log(x);⟧');
  });

  it('joins nothing but shows all of an accept after a partial accept', () => {
    const typist = new Typist('').replace('', 'await ', { inlineCommit: 'word' }).replace('await ', 'await send(all);', tab);
    assert.equal(typist.shown, '⟦await ⟧⟦send(all);⟧');
  });

  it('keeps what stays when a person types in its midst, and joins the pieces again', () => {
    const typist = new Typist('').replace('', 'drop(all);', tab).insertBefore('all', 'x');
    assert.equal(typist.shown, '⟦drop(⟧x⟦all);⟧');
    assert.equal(new Set(typist.regions.map(({ insertionId }) => insertionId)).size, 1);
    assert.equal(typist.replace('x', '').shown, '⟦drop(all);⟧');
  });

  it('gives text at both edges to the person who types it', () => {
    const typist = new Typist('()').insertBefore(')', 'drop', tab).insertBefore('drop', 'a').insertBefore(')', 'z');
    assert.equal(typist.shown, '(a⟦drop⟧z)');
  });

  it('lets AI text go that a person wholly replaces, even where the new text begins alike', () => {
    assert.equal(new Typist('x = ').replace('', 'drop', tab).replace('drop', 'dr').shown, 'x = dr');
  });

  it('gives each cursor of an accept a region of one insertion', () => {
    const typist = new Typist('a b').apply(new OffsetEdit([{ range: OffsetRange.empty(1), newText: '1' }, { range: OffsetRange.empty(3), newText: '2' }]), tab);
    assert.equal(typist.shown, 'a⟦1⟧ b⟦2⟧');
    assert.deepEqual(typist.regions.map(({ insertionId }) => insertionId), ['i0', 'i0']);
  });

  it('makes no region of typing, and an unknown one of a large edit that nothing explains', () => {
    const block = 'await remove(everything);\n'.repeat(10);
    assert.equal(new Typist('').replace('', 'x').shown, 'x');
    assert.equal(new Typist('').replace('', block).shown, `⟨${block}⟩`);
  });

  it('takes only the lines that a chat changed from their authors', () => {
    const typist = new Typist('one();\ntwo();\nthree();\n').replace('one();\ntwo();\nthree();\n', 'one();\nzero();\ntwo();\nthree(3);\n', { chatEditing: true });
    assert.equal(typist.shown, 'one();\n⟦zero();\n⟧two();\nthree(⟦3⟧);\n');
  });
});

describe('what an AI deleted', () => {
  const text = 'if (safe) {\n  drop();\n}\n';
  const guardGone = (): Typist => new Typist(text).replace('if (safe) ', '', { chatEditing: true });

  it('is marked where it stood', () => {
    assert.equal(guardGone().shown, '⌫if (safe) ⌫{\n  drop();\n}\n');
  });

  it('is marked in front of what the AI put there', () => {
    assert.equal(new Typist('keep = true').replace('true', 'false', tab).shown, 'keep = ⌫true⌫⟦false⟧');
  });

  it('is not marked where it was all of an AI, or blank', () => {
    assert.equal(new Typist('').replace('', 'drop()', tab).replace('drop', '', tab).shown, '⟦()⟧');
    assert.equal(new Typist('a   b').replace('   ', '', tab).shown, 'ab');
  });

  it('stays marked behind typing at its left and before typing at its place', () => {
    assert.equal(guardGone().insertBefore('{', 'x').shown, '⌫if (safe) ⌫x{\n  drop();\n}\n');
  });

  it('stays marked at the start of a larger deletion', () => {
    assert.equal(new Typist('abcd').replace('b', '', tab).replace('acd', '').shown, '⌫b⌫');
  });

  it('is forgotten when a person puts it back', () => {
    assert.equal(guardGone().insertBefore('{', 'if (safe)').shown, `if (safe)${text.slice(10)}`);
    assert.equal(guardGone().insertBefore('{', 'if (sure) ').shown, `⌫if (safe) ⌫if (sure) ${text.slice(10)}`);
  });

  it('comes back with undo, and is marked again with redo', () => {
    const typist = guardGone();
    const after = typist.text;
    assert.equal(typist.undoTo(text).shown, text);
    assert.equal(typist.undoTo(after, 'redo').shown, `⌫if (safe) ⌫${after}`);
  });
});

describe('undo and redo', () => {
  it('take an insertion away and bring it back', () => {
    const typist = new Typist('a').replace('', 'drop();', tab);
    assert.equal(typist.undoTo('a').shown, 'a');
    assert.equal(typist.undoTo('adrop();', 'redo').shown, 'a⟦drop();⟧');
  });

  it('bring AI text back that a person deleted, several keystrokes at once', () => {
    const typist = new Typist('').replace('', 'drop(all);', tab);
    for (const left of ['drop(all)', 'drop(all', 'drop(al', 'drop(a']) typist.replace(typist.text, left);
    const keystrokes = new Typist('').replace('', 'drop(all);', tab);
    for (const last of [';', ')', 'l']) keystrokes.apply(OffsetEdit.delete(OffsetRange.ofLength(keystrokes.text.lastIndexOf(last), 1)), {});
    assert.equal(keystrokes.shown, '⟦drop(al⟧');
    assert.equal(keystrokes.undoTo('drop(all);').shown, '⟦drop(all);⟧');
    assert.equal(keystrokes.undoTo('drop(al', 'redo').shown, '⟦drop(al⟧');
    assert.equal(typist.shown, '⟦drop(⟧a');
    assert.equal(typist.undoTo('drop(all);').shown, '⟦drop(all);⟧');
  });

  it('keep what was learnt since about other text', () => {
    const typist = new Typist('a b').insertBefore('b', 'one ').replace('', ' two');
    typist.authorship.report(typist.find('one'), demo);
    assert.equal(typist.undoTo('a one b').shown, 'a ⟦one⟧ b');
    assert.equal(typist.undoTo('a one b two', 'redo').shown, 'a ⟦one⟧ b two');
  });

  it('bring text back as it was reported after it came', () => {
    const typist = new Typist('a').replace('', 'drop');
    typist.authorship.report(typist.find('drop'), demo);
    assert.equal(typist.undoTo('a').undoTo('adrop', 'redo').shown, 'a⟦drop⟧');
  });

  it('make no region of what they do not know, and let the text that stays be', () => {
    const typist = new Typist('x').replace('', 'drop();\n', tab).undoTo('older text\nxdrop();\n');
    assert.equal(typist.shown, 'older text\nx⟦drop();\n⟧');
    assert.equal(typist.undoTo('xdrop();\n', 'redo').undoTo('older text\nxdrop();\n').shown, 'older text\nx⟦drop();\n⟧');
  });

  it('end with an edit between them, as in the editor', () => {
    const typist = new Typist('a').replace('', 'drop', tab).undoTo('a').replace('a', 'b').undoTo('bdrop', 'redo');
    assert.equal(typist.shown, 'bdrop');
  });

  it('are done alike by a chat that takes its own edits back, and can be undone', () => {
    const typist = new Typist('').replace('', 'drop(all);', tab).replace('drop(all);', 'keep', { chatEditing: true });
    assert.equal(typist.replace('keep', 'drop(all);', told('Chat.undoEdits')).shown, '⟦drop(all);⟧');
    assert.equal(typist.undoTo('keep').shown, '⟦keep⟧');
  });
});

describe('changes that move text about', () => {
  it('keep regions at their lines when the line endings change, and through undo', () => {
    const lf = 'a\ndrop();\nkeep();\nb\n';
    const crlf = lf.replaceAll('\n', '\r\n');
    const typist = new Typist('a\nb\n').insertBefore('b', 'drop();\nkeep();\n', tab);
    assert.equal(typist.replace(lf, crlf, { eolChanged: true }).shown, 'a\r\n⟦drop();\r\nkeep();\r\n⟧b\r\n');
    assert.equal(typist.undoTo(lf).shown, 'a\n⟦drop();\nkeep();\n⟧b\n');
    assert.equal(typist.undoTo(crlf, 'redo').shown, 'a\r\n⟦drop();\r\nkeep();\r\n⟧b\r\n');
  });

  it('are judged by size when more than the line endings changed', () => {
    const news = 'remove(everything);\r\n'.repeat(12);
    assert.equal(new Typist('a\n').replace('a\n', `a\r\n${news}`, { eolChanged: true }).shown, `a⟨\r\n${news}⟩`);
  });

  it('give a formatter nothing: what it puts within an insertion is that insertion', () => {
    const typist = new Typist('a();\nb();\n').insertBefore('b', 'drop(x,y);\n', tab);
    typist.replace('a();\ndrop(x,y);\nb();\n', '  a();\n  drop(x, y);\n  b();\n', format);
    assert.equal(typist.shown, '  a();\n  ⟦drop(x, y);\n⟧  b();\n');
  });

  it('keep every token that a formatter leaves', () => {
    const typist = new Typist('call(one,two)\n').insertBefore(',', '("drop")', tab).replace('call(one("drop"),two)\n', "call(\n  one('drop'),\n  two,\n)\n", format);
    assert.equal(typist.shown, "call(\n  one⟦('drop')⟧,\n  two,\n)\n");
  });

  it('leave unchanged lines to their authors when a file is read again from disk', () => {
    const typist = new Typist('one\ntwo\nthree\n').insertBefore('two', 'drop();\n', tab);
    const news = 'remove(everything, always);\n'.repeat(5);
    typist.replace('one\ndrop();\ntwo\nthree\n', `ONE\ndrop();\ntwo\n${news}THREE\n`, told('reloadFromDisk'));
    assert.equal(typist.shown, `⟨ONE⟩\n⟦drop();\n⟧two\n⟨${news}THREE⟩\n`);
  });

  it('make no region of small news from disk', () => {
    const typist = new Typist('one\ntwo\nthree\n').replace('one\ntwo\nthree\n', 'One\ntwo\nThree\n', told('reloadFromDisk'));
    assert.equal(typist.shown, 'One\ntwo\nThree\n');
  });
});

describe('reports and commands', () => {
  it('make a range the AI that reports it', () => {
    const typist = new Typist('a drop b');
    typist.authorship.report(typist.find('drop'), demo);
    assert.deepEqual(typist.regions, [{ range: new OffsetRange(2, 6), insertionId: 'i0', origin: demo, evidence: 'reported', insertedAt: 1000 }]);
  });

  it('mark what an AI says it removed, once', () => {
    const typist = new Typist('if (safe) drop()').replace('if (safe) ', '', { chatEditing: true });
    typist.authorship.report(OffsetRange.empty(0), demo, 'if (safe)');
    assert.equal(typist.shown, '⌫if (safe)⌫drop()');
    assert.equal(typist.regions[0]?.evidence, 'reported');
  });

  it('keep marks within a range that is reported', () => {
    const typist = new Typist('abcd').replace('b', '', tab);
    typist.authorship.report(typist.find('acd'), demo, 'more');
    assert.equal(typist.shown, '⌫more⌫⟦a⟧⌫b⌫⟦cd⟧');
  });

  it('mark a selection as AI-written, and as mine', () => {
    const typist = new Typist('one two three').replace('two ', '', tab);
    typist.authorship.markAi(typist.find('one three'));
    assert.equal(typist.shown, '⟦one ⟧⌫two ⌫⟦three⟧');
    typist.authorship.markMine(new OffsetRange(2, 6));
    assert.equal(typist.shown, '⟦on⟧e th⟦ree⟧');
  });

  it('do nothing for an empty selection', () => {
    const typist = new Typist('one').replace('', 'two', tab);
    typist.authorship.markAi(OffsetRange.empty(4));
    assert.equal(typist.shown, 'one⟦two⟧');
  });

  it('restore regions of another session', () => {
    const typist = new Typist('drop').replace('', '()', tab);
    const saved = typist.regions;
    const later = new Typist('drop()');
    later.authorship.restore(saved);
    assert.equal(later.shown, 'drop⟦()⟧');
    assert.equal(later.undoTo('drop').shown, 'drop');
  });
});
