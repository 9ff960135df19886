import { Transform, type TransformCallback } from 'node:stream';

/** Longer messages are not read: a file of which checks look at 5 MB fits in twice, escaped. */
export const longestMessageBytes = 10 * 1024 * 1024;

/** So much of the head and the end of a message that is too long is kept, to find its id in. */
const keptBytes = 1024;

/**
 * The messages of an input, one a line, each in one piece. Of one that is too long only the answer is made: an error in the form of
 * JSON-RPC, given to `answer`, with which the input goes on behind that line.
 */
export class MessageLines extends Transform {
  private parts: Buffer[] = [];
  private length = 0;
  /** Of the line that is too long; undefined while none is. */
  private tail: Buffer | undefined;

  constructor(private readonly answer: (line: string) => void) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, from)) {
      this.gather(chunk.subarray(from, end + 1));
      this.endLine();
      from = end + 1;
    }
    if (from < chunk.length) this.gather(chunk.subarray(from));
    done();
  }

  private gather(part: Buffer): void {
    this.length += part.length;
    if (this.tail === undefined) this.parts.push(part);
    if (this.length <= longestMessageBytes) return;
    const tail = Buffer.concat([this.tail ?? Buffer.concat(this.parts).subarray(-keptBytes), ...(this.tail === undefined ? [] : [part.subarray(-keptBytes)])]);
    this.parts = [Buffer.concat(this.parts).subarray(0, keptBytes)];
    this.tail = Buffer.from(tail.subarray(-keptBytes));
  }

  private endLine(): void {
    if (this.tail === undefined) this.push(Buffer.concat(this.parts));
    else this.answer(`${tooLong(Buffer.concat(this.parts).toString(), this.tail.toString())}\n`);
    this.parts = [];
    this.length = 0;
    this.tail = undefined;
  }
}

const id = String.raw`"id"\s*:\s*(-?\d+|"(?:[^"\\]|\\.)*")`;
const idFirst = new RegExp(String.raw`^\s*\{(?:\s*"(?:jsonrpc|method)"\s*:\s*"[^"]*"\s*,)*\s*${id}\s*,`);
const idLast = new RegExp(String.raw`,\s*${id}(?:\s*,\s*"(?:jsonrpc|method)"\s*:\s*"[^"]*")*\s*\}\s*$`);

function tooLong(head: string, tail: string): string {
  const written = (idFirst.exec(head) ?? idLast.exec(tail))?.[1] ?? 'null';
  const message = `The message is longer than ${longestMessageBytes / 1024 / 1024} MB, and was not read: send edits instead of whole files, or run firebreak check on the file.`;
  return `{"jsonrpc":"2.0","id":${written},"error":{"code":-32600,"message":${JSON.stringify(message)}}}`;
}
