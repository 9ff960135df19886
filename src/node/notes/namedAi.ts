import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mayNameAi } from '../../core/attribution/notes/trailers.ts';
import { startGit } from '../git.ts';
import type { Place } from '../place.ts';
import { readTextIfAny } from '../readTextIfAny.ts';

/** A history that takes longer to look through counts as one that names an AI: then each file's own is looked at. */
const longestMs = 2000;
/** What may be cut where two pieces of git's output meet, in characters. */
const overlap = 200;

const named = 'named';

/**
 * Whether commits of a history may name an AI in their trailers, as author or as committer. It is looked through once: what is kept is the commit up to
 * which none does, or that one does.
 */
export async function historyNamesAi({ root, commonDir }: Pick<Place, 'root' | 'commonDir'>, commit: string): Promise<boolean> {
  const file = path.join(commonDir, 'firebreak', 'lines', 'named');
  const known = readTextIfAny(file);
  if (known === named) return true;
  // A commit that was looked through may be gone since.
  const found = (await lookThrough(root, known === undefined ? [commit] : [commit, `^${known}`])) ?? (known === undefined ? undefined : await lookThrough(root, [commit]));
  if (found?.tip === undefined) return false;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, found.isNamed ? named : found.tip);
  } catch {
    // Where nothing can be written it is looked through again.
  }
  return found.isNamed;
}

/** `tip`: the newest commit that was looked at. Undefined where git has no such history. */
function lookThrough(root: string, revisions: readonly string[]): Promise<{ readonly tip: string | undefined; readonly isNamed: boolean } | undefined> {
  return new Promise((resolve) => {
    const child = startGit(root, ['rev-list', '--format=%an <%ae>%n%cn <%ce>%n%B', ...revisions, '--']);
    let [tip, rest] = [undefined as string | undefined, ''];
    const end = (isNamed: boolean) => {
      clearTimeout(timer);
      child.kill();
      resolve({ tip, isNamed });
    };
    const timer = setTimeout(() => {
      end(true);
    }, longestMs);
    child.stdin.end();
    child.stderr.resume();
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const text = rest + chunk;
      tip ??= /^commit ([0-9a-f]+)\n/.exec(text)?.[1];
      if (mayNameAi(text)) end(true);
      rest = text.slice(-overlap);
    });
    child.once('error', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? { tip, isNamed: false } : undefined);
    });
  });
}
