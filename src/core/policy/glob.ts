import { looseName } from '../text/looseName.ts';
import { mayBeShortFor } from './shortNames.ts';

/**
 * Whether a path (from the root, with forward slashes) matches a glob: `*` and `?` stand for characters of one name, `**` as a whole
 * name for any number of folders. A glob without a slash matches in every folder, as in .gitignore; one that names a folder matches what is in it.
 */
export function matchesGlob(path: string, glob: string): boolean {
  return matchesParts(path.split('/'), formsOf(glob), matchesName);
}

/**
 * As `matchesGlob` with one of some globs, and whether Windows or macOS take the path for one that matches: they overlook case, the form of accents, dots and spaces at a name's end, what follows a colon, and characters
 * without a width, and Windows has short names for long ones. For what protects: what frees a path of something has to name it as it is.
 */
export function looseMatcher(globs: readonly string[]): (path: string) => boolean {
  const strictly = globs.map(formsOf);
  const loosely = strictly.map((forms) => forms.map((parts) => parts.map(fold)));
  return (path) => {
    const names = path.split('/');
    if (strictly.some((wanted) => matchesParts(names, wanted, matchesName))) return true;
    const loose = path.split(/[/\\]/).map((name) => fold(looseName(name.replace(/(?<=.):.*$/s, ''))));
    return loosely.some((wanted) => matchesParts(loose, wanted, matchesLoosely));
  };
}

/** One spelling for all that differ in case or in how accents are written. */
function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase();
}

/** Its names, from the root; and those of what is in it. */
function formsOf(glob: string): readonly (readonly string[])[] {
  const anchored = glob.startsWith('/') ? glob.slice(1) : glob.replace(/\/$/, '').includes('/') ? glob : `**/${glob}`;
  const parts = anchored.split('/').filter((part) => part !== '');
  return [parts, [...parts, '**']];
}

type NameMatch = (part: string, name: string) => boolean;

function matchesParts(names: readonly string[], forms: readonly (readonly string[])[], matches: NameMatch): boolean {
  return forms.some((parts) => matchesSequence(parts, names, '**', matches));
}

function matchesName(part: string, name: string): boolean {
  if (!part.includes('*') && !part.includes('?')) return part === name;
  return matchesSequence(Array.from(part), Array.from(name), '*', (one, other) => one === '?' || one === other);
}

function matchesLoosely(part: string, name: string): boolean {
  return matchesName(part, name) || (name.includes('~') && mayBeShortFor(name, part));
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
