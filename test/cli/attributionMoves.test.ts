import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { blame, call } from './hooked.ts';
import { removeSandboxes, Sandbox } from './sandbox.ts';

/** Lines of which none is like another. */
const linesOf = (subject: string, count = 8) => Array.from({ length: count }, (_, at) => `export const ${subject}${at} = compute${subject}(${at}, 'for ${subject}');\n`);
const functionOf = (name: string) => `export function ${name}(order: Order, rate: number): number {\n  const subtotal = order.items.reduce((sum, item) => sum + item.price, 0);\n  return subtotal * (1 + rate);\n}\n`;

/** A repository, and an agent that works in it. */
class Workshop {
  readonly sandbox = Sandbox.repository();

  commit(...files: readonly (readonly [name: string, text: string])[]): void {
    for (const [name, text] of files) this.sandbox.write(name, text);
    this.sandbox.git('add', '--all');
    this.sandbox.gitWith({ env: { GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' } }, 'commit', '--quiet', '--message=A person\'s work');
  }

  async writes(file: string, content: string, before?: string, session = 's1'): Promise<void> {
    this.sandbox.write(file, content);
    await this.tell('Write', { file_path: this.sandbox.at(file), content }, { type: before === undefined ? 'create' : 'update', originalFile: before ?? null }, session);
  }

  async edits(file: string, before: string, old: string, now: string, session = 's1'): Promise<void> {
    assert.ok(before.includes(old));
    this.sandbox.write(file, before.replace(old, () => now));
    await this.tell('Edit', { file_path: this.sandbox.at(file), old_string: old, new_string: now }, { originalFile: before }, session);
  }

  /** The numbers of the lines that are an AI's, and not only marked for what it deleted. */
  async aiLines(file: string): Promise<readonly number[]> {
    const lines = await blame(this.sandbox, file);
    return lines.filter(({ origin, onlyDeleted }) => origin === 'ai' && onlyDeleted !== true).map(({ line }) => line);
  }

  private async tell(tool: string, input: object, response: object, session: string): Promise<void> {
    const { code, stderr } = await call(this.sandbox, 'claude-code', { session_id: session, cwd: this.sandbox.folder, hook_event_name: 'PostToolUse', tool_name: tool, tool_input: input, tool_response: response });
    assert.deepEqual([code, stderr], [0, '']);
  }
}

scenarios('Git', () => {
  let work: Workshop;
  beforeEach(() => {
    work = new Workshop();
  });
  after(removeSandboxes);

  const all = [1, 2, 3, 4, 5, 6, 7, 8];
  const text = linesOf('Ai').join('');
  const changed = text.replace(/'for Ai'\);\n$/, '\'by a person\');\n').replace(/.*Ai3.*\n/, '// mine\n');
  const stayed = [1, 2, 3, 5, 6, 7, 8];

  scenario({ case: 'a file that an agent wrote is renamed and a line of it changed, before anybody looks', evidence: 'reported', result: 'the lines that stayed are the agent\'s' }, async () => {
    await work.writes('a.ts', text);
    renameSync(work.sandbox.at('a.ts'), work.sandbox.at('b.ts'));
    work.sandbox.write('b.ts', changed);
    assert.deepEqual(await work.aiLines('b.ts'), stayed);
  });

  scenario({ case: 'the same with git mv, and committed', evidence: 'reported', result: 'the lines that stayed are the agent\'s' }, async () => {
    await work.writes('a.ts', text);
    work.sandbox.commitAll('By an agent');
    work.sandbox.git('mv', 'a.ts', 'b.ts');
    work.sandbox.write('b.ts', changed);
    work.sandbox.commitAll('Rename it');
    assert.deepEqual(await work.aiLines('b.ts'), stayed);
  });

  scenario({ case: 'a file that an agent wrote is renamed, and an agent edits it under the new name', evidence: 'reported', result: 'all of it is the agents\'' }, async () => {
    await work.writes('a.ts', text);
    renameSync(work.sandbox.at('a.ts'), work.sandbox.at('b.ts'));
    await work.edits('b.ts', text, 'compute', 'calculate', 's2');
    assert.deepEqual(await work.aiLines('b.ts'), all);
  });

  scenario({ case: 'a file that an agent wrote is renamed and a line of it changed, and then an agent edits it', evidence: 'reported', result: 'the lines that stayed are the first agent\'s, and what is new the other\'s' }, async () => {
    await work.writes('a.ts', text);
    renameSync(work.sandbox.at('a.ts'), work.sandbox.at('b.ts'));
    await work.edits('b.ts', changed, '// mine\n', '// mine\nawait theirs(of, the, agent);\n', 's2');
    assert.deepEqual(await work.aiLines('b.ts'), [1, 2, 3, 5, 6, 7, 8, 9]);
  });

  scenario({ case: 'a renamed file that was looked at, and changes until it is like nothing any more', evidence: 'reported', result: 'what is left of the agent\'s text stays its own' }, async () => {
    await work.writes('a.ts', text);
    renameSync(work.sandbox.at('a.ts'), work.sandbox.at('b.ts'));
    work.sandbox.write('b.ts', changed);
    assert.deepEqual(await work.aiLines('b.ts'), stayed);
    work.sandbox.write('b.ts', linesOf('Mine', 2).join('') + text.split(/(?<=\n)/).slice(0, 2).join(''));
    assert.deepEqual(await work.aiLines('b.ts'), [3, 4]);
  });

  scenario({ case: 'a person\'s file by whose model an agent wrote another', evidence: 'none', result: 'the person\'s stays the person\'s' }, async () => {
    work.commit(['mine.ts', text]);
    await work.writes('theirs.ts', `${changed}export const more = theirs(of, the, agent);\n`);
    assert.deepEqual(await work.aiLines('mine.ts'), []);
    work.sandbox.write('mine.ts', text.replace('Ai0', 'First'));
    assert.deepEqual(await work.aiLines('mine.ts'), []);
  });
});

scenarios('Moves', () => {
  let work: Workshop;
  beforeEach(() => {
    work = new Workshop();
  });
  after(removeSandboxes);

  const others = linesOf('Other', 4).join('');

  scenario({ case: 'an agent writes a file with just the text of a person\'s', evidence: 'none', result: 'the copy is the person\'s too' }, async () => {
    const text = linesOf('Mine').join('');
    work.commit(['mine.ts', text]);
    await work.writes('copy.ts', text);
    assert.deepEqual([await work.aiLines('copy.ts'), await work.aiLines('mine.ts')], [[], []]);
    work.sandbox.git('rm', '--quiet', 'mine.ts');
    work.sandbox.commitAll('Moved');
    assert.deepEqual(await work.aiLines('copy.ts'), []);
  });

  scenario({ case: 'an agent writes a file with just the text of one that it wrote itself', evidence: 'reported', result: 'both are its own' }, async () => {
    const text = linesOf('Ai').join('');
    await work.writes('first.ts', text);
    work.sandbox.commitAll('By an agent');
    await work.writes('second.ts', text);
    work.sandbox.commitAll('By an agent');
    assert.deepEqual([(await work.aiLines('first.ts')).length, (await work.aiLines('second.ts')).length], [8, 8]);
    rmSync(work.sandbox.at('first.ts'));
    assert.equal((await work.aiLines('second.ts')).length, 8);
  });

  scenario({ case: 'an agent cuts a person\'s function with one edit and puts it elsewhere in the file with the next', evidence: 'none', result: 'its text stays the person\'s, and nothing is missing' }, async () => {
    const text = functionOf('total') + others;
    work.commit(['a.ts', text]);
    await work.edits('a.ts', text, functionOf('total'), '');
    await work.edits('a.ts', others, others, `${others}${functionOf('total')}`);
    assert.deepEqual(await work.aiLines('a.ts'), []);
  });

  scenario({ case: 'an agent cuts a person\'s function from one file and puts it into another, beside a line of its own', evidence: 'reported', result: 'the function stays the person\'s, the line is the agent\'s' }, async () => {
    const text = functionOf('total') + others;
    work.commit(['a.ts', text], ['b.ts', others]);
    await work.edits('a.ts', text, functionOf('total'), '');
    await work.edits('b.ts', others, others, `import type { Order } from './order.ts';\n${others}${functionOf('total')}`);
    assert.deepEqual(await work.aiLines('b.ts'), [1]);
  });

  scenario({ case: 'an agent writes a person\'s function into a new file and takes it away from the old one afterwards', evidence: 'reported', result: 'the function stays the person\'s, the line is the agent\'s' }, async () => {
    const text = functionOf('total') + others;
    work.commit(['a.ts', text]);
    await work.writes('b.ts', `import type { Order } from './order.ts';\n${functionOf('total')}`);
    assert.deepEqual(await work.aiLines('b.ts'), [1, 2, 3, 4, 5]);
    await work.edits('a.ts', text, functionOf('total'), '');
    assert.deepEqual(await work.aiLines('b.ts'), [1]);
  });

  scenario({ case: 'an agent moves its own function to another file, and on to a third', evidence: 'reported', result: 'it stays the agent\'s' }, async () => {
    const text = others + functionOf('total');
    work.commit(['a.ts', others], ['b.ts', others]);
    await work.edits('a.ts', others, others, text, 's0');
    await work.edits('a.ts', text, functionOf('total'), '');
    await work.edits('b.ts', others, others, text);
    assert.deepEqual(await work.aiLines('b.ts'), [5, 6, 7, 8]);
    await work.edits('b.ts', text, functionOf('total'), '');
    await work.writes('c.ts', functionOf('total'));
    assert.deepEqual(await work.aiLines('c.ts'), [1, 2, 3, 4]);
  });

  scenario({ case: 'a file that an agent wrote is renamed, and an agent moves a part of it to another', evidence: 'reported', result: 'the part stays the agent\'s' }, async () => {
    const text = functionOf('total') + others;
    await work.writes('a.ts', text, undefined, 's0');
    renameSync(work.sandbox.at('a.ts'), work.sandbox.at('b.ts'));
    await work.edits('b.ts', text, functionOf('total'), '');
    await work.writes('c.ts', functionOf('total'));
    assert.deepEqual(await work.aiLines('c.ts'), [1, 2, 3, 4]);
  });

  scenario({ case: 'what a person\'s function was that another session took away, an agent writes anew', evidence: 'reported', result: 'it is the agent\'s' }, async () => {
    const text = functionOf('total') + others;
    work.commit(['a.ts', text]);
    await work.edits('a.ts', text, functionOf('total'), '', 's0');
    await work.writes('b.ts', functionOf('total'));
    assert.deepEqual(await work.aiLines('b.ts'), [1, 2, 3, 4]);
  });
});
