import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AiOrigin } from '../core/attribution/origin.ts';
import { ancestors, isAlive, type Process } from './ancestors.ts';
import { commandFile, commandsFolder, type TracedCommand } from './commandTrace.ts';
import type { WorkTree } from './journal.ts';
import { readTextIfAny } from './readTextIfAny.ts';

/** A command of an agent of which the beginning was told, and perhaps never will be the end: not all that are asked for are let run. */
export interface RunningCommand extends TracedCommand {
  readonly by: AiOrigin;
  readonly toolUse?: string;
  /** Whether it says that it makes a commit. */
  readonly isCommitting: boolean;
}

interface Told extends Omit<RunningCommand, keyof WorkTree> {
  /** Of the process that told: the agent is the first of them that lives on. */
  readonly above: readonly Process[];
}

const [toldEnding, leftEnding] = ['.runs', '.committed'];

/** To be called before the command runs. */
export function tellRunning({ root: _root, gitDir, ...command }: RunningCommand): void {
  mkdirSync(commandsFolder(gitDir), { recursive: true });
  writeFileSync(commandFile(gitDir, command.key) + toldEnding, JSON.stringify({ ...command, above: ancestors() } satisfies Told));
}

/**
 * The command that this process is a part of, where the system tells: what was begun last by an agent that is above this process. Whatever else an agent wanted to
 * run before was not let run, or is over.
 */
export function runningAbove(tree: WorkTree): RunningCommand | undefined {
  const own = ancestors();
  const mine = toldIn(tree).filter(({ above }) => {
    const agent = above.find(isAlive);
    return agent !== undefined && own.some(({ pid, since }) => pid === agent.pid && since === agent.since);
  });
  const [last] = mine.sort((one, other) => other.toldAt - one.toldAt);
  return last === undefined ? undefined : { ...last, ...tree };
}

export function isAnyRunning(tree: WorkTree): boolean {
  return toldIn(tree).length > 0;
}

/** Leaves it to the end of a command that says so to tell of a commit that was made while it ran: perhaps it made it. */
export function leaveCommit(tree: WorkTree, commit: string): void {
  for (const { key, isCommitting } of toldIn(tree)) if (isCommitting) appendFileSync(commandFile(tree.gitDir, key) + leftEnding, `${commit}\n`);
}

/** The commits that were left to the end of a command. */
export function commitsLeft({ gitDir, key }: TracedCommand): readonly string[] {
  return (readTextIfAny(commandFile(gitDir, key) + leftEnding) ?? '').split('\n').filter((line) => line !== '');
}

export function forgetRunning({ gitDir, key }: TracedCommand): void {
  for (const ending of [toldEnding, leftEnding]) rmSync(commandFile(gitDir, key) + ending, { force: true });
}

function toldIn({ gitDir }: WorkTree): (Told & { readonly toldAt: number })[] {
  const folder = commandsFolder(gitDir);
  return namesIn(folder).flatMap((name) => {
    if (!name.endsWith(toldEnding)) return [];
    try {
      const file = path.join(folder, name);
      const toldAt = statSync(file).mtimeMs;
      const told = JSON.parse(readTextIfAny(file) ?? '') as Partial<Told> | null;
      return isWhole(told) ? [{ ...told, toldAt }] : [];
    } catch {
      // It has ended meanwhile, is being written, or is damaged: what it wrote is told by its end.
      return [];
    }
  });
}

function isWhole(told: Partial<Told> | null): told is Told {
  return typeof told?.key === 'string' && told.by !== undefined && Array.isArray(told.above) && told.above.every((each: Partial<Process> | null) => typeof each?.pid === 'number');
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
