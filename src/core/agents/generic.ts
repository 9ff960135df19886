import type { Agent } from './agent.ts';
import { asGeneric } from './answers.ts';
import type { AgentEvent, FileWrite } from './event.ts';
import { Fields, plainPath } from './fields.ts';
import { identityOf, momentOf } from './toolEvent.ts';
import { commandIn, readEdit } from './tools.ts';

/** Firebreak's own form, for agents that are no row of this table: docs/agents.md describes it. */
export const generic: Agent = {
  id: 'generic',
  title: 'any other agent, in the form of docs/agents.md',
  tellsEarly: true,
  read: readEvent,
  hold: asGeneric,
  canAsk: true,
};

function readEvent(payload: Fields): AgentEvent {
  const command = commandIn(payload);
  const [toolUse, session] = [payload.name('id'), payload.name('session')];
  const unread = oddityOf(payload, command);
  return {
    ...identityOf(payload.name('agent') ?? 'generic', payload),
    ...(toolUse !== undefined && { toolUse }),
    ...(session !== undefined && { session }),
    moment: momentOf(payload.name('event') ?? '') ?? 'post',
    ...(command !== undefined && { command }),
    writes: payload.list('files').flatMap((file) => readWrite(Fields.of(file)) ?? []),
    ...(unread !== undefined && { unread }),
    isUndone: payload.isTrue('failed'),
  };
}

/** What is not as docs/agents.md has it: whoever wrote an adapter hears of it. */
function oddityOf(payload: Fields, command: string | undefined): string | undefined {
  if (payload.name('agent') === undefined) return '"agent" is missing';
  const event = payload.value('event') ?? 'post';
  if (event !== 'pre' && event !== 'post') return '"event" is neither "pre" nor "post"';
  if (command === undefined && payload.value('command') !== undefined) return '"command" is no text';
  const files = payload.value('files');
  if (files !== undefined && !Array.isArray(files)) return '"files" is no list';
  if (payload.list('files').some((file) => Fields.of(file).name('path') === undefined)) return 'a file has no "path"';
  return command === undefined && files === undefined ? 'it has neither "command" nor "files"' : undefined;
}

function readWrite(file: Fields): FileWrite | undefined {
  const path = file.name('path');
  if (path === undefined) return undefined;
  const [before, content, movedFrom] = [file.text('before'), file.text('content'), file.name('moved_from')];
  const edits = file.list('edits').flatMap((edit) => readEdit(Fields.of(edit)) ?? []);
  return {
    path: plainPath(path),
    ...(before !== undefined && { before }),
    ...(content !== undefined && { content }),
    ...(edits.length > 0 && { edits }),
    ...(file.isTrue('deleted') && { isDeleted: true }),
    ...(movedFrom !== undefined && { movedFrom: plainPath(movedFrom) }),
    ...(file.isTrue('user_modified') && { isUserModified: true }),
  };
}
