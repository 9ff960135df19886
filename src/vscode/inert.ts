import { showInert } from '../core/review/inert.ts';

// Names and texts come from code, from git and from people; shown as they are they could format, link or run something.

/** On one line, with every character to be seen as what it is, and at most so many characters. */
export function plain(text: string, atMost = 300): string {
  // A character spelled out is the longest at 10 code units; a surrogate pair cut in two is spelled out as well.
  const line = showInert(text.slice(0, atMost * 2).replaceAll(/\s+/g, ' ').trim());
  const characters = Array.from(line);
  return characters.length <= atMost && text.length <= atMost * 2 ? line : `${characters.slice(0, atMost - 1).join('')}…`;
}

/** Keeps the lines of a text, each as `plain` would show it, but with its indentation. */
export function plainLines(text: string): string[] {
  return text.split(/\r\n|[\r\n]/).map((line) => showInert(line));
}

/** For a label, in which VS Code makes pictures of `$(name)`: a shell's `$(pwd)` stays what it is. */
export function label(text: string, atMost?: number): string {
  return plain(text, atMost).replaceAll(/\\?\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, (icon) => (icon.startsWith('\\') ? icon : `\\${icon}`));
}

/** For a message, in which VS Code makes links of `[text](command:…)`. */
export function message(text: string, atMost?: number): string {
  return plain(text, atMost).replaceAll('](', '] (');
}

/** For Markdown: what stands in backticks stays code, all else loses its meaning to the format (links without brackets and HTML too). */
export function markdown(text: string, atMost?: number): string {
  const parts = plain(text, atMost).split('`');
  const isBalanced = parts.length % 2 === 1;
  return parts
    .map((part, index) => {
      const isCode = index % 2 === 1 && (isBalanced || index < parts.length - 1);
      if (isCode) return part.trim() === '' ? '\\`\\`' : `\`${part}\``;
      const escaped = part.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
      return !isBalanced && index === parts.length - 1 ? `\\\`${escaped}` : escaped;
    })
    .join('');
}
