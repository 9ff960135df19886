/** Go templates in YAML, as Helm's charts are written: `{{ .Values.name }}`. */
const template = /\{\{[^]*?\}\}/g;

export function isTemplated(text: string): boolean {
  return text.includes('{{');
}

/** The text with every template made something that YAML can read, at the same offsets: lines of nothing else are emptied, and a template in a value becomes a word. */
export function withoutTemplates(text: string): string {
  const emptied = text.replace(/^[ \t]*(?:\{\{[^]*?\}\}[ \t]*)+(?=\r?$)/gm, (line) => line.replace(/[^\r\n]/g, ' '));
  return emptied.replace(template, (written) => written.replace(/[^\r\n]/g, '_'));
}
