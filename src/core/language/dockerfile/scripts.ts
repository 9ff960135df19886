import { OffsetRange } from '../../text/offsetRange.ts';
import { argvOf } from '../data/code.ts';
import { piecesOf } from '../data/pieces.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import type { EmbeddedFamily } from '../nested.ts';
import type { Operation } from '../operation.ts';
import type { FileScript } from '../scriptFileView.ts';
import { type Instruction, instructionsOf } from './instructions.ts';

/** What a Dockerfile runs: while the image is built, and when a container of it starts. */
export function dockerfileScripts(text: string): FileScript[] {
  let stage: string[] = [];
  let family: EmbeddedFamily = 'shell';
  return instructionsOf(text).flatMap((instruction) => {
    const { name, range, pieces } = instruction;
    if (name === 'FROM') {
      stage = stageOf(pieces);
      family = 'shell';
    } else if (name === 'SHELL') family = familyOf(pieces);
    const code = codeOf(instruction);
    if (code === undefined) return [];
    return [{ family: isExecForm(pieces) ? 'shell' : family, code, isArgv: false, range, address: stage, ...(name === 'RUN' && { counts: reachesBeyondImage }) }];
  });
}

function stageOf(pieces: readonly DecodedPiece[]): string[] {
  const [, stage] = /\sAS\s+(\S+)/i.exec(textOf(pieces)) ?? [];
  return stage === undefined ? [] : [stage];
}

/** `SHELL ["powershell", "-Command"]` */
function familyOf(pieces: readonly DecodedPiece[]): EmbeddedFamily {
  const [, shell = ''] = /^\s*\[\s*"([^"]*)"/.exec(textOf(pieces)) ?? [];
  return /powershell|pwsh/i.test(shell) ? 'powershell' : /cmd(?:\.exe)?$/i.test(shell) ? 'cmd' : 'shell';
}

function textOf(pieces: readonly DecodedPiece[]): string {
  return pieces.map((piece) => piece.text).join('');
}

function codeOf({ name, pieces, heredocs }: Instruction): DecodedText | undefined {
  switch (name) {
    case 'RUN':
      return heredocs.length > 0 ? withHeredocs(pieces, heredocs) : codeIn(pieces);
    case 'CMD':
    case 'ENTRYPOINT':
      return codeIn(pieces);
    case 'HEALTHCHECK':
      return codeIn(withoutStart(pieces, /^.*?\bCMD[ \t]+/i));
    default:
      return undefined;
  }
}

/** A heredoc alone is the script; behind a command it is what that reads. */
function withHeredocs(pieces: readonly DecodedPiece[], heredocs: readonly DecodedPiece[]): DecodedText {
  if (/^\s*<<-?\s*["']?\w+["']?\s*$/.test(pieces[0]?.text ?? '')) return new DecodedText(heredocs);
  const delimiters = [...textOf(pieces).matchAll(/<<-?\s*["']?(\w+)/g)].map((match) => match[1] ?? '');
  const between = (text: string, at: number): DecodedPiece => ({ text, range: OffsetRange.empty(at), isVerbatim: false });
  return new DecodedText([...pieces, ...heredocs.flatMap((body, index) => [between('\n', body.range.start), body, between(delimiters[index] ?? '', body.range.endExclusive)])]);
}

/** The exec form is an array of JSON; whatever is none is a line for the shell. */
function codeIn(pieces: readonly DecodedPiece[]): DecodedText {
  const decoded = new DecodedText(pieces);
  if (!isExecForm(pieces)) return decoded;
  const words = [...decoded.text.matchAll(/"((?:[^"\\]|\\[\s\S])*)"/g)].map((match) => {
    const range = decoded.rangeOf(OffsetRange.ofLength(match.index, match[0].length));
    const code = new DecodedText(piecesOf(match[1] ?? '', range.start + 1, /\\[\s\S]/g, (escaped) => escaped.slice(1)));
    return { kind: 'scalar' as const, range, code, constant: code.text };
  });
  return argvOf(words) ?? decoded;
}

function isExecForm(pieces: readonly DecodedPiece[]): boolean {
  return /^\s*\[\s*"[\s\S]*\]\s*$/.test(textOf(pieces));
}

function withoutStart(pieces: readonly DecodedPiece[], start: RegExp): readonly DecodedPiece[] {
  const [first, ...rest] = pieces;
  const skipped = start.exec(first?.text ?? '')?.[0].length ?? 0;
  if (first === undefined || skipped === 0) return pieces;
  return [{ ...first, text: first.text.slice(skipped), range: new OffsetRange(first.range.start + skipped, first.range.endExclusive) }, ...rest];
}

/** Commands that change nothing but files. */
const fileCommands = new Set(['rm', 'rmdir', 'remove-item', 'clear-content', 'unlink', 'find', 'shred', 'rimraf', 'rsync', 'truncate', 'dd', 'mv', 'chmod', 'chown', 'del', 'rd', 'erase']);

/** What is done to files while an image is built is done to a layer of it, which the next build makes again; so are most calls of code. */
function reachesBeyondImage(operation: Operation): boolean {
  if (operation.kind !== 'command') return operation.kind !== 'call';
  return !fileCommands.has(operation.name) && (operation.name !== 'git' || operation.words.some(({ text }) => text === 'push'));
}
