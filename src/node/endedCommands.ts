import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { step } from '../core/agents/steps.ts';
import { replacementsOf } from '../core/attribution/journal.ts';
import type { AiOrigin } from '../core/attribution/origin.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { commandFile, commandsFolder, endTrace, forgetTrace, isTraced, type TracedCommand } from './commandTrace.ts';
import { sha256Hex } from './digest.ts';
import { appendEvent, type WorkTree } from './journal.ts';
import { readTextIfAny } from './readTextIfAny.ts';

/** A command of an agent of which the end was told. */
export interface EndedCommand extends TracedCommand {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: AiOrigin;
  readonly toolUse?: string;
}

/** The first argument with which the hooks' bundle finishes a command; no agent is called so. */
export const finishing = '--finish';

interface Mark extends EndedCommand {
  /** The process that finishes it. */
  readonly finisher: number;
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
  // git's hooks do nothing where there is no journal.
  for (const { gitDir } of ended) mkdirSync(path.join(gitDir, 'firebreak', 'journal'), { recursive: true });
  const { spawn } = load('node:child_process') as typeof import('node:child_process');
  const child = spawn(process.execPath, [program, finishing, ...marks], { cwd: first.root, detached: true, stdio: 'ignore', windowsHide: true });
  // It takes a while to start, and then finds the marks.
  for (const [index, each] of ended.entries()) writeFileSync(marks[index] ?? '', JSON.stringify({ ...each, finisher: child.pid ?? 0 } satisfies Mark));
  child.unref();
  if (child.pid === undefined) await Promise.all([once(child, 'error'), ...marks.map(finishCommand)]);
}

/** Takes down what the command of a mark wrote. What goes wrong is left to be told by `settleCommands`. */
export async function finishCommand(mark: string): Promise<void> {
  const told = await takeDown(mark).catch((error: unknown) => `what a command of an agent wrote was not taken down: ${messageOf(error)}`);
  if (told !== undefined) writeFileSync(mark.replace(/\.ended$/, '.told'), told);
  rmSync(mark, { force: true });
}

/** Waits until all that ended is taken down, and gives what went wrong with it, each once. */
export async function settleCommands(gitDir: string): Promise<readonly string[]> {
  const folder = commandsFolder(gitDir);
  const start = performance.now();
  for (let ended = filesIn(folder, '.ended'); ended.length > 0; ended = filesIn(folder, '.ended')) {
    const isPatient = performance.now() - start < patienceMs;
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
  const command = JSON.parse(text) as EndedCommand;
  const { gitDir, at, by, toolUse } = command;
  try {
    const { writes, leftOut } = await endTrace(command, mark);
    for (const { relative, before, after } of writes) {
      const told = { path: relative, at, ...(toolUse !== undefined && { toolUse }), by, after: sha256Hex(after) };
      if (before === undefined) appendEvent(gitDir, { ...told, wrote: [] }, after);
      else appendEvent(gitDir, { ...told, before: sha256Hex(before), replacements: replacementsOf(step('agent', before, after).edit, before) }, before);
    }
    return leftOut === 0 ? undefined : `a command of an agent changed ${writes.length + leftOut} files; the last ${leftOut} were not taken down`;
  } finally {
    forgetTrace(command);
  }
}

function filesIn(folder: string, ending: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}
