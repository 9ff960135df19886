/**
 * Whether a path (from the root, with forward slashes) matches a glob: `*` and `?` stand for characters of one name, `**` as a whole
 * name for any number of folders. A glob without a slash matches in every folder, as in .gitignore; one that names a folder matches what is in it.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const anchored = glob.startsWith('/') ? glob.slice(1) : glob.replace(/\/$/, '').includes('/') ? glob : `**/${glob}`;
  const wanted = anchored.split('/').filter((part) => part !== '');
  const names = path.split('/');
  return matchesSome([...wanted], names) || matchesSome([...wanted, '**'], names);
}

function matchesSome(wanted: readonly string[], names: readonly string[]): boolean {
  return matchesSequence(wanted, names, '**', (part, name) => matchesSequence(Array.from(part), Array.from(name), '*', (one, other) => one === '?' || one === other));
}

/** Matches item by item, with a wildcard that stands for any number of them; time is the product of the lengths at most. */
function matchesSequence(pattern: readonly string[], items: readonly string[], wildcard: string, matches: (part: string, item: string) => boolean): boolean {
  let at = 0;
  let resume: { readonly pattern: number; item: number } | undefined;
  for (let item = 0; item < items.length; ) {
    const part = pattern[at];
    if (part === wildcard) {
      resume = { pattern: ++at, item };
    } else if (part !== undefined && matches(part, items[item] ?? '')) {
      at++;
      item++;
    } else if (resume !== undefined) {
      at = resume.pattern;
      item = ++resume.item;
    } else {
      return false;
    }
  }
  while (pattern[at] === wildcard) at++;
  return at === pattern.length;
}
