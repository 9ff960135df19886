import { inSameBlock, reachesWithin, type Reach, type ScriptGuards } from '../removal/scriptView.ts';
import { shellGuards } from '../shell/guards.ts';

/** Targets that are made before another one, and that ask, look or keep a copy. */
const needed = (names: string) => new RegExp(`^(?!\\.)[^\\s#:=][^#:=]*:(?![:=])[^=;#]*(?<![\\w-])(?:${names})(?![\\w-])`, 'i');

/** Lines of a Makefile that hold back the recipe that they stand before. */
export const makefileGuards: ScriptGuards = {
  ...shellGuards,
  confirmation: either(shellGuards.confirmation, needed('(?:ask-|require-)?confirm\\w*(?:-\\w+)*|are-you-sure|sure|prompt(?:-\\w+)*|ask')),
  environment: either(shellGuards.environment, needed('(?:guard|check|assert|ensure|require|verify|not|no|refuse)[-_](?:\\w+[-_])*(?:env\\w*|prod\\w*|context|cluster|account|local|dev)')),
  backup: either(shellGuards.backup, needed('(?:\\w+-)*(?:back-?up|snapshot|dump)(?:-\\w+)*')),
};

const rule = /^[^\s#:=][^#:=]*:(?![:=])/;

/** What a target needs holds back its own recipe, and no other. */
export const reachesRecipe: Reach = (lines, guard, command) => {
  if (!rule.test(lines[guard] ?? '')) return inSameBlock(lines, guard, command);
  const end = lines.findIndex((line, at) => at > guard && /^\S/.test(line) && !line.startsWith('#'));
  return reachesWithin(lines.slice(guard, end === -1 ? undefined : end), command);
};

function either(one: RegExp | undefined, other: RegExp): RegExp {
  return one === undefined ? other : new RegExp(`${one.source}|${other.source}`, 'i');
}
