import assert from 'node:assert/strict';
import { OffsetRange } from '../../src/core/text/offsetRange.ts';
import { tab, told, Typist } from '../support/typist.ts';
import { scenario, scenarios } from './scenario.ts';

const guard = '  if (dryRun) return;\n';
const before = `function purge(dryRun) {\n${guard}  wipe();\n}\n`;
const agent = told('Chat.applyEdits', { $extensionId: 'agent', $$requestId: 'r' });
const hinted = { chatEditing: true, chatTurn: 't' };
const guardGone = (): Typist => new Typist(before).replace(guard, '', agent);

scenarios('Deletions', () => {
  scenario({ case: 'an AI deletes a guard', evidence: 'observed', result: 'the place is marked, with the text' }, () => {
    const typist = guardGone();
    assert.equal(typist.shown, `function purge(dryRun) {\n⌫${guard}⌫  wipe();\n}\n`);
    assert.deepEqual(typist.regions.map(({ evidence, removedText }) => [evidence, removedText]), [['observed', guard]]);
  });

  scenario({ case: 'a person puts the text back by paste', evidence: 'none', result: 'the mark is gone' }, () => {
    assert.equal(guardGone().insertBefore('  wipe', guard, { pasted: guard }).shown, before);
  });

  scenario({ case: 'a person types the text again, key by key and indented otherwise', evidence: 'none', result: 'the mark is gone with the last key' }, () => {
    const typist = guardGone();
    const keys = Array.from('\tif (dryRun) return;');
    for (const [index, key] of keys.entries()) {
      typist.insertBefore('  wipe', key);
      assert.equal(typist.regions.length, index < keys.length - 1 ? 1 : 0, `after ${key}, key ${index}`);
    }
  });

  scenario({ case: 'a person types something else at the place', evidence: 'observed', result: 'the mark stays: what was deleted is still missing' }, () => {
    assert.equal(guardGone().insertBefore('  wipe', '  log();\n').shown, `function purge(dryRun) {\n⌫${guard}⌫  log();\n  wipe();\n}\n`);
  });

  scenario({ case: 'a person writes the place anew, over text on both sides', evidence: 'none', result: 'the mark is gone' }, () => {
    const typist = guardGone();
    const text = ' {\n  if (!confirmed) throw new Error();\n  wipe();\n}';
    assert.equal(typist.replace(' {\n  wipe();\n}', text, { pasted: text }).shown, `function purge(dryRun)${text}\n`);
  });

  scenario({ case: 'a person replaces all that an AI put in place of the text', evidence: 'none', result: 'the mark is gone with the AI\'s text' }, () => {
    const typist = new Typist('keep = true').replace('true', 'false', agent);
    assert.equal(typist.shown, 'keep = ⌫true⌫⟦false⟧');
    assert.equal(typist.replace('false', 'm').shown, 'keep = m');
  });

  scenario({ case: 'a person deletes more around the place', evidence: 'observed', result: 'the mark stays where the deletions meet' }, () => {
    assert.equal(guardGone().replace(' {\n  wipe();\n}', '').shown, `function purge(dryRun)⌫${guard}⌫\n`);
  });

  scenario({ case: 'the AI puts the text back itself', evidence: 'none', result: 'the mark is gone, and the text is whose it was' }, () => {
    assert.equal(guardGone().insertBefore('  wipe', guard, agent).shown, before);
    assert.equal(new Typist(before).replace(guard, '', hinted).insertBefore('  wipe', guard, hinted).shown, before);
  });

  scenario({ case: 'another AI writes the same text there', evidence: 'observed', result: 'the mark is gone, and the text is that AI\'s' }, () => {
    assert.equal(guardGone().insertBefore('  wipe', guard, tab).shown, `function purge(dryRun) {\n⟦${guard}⟧  wipe();\n}\n`);
  });

  scenario({ case: 'an AI takes away what a person typed just before', evidence: 'observed', result: 'that is a deletion, and no taking back' }, () => {
    const typist = new Typist('wipe();\n').insertBefore('wipe', 'guard(); ').replace('guard(); ', '', agent);
    assert.equal(typist.shown, '⌫guard(); ⌫wipe();\n');
  });

  scenario({ case: 'one of two equal lines is deleted, and a person types elsewhere', evidence: 'observed', result: 'the mark stays, though the other line reads the same' }, () => {
    const typist = new Typist('lock();\nlock();\nwipe();\n').replace('lock();\n', '', agent).insertBefore('wipe', 'x');
    assert.equal(typist.shown, '⌫lock();\n⌫lock();\nxwipe();\n');
  });

  scenario({ case: 'a person marks the place as mine', evidence: 'none', result: 'the mark is gone' }, () => {
    const typist = guardGone();
    typist.authorship.markMine(OffsetRange.empty(typist.find('  wipe').start));
    assert.equal(typist.shown, typist.text);
  });
});
