import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Agent } from '../core/agents/agent.ts';
import { agents } from '../core/agents/agents.ts';
import type { AgentEvent, FileWrite } from '../core/agents/event.ts';
import { Fields, parsePayload } from '../core/agents/fields.ts';
import { told } from '../core/agents/steps.ts';
import { type JournalEvent, replacementsOf } from '../core/attribution/journal.ts';
import type { AiOrigin } from '../core/attribution/origin.ts';
import { decode } from '../core/text/decode.ts';
import { sha256Hex } from '../node/digest.ts';
import { appendEvent, workTreeOf } from '../node/journal.ts';
import { warn } from './terminal.ts';

/**
 * `firebreak hook AGENT`: takes down what an agent tells on the standard input. Whatever happens, the agent's tool call
 * goes on: the exit code is 0, and the answer that the agent waits for is given.
 */
export function hook(id: string | undefined): void {
  const agent = agents.find((each) => each.id === id);
  try {
    if (agent === undefined) throw new Error(`there is no agent ${JSON.stringify(id ?? '')}; name one of ${agents.map((each) => each.id).join(', ')}`);
    const payload = parsePayload(readFileSync(0, 'utf8'));
    if (payload === undefined) throw new Error('the payload on the standard input is not JSON');
    const event = agent.read(Fields.of(payload));
    if (event !== undefined) takeDown(event, agent, Date.now());
  } catch (error) {
    warn(`hook: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (agent?.answer !== undefined) process.stdout.write(`${agent.answer}\n`);
}

function takeDown(event: AgentEvent, agent: Agent, now: number): void {
  if (event.moment === 'pre' || event.isUndone) return;
  for (const write of event.writes) takeDownWrite(write, event, agent, now);
}

function takeDownWrite(write: FileWrite, event: AgentEvent, agent: Agent, now: number): void {
  const place = placeOf(write.path, event);
  const onDisk = place === undefined ? undefined : textOf(place.file);
  if (place === undefined || onDisk === undefined) return;
  const found = told(write, { onDisk, tellsEarly: agent.tellsEarly === true });
  if (found === undefined) return;
  const from = write.movedFrom === undefined ? undefined : placeOf(write.movedFrom, event)?.relative;
  const shared = { path: place.relative, at: now, ...(event.toolUse !== undefined && { toolUse: event.toolUse }) };
  if (found.kind === 'claim') {
    appendEvent(place.gitDir, { ...shared, by: originOf(event), wrote: found.wrote, after: sha256Hex(found.after) }, found.after);
    return;
  }
  for (const [index, { by, before, edit, after }] of found.steps.entries()) {
    const made: JournalEvent = {
      ...shared,
      at: now + index,
      by: by === 'person' ? { kind: 'human' } : originOf(event),
      before: sha256Hex(before),
      replacements: replacementsOf(edit, before),
      ...(from !== undefined && { from }),
      after: sha256Hex(after),
    };
    appendEvent(place.gitDir, made, before);
  }
}

function originOf({ agent, model, session }: AgentEvent): AiOrigin {
  return { kind: 'ai', tool: agent, ...(model !== undefined && { model }), ...(session !== undefined && { session }) };
}

/** Where a file lies; undefined outside of every work tree, and for git's own files. */
function placeOf(named: string, { cwd }: AgentEvent): { readonly file: string; readonly relative: string; readonly gitDir: string } | undefined {
  const file = path.resolve(cwd ?? process.cwd(), named);
  const tree = workTreeOf(file);
  if (tree === undefined) return undefined;
  const relative = path.relative(tree.root, file).split(path.sep).join('/');
  return relative.split('/').includes('.git') ? undefined : { file, relative, gitDir: tree.gitDir };
}

/** A file that is not there has the text ''; undefined for one that holds no text. */
function textOf(file: string): string | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  const decoded = decode(bytes);
  return 'text' in decoded ? decoded.text : undefined;
}
