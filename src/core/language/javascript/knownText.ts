import type { Given } from '../reader.ts';

/** A name or member, or a call of one, alone: of members and calls nobody knows what they come to, of names only where they are given something. */
const alone = /\s*(?:await\s+)?(?<name>[A-Za-z_$][\w$]*)(?<rest>(?:\s*\??\.\s*[\w$]+|\((?:[^()"'`]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\([^()"'`]*\))*\))*)\s*(?<end>[,;)])/y;

/** A text without blanks and what may stand for one: a statement has more words than one. */
const word = /^\s*(?:"[^"\\\s[/]*"|'[^'\\\s[/]*'|`[^`\\\s[/$]*`|(["'`])[\w./:-]*\1)\s*[,)]/;

/** Whether the text alone tells that an expression is no more than a member or a call; of a name, which. */
function readAlone(text: string, at: number): { readonly name: string | undefined; readonly isUnknown: boolean } {
  alone.lastIndex = at;
  const { name, rest } = alone.exec(text)?.groups ?? {};
  return { name: rest === '' ? name : undefined, isUnknown: rest !== undefined && rest !== '' };
}

/** Tells by the text alone whether what a call is given first can be known: it asks no more than `decodeString` does. */
export const knownText: Given = {
  test(behind, asked) {
    if (/^\s*\)/.test(behind)) return false;
    const { name, isUnknown } = readAlone(behind, 0);
    return name === undefined ? !isUnknown : asked.once(`what ${name} is given`, (whole) => isGivenText(name, whole));
  },
};

/** The same for what is given a statement. */
export const knownStatement: Given = { test: (behind, asked) => !word.test(behind) && knownText.test(behind, asked) };

function isGivenText(name: string, text: string): boolean {
  const given = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*(?:!?:|=(?![=>]))`, 'g');
  for (let found = given.exec(text); found !== null; found = given.exec(text)) if (found[0].endsWith(':') || !readAlone(text, given.lastIndex).isUnknown) return true;
  return false;
}
