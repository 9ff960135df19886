import type { ScriptPlaces } from '../data/places.ts';
import { argvIn, argvOrLine, at, lines, where } from './read.ts';

const devcontainerCommands = ['initializeCommand', 'onCreateCommand', 'updateContentCommand', 'postCreateCommand', 'postStartCommand', 'postAttachCommand'];

/** What package managers, task runners, hooks and editors run for whoever works on a project. */
export const projects: readonly ScriptPlaces[] = [
  {
    files: /(?:^|\/)package\.json5?$/,
    places: at(lines, 'scripts/*', 'husky/hooks/*', 'lint-staged/*', 'pre-commit', 'simple-git-hooks/*', 'nx/targets/*/options/command', 'prisma/seed'),
  },
  { files: /(?:^|\/)composer\.json$/, places: at(lines, 'scripts/*') },
  { files: /(?:^|\/)deno\.jsonc?$/, places: at(lines, 'tasks/*', 'tasks/*/command') },
  {
    files: /(?:^|\/)\.vscode\/tasks\.json$/,
    places: at(argvIn('command', 'args'), ...['tasks/*', 'tasks/*/linux', 'tasks/*/osx'].flatMap((owner) => [`${owner}/command`, `${owner}/args`])),
  },
  {
    files: /(?:^|\/)\.?devcontainer(?:\/.*)?\.json$/,
    places: at(argvOrLine, ...devcontainerCommands, ...devcontainerCommands.map((command) => `${command}/*`)),
  },
  { files: /(?:^|\/)project\.json$/, places: at(lines, 'targets/*/options/command', 'targets/*/options/commands', 'targets/*/options/commands/*/command', 'targets/*/command') },
  { files: /(?:^|\/)(?:app|vercel|railway|nodemon)\.json$/, places: at(lines, 'scripts/postdeploy', 'scripts/pr-predestroy', 'scripts/test', 'buildCommand', 'installCommand', 'ignoreCommand', 'deploy/startCommand', 'deploy/preDeployCommand', 'build/buildCommand', 'exec') },
  { files: /(?:^|\/)\.(?:claude|gemini)\/settings(?:\.local)?\.json$|(?:^|\/)\.cursor\/hooks\.json$/, places: at(lines, 'hooks/*/*/hooks/*/command', 'hooks/*/*/command') },
  {
    files: /(?:^|\/)taskfile(?:\.dist)?\.ya?ml$/,
    places: {
      ...at(lines, 'tasks/*/cmd', 'tasks/*/cmds/*/cmd', 'tasks/*/cmds/*/defer'),
      // Each in a shell of its own.
      ...at(where(({ data }) => data.kind === 'scalar', lines), 'tasks/*', 'tasks/*/cmds/*'),
    },
  },
  { files: /(?:^|\/)\.pre-commit-(?:config|hooks)\.ya?ml$/, places: at(lines, 'repos/*/hooks/*/entry', '*/entry') },
  { files: /(?:^|\/)\.?lefthook(?:-local)?\.ya?ml$/, places: at(lines, '*/commands/*/run', '*/jobs/*/run', '*/scripts/*/run') },
  { files: /(?:^|\/)dvc\.ya?ml$/, places: at(lines, 'stages/*/cmd') },
];
