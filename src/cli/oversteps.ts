import { shellCommandsIn } from '../core/language/shell/commands.ts';

/** Records, policies, and what was told of agents. */
const ownFolder = /(?:^|\/)(?:\.git\/firebreak|\.firebreak)(?:\/|$)/;
const removing = new Set(['rm', 'rmdir', 'unlink', 'shred', 'mv']);

/** By which an agent would decide on its own work, or take away what it is judged by: in sentences. No harm for anybody else, so no rule. */
export function overstepsIn(line: string): string[] {
  let commands: ReturnType<typeof shellCommandsIn>;
  try {
    commands = shellCommandsIn(line);
  } catch {
    // The check of the line says that it could not be read.
    return [];
  }
  return commands.flatMap(({ name, words }) => {
    const texts = words.map(({ text }) => text);
    const [verb = ''] = texts.filter((text) => !text.startsWith('-'));
    if (name === 'firebreak' || name === 'cli.js') {
      if (/^(?:approve|reject|revoke)$/.test(verb)) return [`\`firebreak ${verb}\` decides on a review, which only a person may`];
      return verb === 'init' && texts.includes('--remove') ? ['`firebreak init --remove` takes away what the work of agents is judged by'] : [];
    }
    const isRemoval = removing.has(name) || (name === 'git' && verb === 'rm');
    return isRemoval && texts.some((text) => ownFolder.test(text)) ? ["it removes Firebreak's own files, by which the work of agents is judged"] : [];
  });
}
