/**
 * Control characters of both sets, and the invisible ones that turn text around, hide it or break lines: what stands in a record must not
 * move a terminal's cursor, recolour it or read differently from what it is.
 */
const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** JSON that is safe to show: what would not be stands escaped. @param indent of inner lines; undefined for all in one line */
export function inertJson(value: unknown, indent?: number): string {
  const escape = (character: string) => Array.from({ length: character.length }, (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`).join('');
  return JSON.stringify(value, undefined, indent).replaceAll(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, escape);
}

/** One line of text that is safe to show: what is dangerous stands as its code, such as \u{1b}. */
export function showInert(text: string): string {
  return text.replaceAll(dangerous, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '  ';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
