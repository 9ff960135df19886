import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from '../core/agents/agent.ts';
import { agents } from '../core/agents/agents.ts';
import { withEntries, withoutEntries } from '../core/agents/configuration.ts';
import { dist } from '../node/dist.ts';
import { hookCommand, writeLauncher } from '../node/launcher.ts';
import { readTextIfAny } from '../node/readTextIfAny.ts';
import { openRepository } from '../node/repository.ts';
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
  for (const told of configure(agent.configuration, repository.root, hookCommand(id), remove)) print(told);
  return 0;
}

function configure(configuration: Configuration, root: string, command: string, remove: boolean): string[] {
  if (configuration.kind === 'executables') return configuration.files.map((file) => executable(root, file, configuration.script(command), remove));
  const { file, head, entries } = configuration;
  const before = readTextIfAny(path.join(root, file));
  if (before === undefined && remove) return [`${file} is not there`];
  const after = remove ? withoutEntries(before ?? '', entries(command), head) : withEntries(before, entries(command), head);
  if ('error' in after) throw new UsageError(`${file} was left as it is: ${after.error}; correct it, and run this again`);
  return [replace(root, file, before, after.text)];
}

function executable(root: string, file: string, script: string, remove: boolean): string {
  const before = readTextIfAny(path.join(root, file));
  if (before !== undefined && before !== script) {
    if (remove) return `${file} is another's, and stays`;
    throw new UsageError(`${file} is there already, and is another's; call "${script.split('\n')[2] ?? ''}" from it`);
  }
  return replace(root, file, before, remove ? undefined : script, 0o755);
}

function replace(root: string, file: string, before: string | undefined, after: string | undefined, mode?: number): string {
  const named = path.join(root, file);
  if (before === after) return `${file} is as it should be`;
  if (after === undefined) {
    rmSync(named);
    return `removed ${file}`;
  }
  mkdirSync(path.dirname(named), { recursive: true });
  writeFileSync(named, after);
  if (mode !== undefined) chmodSync(named, mode);
  return `${before === undefined ? 'wrote' : 'changed'} ${file}`;
}
