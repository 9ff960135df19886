import type { Agent } from './agent.ts';
import { asCancel } from './answers.ts';
import type { AgentEvent } from './event.ts';
import type { Fields } from './fields.ts';
import { momentOf, readToolEvent } from './toolEvent.ts';

const goOn = '{"cancel":false}';

/** https://docs.cline.bot/features/hooks. Its hooks are executables named after the event, and it waits for their answer. */
export const cline: Agent = {
  id: 'cline',
  title: 'Cline',
  read: readEvent,
  hold: asCancel,
  canAsk: false,
  answer: goOn,
  configuration: {
    kind: 'executables',
    files: ['.clinerules/hooks/PreToolUse', '.clinerules/hooks/PostToolUse'],
    script: (command) => ['#!/bin/sh', '# Written by: firebreak init --agent cline', `answer="$(${command})"`, `[ -n "$answer" ] || answer='${goOn}'`, `printf '%s\\n' "$answer"`, ''].join('\n'),
  },
};

function readEvent(payload: Fields): AgentEvent | undefined {
  const event = payload.name('hook_name') ?? '';
  const moment = momentOf(event);
  if (moment === undefined) return undefined;
  let flat = payload.with('event', moment);
  const tool = payload.object(moment === 'pre' ? 'preToolUse' : 'postToolUse');
  for (const name of ['toolName', 'parameters', 'success']) {
    const value = tool.value(name);
    if (value !== undefined) flat = flat.with(name, value);
  }
  return readToolEvent('cline', flat);
}
