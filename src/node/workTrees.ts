import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gitDirIn, type WorkTree } from './journal.ts';
import type { Place } from './place.ts';

/** Of so many work trees it is asked what a command changed in them. */
const mostTrees = 20;

/** Where git keeps what belongs to one work tree of a repository alone, for this one first and for each other. */
export function gitDirsOf({ gitDir, commonDir }: Pick<Place, 'gitDir' | 'commonDir'>): readonly string[] {
  const linked = path.join(commonDir, 'worktrees');
  return [...new Set([gitDir, commonDir, ...namesIn(linked).map((name) => path.join(linked, name))])];
}

/** A work tree with all submodules that are there in it, and those that it is a submodule of: a command that runs in one may write to the others. */
export function treesAround(tree: WorkTree): readonly WorkTree[] {
  const trees = [outermost(tree)];
  for (let at = 0; at < trees.length && trees.length < mostTrees; at++) {
    const holder = trees[at];
    if (holder !== undefined) trees.push(...submodulesOf(holder));
  }
  return [tree, ...trees.filter(({ root }) => root !== tree.root)].slice(0, mostTrees);
}

/** git keeps what belongs to a submodule below the `modules` of what holds it. */
function outermost(tree: WorkTree): WorkTree {
  const end = tree.gitDir.split(path.sep).join('/').indexOf('/.git/modules/');
  const root = end === -1 ? undefined : tree.gitDir.slice(0, end);
  const gitDir = root === undefined ? undefined : gitDirIn(root);
  return root === undefined || gitDir === undefined ? tree : { root, gitDir };
}

function submodulesOf({ root }: WorkTree): readonly WorkTree[] {
  let modules: string;
  try {
    modules = readFileSync(path.join(root, '.gitmodules'), 'utf8');
  } catch {
    return [];
  }
  return [...modules.matchAll(/^[^\S\n]*path\s*=\s*(\S(?:.*\S)?)/gm)].flatMap(([, named = '']) => {
    const folder = path.join(root, named);
    const gitDir = gitDirIn(folder);
    return gitDir === undefined ? [] : [{ root: folder, gitDir }];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
