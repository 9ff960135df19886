import type { Agent } from './agent.ts';
import { asPermission } from './answers.ts';
import type { AgentEvent } from './event.ts';
import { Fields, plainPath } from './fields.ts';
import { plainHooks } from './hookLists.ts';
import { identityOf, momentOf, readToolEvent } from './toolEvent.ts';
import { commandIn, readEdit } from './tools.ts';

/** Cursor takes a permission hook that prints nothing for one that failed, also in a clone where nobody ran `init`. One that fails keeps its exit code. */
const answering = (command: string) => `a="$(${command})" || exit; [ -n "$a" ] || a='{}'; printf '%s\\n' "$a"`;

/** https://cursor.com/docs/agent/hooks. A Tab suggestion is told before its file is saved, with the range that it replaced. */
export const cursor: Agent = {
  id: 'cursor',
  title: 'Cursor',
  tellsEarly: true,
  read: (payload) => readEvent(payload) ?? readToolEvent('cursor', payload),
  hold: asPermission,
  canAsk: true,
  cannotAskAt: /"hook_event_name"\s*:\s*"preToolUse"/i,
  answer: '{}',
  configuration: {
    kind: 'json',
    file: '.cursor/hooks.json',
    head: { version: 1 },
    entries: (command) => [
      ...plainHooks(['afterFileEdit', 'afterTabFileEdit', 'afterShellExecution'], { command }),
      ...plainHooks(['beforeShellExecution'], { command: answering(command), failClosed: true }),
      // Of commands the event above tells.
      ...plainHooks(['preToolUse'], { command: answering(command), matcher: 'Write|StrReplace|Edit|Delete', failClosed: true }),
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
