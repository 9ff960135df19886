import type { ReadWord } from '../nested.ts';
import { hole, type Word } from '../operation.ts';
import type { Command } from './unbash.ts';

/** Without its path, and without the version that `npx` takes: `prisma@5`. */
export function nameOf(words: readonly Word[]): string {
  const [first] = words;
  const text = first === undefined ? '' : (locatedName(first) ?? first.text);
  return text.slice(text.lastIndexOf('/') + 1).replace(/(?<=.)@[\w.^~-]+$/, '');
}

/** `$(which rm)` and `$(command -v rm)` come to where the program lies. */
function locatedName({ text, holes }: Word): string | undefined {
  return text === hole ? /^(?:\$\(|`)\s*(?:which|command\s+-v|type\s+-[pP]|whence(?:\s+-p)?)\s+([\w.-]+)\s*[)`]$/.exec(holes[0] ?? '')?.[1] : undefined;
}

/** The words of a command that may name a host, a database or an environment: a script that it is given is none. */
export function placeNamedBy(words: readonly ReadWord[], { prefix }: Command): string {
  return [...prefix.flatMap((item) => (item.type === 'Assignment' ? [item.text] : [])), ...words.map(({ text }) => text)].filter((text) => !/[\s;]/.test(text)).join(' ');
}
