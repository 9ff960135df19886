import { OffsetRange } from '../../text/offsetRange.ts';
import type { Call, Value } from '../operation.ts';

/** The module that the fields of mutations are told to come from. */
export const graphqlModule = 'graphql';

interface Token {
  readonly text: string;
  readonly range: OffsetRange;
}

const token = /#[^\n]*|"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n]|\\.)*"?|[A-Za-z_]\w*|\$\w+|-?\d[\w.]*|\.\.\.|[^\s,\uFEFF]/g;

/**
 * The fields that the mutations of a document call, each as a call with its arguments by name. Definitions of types
 * say what can be called and call nothing. A request's body in JSON is read as the document in its `query`.
 */
export function graphqlMutationsIn(text: string): Call[] {
  return new MutationReader(text, tokensOf(documentIn(text))).read();
}

/** The document with everything else blanked out, so that offsets stay. */
function documentIn(text: string): string {
  const match = /"(?:query|mutation)"\s*:\s*"((?:[^"\\]|\\[\s\S])*)"/.exec(text);
  if (match?.[1] === undefined || !/^\s*\{/.test(text)) return text;
  const document = match[1].replace(/\\[nrt]/g, '  ').replace(/\\"/g, ' "');
  return ' '.repeat(match.index + match[0].length - 1 - document.length) + document;
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(token)].flatMap((match) => (match[0].startsWith('#') ? [] : [{ text: match[0], range: OffsetRange.ofLength(match.index, match[0].length) }]));
}

class MutationReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  read(): Call[] {
    const calls: Call[] = [];
    while (this.at < this.tokens.length) {
      const word = this.next();
      if (word?.text === 'mutation') calls.push(...this.readMutation());
      else if (word?.text === '{') this.skipBehind('{', '}');
    }
    return calls;
  }

  private peek(): string | undefined {
    return this.tokens[this.at]?.text;
  }

  private next(): Token | undefined {
    return this.tokens[this.at++];
  }

  private readMutation(): Call[] {
    const name = /^[A-Za-z_]/.test(this.peek() ?? '') ? this.next()?.text : undefined;
    while (this.at < this.tokens.length && this.peek() !== '{') {
      if (this.next()?.text === '(') this.skipBehind('(', ')');
    }
    this.at++;
    const calls: Call[] = [];
    while (this.at < this.tokens.length && this.peek() !== '}') {
      const field = this.next();
      if (field?.text === '{') this.skipBehind('{', '}');
      else if (field?.text === '...') this.at += this.peek() === 'on' ? 2 : 1;
      else if (field !== undefined && /^[A-Za-z_]/.test(field.text)) calls.push(this.readField(field, name));
    }
    this.at++;
    return calls;
  }

  private readField(first: Token, mutation: string | undefined): Call {
    const hasAlias = this.peek() === ':';
    if (hasAlias) this.at++;
    const { text: name, range: nameRange } = (hasAlias ? this.next() : first) ?? first;
    let range = OffsetRange.hull(first.range, nameRange);
    let args: Value[] = [];
    if (this.peek() === '(') {
      this.at++;
      args = this.readArguments();
      range = OffsetRange.hull(range, this.tokens[this.at - 1]?.range ?? range);
    }
    while (this.peek() === '@') {
      this.at += 2;
      if (this.peek() === '(') {
        this.at++;
        this.skipBehind('(', ')');
      }
    }
    return {
      kind: 'call',
      language: 'graphql',
      name,
      imported: `${graphqlModule}#mutation.${name}`,
      constructed: false,
      args,
      links: [],
      next: [],
      modules: [graphqlModule],
      range,
      address: mutation === undefined ? [] : [mutation],
      resolution: 'literal',
    };
  }

  /** Each as a value whose source is `name: value`. */
  private readArguments(): Value[] {
    const args: Value[] = [];
    while (this.at < this.tokens.length && this.peek() !== ')') {
      const name = this.next();
      if (name === undefined || this.peek() !== ':') continue;
      this.at++;
      const value = this.next();
      if (value === undefined) break;
      if (value.text === '{') this.skipBehind('{', '}');
      else if (value.text === '[') this.skipBehind('[', ']');
      const range = OffsetRange.hull(name.range, this.tokens[this.at - 1]?.range ?? value.range);
      args.push({ range, source: range.of(this.text), ...(value.text.startsWith('"') && { constant: value.text.replace(/^"+|"+$/g, '') }) });
    }
    this.at++;
    return args;
  }

  private skipBehind(open: string, close: string): void {
    for (let depth = 1; depth > 0 && this.at < this.tokens.length; ) {
      const text = this.next()?.text;
      if (text === open) depth++;
      else if (text === close) depth--;
    }
  }
}
