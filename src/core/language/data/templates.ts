/** Templates of Go and Jinja in YAML, as Helm's charts are written: `{{ .Values.name }}`, `{% if x %}`. What GitHub writes as `${{ x }}` is YAML as it stands. */
const start = /(?<!\$)\{\{|\{%/;
const template = /(?<!\$)\{\{[^]*?\}\}|\{%[^]*?%\}/g;
const linesOfTemplates = /^[ \t]*(?:(?:\{\{[^]*?\}\}|\{%[^]*?%\})[ \t]*)+(?=\r?$)/gm;

export function mayHoldTemplate(line: string): boolean {
  return start.test(line);
}

/** A templated text made readable, its offsets kept. */
export interface Untemplated {
  /** Lines of nothing but templates are emptied, since they stand for lines or for none. */
  readonly text: string;
  /** The same with a word in the place of each template in a value: what is parsed. */
  readonly parsed: string;
}

export function withoutTemplates(written: string): Untemplated {
  const text = written.replace(linesOfTemplates, (lines) => lines.replace(/[^\r\n]/g, ' '));
  return { text, parsed: text.replace(template, word) };
}

/** Further lines are left empty, whatever column they begin in. */
function word(written: string): string {
  const [first = '', ...more] = written.split('\n');
  return [first.replace(/[^\r]/g, '_'), ...more.map((line) => line.replace(/[^\r]/g, ' '))].join('\n');
}
