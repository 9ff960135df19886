import { instructionsOf } from './dockerfile/instructions.ts';
import type { Family } from './language.ts';
import { isShellComment } from './shell/comments.ts';
import { tokensOf } from './sql/tokens.ts';

export type CommentTest = (offset: number) => boolean;

/** Comments of the languages that no grammar reads; given a text, tells of its offsets. */
export const commentsByFamily: Readonly<Partial<Record<Family, (text: string) => CommentTest>>> = {
  shell: isShellComment,
  sql: isSqlComment,
  powershell: matching(/(?<comment><#[\s\S]*?(?:#>|$(?![\s\S]))|#[^\r\n]*)|@'[ \t]*\r?\n[\s\S]*?\n'@|@"[ \t]*\r?\n[\s\S]*?\n"@|'(?:[^']|'')*'|"(?:[^"`]|`[\s\S]|"")*"|[^\s'"`#<@]+#*|`[\s\S]|[\s\S]/g),
  cmd: matching(/(?<comment>(?<=^|&)[\s@(]*(?:rem\b|::)[^\n]*)|(?<=^|&)[\s@(]+|[^\n&]+|[\s\S]/gim),
  graphql: matching(/(?<comment>#[^\n]*)|"""[\s\S]*?(?:"""|$(?![\s\S]))|"(?:[^"\\\n]|\\.)*"?|[\s\S]/g),
  properties: (text) => matching(/^\s*</.test(text) ? /(?<comment><!--[\s\S]*?(?:-->|$(?![\s\S])))|[\s\S]/g : /(?<comment>^[ \t]*[#!][^\n]*)|[^\n]+|[\s\S]/gm)(text),
  dockerfile: isDockerfileComment,
  makefile: isMakefileComment,
  crontab: matching(/(?<comment>^[ \t]*#[^\n]*)|[^\n]+|[\s\S]/gm),
  unit: matching(/(?<comment>^[ \t]*[#;][^\n]*)|[^\n]+|[\s\S]/gm),
};

/** Comments are what the pattern's group of that name matches; the rest of it matches all other text, strings whole. */
function matching(pattern: RegExp): (text: string) => CommentTest {
  return (text) => {
    const comments = [...text.matchAll(pattern)].flatMap(({ groups, index }) => (groups?.comment === undefined ? [] : [{ start: index, end: index + groups.comment.length }]));
    return (offset) => comments.some(({ start, end }) => start <= offset && offset < end);
  };
}

function isSqlComment(text: string): CommentTest {
  const tokens = tokensOf(text);
  return (offset) => {
    const token = tokens.find(({ start, endExclusive }) => start <= offset && offset < endExclusive);
    if (token?.kind !== 'body') return token === undefined && /\S/.test(text.charAt(offset));
    // The body of a routine stands between two tags such as $$.
    const tag = /^\$\w*\$/.exec(token.text)?.[0].length ?? 0;
    return isSqlComment(token.text.slice(tag, -tag))(offset - token.start - tag);
  };
}

function isDockerfileComment(text: string): CommentTest {
  const instructions = instructionsOf(text);
  return (offset) => {
    const around = instructions.find(({ range }) => range.contains(offset));
    const heredoc = instructions.flatMap(({ name, heredocs }) => heredocs.map(({ range }) => ({ name, range }))).find(({ range }) => range.contains(offset));
    // What COPY and ADD take from a heredoc is the text of a file.
    if (heredoc !== undefined) return heredoc.name === 'RUN' && isShellComment(heredoc.range.of(text))(offset - heredoc.range.start);
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset + 1);
    if (/^\s*#/.test(line)) return true;
    return around?.name === 'RUN' && isShellComment(around.range.of(text))(offset - around.range.start);
  };
}

function isMakefileComment(text: string): CommentTest {
  return (offset) => {
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    const line = text.slice(start, offset + 1);
    if (/^\s*(?:[@-]+\s*)?#/.test(line)) return true;
    const end = text.indexOf('\n', offset);
    return isShellComment(text.slice(start, end === -1 ? undefined : end))(offset - start);
  };
}
