import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { step } from '../core/agents/steps.ts';
import { replacementsOf } from '../core/attribution/journal.ts';
import type { AiOrigin } from '../core/attribution/origin.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { commandFile, commandsFolder, type CommandWrite, endTrace, forgetTrace, isTraced, type TracedCommand } from './commandTrace.ts';
import { sha256Hex } from './digest.ts';
import { environmentForOthers } from './environmentForOthers.ts';
import { appendEvent, type WorkTree } from './journal.ts';
import { readTextIfAny } from './readTextIfAny.ts';
import { commitsLeft, forgetRunning } from './runningCommands.ts';

/** A command of an agent of which the end was told. */
export interface EndedCommand extends TracedCommand {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: AiOrigin;
  readonly toolUse?: string;
  /** It changes no file of its own: what stands in one that somebody wrote to since is not its writing. */
  readonly keepsFiles: boolean;
}

/** The first argument with which the hooks' bundle finishes a command; no agent is called so. */
export const finishing = '--finish';

/** What git's hooks are called with to note commits of which more was told since; no hook is called so. */
export const noting = 'note-anew';

interface Mark extends EndedCommand {
  /** The process that finishes it. */
  readonly finisher: number;
  /** The bundle of git's hooks. */
  readonly noter: string;
}

/** Who finishes a command has so many milliseconds until another one takes it for stuck. To do it twice does no harm: an event that is told twice counts once. */
const patienceMs = 3000;
const pauseMs = 5;

const load = createRequire(process.execPath);

/**
 * The end of a command is only marked, and another process looks at what it changed: the agent need not wait for git. Whoever asks for what agents told
 * waits (`settleCommands`); what is written to meanwhile is known by the time of the mark.
 * @param trees the work trees that it may have written to
 * @param program the hooks' bundle
 */
export async function leaveToFinish(command: Omit<EndedCommand, keyof WorkTree>, trees: readonly WorkTree[], program: string): Promise<void> {
  const ended = trees.map((tree): EndedCommand => ({ ...command, ...tree })).filter(isTraced);
  const [first] = ended;
  if (first === undefined) return;
  const marks = ended.map(({ gitDir, key }) => `${commandFile(gitDir, key)}.ended`);
  const { spawn } = load('node:child_process') as typeof import('node:child_process');
  const child = spawn(process.execPath, [program, finishing, ...marks], { cwd: first.root, detached: true, stdio: 'ignore', windowsHide: true });
  // It takes a while to start, and then finds the marks.
  for (const [index, each] of ended.entries()) writeFileSync(marks[index] ?? '', JSON.stringify({ ...each, finisher: child.pid ?? 0, noter: path.join(path.dirname(program), 'gitHook.js') } satisfies Mark));
  child.unref();
  if (child.pid === undefined) await Promise.all([once(child, 'error'), ...marks.map(finishCommand)]);
}

/** Takes down what the command of a mark wrote. What goes wrong is left to be told by `settleCommands`. */
export async function finishCommand(mark: string): Promise<void> {
  const told = await takeDown(mark).catch((error: unknown) => `what a command of an agent wrote was not taken down: ${messageOf(error)}`);
  if (told !== undefined) writeFileSync(mark.replace(/\.ended$/, '.told'), told);
  rmSync(mark, { force: true });
}

/** Whether there is anything for `settleCommands` to do. */
export function areUnsettled(gitDir: string): boolean {
  return ['.ended', '.told'].some((ending) => filesIn(commandsFolder(gitDir), ending).length > 0);
}

/** Waits until all that ended is taken down, and gives what went wrong with it, each once. */
export async function settleCommands(gitDir: string): Promise<readonly string[]> {
  const folder = commandsFolder(gitDir);
  const start = process.uptime();
  for (let ended = filesIn(folder, '.ended'); ended.length > 0; ended = filesIn(folder, '.ended')) {
    const isPatient = (process.uptime() - start) * 1000 < patienceMs;
    const abandoned = ended.filter((mark) => !isPatient || !isAtWork(mark));
    await Promise.all(abandoned.map(finishCommand));
    if (abandoned.length < ended.length) await sleep(pauseMs);
  }
  return filesIn(folder, '.told').flatMap((file) => {
    const told = readTextIfAny(file);
    rmSync(file, { force: true });
    return told === undefined ? [] : [told];
  });
}

/** Some programs end with their hooks all that these started. */
function isAtWork(mark: string): boolean {
  try {
    const { finisher } = JSON.parse(readTextIfAny(mark) ?? '') as Mark;
    return finisher > 0 && process.kill(finisher, 0);
  } catch (error) {
    // A mark that is gone, or half written, is waited for.
    return error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function takeDown(mark: string): Promise<string | undefined> {
  const text = readTextIfAny(mark);
  // Somebody else was first.
  if (text === undefined) return undefined;
  const command = JSON.parse(text) as Mark;
  try {
    const { writes, leftOut } = await endTrace(command, mark);
    tellWrites(command, command.keepsFiles ? writes.filter(({ before }) => before !== undefined) : writes);
    const commits = commitsLeft(command);
    if (commits.length > 0) await noteAnew(command, commits);
    return leftOut === 0 ? undefined : `a command of an agent changed ${writes.length + leftOut} files; the last ${leftOut} were not taken down`;
  } finally {
    forgetTrace(command);
    forgetRunning(command);
  }
}

/** Adds to the journals what a command wrote. */
export function tellWrites({ gitDir, at, by, toolUse }: Omit<EndedCommand, 'root' | 'key' | 'keepsFiles'>, writes: readonly CommandWrite[]): void {
  for (const { relative, before, after } of writes) {
    const told = { path: relative, at, ...(toolUse !== undefined && { toolUse }), by, after: sha256Hex(after) };
    if (before === undefined) appendEvent(gitDir, { ...told, wrote: [] }, after);
    else appendEvent(gitDir, { ...told, before: sha256Hex(before), replacements: replacementsOf(step('agent', before, after).edit, before) }, before);
  }
}

/** What a commit has of the command was not told when git's hook noted it. */
async function noteAnew({ root, noter }: Mark, commits: readonly string[]): Promise<void> {
  const { spawn } = load('node:child_process') as typeof import('node:child_process');
  // Of the extension's host, too, which is no Node by itself.
  const env = { ...environmentForOthers(), ELECTRON_RUN_AS_NODE: '1' };
  const child = spawn(process.execPath, [noter, noting, ...commits], { cwd: root, env, stdio: 'ignore', windowsHide: true });
  await once(child, 'close');
}

function filesIn(folder: string, ending: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}
