/** A change as the editor reports it, as far as its shape goes. */
interface Change {
  readonly rangeLength: number;
  readonly text: string;
}

/** A character, what the editor closes by itself, or a line break with the indentation (and the closing bracket's line) that comes with it. */
const keystroke = /^(?:\P{Cc}|\t| +|\(\)|\[\]|\{\}|<>|""|''|``|\r?\n[ \t]*(?:\r?\n[ \t]*)?)$/u;

/** Whether one key could have done it, at one cursor or at many. */
export function looksTyped(changes: readonly Change[]): boolean {
  return changes.every(({ text, rangeLength }) => (text === '' ? rangeLength <= 1 : keystroke.test(text)));
}
