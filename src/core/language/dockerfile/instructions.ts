import { splitLines } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { DecodedPiece } from '../decodedText.ts';

/** One instruction of a Dockerfile, with the lines it goes on over. */
export interface Instruction {
  /** In upper case: `RUN`; of `ONBUILD RUN …` the inner one. */
  readonly name: string;
  readonly range: OffsetRange;
  /** What follows the name and its flags. Comments between continued lines are left out, and lines go on with `\`. */
  readonly pieces: readonly DecodedPiece[];
  /** The bodies of heredocs, in order. */
  readonly heredocs: readonly DecodedPiece[];
}

const head = /^(\s*(?:ONBUILD\s+)?)([A-Z]+)(?:[ \t]+|(?=\\?\s*$))((?:--[a-z]+(?:=\S*)?[ \t]+)*)/i;
const heredoc = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/g;

export function instructionsOf(text: string): Instruction[] {
  const escape = /^(?:#[^\n]*\n)*#[ \t]*escape[ \t]*=[ \t]*`/i.test(text) ? '`' : '\\';
  const continues = new RegExp(`\\${escape}[ \\t]*\\r?\\n?$`);
  const lines = splitLines(text);
  const instructions: Instruction[] = [];
  for (let index = 0, start = 0; index < lines.length; ) {
    const line = lines[index] ?? '';
    const [all = '', , name = ''] = head.exec(line) ?? [];
    const from = start;
    index++;
    start += line.length;
    if (name === '' || line.trimStart().startsWith('#')) continue;
    const pieces: DecodedPiece[] = [];
    const add = (written: string, at: number, isContinued: boolean): void => {
      const kept = isContinued ? written.replace(continues, '') : written.trimEnd();
      pieces.push({ text: kept, range: OffsetRange.ofLength(at, kept.length), isVerbatim: true });
      if (isContinued) pieces.push({ text: '\\\n', range: new OffsetRange(at + kept.length, at + written.length), isVerbatim: false });
    };
    let goesOn = continues.test(line);
    add(line.slice(all.length), from + all.length, goesOn);
    for (; goesOn && index < lines.length; index++) {
      const next = lines[index] ?? '';
      const isLeftOut = /^\s*(?:#|$)/.test(next);
      goesOn = isLeftOut || continues.test(next);
      if (!isLeftOut) add(next, start, goesOn);
      start += next.length;
    }
    const heredocs: DecodedPiece[] = [];
    for (const [, , delimiter = ''] of takesHeredoc.has(name.toUpperCase()) ? pieces.map((piece) => piece.text).join('').matchAll(heredoc) : []) {
      const end = lines.findIndex((each, at) => at >= index && each.trim() === delimiter);
      const body = lines.slice(index, end === -1 ? undefined : end).join('');
      heredocs.push({ text: body, range: OffsetRange.ofLength(start, body.length), isVerbatim: true });
      start += body.length + (lines[end]?.length ?? 0);
      index = end === -1 ? lines.length : end + 1;
    }
    instructions.push({ name: name.toUpperCase(), range: new OffsetRange(from, start), pieces, heredocs });
  }
  return instructions;
}

const takesHeredoc = new Set(['RUN', 'COPY', 'ADD']);
