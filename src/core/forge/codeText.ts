import { showInert } from '../review/inert.ts';

/**
 * Foreign text in a forge's Markdown stands as code: there names call nobody, numbers lead nowhere, and nothing formats or links. Escapes would not do, since
 * forges look for `@name` and `#1` in what the escapes have become.
 */
export function codeSpan(text: string, atMost = 200): string {
  const line = cut(showInert(text.replaceAll(/\s+/g, ' ').trim()), atMost);
  if (line === '') return '`` ``';
  const fence = '`'.repeat(longestRun(line) + 1);
  return `${fence} ${line} ${fence}`;
}

/** The same for a text of several lines. */
export function codeBlock(text: string, atMost = 4000): string {
  const lines = cut(text, atMost).split(/\r\n|[\r\n]/).map(showInert).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}text\n${lines}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function cut(text: string, atMost: number): string {
  const characters = Array.from(text);
  return characters.length <= atMost ? text : `${characters.slice(0, atMost - 1).join('')}…`;
}
