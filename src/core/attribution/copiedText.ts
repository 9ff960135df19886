/** UTF-16 code units. */
const leastCopied = 40;

/** Whether a text that stands under two paths was copied or moved: shorter ones are equal by chance. */
export function canBeCopied(text: string): boolean {
  return text.length >= leastCopied;
}
