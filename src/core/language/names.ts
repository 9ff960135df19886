/**
 * What can follow the name of something that is called, handed around or imported under another name, in languages that
 * put brackets around what is given: prose and properties go on otherwise. A name at the end of a line may be called on the next one.
 */
const called = /[ \t]*(?:[(`<!?)\][\\"',;}{:]|\/[*/])|(?<!-\w+)[ \t]*(?:\r?\n|$)|[ \t]+as\b|\.\w/y;

/** Tells by the text alone whether a word, which a scan found that minds no case, can be the name of a call. */
export function mayBeCalled(text: string, offset: number, word: string): boolean {
  return text.startsWith(word, offset) && matchesAt(called, text, offset + word.length);
}

/** @param pattern a sticky one */
export function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
