import type { SyntaxNode } from './unbash.ts';

/** What a loop goes over, as written: a list, what is read from a pipe or file, or the condition that keeps it going. */
export function loopOf(node: Extract<SyntaxNode, { type: 'For' | 'Select' | 'While' | 'ArithmeticFor' }>, text: string, input: string | undefined): string {
  switch (node.type) {
    case 'For':
    case 'Select': {
      const first = node.wordlist?.[0];
      return first === undefined ? '"$@"' : text.slice(first.pos, node.wordlist?.at(-1)?.end);
    }
    case 'While': {
      const condition = text.slice(node.clause.pos, node.clause.end);
      return input !== undefined && /\bread\b/.test(condition) ? input.trim() : condition;
    }
    case 'ArithmeticFor': {
      const parts = [node.initialize, node.test, node.update].filter((part) => part !== undefined);
      return text.slice(parts[0]?.pos ?? node.pos, parts.at(-1)?.end ?? node.pos);
    }
  }
}
