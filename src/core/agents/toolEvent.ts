import type { AgentEvent } from './event.ts';
import { Fields, plainPath } from './fields.ts';
import { readTool } from './tools.ts';

/** Tools that only VS Code's own agents have. VS Code runs the hooks that are configured for Claude Code, too. */
const toolsOfVsCode = /^(?:create_file|replace_string_in_file|multi_replace_string_in_file|insert_edit_into_file|edit_notebook_file|run_in_terminal|create_and_run_task)$/i;

/**
 * An event before or after the use of a tool, as most agents send it: the event's name, the tool's name and input, afterwards its response.
 */
export function readToolEvent(agent: string, payload: Fields): AgentEvent | undefined {
  const moment = momentOf(payload.name('hook_event_name', 'event_name', 'event') ?? '') ?? (payload.value('tool_response', 'tool_result', 'tool_output', 'error') === undefined ? undefined : 'post');
  const name = payload.name('tool_name', 'tool') ?? '';
  const tool = readTool(name, payload.object('tool_input', 'tool_args', 'parameters', 'arguments'));
  if (moment === undefined || tool === undefined) return undefined;
  const response = payload.object('tool_response', 'tool_result', 'tool_output');
  const writes = moment === 'pre' ? tool.writes : tool.writes.map((write) => withResponse(write, response));
  return {
    ...identityOf(payload.value('cursor_version') !== undefined ? 'cursor' : toolsOfVsCode.test(name) ? 'vscode' : agent, payload),
    moment,
    ...(tool.command !== undefined && { command: tool.command }),
    writes,
    ...(tool.unread !== undefined && { unread: tool.unread }),
    isUndone: [payload, response].some((fields) => isUndone(fields, tool.command !== undefined)),
  };
}

/** Who it was, as all agents say it under one name or another. */
export function identityOf(agent: string, payload: Fields): Pick<AgentEvent, 'agent' | 'model' | 'session' | 'toolUse' | 'cwd'> {
  const model = payload.name('model', 'model_name', 'model_id');
  const session = payload.name('session_id', 'conversation_id', 'trajectory_id', 'task_id');
  const toolUse = payload.name('tool_use_id', 'tool_call_id');
  const cwd = payload.name('cwd', 'working_directory') ?? payload.list('workspace_roots').find((root) => typeof root === 'string');
  return { agent, ...(model !== undefined && { model }), ...(session !== undefined && { session }), ...(toolUse !== undefined && { toolUse }), ...(cwd !== undefined && { cwd: plainPath(cwd) }) };
}

export function momentOf(event: string): AgentEvent['moment'] | undefined {
  return /^(?:pre|before)/i.test(event) ? 'pre' : /^(?:post|after)/i.test(event) ? 'post' : undefined;
}

/** A command that failed may have written all the same; one that was refused did not run. */
function isUndone(fields: Fields, isCommand: boolean): boolean {
  const result = fields.name('result_type', 'status') ?? '';
  if (fields.isTrue('denied') || /^(?:denied|rejected|cancelled)$/i.test(result)) return true;
  return !isCommand && (fields.isFalse('success') || fields.isTrue('is_error') || fields.name('error') !== undefined || /^fail|^error/i.test(result));
}

/** Claude Code tells the text before, and whether its user changed the proposal. A null there is a new file. */
function withResponse<T extends AgentEvent['writes'][number]>(write: T, response: Fields): T {
  const original = response.text('original_file') ?? (response.name('type') === 'create' ? '' : undefined);
  return { ...write, ...(original !== undefined && { before: original }), ...(response.isTrue('user_modified') && { isUserModified: true }) };
}
