import assert from 'node:assert/strict';
import { parseJournal } from '../../../src/core/attribution/parseJournal.ts';

const edit = { v: 1, path: 'a.ts', at: 7, by: { kind: 'ai', tool: 'claude-code', model: 'm', session: 's' }, toolUse: 't', before: 'b', replacements: [[0, 'x', 'y'], [3, '', 'z']], from: 'old.ts', text: 'x', after: 'c' };
const claim = { v: 1, path: 'a.ts', at: 7, by: { kind: 'human' }, wrote: ['one', 'two'], after: 'c' };

describe('a journal', () => {
  it('is read back as it was told, over unfinished lines', () => {
    const { v: _v, ...told } = edit;
    const { v: _w, ...claimed } = claim;
    assert.deepEqual(parseJournal(`\n${JSON.stringify(edit)}\n{"v":1,"pa\n${JSON.stringify(claim)}\n`), { events: [told, claimed], unreadable: ['{"v":1,"pa'] });
  });

  const malformed: Readonly<Record<string, unknown>> = {
    'of another version': { ...edit, v: 2 },
    'without a path': { ...edit, path: '' },
    'at no time': { ...edit, at: -1 },
    'at half a millisecond': { ...edit, at: 0.5 },
    'by nobody': { ...edit, by: undefined },
    'by an AI without a name': { ...edit, by: { kind: 'ai', tool: '' } },
    'by a person with a model': { ...edit, by: { kind: 'human', model: 'm' } },
    'by an AI with a field too many': { ...edit, by: { kind: 'ai', tool: 't', x: 1 } },
    'of a tool use that is no text': { ...edit, toolUse: 1 },
    'with a field too many': { ...edit, x: 1 },
    'that is an edit and a claim': { ...edit, wrote: [] },
    'of a claim of numbers': { ...claim, wrote: [1] },
    'without a text before': { ...edit, before: undefined },
    'of replacements that overlap': { ...edit, replacements: [[0, 'xy', ''], [1, 'z', '']] },
    'of a replacement that is no triple': { ...edit, replacements: [[0, 'x']] },
    'of a replacement at no place': { ...edit, replacements: [[-1, 'x', '']] },
    'of a text that is none': { ...edit, text: null },
    'that is a list': [edit],
    'that is nothing': null,
  };
  for (const [name, event] of Object.entries(malformed)) {
    it(`has no event ${name}`, () => {
      const line = JSON.stringify(event);
      assert.deepEqual(parseJournal(`${line}\n`), { events: [], unreadable: [line] });
    });
  }
});
