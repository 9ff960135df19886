import assert from 'node:assert/strict';
import { type AiAuthor, human, inherited, type LineAuthor, unknown, unseen } from '../../../src/core/attribution/notes/authoredText.ts';
import { withoutDoubled, withoutStrays } from '../../../src/core/attribution/notes/bareLines.ts';
import { explain, explainWith } from '../../../src/core/attribution/notes/explain.ts';

const ai: AiAuthor = { kind: 'ai', origin: { kind: 'ai', tool: 'claude', model: 'm', session: 'one' }, evidence: 'reported' };

describe('a text that came of others', () => {
  const authored = (shown: string) => {
    const rows = shown.split('\n');
    const authors = { A: ai, H: human, U: unknown, '?': unseen, I: inherited };
    return { lines: rows.map((row) => row.slice(2)), authors: rows.map((row): LineAuthor => authors[row[0] as keyof typeof authors]), deletions: [] };
  };
  const shown = ({ authors }: { authors: readonly LineAuthor[] }) => authors.map(({ kind }) => ({ ai: 'A', human: 'H', unknown: 'U', unseen: '?', inherited: 'I' })[kind]).join('');
  const kinds = (lines: string, ...parents: string[]) => shown(explain(lines.split('\n'), parents.map(authored)));
  const kindsBeside = (lines: string, parent: string, ...relatives: string[]) => shown(explain(lines.split('\n'), [authored(parent)], relatives.map(authored)));

  it('takes over who wrote what stayed, wherever it went', () => {
    assert.equal(kinds('new first line\nfunction one() {\n}', 'H const zero = 0;\nA function one() {\nA }'), '?AA');
    assert.equal(kinds('const second = twoOfThem;\nconst first = oneOfThem;', 'A const first = oneOfThem;\nH const second = twoOfThem;'), 'HA');
    assert.equal(kinds('callWith(firstArgument);\ncallWith(firstArgument);', 'A callWith(firstArgument);'), 'AA');
  });

  it('says that it does not know where equal lines of several authors differ in number', () => {
    assert.equal(kinds('a\n}\nb', 'H a\nH }\nA }\nH b'), 'H?H');
    assert.equal(kinds('a\n}\nb', 'H a\nA }\nA }\nH b'), 'HAH');
    assert.equal(kinds('a\n}\n}\nb', 'H a\nA }\nH b'), 'H??H');
  });

  it('tells of a bracket that changed places with another short line only that it may be the one before', () => {
    assert.equal(kinds('first\nb = c\n}\nlast', 'H first\nA }\nH b = c\nH last'), 'H??H');
  });

  it('finds a bracket in a relative only among the lines that it stands with there', () => {
    const relative = 'A function one(first) {\nA }\nH const other = 1;';
    assert.equal(kindsBeside('function one(first) {\n}\nconst other = 1;\nnew', 'H old', relative), 'AAH?');
    assert.equal(kindsBeside('function one(first) {\n}\nnew\nconst other = 1;', 'H old', relative), 'A??H');
    assert.equal(kindsBeside('function one(first) {\n}\nconst other = 1;', 'H old', `${relative}\nA }\nA }`), 'AAH');
    assert.equal(kindsBeside('function one(first) {\nnew\n}', 'H old', 'A function one(first) {\nA }\nA }'), 'A??');
    assert.equal(kindsBeside('new\n}\nnewer', 'H old', relative), '???');
    assert.equal(kindsBeside('new\n}\nnewer', 'H old\nH }', relative), '?H?');
  });

  it('takes a short line that no parent has for an AI\'s of another text only where more of the AI\'s came with it', () => {
    const parent = 'H const before = firstOfThem;\nH const behind = secondOfThem;';
    const lines = 'const before = firstOfThem;\n  return;\nconst behind = secondOfThem;';
    assert.equal(kindsBeside(lines, parent, 'H const before = firstOfThem;\nA   return;\nH const behind = secondOfThem;'), 'H?H');
    const more = (shown: string) => shown.replace('return;', 'return;\npurgeAllOfThem(now);');
    assert.equal(kindsBeside(more(lines), parent, more('H const before = firstOfThem;\nA   return;\nH const behind = secondOfThem;').replace('\npurge', '\nA purge')), 'HAAH');
  });

  it('does not take a bracket for one of a parent\'s that a later text has no more', () => {
    const parent = 'H   return;\nH });\nH const other = 1;\nH });';
    const later = { ...authored('H mine = mine;\nH });\nH const other = 1;\nH });'), isLater: true };
    const lines = ['  return;', 'theirs = theirs;', 'mine = mine;', '});', 'const other = 1;', '});'];
    assert.equal(shown(explain(lines, [authored(parent)], [later])), '??HHHH');
    assert.equal(shown(explain(lines, [authored(parent)], [{ ...later, isLater: false }])), 'H?HHHH');
  });

  it('believes of a bracket what a note says of the very same text, elsewhere, rather than what it may have come of', () => {
    const untold = authored('? function one(first) {\n? }\n? const other = 1;');
    const [same, older] = [authored('A function one(first) {\n? }\n? const other = 1;'), authored('A function one(first) {\nA }\n? const other = 1;\n? new')];
    assert.equal(shown(explainWith(authored('A function one(first) {\nA }\n? const other = 1;'), [same])), 'A??');
    assert.equal(shown(explainWith(untold, [older])), 'AA?');
    assert.equal(shown(explainWith(untold, [older, same])), 'A??');
  });

  it('does not know whose a bracket is that a parent and a relative tell of otherwise', () => {
    const relative = 'A function one(first) {\nA }';
    assert.equal(kindsBeside('function one(first) {\n}', 'H old\nH }', relative), 'A?');
    assert.equal(kindsBeside('function one(first) {\n}', 'A old\nA }', relative), 'AA');
  });

  it('knows whose a bracket is that stands in a relative amid an AI\'s lines, though a parent has one like it elsewhere', () => {
    const relative = 'A function one(first) {\nA }\nA const other = 1;';
    assert.equal(kindsBeside('function one(first) {\n}\nconst other = 1;\nold', 'I }\nI old', relative), 'AAAI');
    assert.equal(kindsBeside('function one(first) {\n}\nconst other = 1;\nold', 'I }\nI old', relative.replace('A }', 'H }')), 'A?AI');
    assert.equal(kindsBeside('function one(first) {\n}\nconst other = 1;\nold', 'I }\nI old', relative.replace('A const', 'H const')), 'A?HI');
    assert.equal(kindsBeside('function one(first) {\n}\nconst other = 1;', 'I function one(first) {\nI }\nI const other = 1;', relative), 'A?A');
  });

  it('says of a bracket, and of one of a person\'s short lines that read alike, nobody else than the lines next to it do', () => {
    const settled = (text: string, ...sources: string[]) => shown(withoutStrays(authored(text), sources.map(authored)));
    assert.equal(settled('A call(first);\nH });\nA call(second);'), 'A?A');
    assert.equal(settled('H mine = mine;\nH });\n? theirs = theirs;'), 'HH?');
    assert.equal(settled('A call(first);\nA \n? });\nA \nH   return;\n? theirs = theirs;'), 'A???H?');
    assert.equal(settled('H mine = mine;\nA });\n? theirs = theirs;'), 'H??');
    assert.equal(settled('? theirs = theirs;\nA rm -rf $d\n? theirs = ours;'), '?A?');
    const short = 'A call(first);\nH   return;\n? theirs = theirs;';
    assert.equal(settled(short), 'AH?');
    assert.equal(settled(short, 'H   return;\nH   return;'), 'A??');
    assert.equal(settled('H a\nH }\nH b\nH }'), 'HHHH');
  });

  it('says of equal lines in a row, of which a note names one and all stood there before, nothing of the others', () => {
    const named = (text: string, parent: string, ...written: number[]) => shown(withoutDoubled(authored(text), [authored(parent)], new Map(written.map((at) => [at, { kind: 'human' }] as const))));
    assert.equal(named('H }\nA \nA \nA new();', 'H }\nA gone();\nA \nA \nH });', 1, 3), 'HA?A');
    assert.equal(named('H }\nA \nA \nA new();', 'H }\nA gone();\nA \nA \nH });', 3), 'HAAA');
    assert.equal(named('H }\nA \nA \nA new();', 'H }\nA \nH });', 1, 3), 'HAAA');
    assert.equal(named('H }\nA \nA \nA new();', 'H }\nA gone();\nA \nA \nH });', 1, 2, 3), 'HAAA');
  });

  it('knows whose a line is that was only set in another way: broken, joined or indented anew, with other quotes, commas or brackets', () => {
    assert.equal(kinds("first;\n  remove(\n    'everything',\n    { now: true },\n  );\nlast;", 'H first;\nA remove("everything", {now: true})\nH last;'), 'HAAAAH');
    assert.equal(kinds('first;\nremove(everything, { now: true });\nlast;', 'H first;\nA remove(\nA   everything, {\nA     now: true\nA   }\nA )\nH last;'), 'HAH');
    assert.equal(kinds('remove(everything, ofMine);\nlast;', 'H remove(everything,\nA   ofMine)\nH last;'), 'AH');
    assert.equal(kinds('function many() {\n  alpha = 1;\n  beta = 2;\n  gamma = 3;\n}', 'H function many() {\nH     alpha = 1;\nA     beta = 2;\nH     gamma = 3;\nH }'), 'HHAHH');
    assert.equal(kinds('remove(\n  everything, ofTheirs,\n);\nnew(one);', 'A remove(everything, ofMine);'), '????');
    assert.equal(kinds('if (all) {\n    second(all, now);\n}\n\n\nlast;', 'A if (all)\nA {\nA   second(all, now);\nA   }\nH last;'), 'AAA??H');
    assert.equal(kinds("remove(\n  'everything',\n);\nanother(line);\nlast;", 'A remove("everything and all");\nA remove("everything");\nH last;'), 'AAA?H');
  });

  it('believes whoever knows', () => {
    assert.equal(kinds('some words', '? some words', 'A some words'), 'A');
    assert.equal(kinds('some words', 'I some words', '? some words'), 'I');
    assert.equal(kinds('x', '? x'), '?');
  });

  it('finds an AI line that somebody changed a little', () => {
    assert.equal(kinds('send(all, now, please);', 'A send(all, now);'), 'A');
    assert.equal(kinds('mine(other);', 'A send(all, now);'), '?');
  });
});
