import assert from 'node:assert/strict';
import { Authorship } from '../../src/core/attribution/authorship.ts';
import { Departures } from '../../src/core/attribution/departures.ts';
import { OffsetEdit } from '../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../src/core/text/offsetRange.ts';
import { tab, told, Typist } from '../support/typist.ts';
import { scenario, scenarios } from './scenario.ts';

const wipe = 'await client.send(new DeleteStackCommand({ StackName: name }));\n';
const agent = told('Chat.applyEdits', { $extensionId: 'agent', $$sessionId: 's', $$requestId: 'r' });

/** Cuts a text from one document, and pastes it before another text of a second one. */
function carry(from: Typist, text: string, to: Typist, anchor: string): void {
  from.replace(text, '', told('cursor', { kind: 'cut' }));
  to.insertBefore(anchor, text, { ...told('cursor', { kind: 'paste' }), pasted: text });
}

scenarios('Moves', () => {
  scenario({ case: 'AI text cut and pasted elsewhere in the file', evidence: 'observed', result: 'it is the same insertion there' }, () => {
    const typist = new Typist('one();\ntwo();\n').insertBefore('two', wipe, tab);
    const [before] = typist.regions;
    typist.replace(wipe, '').insertBefore('one', wipe, { pasted: wipe });
    assert.equal(typist.shown, `⟦${wipe}⟧one();\ntwo();\n`);
    assert.equal(typist.regions[0]?.insertionId, before?.insertionId);
  });

  scenario({ case: 'AI text cut and pasted into another file, indented anew', evidence: 'observed', result: 'it is the same insertion there' }, () => {
    const departures = new Departures();
    const one = new Typist('one();\n', departures).replace('', wipe, tab);
    const two = new Typist('function f() {\n}\n', departures);
    one.replace(wipe, '');
    two.insertBefore('}', `  ${wipe}`);
    assert.equal(one.shown, 'one();\n');
    assert.equal(two.shown, `function f() {\n  ⟦${wipe}⟧}\n`);
  });

  scenario({ case: 'AI text copied and pasted', evidence: 'observed', result: 'both are the AI\'s' }, () => {
    const typist = new Typist('one();\n').replace('', wipe, tab);
    const { text } = typist;
    typist.authorship.copy([typist.find('send(')], (range) => range.of(text));
    typist.insertBefore('one', 'send(', { pasted: 'send(' });
    assert.equal(typist.shown, `⟦send(⟧one();\n⟦${wipe}⟧`);
  });

  scenario({ case: 'a copied text of which an AI wrote a part', evidence: 'observed', result: 'each part keeps its author' }, () => {
    const departures = new Departures();
    const one = new Typist('const client = make();\nawait client.send();\n', departures).insertBefore(');\n', '').replace('send()', 'send(deleteEverything)', tab);
    assert.equal(one.shown, 'const client = make();\nawait client.send(⟦deleteEverything⟧);\n');
    const { text } = one;
    one.authorship.copy([new OffsetRange(0, text.length)], (range) => range.of(text));
    const two = new Typist('', departures).replace('', text, { pasted: text });
    assert.equal(two.shown, one.shown);
  });

  scenario({ case: 'an AI\'s line moved up with the keys for it', evidence: 'observed', result: 'it stays the AI\'s' }, () => {
    const typist = new Typist('first();\nsecond();\n').replace('', wipe, tab);
    // As the editor does it: the line above goes below.
    typist.apply(new OffsetEdit([{ range: typist.find('second();\n'), newText: '' }, { range: OffsetRange.empty(typist.text.length), newText: 'second();\n' }]), told('cursor', { kind: 'executeCommands' }));
    assert.equal(typist.shown, `first();\n⟦${wipe}⟧second();\n`);
    typist.apply(new OffsetEdit([{ range: OffsetRange.empty(0), newText: wipe }, { range: typist.find(wipe), newText: '' }]), told('cursor', { kind: 'executeCommands' }));
    assert.equal(typist.shown, `⟦${wipe}⟧first();\nsecond();\n`);
  });

  scenario({ case: 'a person\'s function that an AI moves in one edit', evidence: 'observed', result: 'its text stays the person\'s; where it was, a deletion is remembered' }, () => {
    const helper = 'function helper(value) {\n  return value.trim();\n}\n';
    const typist = new Typist(`${helper}main();\nrest();\n`);
    typist.replace(typist.text, `main();\n${helper}rest();\nadded();\n`, agent);
    assert.equal(typist.shown.replaceAll(/⌫[^⌫]*⌫/g, ''), `main();\n${helper}rest();\n⟦added();\n⟧`);
  });

  scenario({ case: 'two lines of a person\'s, too short to be known again, that an AI puts the other way round', evidence: 'observed', result: 'both stay the person\'s; where one was, a deletion is remembered' }, () => {
    const typist = new Typist('start();\ni = 1;\nj = 2;\n').replace('i = 1;\nj = 2;\n', 'j = 2;\ni = 1;\n', agent);
    assert.equal(typist.shown.replaceAll(/⌫[^⌫]*⌫/g, ''), 'start();\nj = 2;\ni = 1;\n');
  });

  scenario({ case: 'an AI\'s bracket that a person moves down a line with the keys for it, or sorts with others', evidence: 'observed', result: 'it stays the AI\'s' }, () => {
    const typist = new Typist('a;\nb;\n').replace('', '}\n', tab);
    typist.apply(new OffsetEdit([{ range: OffsetRange.empty(3), newText: '}\n' }, { range: typist.find('}\n'), newText: '' }]), told('cursor', { kind: 'executeCommands' }));
    assert.equal(typist.shown, 'a;\n⟦}\n⟧b;\n');
    typist.replace(typist.text, '}\nb;\na;\n', told('cursor', { kind: 'executeCommands' }));
    assert.equal(typist.shown, '⟦}\n⟧b;\na;\n');
  });

  scenario({ case: 'a person\'s function that an AI takes away and puts elsewhere in a later edit of the same turn', evidence: 'observed', result: 'its text stays the person\'s' }, () => {
    const helper = 'function helper(value) {\n  return value.trim();\n}';
    const typist = new Typist(`${helper}\nmain();\n`).replace(`${helper}\n`, '', agent).replace('', `${helper}\n`, agent);
    assert.equal(typist.shown, `⌫${helper}\n⌫main();\n${helper}\n`);
  });

  scenario({ case: 'what a person deleted, and an AI writes anew', evidence: 'observed', result: 'it is the AI\'s' }, () => {
    const typist = new Typist(`${wipe}main();\n`).replace(wipe, '').replace('', wipe, agent);
    assert.equal(typist.shown, `main();\n⟦${wipe}⟧`);
  });

  scenario({ case: 'an AI writes a whole file again with identical tokens', evidence: 'observed', result: 'only the tokens that are new are its own' }, () => {
    const text = 'const a = read(one);\nconst b = read(two);\nsend(a, b);\n';
    const typist = new Typist(text).replace(text, 'const a = read(one);\nconst b = fetch(two);\nsend(a, b, all);\n', agent);
    assert.equal(typist.shown, 'const a = read(one);\nconst b = ⌫read⌫⟦fetch⟧(two);\nsend(a, b⟦, all⟧);\n');
  });

  scenario({ case: 'an AI looks through a text and writes it back as it is', evidence: 'none', result: 'no region, and nothing counts as deleted' }, () => {
    const typist = new Typist('a();\nb();\n').replace('a();\nb();\n', 'a();\nb();\n', agent);
    assert.equal(typist.shown, 'a();\nb();\n');
  });

  scenario({ case: 'a cut that is undone after the paste is undone', evidence: 'observed', result: 'everything is as before the cut' }, () => {
    const typist = new Typist('one();\n').replace('', wipe, tab);
    const { regions, text } = typist;
    typist.replace(wipe, '').insertBefore('one', wipe, { pasted: wipe });
    assert.deepEqual(typist.undoTo('one();\n').undoTo(text).regions, regions);
  });
});

scenarios('Risk', () => {
  scenario({ case: 'an AI\'s call whose argument a person then edits', evidence: 'observed', result: 'the call stays the AI\'s around the argument' }, () => {
    const typist = new Typist('').replace('', 'await client.send(new DeleteStackCommand({ StackName: staging }));', tab).replace('staging', 'production', { pasted: 'production' });
    assert.equal(typist.shown, '⟦await client.send(new DeleteStackCommand({ StackName: ⟧production⟦ }));⟧');
  });

  scenario({ case: 'an AI\'s call that a person carries through another file by cut and paste', evidence: 'observed', result: 'back in the first file it is still the AI\'s' }, () => {
    const departures = new Departures();
    const one = new Typist('one();\n', departures).replace('', wipe, tab);
    const two = new Typist('two();\n', departures);
    carry(one, wipe, two, 'two');
    assert.equal(two.shown, `⟦${wipe}⟧two();\n`);
    carry(two, wipe, one, 'one');
    assert.equal(two.shown, 'two();\n');
    assert.equal(one.shown, `⟦${wipe}⟧one();\n`);
    assert.ok(one.authorship instanceof Authorship);
  });

  scenario({ case: 'an AI\'s deletion of a guard, after a person typed a line before it', evidence: 'observed', result: 'it is remembered at its place, with its text' }, () => {
    const typist = new Typist('if (dryRun) return;\nwipe();\n').replace('if (dryRun) return;\n', '', agent).insertBefore('wipe', 'log();\n');
    assert.equal(typist.shown, '⌫if (dryRun) return;\n⌫log();\nwipe();\n');
  });
});
