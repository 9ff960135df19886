import type { Agent } from './agent.ts';
import { asExitCode } from './answers.ts';
import type { AgentEvent } from './event.ts';
import type { Fields } from './fields.ts';
import { plainHooks } from './hookLists.ts';
import { identityOf, momentOf } from './toolEvent.ts';
import { readTool } from './tools.ts';

/** https://docs.windsurf.com/windsurf/cascade/hooks. */
export const windsurf: Agent = {
  id: 'windsurf',
  title: 'Windsurf',
  read: readEvent,
  hold: asExitCode,
  canAsk: false,
  configuration: {
    kind: 'json',
    file: '.windsurf/hooks.json',
    entries: (command) => plainHooks(['pre_write_code', 'post_write_code', 'pre_run_command', 'post_run_command'], { command }),
  },
};

function readEvent(payload: Fields): AgentEvent | undefined {
  const action = payload.name('agent_action_name', 'hook_event_name') ?? '';
  const moment = momentOf(action);
  const details = payload.object('tool_info');
  const tool = readTool(action, details);
  if (moment === undefined || tool === undefined) return undefined;
  const cwd = details.name('cwd');
  return { ...identityOf('windsurf', payload), ...(cwd !== undefined && { cwd }), moment, ...tool, isUndone: false };
}
