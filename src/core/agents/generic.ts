import type { Agent } from './agent.ts';
import { asGeneric } from './answers.ts';
import type { AgentEvent, FileWrite } from './event.ts';
import { Fields, plainPath } from './fields.ts';
import { identityOf } from './toolEvent.ts';
import { readEdit } from './tools.ts';

/** Firebreak's own form, for agents that are no row of this table: docs/agents.md describes it. */
export const generic: Agent = {
  id: 'generic',
  title: 'any other agent, in the form of docs/agents.md',
  tellsEarly: true,
  read: readEvent,
  hold: asGeneric,
};

function readEvent(payload: Fields): AgentEvent | undefined {
  const agent = payload.name('agent');
  if (agent === undefined) return undefined;
  const command = payload.name('command');
  const toolUse = payload.name('id');
  return {
    ...identityOf(agent, payload),
    ...(toolUse !== undefined && { toolUse }),
    moment: payload.name('event') === 'pre' ? 'pre' : 'post',
    ...(command !== undefined && { command }),
    writes: payload.list('files').flatMap((file) => readWrite(Fields.of(file)) ?? []),
    isUndone: payload.isTrue('failed'),
  };
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
