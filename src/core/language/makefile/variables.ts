import type { MakeLine } from './lines.ts';

/** Values that stand for values are followed this far, and up to this length. */
const deepestValue = 8;
const longestValue = 2000;

const assignment = /^\s*(?:(?:export|override|private)\s+)*([\w.-]+)\s*(\?|\+|:{1,3}|!)?=[ \t]*([\s\S]*)$/;
const reference = /\$(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\{([^{}]*)\}|(\$)|([\s\S]))/g;

/** A reference as it stands in a text; `value` is undefined when it is only known when `make` runs. */
export interface Reference {
  readonly index: number;
  readonly length: number;
  readonly value: string | undefined;
}

/** The variables that a Makefile alone decides. */
export class MakeVariables {
  private readonly values = new Map<string, Set<string | undefined>>();

  constructor(lines: readonly MakeLine[]) {
    let defined: { name: string; body: string[] } | undefined;
    for (const { text } of lines) {
      const [, name] = /^\s*define\s+([\w.-]+)/.exec(text) ?? [];
      if (defined !== undefined) {
        if (/^\s*endef\b/.test(text)) {
          this.add(defined.name, defined.body.join('\n'));
          defined = undefined;
        } else defined.body.push(text.replace(/^\t/, ''));
      } else if (name !== undefined) defined = { name, body: [] };
      else this.readAssignment(text);
    }
  }

  /** `target` is what `$@` stands for. */
  referencesIn(text: string, target: string | undefined, depth = deepestValue): Reference[] {
    return [...text.matchAll(reference)].map((match) => ({ index: match.index, length: match[0].length, value: this.valueOf(match, target, depth) }));
  }

  private valueOf([, inRound, inCurly, dollar, short]: RegExpExecArray, target: string | undefined, depth: number): string | undefined {
    const name = (inRound ?? inCurly ?? short ?? '').trim();
    if (dollar !== undefined) return '$';
    if (name === '@') return target;
    if (name === 'MAKE') return 'make';
    const values = this.values.get(name);
    if (name === 'HOME' && values === undefined) return '$HOME';
    const [value] = values ?? [];
    if (values?.size !== 1 || value === undefined || depth === 0) return undefined;
    return this.expand(value, target, depth - 1);
  }

  private expand(text: string, target: string | undefined, depth: number): string | undefined {
    let expanded = '';
    let from = 0;
    for (const { index, length, value } of this.referencesIn(text, target, depth)) {
      if (value === undefined) return undefined;
      expanded += text.slice(from, index) + value;
      from = index + length;
    }
    expanded += text.slice(from);
    return expanded.length > longestValue ? undefined : expanded;
  }

  private readAssignment(text: string): void {
    const [, name, operator, value = ''] = assignment.exec(text) ?? [];
    if (name !== undefined) this.add(name, operator === '+' || operator === '!' ? undefined : value.replace(/(?<!\s)\s+#.*$/, '').replace(/\\\r?\n\s*/g, ' ').trim());
  }

  /** What is set to nothing is set by whoever calls `make`. */
  private add(name: string, value: string | undefined): void {
    const known = this.values.get(name) ?? new Set();
    this.values.set(name, known.add(value === '' ? undefined : value));
  }
}
