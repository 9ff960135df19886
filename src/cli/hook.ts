import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Agent, Answer } from '../core/agents/agent.ts';
import { asExitCode } from '../core/agents/answers.ts';
import { agents } from '../core/agents/agents.ts';
import type { AgentEvent, FileWrite } from '../core/agents/event.ts';
import { Fields, parsePayload } from '../core/agents/fields.ts';
import type { Permission } from '../core/agents/guard.ts';
import { told } from '../core/agents/steps.ts';
import { readToolEvent } from '../core/agents/toolEvent.ts';
import { type JournalEvent, replacementsOf } from '../core/attribution/journal.ts';
import type { AiOrigin } from '../core/attribution/origin.ts';
import { bringsBack, commits, keepsFiles, onlyReads, wordsOf } from '../core/agents/shellLine.ts';
import { showInert } from '../core/review/inert.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { beginTrace, textOf } from '../node/commandTrace.ts';
import { sha256Hex } from '../node/digest.ts';
import { dist } from '../node/dist.ts';
import { areUnsettled, leaveToFinish, settleCommands } from '../node/endedCommands.ts';
import { inTheWay } from '../node/inTheWay.ts';
import { appendEvent, type WorkTree, workTreeOf, workTreeTold } from '../node/journal.ts';
import { forgetRunning, tellRunning } from '../node/runningCommands.ts';
import { treesAround } from '../node/workTrees.ts';
import { keepTextBefore, takeTextBefore } from '../node/textsBefore.ts';
import { readInput, warn, writeAll } from './agentPipes.ts';
import type { Judged } from './guard.ts';

export { finishCommand, finishing } from '../node/endedCommands.ts';

/**
 * `firebreak hook AGENT`: takes down what an agent tells on the standard input, and holds what it is about to do and the
 * policy does not let it do by itself. What fails here does not fail the agent's tool call, but where it could have been held.
 * @param loadGuard called only where something is about to be done: it loads all rules
 * @returns the exit code
 */
export async function hook(id: string | undefined, loadGuard: LoadGuard): Promise<number> {
  const agent = agents.find((each) => each.id === id);
  if (agent === undefined) {
    warn(`there is no agent ${JSON.stringify(id ?? '')}; name one of ${agents.map((each) => each.id).join(', ')}`);
    if ((await import('node:tty')).isatty(0)) return 2;
  }
  const raw = readInput();
  if (agent === undefined && tellsOfPast.test(raw)) return 0;
  return answerOf(agent ?? unnamed, raw, loadGuard);
}

async function answerOf(named: Agent, raw: string, loadGuard: LoadGuard): Promise<number> {
  const agent = named.cannotAskAt?.test(raw) === true ? { ...named, canAsk: false } : named;
  const permission = await permissionFor(raw, agent, loadGuard).catch((error: unknown): Permission => {
    warnOf(error);
    return tellsOfPast.test(raw) ? { kind: 'goOn' } : { kind: agent.canAsk ? 'ask' : 'deny', reason: `Firebreak could not look at this, so nobody knows what it does: ${messageOf(inTheWay(error))}` };
  });
  const answer: Answer = permission.kind === 'goOn' ? (agent.answer === undefined ? {} : { stdout: agent.answer }) : agent.hold(permission.kind, showInert(permission.reason));
  if (answer.stdout !== undefined) writeAll(1, `${answer.stdout}\n`);
  if (answer.stderr !== undefined) writeAll(2, `${answer.stderr}\n`);
  return answer.exitCode ?? 0;
}

/** A hook that was set up for nobody holds all the same: by what most agents send, and in the form that most take for a no. What is over is nobody's. */
const unnamed: Agent = { id: 'unnamed', title: 'an agent that Firebreak does not know', read: (payload) => readToolEvent('unnamed', payload), hold: asExitCode, canAsk: false };

async function permissionFor(raw: string, agent: Agent, loadGuard: LoadGuard): Promise<Permission> {
  let event: AgentEvent | undefined;
  let taken: Promise<void> | undefined;
  try {
    const payload = parsePayload(raw);
    if (payload === undefined) throw new Error('the payload on the standard input is not JSON');
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) throw new Error('the payload on the standard input is no JSON object');
    const fields = Fields.of(payload);
    event = agent.read(fields);
    if (event === undefined) return isUnreadCommand(fields) ? (await loadGuard('command')).permissionOfUnread(raw, 'its command is missing or no text', agent, 'command') : { kind: 'goOn' };
    const { unread } = event;
    if (unread !== undefined && agent.id === 'generic') warn(`${unread}: docs/agents.md says what "firebreak hook generic" reads`);
    // Before the guard is loaded, which lets nobody else have a turn, git is at work.
    taken = takeDown(event, agent, Date.now()).catch(warnOf);
    if (event.moment === 'post') return { kind: 'goOn' };
    const guard = await loadGuard(judgedOf(event));
    const permission = await guard.permissionOf(event, agent);
    return permission.kind === 'goOn' && unread !== undefined ? guard.permissionOfUnread(raw, unread, agent, event.command !== undefined ? 'command' : event.writes.length > 0 ? 'edit' : 'tool call') : permission;
  } catch (error) {
    if (event !== undefined) throw error;
    warnOf(error);
    return tellsOfPast.test(raw) ? { kind: 'goOn' } : (await loadGuard('command')).permissionOfUnread(raw, messageOf(inTheWay(error)), agent);
  } finally {
    await taken;
  }
}

function warnOf(error: unknown): void {
  warn(showInert(messageOf(inTheWay(error))));
}

/** @param judged what it is to judge first */
export type LoadGuard = (judged: Judged) => Promise<typeof import('./guard.ts')>;

const javascript = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/i;
/** Of other languages, which have much of what reads them in common. */
const program = /\.(?:pyw?|go|rb|php|rs|java|kts?|cs)$/i;

function judgedOf({ command, writes }: AgentEvent): Judged {
  if (command !== undefined) return 'command';
  const isAmong = (kind: RegExp) => writes.some((write) => kind.test(write.path));
  return isAmong(javascript) ? 'javascript' : isAmong(program) ? 'program' : 'other';
}

/** What names the moment of an event that is over. */
const tellsOfPast = /"(?:post|after)/i;

/** Before the use of a tool that runs commands. */
function isUnreadCommand(payload: Fields): boolean {
  const tool = ['preToolUse', ''].map((holder) => (holder === '' ? payload : payload.object(holder)).name('tool_name', 'tool', 'agent_action_name', 'hook_event_name') ?? '').join(' ');
  return /bash|shell|terminal|command|exec/i.test(tool) && !/post|after/i.test(`${tool} ${payload.name('hook_event_name', 'hook_name', 'event') ?? ''}`);
}

async function takeDown(event: AgentEvent, agent: Agent, now: number): Promise<void> {
  const tree = event.moment === 'pre' ? treeAt(event) : undefined;
  // Who waits for nothing goes on at once, to where git is started.
  if (tree !== undefined && areUnsettled(tree.gitDir)) (await settleCommands(tree.gitDir)).forEach(warn);
  if (event.command !== undefined) return takeDownCommand(event.command, event, now);
  for (const write of event.writes) {
    if (event.moment === 'pre') noteUntold(write, event);
    else takeDownWrite(write, event, agent, now);
  }
}

/** What the last command wrote there is looked at before the agent goes on. */
function treeAt({ cwd, writes: [write] }: AgentEvent): WorkTree | undefined {
  const folder = path.resolve(cwd ?? process.cwd());
  return workTreeTold(write === undefined ? path.join(folder, 'any') : path.resolve(folder, write.path), process.env);
}

/** What changed between the events before and after a command is the agent's, whatever else the command is. */
async function takeDownCommand(command: string, event: AgentEvent, now: number): Promise<void> {
  const folder = path.resolve(event.cwd ?? process.cwd());
  const tree = workTreeTold(path.join(folder, 'any'), process.env);
  if (tree === undefined || onlyReads(command)) return;
  const key = JSON.stringify([event.agent, event.session, event.toolUse ?? command]);
  const trees = treesAround(tree);
  const isBringing = bringsBack(command);
  if (event.moment === 'post' && isBringing) {
    for (const each of trees) forgetRunning({ ...each, key });
    return;
  }
  if (event.moment === 'post') {
    await leaveToFinish({ key, at: now, ...toolUseOf(event), by: originOf(event), keepsFiles: keepsFiles(command) }, trees, path.join(dist, 'hook.js'));
    return;
  }
  // What it commits is told of no other that runs, also where nothing is kept of it.
  const running = { key, ...toolUseOf(event), by: originOf(event), isCommitting: !isBringing && commits(command) };
  for (const each of trees) tellRunning({ ...each, ...running });
  if (isBringing) return;
  const named = filesNamedIn(command, folder);
  await Promise.all(trees.map((each) => beginTrace({ ...each, key }, named.flatMap((file) => ((workTreeOf(file)?.root ?? tree.root) === each.root && file.startsWith(each.root + path.sep) ? [path.relative(each.root, file).split(path.sep).join('/')] : [])))));
}

/** So many words are taken for files at most. */
const mostNamed = 64;

/** What a command line may name, from where it runs and from where it goes. */
function filesNamedIn(command: string, folder: string): readonly string[] {
  const words = wordsOf(command).slice(0, mostNamed);
  const folders = [folder, ...[...command.matchAll(/\bcd\s+([^\s;&|]+)/g)].map(([, to = '']) => path.resolve(folder, to))];
  return [...new Set(folders.flatMap((from) => words.map((word) => realPathOf(path.resolve(from, word)))))].filter((file) => !file.split(path.sep).includes('.git'));
}

/** Some tools do not say what they write: what they do to a file, or that it goes, is found as for a command. Only where the agent names each use of its own: uses can overlap. */
function noteUntold(write: FileWrite, event: AgentEvent): void {
  const place = isUntold(write) ? placeOf(write.path, event) : undefined;
  const text = place === undefined || event.toolUse === undefined ? undefined : textOf(place.file);
  if (place !== undefined && text !== undefined) keepTextBefore(place.gitDir, keyOf(event, place.relative), text);
}

function isUntold({ content, edits = [] }: FileWrite): boolean {
  return content === undefined && edits.length === 0;
}

function keyOf({ agent, session, toolUse }: AgentEvent, what: string): string {
  return JSON.stringify([agent, session, toolUse, what]);
}

function takeDownWrite(write: FileWrite, event: AgentEvent, agent: Agent, now: number): void {
  const place = placeOf(write.path, event);
  if (place === undefined) return;
  const before = isUntold(write) && event.toolUse !== undefined ? takeTextBefore(place.gitDir, keyOf(event, place.relative)) : undefined;
  if (event.isUndone) return;
  const onDisk = textOf(place.file);
  if (onDisk === undefined) {
    warn(`${place.relative} is no text, or too large, and was not taken down`);
    return;
  }
  // VS Code runs the hooks that are configured for Claude Code.
  const teller = agents.find(({ id }) => id === event.agent) ?? agent;
  const found = told(write, { before, onDisk, tellsEarly: teller.tellsEarly === true });
  if (found === undefined) return;
  const from = write.movedFrom === undefined ? undefined : placeOf(write.movedFrom, event)?.relative;
  const shared = { path: place.relative, at: now, ...toolUseOf(event) };
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

function toolUseOf({ toolUse }: AgentEvent): { readonly toolUse?: string } {
  return toolUse === undefined ? {} : { toolUse };
}

function originOf({ agent, model, session }: AgentEvent): AiOrigin {
  return { kind: 'ai', tool: agent, ...(model !== undefined && { model }), ...(session !== undefined && { session }) };
}

/** Where a file lies; undefined outside of every work tree, and for git's own files. */
function placeOf(named: string, { cwd }: AgentEvent): { readonly file: string; readonly relative: string; readonly gitDir: string } | undefined {
  const file = realPathOf(path.resolve(cwd ?? process.cwd(), named));
  const tree = workTreeTold(file, process.env);
  if (tree === undefined) return undefined;
  const relative = path.relative(tree.root, file).split(path.sep).join('/');
  return relative.split('/').includes('.git') ? undefined : { file, relative, gitDir: tree.gitDir };
}

/** Where links lead: what is written through one has a path of its own. */
function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(realPathOf(folder), path.basename(file));
  }
}
