import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Configuration, ConfigurationEntry } from '../core/agents/agent.ts';
import { agents } from '../core/agents/agents.ts';
import { withEntries, withoutEntries } from '../core/agents/configuration.ts';
import { configurationBefore, forgetConfigurationBefore, keepConfigurationBefore } from '../node/configurationBefore.ts';
import { dist } from '../node/dist.ts';
import { hookCommand, writeLauncher } from '../node/launcher.ts';
import { readTextIfAny } from '../node/readTextIfAny.ts';
import { type GitRepository, openRepository } from '../node/repository.ts';
import { print } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** `firebreak init --agent NAME`: has the agent call the hook, for everybody who works in the repository. */
export async function initAgent(id: string, remove: boolean): Promise<number> {
  const agent = agents.find((each) => each.id === id);
  const configurable = agents.filter(({ configuration }) => configuration !== undefined).map((each) => each.id);
  if (agent?.configuration === undefined) throw new UsageError(`there is no agent ${id} to configure; name one of ${configurable.join(', ')}`);
  const repository = await openRepository(process.cwd());
  if (repository === undefined) throw new UsageError(`${process.cwd()} lies in no repository; go to one`);
  if (!remove) writeLauncher(repository.place.commonDir, dist);
  for (const told of await configure(agent.configuration, repository, hookCommand(id), remove)) print(told);
  return 0;
}

async function configure(configuration: Configuration, repository: GitRepository, command: string, remove: boolean): Promise<string[]> {
  const { root } = repository;
  if (configuration.kind === 'executables') return configuration.files.map((file) => executable(root, file, configuration.script(command), remove));
  const { file, head } = configuration;
  const entries = configuration.entries(command);
  const read = permitted(file, 'read', () => readTextIfAny(path.join(root, file)));
  if (read === undefined && remove) return [`${file} is not there`];
  // JSON has no mark, and some editors write one.
  const mark = read?.startsWith('\uFEFF') === true ? '\uFEFF' : '';
  const before = read?.slice(mark.length);
  const after = remove ? withoutEntries(before ?? '', entries, head, await textBefore(repository, file, before ?? '', entries)) : withEntries(before, entries, head);
  if ('error' in after) throw new UsageError(`${file} was left as it is: ${after.error}; correct it, and run this again`);
  const told = replace(root, file, read, after.text === undefined ? undefined : mark + after.text);
  if (remove) forgetConfigurationBefore(repository.place.gitDir, file);
  else if (before !== after.text) keepConfigurationBefore(repository.place.gitDir, file, before ?? null);
  return [told];
}

/** What the entries were put into: as this clone kept it, or else the last commit's text where that with the entries is what stands there. */
async function textBefore({ place, textAtHead }: GitRepository, file: string, now: string, entries: readonly ConfigurationEntry[]): Promise<string | null | undefined> {
  const kept = configurationBefore(place.gitDir, file);
  if (kept !== undefined) return kept;
  const committed = await textAtHead(file);
  if (committed === undefined || !('text' in committed)) return undefined;
  const added = withEntries(committed.text, entries);
  return 'text' in added && added.text === now && committed.text !== now ? committed.text : undefined;
}

function permitted<T>(file: string, what: 'read' | 'written', work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) throw error;
    throw new UsageError(`${file} was left as it is: it may not be ${what} (${code === 'EROFS' ? 'the file system is read-only' : 'permission denied'}); let yourself do that, and run this again`);
  }
}

function executable(root: string, file: string, script: string, remove: boolean): string {
  const before = readTextIfAny(path.join(root, file));
  if (before !== undefined && before !== script) {
    if (remove) return `${file} is another's, and stays`;
    throw new UsageError(`${file} is there already, and is another's; put this line at its end, in place of its own answer that all is well; it reads what the agent tells from the standard input, which nothing before it may have read: ${script.split('\n').slice(2).filter((line) => line !== '').join('; ')}`);
  }
  return replace(root, file, before, remove ? undefined : script, 0o755);
}

function replace(root: string, file: string, before: string | undefined, after: string | undefined, mode?: number): string {
  const named = path.join(root, file);
  if (before === after) return `${file} is as it should be`;
  if (after === undefined) {
    permitted(file, 'written', () => {
      rmSync(named);
    });
    return `removed ${file}`;
  }
  permitted(file, 'written', () => {
    mkdirSync(path.dirname(named), { recursive: true });
    writeFileSync(named, after);
    if (mode !== undefined) chmodSync(named, mode);
  });
  return `${before === undefined ? 'wrote' : 'changed'} ${file}`;
}
