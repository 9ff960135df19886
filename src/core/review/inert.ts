/**
 * Control characters of both sets, and the invisible ones that turn text around, hide it or break lines: what stands in a record must not
 * move a terminal's cursor, recolour it or read differently from what it is.
 */
const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** One line of text that is safe to show: what is dangerous stands as its code, such as \u{1b}. */
export function showInert(text: string): string {
  return text.replaceAll(dangerous, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '  ';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
