import assert from 'node:assert/strict';
import { step } from '../../../src/core/agents/steps.ts';
import { type JournalEvent, replacementsOf } from '../../../src/core/attribution/journal.ts';
import { attributeText, type Source } from '../../../src/core/attribution/notes/attributeText.ts';
import { type AuthoredText, unseen } from '../../../src/core/attribution/notes/authoredText.ts';
import { sha256Hex } from '../../../src/node/digest.ts';

/** A file that agents and others write in turn, and what a commit of it is said to be. */
class Work {
  private readonly events: JournalEvent[] = [];
  private parents: readonly Source[] = [];
  private at = 1_700_000_000_000;
  private text = '';

  constructor(...committed: readonly string[]) {
    this.unseen(...committed);
    this.parents = [this.source({ lines: committed, authors: committed.map(() => unseen), deletions: [] })];
  }

  agent(...lines: readonly string[]): void {
    this.told({ kind: 'ai', tool: 'agent' }, lines);
  }

  /** In the midst of the agent's work, so that it is told. */
  person(...lines: readonly string[]): void {
    this.told({ kind: 'human' }, lines);
  }

  private told(by: JournalEvent['by'], lines: readonly string[]): void {
    const before = this.text;
    this.unseen(...lines);
    this.events.push({ path: 'a.ts', at: this.at, by, before: sha256Hex(before), replacements: replacementsOf(step('agent', before, this.text).edit, before), text: before, after: sha256Hex(this.text) });
  }

  /** Nobody tells of it. */
  unseen(...lines: readonly string[]): void {
    this.at += 10_000;
    this.text = lines.map((line) => `${line}\n`).join('');
  }

  /** @param relatives commits that it is made of */
  commit(...relatives: readonly Source[]): AuthoredText {
    this.at += 10_000;
    const made = attributeText(this.text, { parents: this.parents, relatives, events: this.events, digestOf: sha256Hex });
    this.parents = [this.source(made)];
    return made;
  }

  source(text: AuthoredText): Source {
    return { ...text, text: this.text, at: Math.floor(this.at / 1000) * 1000 };
  }
}

/** `A` an AI's, `U` of unknown origin, `-` a person's, `?` nobody saw, `.` as the commits before say. */
function shown({ authors }: AuthoredText): string {
  return authors.map(({ kind }) => ({ ai: 'A', unknown: 'U', human: '-', unseen: '?', inherited: '.' })[kind]).join('');
}

const base = ['import os', 'import json', '', 'def load(path):', '    return json.load(open(path))', '', 'def save(path, data):', '    json.dump(data, open(path))'];
const edited = base.with(4, '    return json.load(open(path, "rb"))');
const purge = ['def purge(p):', '    os.remove(p)', '    x()'];
const later = ['def later(p):', '    y()'];

describe('what a commit says of a text that an agent wrote in, and others between its writes', () => {
  it('is that its first lines are the agent\'s, however short', () => {
    const work = new Work(...base);
    work.agent(...base, ...purge);
    work.unseen(...edited, ...purge);
    work.agent(...edited, ...purge, ...later);
    assert.equal(shown(work.commit()), '....?...AAAAA');
  });

  it('is the same after three rounds', () => {
    const work = new Work(...base);
    work.agent(...base, ...purge);
    work.unseen(...edited, ...purge);
    work.agent(...edited, ...purge, ...later);
    work.unseen('# one of mine', ...edited, ...purge, ...later);
    work.agent('# one of mine', ...edited, ...purge, ...later, 'def last():', '    finishUp()');
    work.unseen('# one of mine', ...edited, ...purge, ...later, 'def last():', '    finishUp()', '# the end of it');
    assert.equal(shown(work.commit()), '?....?...AAAAAAA?');
  });

  it('is that lines which a formatter set anew between them are', () => {
    const work = new Work(...base);
    const drop = ['function drop(a,b){', 'rm(a,b)', 'go(b,a)', 'if(b)stop(a)', '}'];
    const set = ['function drop(a, b) {', '  rm(a, b);', '  go(b, a);', '  if (b) stop(a);', '}'];
    work.agent(...base, ...drop);
    work.unseen(...base, ...set);
    work.agent(...base, ...set, ...later);
    assert.match(shown(work.commit()), /^\.{8}AAAA[A?]AA$/);
  });

  it('is that a guard which it took away is gone by it', () => {
    const work = new Work(...base, 'if not sure:', '    return', 'wipe()');
    work.agent(...base, 'wipe()');
    work.unseen(...edited, 'wipe()');
    work.agent(...edited, 'wipe()', ...later);
    assert.deepEqual(work.commit().deletions.map(({ line, text }) => [line, text]), [[8, 'if not sure:\n    return\n']]);
  });

  it('is that what was put aside and came back after another write is, a short line amid it too', () => {
    const work = new Work(...base);
    work.agent(...base, ...purge);
    work.unseen(...base);
    work.agent('import all', ...base);
    work.unseen('import all', ...base, ...purge);
    work.agent('import all', ...base, ...purge, ...later);
    assert.equal(shown(work.commit()), 'A........AAAAA');
  });

  it('is that all of a function between others with the same body is its own, which then stays so between people\'s', () => {
    const cleaning = (...names: string[]) => names.flatMap((name) => [`${name}() {`, '  d=$1', '  rm -rf $d', '}', '']);
    const work = new Work(...cleaning('clean_one', 'clean_two'));
    work.agent(...cleaning('clean_one', 'clean_robot', 'clean_two'));
    assert.equal(shown(work.commit()), '.....AAAAA.....');
    work.unseen(...cleaning('clean_zero', 'clean_one', 'clean_robot', 'clean_theirs', 'clean_two'));
    assert.match(shown(work.commit()), /^\?{5}\.{5}A{4}[A?]\?{5}\.{5}$/);
    const short = new Work(...cleaning('a', 'c'));
    short.agent(...cleaning('a', 'b', 'c'));
    assert.equal(shown(short.commit()), '.....AAAAA.....');
  });

  it('is not that what it took away whole and put back is somebody\'s who was seen, or its own', () => {
    const work = new Work();
    work.unseen(...base);
    work.agent();
    work.agent(...base);
    work.agent(...base, ...purge);
    assert.match(shown(work.commit()), /^[?.U]{8}AAA$/);
  });

  it('is not that a short line which somebody put between its lines is the one that it took away there', () => {
    const work = new Work();
    const [one, two, three] = ['openTheDoor(now)', 'purge(everything)', 'closeTheDoor(then)'];
    work.agent(one, '});', two);
    work.commit();
    work.agent(one, two);
    work.commit();
    work.agent(one, three, two);
    work.commit();
    work.unseen(one, three, '});', two);
    assert.match(shown(work.commit()), /^[A.]{2}\?[A.]$/);
  });

  it('is that a short line which somebody put amid its lines is not', () => {
    const work = new Work(...base);
    work.agent(...base, ...purge.slice(0, 2));
    work.unseen(...base, ...purge);
    work.agent(...base, ...purge, ...later);
    assert.equal(shown(work.commit()), '........AA?AA');
  });

  it('is not that a short line which somebody put behind one of its lines is its own because it had one there before, which moved on', () => {
    const work = new Work();
    const [start, end] = ['openTheDoor(now)', '});'];
    work.agent(start, end, end);
    assert.equal(shown(work.commit()), 'AAA');
    work.agent(start, 'purge(everything)', end, end);
    assert.equal(shown(work.commit()), 'AAAA');
    work.unseen(start, end, '}', 'purge(everything)', end, end);
    assert.equal(shown(work.commit()).slice(0, 4), 'A??A');
  });

  it('is that of brackets which stand elsewhere nobody knows whose they are', () => {
    const work = new Work('start();', 'end();');
    work.agent('start();', 'if (everything) {', '  drop(all);', '}', 'end();');
    work.unseen('if (x) {', 'start();', 'if (everything) {', '  drop(all);', '}', '}', 'end();');
    work.agent('if (x) {', 'start();', 'if (everything) {', '  drop(all);', '}', '}', 'end();', ...later);
    assert.match(shown(work.commit()), /^\?[.?]AAUU[.?]AA$/);
  });

  it('is not that a bracket of an older text, which comes back, is an AI\'s that it wrote in the place of it', () => {
    const [head, old, added] = [['u1x = u1y', '}'], ['    u17x = u17y', 'u18x = u18y', '  u9x = u9y', '});', '  return;'], ['  a30x(a30y);', '}', '}', '    a33x(a33y);']];
    const [written, opened] = [['    a38x(a38y);', '  a39x(a39y);', 'a40x(a40y);'], ['    a41x(a41y);', '});']];
    const work = new Work(...head, ...old);
    work.agent(...head, ...old, ...added);
    work.agent(...head, ...old.slice(0, 3), ...written, ...added);
    work.agent(...head, ...opened, ...written, ...added);
    work.commit();
    work.unseen(...head, ...opened, ...written, ...old, ...added);
    assert.equal(shown(work.commit()), '..AAAAA?????AAAA');
  });

  it('is not that a bracket is a person\'s which may be one more than there were, that nobody saw being written', () => {
    const work = new Work('first()');
    work.agent('purge(everything)', 'purge(theRest)', 'first()');
    work.person('purge(everything)', 'purge(theRest)', '}', 'closeItAll()', 'first()');
    assert.equal(shown(work.commit()), 'AA--.');
    work.unseen('purge(everything)', 'other()', '}', 'more()', '}', 'closeItAll()', 'first()');
    work.agent('purge(everything)', 'other()', '}', 'more()', '}', 'closeItAll()', 'first()', 'atTheEnd()');
    assert.match(shown(work.commit()), /^A\?\?.\?-\.A$/);
  });

  it('is that nobody saw who wrote a bracket that came unseen, where a person\'s that reads alike went', () => {
    const work = new Work('import os', 'openTheDoor(now)', 'last(line)');
    work.person('import os', 'mine(all, of, it)', '}', 'his(own, line)', 'openTheDoor(now)', 'last(line)');
    assert.equal(shown(work.commit()), '.---..');
    work.unseen('import os', 'mine(all, of, it)', '}', 'his(own, line)', 'added(later)', '}', 'last(line)');
    work.agent('import os', 'purge(everything)', 'added(later)', '}', 'last(line)');
    assert.equal(shown(work.commit()), '.A??.');
  });

  it('is not that a short line is the agent\'s which came unseen, where the one that the agent wrote before went with a later write', () => {
    const work = new Work('a = b', 'last(line)');
    work.agent('a = b', 'return;', '}', 'purge(everything)', 'last(line)');
    assert.equal(shown(work.commit()), '.AAA.');
    work.unseen('a = b', 'return;', '}', 'added(later)', 'his(own, line)', 'return;', 'purge(everything)', 'last(line)');
    work.agent('his(own, line)', 'return;', 'purge(everything)', 'last(line)');
    assert.equal(shown(work.commit()), '??A.');
  });

  it('is not that such a line is the agent\'s either where several of its own went', () => {
    const work = new Work('first(line)', '}', 'a = b', 'c = d');
    work.agent('first(line)', '}', 'a = b', 'c = d', 'return;', 'return;');
    work.commit();
    work.agent('first(line)', '}', 'a = b', 'return;');
    work.unseen('first(line)', '}', 'return;', 'added(later)', 'his(own, line)', 'a = b', 'return;');
    work.agent('first(line)', '}', 'return;', 'added(later)', 'his(own, line)');
    assert.equal(shown(work.commit()), '..???');
  });

  it('is what the same text was said to be in the commit that this one is made of, unless something was told since', () => {
    const work = new Work('first()');
    work.agent('first()', ...purge, ...later);
    const seen = work.source({ lines: ['first()', ...purge, ...later], authors: ['inherited', 'unseen', 'unseen', 'unseen', 'ai', 'ai'].map((kind) => (kind === 'ai' ? { kind, origin: { kind: 'ai', tool: 'agent' }, evidence: 'reported' } : { kind: kind as 'unseen' })), deletions: [] });
    assert.equal(shown(work.commit(seen)), '.???AA');
    assert.equal(shown(work.commit({ ...seen, at: 0 })), '.AAAAA');
  });
});
