import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { AgentEvent, FileWrite } from '../core/agents/event.ts';
import { type Permission, permissionFor, type Proposed } from '../core/agents/guard.ts';
import { appliedTo, withReturns } from '../core/agents/placedEdits.ts';
import type { ChangedFile } from '../core/check/changeSet.ts';
import { RuleSet } from '../core/check/ruleSet.ts';
import { applyPolicy } from '../core/policy/applyPolicy.ts';
import { noPolicy, type Policy } from '../core/policy/policy.ts';
import { rules } from '../core/rules/index.ts';
import { LineText } from '../core/text/lineText.ts';
import { textOf } from '../node/commandTrace.ts';
import { workTreeOf } from '../node/journal.ts';
import { openRepository } from '../node/repository.ts';
import { inspect } from './inspect.ts';
import { warn } from './terminal.ts';

/** By the shells that run a command line of an agent, as files of theirs would be called. */
const commandFiles = process.platform === 'win32' ? ['command.ps1', 'command.cmd', 'command.sh'] : ['command.sh'];

/** What an agent may do of what it is about to do: judged as `firebreak check` would, and by the policy of the last commit. */
export async function permissionOf(event: AgentEvent): Promise<Permission> {
  const folder = realPathOf(path.resolve(event.cwd ?? process.cwd()));
  const first = event.writes[0];
  const root = workTreeOf(first === undefined ? path.join(folder, 'any') : path.resolve(folder, first.path))?.root ?? folder;
  const files = event.writes.length > 0 ? event.writes.flatMap((write) => changeOf(write, root, folder)) : event.command === undefined ? [] : commandFiles.map((file) => ({ path: inside(root, path.join(folder, file)), after: { text: `${event.command}\n` } }));
  const is = event.writes.length > 0 ? 'edit' : 'command';
  const { located, unread } = await inspect({ scope: 'changes', project: { root, at: 'disk' }, size: files.length, changed: () => Promise.resolve(files), unchanged: [] }, 'changes', 1);
  const proposed: Proposed = { is, findings: located.map(({ finding }) => finding), unread };
  if (located.length + unread.length === 0) return { kind: 'goOn' };
  const policy = await policyIn(root);
  return permissionFor({ ...proposed, findings: applyPolicy(proposed.findings, policy) }, policy);
}

/** What could not be read as an event: held when a word stands in it that rules look for in commands. */
export function permissionOfUnread(raw: string, why: string): Permission {
  if (!new RuleSet(rules).mayHold('shell', LineText.fixed(raw))) return { kind: 'goOn' };
  return permissionFor({ is: 'command', findings: [], unread: [{ path: 'what the agent told', why }] }, noPolicy);
}

/** One that is broken raises nothing and lets nothing pass: the bar of a repository without one holds. */
async function policyIn(root: string): Promise<Policy> {
  try {
    return (await (await openRepository(root))?.policyAtHead()) ?? noPolicy;
  } catch (error) {
    warn(`hook: ${error instanceof Error ? error.message : String(error)}`);
    return noPolicy;
  }
}

/** A file as the agent would leave it; none when the agent does not say how. */
function changeOf(write: FileWrite, root: string, folder: string): ChangedFile[] {
  const file = path.resolve(folder, write.path);
  const before = textOf(file);
  const at = { path: inside(root, file), ...(before !== undefined && before !== '' && { before: { text: before } }) };
  if (write.isDeleted === true) return before === undefined || before === '' ? [] : [at];
  const after = textAfter(write, before ?? '');
  return after === undefined ? [] : [{ ...at, after: { text: after } }];
}

/** Of edits whose old text is not there the new text alone: the agent may find another place for it. */
function textAfter({ content, edits }: FileWrite, before: string): string | undefined {
  if (content !== undefined) return before.includes('\r\n') ? withReturns(content) : content;
  if (edits === undefined || edits.length === 0) return undefined;
  return appliedTo(before, edits)?.after ?? `${before}\n${edits.map(({ newText }) => newText).join('\n')}`;
}

function inside(root: string, file: string): string {
  const relative = path.relative(root, file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? path.basename(file) : relative).split(path.sep).join('/');
}

function realPathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
