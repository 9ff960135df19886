import { gitAnswer, gitFields, type GitOptions } from './git.ts';

/** How long a remote may say nothing: also as long as somebody may take to give a passphrase or touch a key. */
const usualSeconds = 60;
/** What is asked right after a remote was given up is not asked: one command may have several questions, and none of them would be answered. */
const restMs = 10_000;
/** When a repository's remote was given up, by the clock of this process. */
const givenUpAt = new Map<string, number>();

export interface RemoteAnswer {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * Asks a remote. One that says nothing for a time is given up, as one that was not reached: whoever waits is told, and the editor looks again later.
 * @param args what goes on for long has to tell of its progress: `fetch --progress`
 */
export async function askRemote(root: string, args: readonly string[], { asksNobody = false, input }: Pick<GitOptions, 'asksNobody' | 'input'> = {}): Promise<RemoteAnswer> {
  const [configured] = await gitFields(root, ['config', '-z', '--type=int', '--get', 'firebreak.remoteTimeout'], { answers: [1, 128] });
  const seconds = configured === undefined ? usualSeconds : Number(configured);
  const saying = `it said nothing for ${seconds} s; to wait longer: git config firebreak.remoteTimeout SECONDS, or 0 for as long as it takes`;
  if (performance.now() - (givenUpAt.get(root) ?? -Infinity) < restMs) return { stdout: Buffer.alloc(0), stderr: saying, exitCode: 128 };
  const answer = await gitAnswer(root, args, { answers: [1, 128], asksNobody, ...(input !== undefined && { input }), ...(seconds > 0 && { givesUp: { afterMs: seconds * 1000, saying } }) });
  if (answer.stderr === saying) givenUpAt.set(root, performance.now());
  return answer;
}
