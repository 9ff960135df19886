import assert from 'node:assert/strict';
import { OffsetEdit } from '../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../src/core/text/offsetRange.ts';
import { tab, told, Typist } from '../support/typist.ts';
import { scenario, scenarios } from './scenario.ts';

const chat = told('Chat.applyEdits', { $extensionId: 'chat', $modelId: 'm', $$sessionId: 's' });

scenarios('Accepts and chat edits', () => {
  scenario({ case: 'a whole inline suggestion', evidence: 'observed', result: 'its text is the AI\'s, the typed start of the word stays the person\'s' }, () => {
    const typist = new Typist('con').replace('con', 'console.log(x);', tab);
    assert.equal(typist.shown, 'con⟦sole.log(x);⟧');
    assert.equal(typist.regions[0]?.evidence, 'observed');
  });

  scenario({ case: 'the next word, then the next line', evidence: 'observed', result: 'each accepted part is a region' }, () => {
    const typist = new Typist('').replace('', 'await ', { inlineCommit: 'word' }).replace('', 'send(all);\n', { inlineCommit: 'line' });
    assert.equal(typist.shown, '⟦await ⟧⟦send(all);\n⟧');
  });

  scenario({ case: 'a word, then Tab, which inserts the whole suggestion again', evidence: 'observed', result: 'all of it is the AI\'s and nothing counts as deleted' }, () => {
    const typist = new Typist('x = ').replace('', 'await ', { inlineCommit: 'word' }).replace('await ', 'await send(all);', tab);
    assert.equal(typist.shown, 'x = ⟦await ⟧⟦send(all);⟧');
  });

  scenario({ case: 'a next-edit suggestion far from the cursor', evidence: 'observed', result: 'only the tokens that it changes are the AI\'s' }, () => {
    const typist = new Typist('a();\nsend(one);\n').replace('send(one);', 'send(two);', told('inlineCompletionAccept', { $nes: true, $extensionId: 'e' }));
    assert.equal(typist.shown, 'a();\nsend(⌫one⌫⟦two⟧);\n');
  });

  scenario({ case: 'an accept at two cursors', evidence: 'observed', result: 'two regions of one insertion' }, () => {
    const typist = new Typist('a b').apply(new OffsetEdit([{ range: OffsetRange.empty(1), newText: '1' }, { range: OffsetRange.empty(3), newText: '2' }]), tab);
    assert.equal(typist.shown, 'a⟦1⟧ b⟦2⟧');
    assert.equal(new Set(typist.regions.map(({ insertionId }) => insertionId)).size, 1);
  });

  scenario({ case: 'accept, then undo', evidence: 'none', result: 'the region is gone' }, () => {
    assert.equal(new Typist('a').replace('', 'drop();', tab).undoTo('a').shown, 'a');
  });

  scenario({ case: 'accept, undo, redo', evidence: 'observed', result: 'the same region is back' }, () => {
    const typist = new Typist('a').replace('', 'drop();', tab);
    const { regions } = typist;
    assert.deepEqual(typist.undoTo('a').undoTo('adrop();', 'redo').regions, regions);
  });

  scenario({ case: 'a chat edit that is streamed in many events', evidence: 'observed', result: 'all that was streamed is the chat\'s' }, () => {
    const typist = new Typist('a\nb\n');
    for (const piece of ['dro', 'p(', 'all);', '\n']) typist.insertBefore('b', piece, chat);
    assert.equal(typist.shown.replaceAll('⟧⟦', ''), 'a\n⟦drop(all);\n⟧b\n');
  });

  scenario({ case: 'inline chat, by the source that VS Code names (no model answers it in the test host): an edit in two parts of one request over a person\'s selection', evidence: 'observed', result: 'what it put there is one insertion of the AI\'s, words of the person\'s that it kept are the person\'s' }, () => {
    const inline = told('inlineChat.applyEdits', { $extensionId: 'chat', $modelId: 'm', $$requestId: 'r' });
    const typist = new Typist('send(one);\nstop();\n').replace('send(one);', 'await send(one, all);', inline).insertBefore('stop', 'log(all);\n', inline);
    assert.equal(typist.shown, '⟦await ⟧send(one⟦, all⟧);\n⟦log(all);\n⟧stop();\n');
    assert.equal(new Set(typist.regions.map(({ insertionId }) => insertionId)).size, 1);
  });

  scenario({ case: 'a chat edit of which one hunk is kept and another undone', evidence: 'observed', result: 'the kept hunk is the chat\'s, the other place as it was before' }, () => {
    const typist = new Typist('one\ntwo\nthree\n');
    typist.apply(new OffsetEdit([{ range: typist.find('one'), newText: 'ONE' }, { range: typist.find('three'), newText: 'THREE' }]), chat);
    assert.equal(typist.shown, '⌫one⌫⟦ONE⟧\ntwo\n⌫three⌫⟦THREE⟧\n');
    typist.replace('THREE', 'three', told('Chat.undoEdits'));
    assert.equal(typist.shown, '⌫one⌫⟦ONE⟧\ntwo\nthree\n');
  });

  scenario({ case: 'a chat edit reset as a whole ("restore checkpoint") after two turns', evidence: 'none', result: 'everything is as before the first turn' }, () => {
    const before = 'one\ntwo\n';
    const typist = new Typist(before).replace('one', 'ONE', chat).replace('two', 'TWO\nMORE', chat);
    assert.equal(typist.replace(typist.text, before, told('Chat.reset')).shown, before);
  });
});
