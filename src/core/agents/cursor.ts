import type { Agent } from './agent.ts';
import { asPermission } from './answers.ts';
import type { AgentEvent } from './event.ts';
import { Fields, plainPath } from './fields.ts';
import { plainHooks } from './hookLists.ts';
import { identityOf, momentOf, readToolEvent } from './toolEvent.ts';
import { commandIn, readEdit } from './tools.ts';

/** https://cursor.com/docs/agent/hooks. A Tab suggestion is told before its file is saved, with the range that it replaced. */
export const cursor: Agent = {
  id: 'cursor',
  title: 'Cursor',
  tellsEarly: true,
  read: (payload) => readEvent(payload) ?? readToolEvent('cursor', payload),
  hold: asPermission,
  canAsk: true,
  configuration: {
    kind: 'json',
    file: '.cursor/hooks.json',
    head: { version: 1 },
    entries: (command) => [
      ...plainHooks(['afterFileEdit', 'afterTabFileEdit', 'beforeShellExecution', 'afterShellExecution'], { command }),
      // Of commands the event above tells.
      ...plainHooks(['preToolUse'], { command, matcher: 'Write|StrReplace|Edit' }),
    ],
  },
};

function readEvent(payload: Fields): AgentEvent | undefined {
  const event = payload.name('hook_event_name') ?? '';
  const moment = momentOf(event);
  const who = identityOf('cursor', payload);
  if (moment === undefined) return undefined;
  if (/ShellExecution$/i.test(event)) {
    const command = commandIn(payload);
    return { ...who, moment, ...(command === undefined ? { unread: 'its command is missing or no text' } : { command }), writes: [], isUndone: false };
  }
  const path = payload.name('file_path');
  if (!/FileEdit$/i.test(event) || path === undefined) return undefined;
  const edits = payload.list('edits').flatMap((each) => readEdit(Fields.of(each)) ?? []);
  return { ...who, moment, writes: [{ path: plainPath(path), edits }], isUndone: false };
}
