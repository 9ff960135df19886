/**
 * What can follow the name of something that is called, handed around or imported under another name, in languages that
 * put brackets around what is given: prose and properties go on otherwise. A name at the end of a line may be called on the next one.
 */
const called = /[ \t]*(?:[(`<!?)\][\\"',;}{:]|\/[*/])|(?<!-\w+)[ \t]*(?:\r?\n|$)|[ \t]+as\b|\.\w/y;

/** Tells by the text alone whether a word, which a scan found that minds no case, can be the name of a call. */
export function mayBeCalled(text: string, offset: number, word: string): boolean {
  return text.startsWith(word, offset) && matchesAt(called, text, offset + word.length);
}

/**
 * What stands behind the callee of a JavaScript call: what is called, in brackets or by a name in a string, in front of its
 * arguments, a template, type arguments, `?.`, `.call`, or a comment or line that all of these may follow.
 */
const inPlace = /(?:["'`]\s*\])?(?:[\s)!]*(?:[(`<]|\?\.|\.\s*(?:(?:call|apply|bind)\b|\/[*/]|$)|\/[*/]|as\b|satisfies\b)|(?<!-\w+)[\s)!]*$)/y;

const constructed = /\bnew[ \t]+[\w$.]*$/;
/** As much as may stand between `new` and the last name of what is constructed. */
const longestQualified = 100;

/** Tells by the text alone whether a word can be the callee of a JavaScript call where it stands: a call is never named elsewhere. */
export function isCalledInPlace(text: string, offset: number, word: string): boolean {
  return text.startsWith(word, offset) && (matchesAt(inPlace, text, offset + word.length) ? !isDefined(text, offset, offset + word.length) : isConstructed(text, offset));
}

/** What stands before the name of a method on its line: a call has nothing but its owner there. */
const beginsMethod = /^\s*(?:(?:public|private|protected|static|override|async|get|set|async\s*\*)\s+|\*\s*)*$/;
/** Parameters and a body behind them: a call and a block on one line have a semicolon between them. */
const isMethod = /\s*\((?:[^()"'`/]|\([^()"'`/]*\))*\)\s*(?::\s*(?:Promise<)?[\w$.[\]| ]+>?\s*)?\{/y;
const isFunction = /\bfunction\s*\*?\s*$/;
/** Nobody writes more in front of a name that is defined. */
const longestBeginning = 60;

/** Whether the text says that a function of that name is defined there, and not called. */
function isDefined(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - longestBeginning), start);
  const ofLine = before.slice(before.lastIndexOf('\n') + 1);
  return isFunction.test(ofLine) || (ofLine.length < longestBeginning && beginsMethod.test(ofLine) && matchesAt(isMethod, text, end));
}

/** `new Pool;` has no brackets. */
function isConstructed(text: string, offset: number): boolean {
  return /[\s.]/.test(text.charAt(offset - 1)) && constructed.test(text.slice(Math.max(0, offset - longestQualified), offset));
}

/** @param pattern a sticky one */
export function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
