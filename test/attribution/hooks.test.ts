import assert from 'node:assert/strict';
import { agents } from '../../src/core/agents/agents.ts';
import { Fields, parsePayload } from '../../src/core/agents/fields.ts';
import { told } from '../../src/core/agents/steps.ts';
import { type JournalEvent, replacementsOf } from '../../src/core/attribution/journal.ts';
import { reconcile } from '../../src/core/attribution/reconcile.ts';
import { scenario, scenarios } from './scenario.ts';

/** Any digest will do, as long as it tells texts apart. */
const digestOf = (text: string) => `digest of ${text}`;

const file = '/repo/a.ts';
const before = 'let a = 1;\nlet b = 2;\nlet a2 = 1;\n';

/** What a hook would take down when an agent sends the payload while the file holds `onDisk`. @param noted what it held at the event before */
function eventsOf(agentId: string, payload: unknown, onDisk: string, at = 1, noted?: string): JournalEvent[] {
  const agent = agents.find(({ id }) => id === agentId);
  const event = agent?.read(Fields.of(typeof payload === 'string' ? parsePayload(payload) : payload));
  if (agent === undefined || event === undefined || event.moment === 'pre' || event.isUndone) return [];
  const shared = { path: 'a.ts', at, by: { kind: 'ai', tool: event.agent } } as const;
  return event.writes.flatMap((write): JournalEvent[] => {
    const found = told(write, { before: noted, onDisk, tellsEarly: agent.tellsEarly === true });
    if (found === undefined) return [];
    if (found.kind === 'claim') return [{ ...shared, wrote: found.wrote, after: digestOf(found.after), text: found.after }];
    return found.steps.map((step) => ({
      ...shared,
      ...(step.by === 'person' && { by: { kind: 'human' } as const }),
      before: digestOf(step.before),
      replacements: replacementsOf(step.edit, step.before),
      after: digestOf(step.after),
      text: step.before,
    }));
  });
}

/** `«…»` for what is an agent's, with its name where there is more than one, `?…?` for what is unknown, `[-…-]` for what an agent deleted. */
function marked(text: string, events: readonly JournalEvent[], committed: string | undefined = before): string {
  let shown = '';
  let end = 0;
  for (const { range, origin, removedText } of reconcile(text, { events, committed, digestOf }) ?? []) {
    shown += text.slice(end, range.start);
    const inside = range.of(text);
    shown += removedText !== undefined ? `[-${removedText}-]` : origin.kind === 'ai' ? `«${inside}»` : `?${inside}?`;
    end = range.endExclusive;
  }
  return shown + text.slice(end);
}

const claude = (toolName: string, input: object, response: object = {}) => ({ session_id: 's', cwd: '/work', hook_event_name: 'PostToolUse', tool_name: toolName, tool_input: { file_path: file, ...input }, tool_response: { originalFile: before, ...response } });
const cursor = (...edits: readonly (readonly [old: string, now: string])[]) => ({ conversation_id: 'c', hook_event_name: 'afterFileEdit', workspace_roots: ['/work'], file_path: file, edits: edits.map(([old, now]) => ({ old_string: old, new_string: now })) });

scenarios('Hooks', () => {
  scenario({ case: 'an edit of one line', evidence: 'reported', result: 'only the words that the agent changed are its own' }, () => {
    const after = before.replace('let b = 2', 'let b = 20');
    assert.equal(marked(after, eventsOf('claude-code', claude('Edit', { old_string: 'let b = 2;', new_string: 'let b = 20;' }), after)), 'let a = 1;\nlet b = [-2-]«20»;\nlet a2 = 1;\n');
  });

  scenario({ case: 'a cell of a notebook, by a tool that does not say what it writes', evidence: 'reported', result: 'what differs from before the tool is the agent\'s' }, () => {
    const notebook = (...source: readonly string[]) => `{\n "cells": [\n  {\n   "source": [\n${source.map((line) => `    ${JSON.stringify(line)}`).join(',\n')}\n   ]\n  }\n ]\n}\n`;
    const [first, after] = [notebook('a = 1\n', 'b = 2\n'), notebook('a = 1\n', 'c = 3\n', 'b = 2\n')];
    const payload = { session_id: 's', cwd: '/work', hook_event_name: 'PostToolUse', tool_name: 'NotebookEdit', tool_use_id: 't', tool_input: { notebook_path: file, new_source: 'c = 3\n', cell_id: '1', edit_mode: 'insert' }, tool_response: {} };
    assert.equal(marked(after, eventsOf('claude-code', payload, after, 1, first), first), after.replace('    "c = 3\\n",\n', (line) => `«${line}»`));
  });

  scenario({ case: 'replace_all', evidence: 'reported', result: 'every place is the agent\'s' }, () => {
    const after = before.replaceAll('= 1', '= 7');
    assert.equal(marked(after, eventsOf('claude-code', claude('Edit', { old_string: '= 1', new_string: '= 7', replace_all: true }), after)), 'let a = [-1-]«7»;\nlet b = 2;\nlet a2 = [-1-]«7»;\n');
  });

  scenario({ case: 'an old_string that stands twice, with the text before told', evidence: 'reported', result: 'the place that changed is the agent\'s' }, () => {
    const after = before.replace('= 1', '= 7');
    assert.equal(marked(after, eventsOf('claude-code', claude('Edit', { old_string: '= 1', new_string: '= 7' }), after)), 'let a = [-1-]«7»;\nlet b = 2;\nlet a2 = 1;\n');
  });

  scenario({ case: 'a whole file written again', evidence: 'reported', result: 'what the agent kept stays the person\'s' }, () => {
    const after = `${before}let c = 3;\n`;
    assert.equal(marked(after, eventsOf('claude-code', claude('Write', { content: after }), after)), `${before}«let c = 3;\n»`);
  });

  scenario({ case: 'the event after a write comes before the file is saved', evidence: 'reported', result: 'once it is, the write is the agent\'s' }, () => {
    const after = before.replace('let b = 2;\n', 'let b = 2;\nlet c = 3;\n');
    const events = eventsOf('cursor', cursor(['let b = 2;\n', 'let b = 2;\nlet c = 3;\n']), before);
    assert.equal(marked(after, events), 'let a = 1;\nlet b = 2;\n«let c = 3;\n»let a2 = 1;\n');
    assert.equal(marked(before, events), before);
  });

  scenario({ case: 'no event before, and the text before is not told', evidence: 'reported', result: 'the edit is found in the text that it left' }, () => {
    const after = before.replace('let b = 2;\n', 'let c = 3;\n');
    assert.equal(marked(after, eventsOf('cursor', cursor(['let b = 2;\n', 'let c = 3;\n']), after), undefined), 'let a = 1;\nlet [-b-]«c» = [-2-]«3»;\nlet a2 = 1;\n');
  });

  scenario({ case: 'two configurations tell of one write', evidence: 'reported', result: 'it counts once' }, () => {
    const after = `${before}let c = 3;\n`;
    const events = [...eventsOf('claude-code', claude('Write', { content: after }), after, 1), ...eventsOf('vscode', claude('Write', { content: after }), after, 2)];
    assert.equal(marked(after, events), `${before}«let c = 3;\n»`);
    const tools = reconcile(after, { events, committed: before, digestOf })?.map(({ origin }) => (origin.kind === 'ai' ? origin.tool : origin.kind));
    assert.deepEqual(tools, ['claude-code']);
  });

  scenario({ case: 'two agents on one file, told in the wrong order', evidence: 'reported', result: 'each has its own' }, () => {
    const one = `${before}let c = 3;\n`;
    const two = `${one}let d = 4;\n`;
    const events = [...eventsOf('codex', claude('Write', { content: two }, { originalFile: one }), two, 1), ...eventsOf('claude-code', claude('Write', { content: one }), one, 2)];
    assert.equal(marked(two, events), `${before}«let c = 3;\n»«let d = 4;\n»`);
  });

  scenario({ case: 'a tool that was denied', evidence: 'none', result: 'nothing is the agent\'s' }, () => {
    assert.deepEqual(eventsOf('copilot-cli', { sessionId: 's', cwd: '/work', toolName: 'create', toolArgs: { path: file, file_text: 'x' }, toolResult: { resultType: 'denied' } }, before), []);
  });

  scenario({ case: 'userModified', evidence: 'reported', result: 'what the user changed in the proposal is the user\'s' }, () => {
    const proposal = `${before}let c = 3;\nlet d = 4;\n`;
    const after = `${before}let c = 3;\nlet mine = 4;\n`;
    assert.equal(marked(after, eventsOf('claude-code', claude('Write', { content: proposal }, { userModified: true }), after)), `${before}«let c = 3;\nlet »mine« = 4;\n»`);
  });

  scenario({ case: 'raw control characters inside a string, and a path /c:/', evidence: 'reported', result: 'the payload is read all the same' }, () => {
    const event = agents.find(({ id }) => id === 'windsurf')?.read(Fields.of(parsePayload('{"agent_action_name":"post_write_code","tool_info":{"file_path":"/c:/repo/a.ts","edits":[{"old_string":"a\tb\nc","new_string":"d"}]}}')));
    assert.deepEqual(event?.writes, [{ path: 'c:/repo/a.ts', edits: [{ oldText: 'a\tb\nc', newText: 'd' }] }]);
  });

  scenario({ case: 'a Tab suggestion of Cursor, with its range', evidence: 'reported', result: 'just that place, though the same text stands before it' }, () => {
    const after = 'x;\nx;\ny;\n';
    const payload = { conversation_id: 'c', hook_event_name: 'afterTabFileEdit', workspace_roots: ['/work'], file_path: file, edits: [{ old_string: 'x;', new_string: 'y;', range: { start_line_number: 3, start_column: 1, end_line_number: 3, end_column: 3 }, old_line: 'x;', new_line: 'y;' }] };
    assert.equal(marked(after, eventsOf('cursor', payload, after), 'x;\nx;\nx;\n'), 'x;\nx;\n[-x-]«y»;\n');
  });

  scenario({ case: 'a patch of Codex with two hunks', evidence: 'reported', result: 'both are the agent\'s' }, () => {
    const after = 'let a = 1;\nlet z = 0;\nlet b = 2;\nlet a2 = 5;\n';
    const patch = '*** Begin Patch\n*** Update File: a.ts\n@@\n let a = 1;\n+let z = 0;\n let b = 2;\n@@\n-let a2 = 1;\n+let a2 = 5;\n*** End Patch';
    assert.equal(marked(after, eventsOf('codex', { session_id: 's', cwd: '/work', hook_event_name: 'PostToolUse', tool_name: 'apply_patch', tool_input: { command: patch }, tool_response: {} }, after)), 'let a = 1;\n«let z = 0;\n»let b = 2;\nlet a2 = [-1-]«5»;\n');
  });
});

scenarios('Unhooked writes', () => {
  scenario({ case: 'a person goes on after an agent, unseen', evidence: 'reported', result: 'the agent\'s lines stay its own, the small change is the person\'s' }, () => {
    const one = `${before}let c = 3;\n`;
    const now = `// mine\n${one}`;
    assert.equal(marked(now, eventsOf('claude-code', claude('Write', { content: one }), one)), `// mine\n${before}«let c = 3;\n»`);
  });

  scenario({ case: 'a code generator writes much, unseen', evidence: 'inferred', result: 'that is of unknown origin' }, () => {
    const one = `${before}let c = 3;\n`;
    const made = Array.from({ length: 30 }, (_, index) => `export const made${index} = ${index};\n`).join('');
    assert.equal(marked(one + made, eventsOf('claude-code', claude('Write', { content: one }), one)), `${before}«let c = 3;\n»?${made}?`);
  });
});
