// Which attacks' tests were seen to fail without their check, as scripts/removeChecks.mjs kept it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { removals } from './removals.mjs';

const kept = 'test/cli/threats/removed.json';

/** @returns by attack the words of its row. What was shown of a check that is no longer in the source counts for nothing. */
export function shownRemovals(root) {
  const failed = new Set(readShown(root).map(({ attack, from }) => `${attack}\n${from}`));
  const isThere = ({ file, from }) => readFileSync(path.join(root, file), 'utf8').split(from).length === 2;
  return new Map(removals.filter((each) => failed.has(`${each.attack}\n${each.from}`) && isThere(each) && (each.and === undefined || isThere(each.and))).map(({ attack, file, what }) => [attack, `fails (${what}: [${path.basename(file)}](../${file}))`]));
}

export function readShown(root) {
  const file = path.join(root, kept);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

export const shownFile = (root) => path.join(root, kept);
