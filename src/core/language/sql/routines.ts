import { nameAt } from './names.ts';
import type { Token } from './tokens.ts';

const routineKinds = new Set(['procedure', 'proc', 'function', 'trigger', 'package', 'event']);
const ownEnds = new Set(['if', 'loop', 'while', 'repeat', 'case', 'for', 'try', 'catch']);

/** Follows the bodies of functions, procedures and triggers that are written without quotes, from BEGIN to their END. */
export class Routines {
  private name: string | undefined;
  private depth = 0;
  /** Between AS and the body there may be declarations, each with its `;`. */
  private awaitsBody = false;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly text: string,
  ) {}

  /** The routine that the last noted word stands in. */
  get current(): string | undefined {
    return this.name;
  }

  note(at: number): void {
    const token = this.tokens[at];
    if (token?.text === 'create' && token.kind === 'word') this.open(at);
    if (this.name === undefined || token === undefined) return;
    if (token.kind === 'end') {
      if (token.text !== ';' || (this.depth === 0 && !this.awaitsBody)) this.close();
    } else if (token.kind === 'body') this.awaitsBody = false;
    else if ((token.text === 'as' || token.text === 'is') && this.depth === 0) this.awaitsBody = true;
    else if (token.text === 'begin' && !['tran', 'transaction', 'try', 'catch'].includes(this.tokens[at + 1]?.text ?? '')) this.depth++;
    else if (token.text === 'case' && this.tokens[at - 1]?.text !== 'end') this.depth++;
    else if (token.text === 'end' && (!ownEnds.has(this.tokens[at + 1]?.text ?? '') || this.tokens[at + 1]?.text === 'case')) {
      this.depth--;
      if (this.depth === 0 && this.tokens[at + 1]?.text !== 'case') this.close();
    }
  }

  private open(at: number): void {
    if (this.depth > 0) return;
    const kind = this.tokens.slice(at + 1, at + 8).findIndex(({ text }) => routineKinds.has(text));
    const isBroken = this.tokens.slice(at + 1, at + 1 + kind).some((token) => token.kind === 'end' || token.text === 'table' || token.text === '(');
    this.name = kind === -1 || isBroken ? undefined : nameAt(this.tokens, at + 2 + kind + (this.tokens[at + 2 + kind]?.text === 'if' ? 3 : 0), this.text)?.text;
    this.depth = 0;
    this.awaitsBody = false;
  }

  private close(): void {
    this.name = undefined;
    this.depth = 0;
  }
}
