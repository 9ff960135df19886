/** What files to type in are made of. */
export interface Sample {
  readonly language: string;
  readonly path: string;
  readonly imports: string;
  /** A function as people wrote it, each with another number. */
  readonly human: (index: number) => string;
  /** An assistant's function with four risky operations. */
  readonly assistant: string;
  /** The assistant's function as it was at the last commit. */
  readonly before: string;
  /** Words inside a string of the assistant's function. */
  readonly typedIn: string;
  /** Code of the assistant's function, and a statement with a call that can be typed behind it. */
  readonly newCall: readonly [behind: string, typed: string];
}

/** A file of about so many lines, with an assistant's risky function in its middle. */
export function sampleFile({ imports, human, assistant, before: assistantBefore }: Sample, lines: number): { text: string; before: string; start: number; end: number } {
  const count = Math.round((lines - 25) / (human(0).split('\n').length - 1));
  const above = imports + Array.from({ length: Math.ceil(count / 2) }, (_, index) => human(index)).join('');
  const below = Array.from({ length: Math.floor(count / 2) }, (_, index) => human(index + count)).join('');
  return { text: above + assistant + below, before: above + assistantBefore + below, start: above.length, end: above.length + assistant.length };
}
