/** Whether a text is a document with a mutation, or the JSON of a request with one: its schema and its queries change nothing. */
export function isSentMutation(text: string): boolean {
  return /^(?:\s|#[^\n]*\n)*(?:mutation\b[^"]*\{|\{\s*"query"\s*:\s*"\s*mutation\b)/.test(text);
}
