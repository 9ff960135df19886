import { hole, type Loop, type Value, type Word } from '../language/operation.ts';
import { type FileTarget, targetOfListing, targetOfValue } from './fileTargets.ts';
import { pathKindOf } from './paths.ts';

const text = /(["'`])([^"'`\n]*)\1/g;
/** A list of texts and nothing else, in the brackets and calls by which languages write one. */
const listOfTexts = /^(?:&|new\s*\w*\s*\[\]\s*|\[\]string|(?:List|Set|Arrays|Stream|Sequence)\.(?:of|asList)|(?:list|set|array|sequence|arrayList)Of|vec!|array|tuple|set|frozenset)?\s*[[({]\s*(?:(["'`])[^"'`\n]*\1\s*,?\s*)+[\])}]$/;
const listOfWords = /^%[wi]([[({<|])\s*([\w./* -]+?)\s*[\])}>|]$/;
/** A list of a shell's loop. */
const bareWords = /^(?:[\w./@*:~+-]+|"[\w./@*:~ +-]+"|'[\w./@*:~ +-]+')(?:\s+(?:[\w./@*:~+-]+|"[\w./@*:~ +-]+"|'[\w./@*:~ +-]+'))*$/;

/** What a loop goes over when all of it is written down: the texts, or the words of a shell. */
function elementsOf({ over, standsFor = over }: Loop, isShell: boolean): readonly string[] | undefined {
  const words = over.replaceAll(/\\\r?\n/g, ' ');
  if (isShell) return bareWords.test(words) ? (words.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/["']/g, '')) : undefined;
  const list = standsFor.trim();
  if (listOfTexts.test(list)) return [...list.matchAll(text)].map((match) => match[2] ?? '');
  return listOfWords.exec(list)?.[2]?.split(/\s+/);
}

function speaksOf(source: string, name: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_$.])${name.replaceAll('$', '\\$')}(?![\\p{L}\\p{N}_])`, 'u').test(source);
}

/** The loops around a place of which an expression names the element, the innermost first. */
function loopsOf(source: string, loop: Loop | undefined): Loop[] {
  const named: Loop[] = [];
  for (let each = loop; each !== undefined; each = each.around) if (each.each !== undefined && speaksOf(source, each.each)) named.push(each);
  return named;
}

/** What a path is made of that each element of a loop gives: in a loop over what is written down each of them is a target of its own. */
export function targetsOfValue(value: Value, loop: Loop | undefined): readonly FileTarget[] {
  const target = targetOfValue(value);
  if (target.kind === 'scratch') return [target];
  for (const around of loopsOf(value.standsFor ?? value.source, loop)) {
    const elements = elementsOf(around, false) ?? patternsOf(around, loop);
    if (elements !== undefined) return elements.map((element) => targetOfElement(value, around.each ?? '', element, target));
    // Of what a search lists each is as lasting as what is searched for.
    const listing = targetOfListing(around);
    if (listing?.kind === 'scratch') return [{ ...target, kind: 'scratch' }];
  }
  return [target];
}

/** The patterns that a loop around this one gives it to search for. */
function patternsOf({ over }: Loop, loop: Loop | undefined): readonly string[] | undefined {
  const outer = loopsOf(over, loop?.around)[0];
  return outer === undefined ? undefined : elementsOf(outer, false);
}

function targetOfElement({ source, constant, holes = [] }: Value, each: string, element: string, known: FileTarget): FileTarget {
  const path = typeof constant === 'string' && holes.length === 1 && holes[0] === each ? constant.replaceAll(hole, () => element) : source.replace(/^&/, '') === each ? element : undefined;
  if (path !== undefined) return { kind: pathKindOf(path), name: path };
  return { ...known, kind: pathKindOf(element.replace(/^\//, '')) === 'scratch' ? 'scratch' : known.kind };
}

/** `d` of `$d`, `${d}`, and `${d%/}`, which takes a slash off its end. */
function variableOf(held: string): string | undefined {
  const [, bare, braced] = /^\$(?:(\w+)|\{(\w+)(?:%{1,2}\/)?\})$/.exec(held) ?? [];
  return bare ?? braced;
}

/** The same of a word of a shell; `known` is what it is when nothing is known of the loop. */
export function targetsOfWord({ text: written, holes }: Word, loop: Loop | undefined, known: FileTarget): readonly FileTarget[] {
  const elements = loop?.each === undefined || known.kind === 'scratch' || holes.length !== 1 || variableOf(holes[0] ?? '') !== loop.each ? undefined : elementsOf(loop, true);
  return elements?.map((element) => {
    const path = written.replaceAll(hole, () => element);
    return { kind: pathKindOf(path), name: path };
  }) ?? [known];
}
