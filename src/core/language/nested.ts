import { OffsetRange } from '../text/offsetRange.ts';
import { cmdOperationsIn } from './cmd/commands.ts';
import { DecodedText } from './decodedText.ts';
import { graphqlMutationsIn } from './graphql/mutations.ts';
import { hole, type Loop, type Operation, type Word } from './operation.ts';
import { powershellOperationsIn } from './powershell/commands.ts';
import { shellOperationsIn } from './shell/commands.ts';
import { type Interpreter, interpreterOf } from './shell/interpreters.ts';
import { joined, type Meaning } from './shell/words.ts';
import { sqlStatementsIn } from './sql/statements.ts';

/** Languages whose code stands in other files and strings to be run. */
const embeddedFamilies = ['shell', 'sql', 'powershell', 'cmd', 'graphql'] as const;
export type EmbeddedFamily = (typeof embeddedFamilies)[number];

export function isEmbedded(language: string): language is EmbeddedFamily {
  return embeddedFamilies.some((family) => family === language);
}

/** Scripts in scripts in scripts are followed this far. */
export const deepestScript = 8;

/** The operations of a text; `depth` says how many scripts it stands in. Fails for a text that nests too deeply to be read. */
export function operationsIn(family: EmbeddedFamily, text: string, depth = 0): readonly Operation[] {
  if (depth > deepestScript) throw new Error(`it nests scripts more than ${deepestScript} deep`);
  switch (family) {
    case 'shell':
      return shellOperationsIn(text, depth);
    case 'sql':
      return sqlStatementsIn(text);
    case 'powershell':
      return powershellOperationsIn(text, depth);
    case 'cmd':
      return cmdOperationsIn(text, depth);
    case 'graphql':
      return graphqlMutationsIn(text);
  }
}

/** A word with its meaning still in the script's own offsets. */
export interface ReadWord extends Word {
  readonly meaning: Meaning;
}

export interface Outer {
  readonly address: readonly string[];
  readonly loop?: Loop | undefined;
  /** How many scripts it stands in itself. */
  readonly depth: number;
  /** From its offsets to those that the operations are to have, where the two differ. */
  readonly toFile?: (range: OffsetRange) => OffsetRange;
}

/** What the scripts do that a command is given in its words. */
export function handedOver(name: string, words: readonly ReadWord[], outer: Outer): Operation[] {
  const interpreter = interpreterOf(name, words);
  const { language } = interpreter ?? {};
  if (interpreter === undefined || language === undefined || !isEmbedded(language)) return [];
  return scriptsOf(interpreter, words).flatMap(({ meaning, skip }) => operationsOfScript(language, meaning, skip, outer));
}

/** The scripts among a command's words. */
export function scriptsOf({ scripts, areJoined }: Interpreter, words: readonly ReadWord[]): { readonly meaning: Meaning; readonly skip: number }[] {
  const given = scripts.flatMap(({ index, skip, isEncoded }) => {
    const meaning = words[index]?.meaning;
    return meaning === undefined ? [] : [{ meaning: isEncoded === true ? decodeBase64(meaning) : meaning, skip }];
  });
  return areJoined === true && given.length > 0 ? [{ meaning: joined(given.map(({ meaning }) => meaning)), skip: 0 }] : given;
}

/** What PowerShell takes in base64 is UTF-16, the lower byte first. */
function decodeBase64({ text, pieces }: Meaning): Meaning {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined || !/^[A-Za-z0-9+/]+=*$/.test(text)) return { text: '', pieces: [], holes: [] };
  const digits = text.replace(/(?<!=)=+$/, '');
  // One digit alone is no byte: half a text, as it stands while somebody types.
  const bytes = atob(digits.slice(0, digits.length % 4 === 1 ? -1 : undefined));
  let script = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) script += String.fromCharCode(bytes.charCodeAt(at) + 256 * bytes.charCodeAt(at + 1));
  return { text: script, pieces: [{ text: script, range: OffsetRange.hull(first.range, last.range), isVerbatim: false }], holes: [] };
}

/** The operations of a script, without its first `skip` characters, in the outer script's offsets and surroundings. */
export function operationsOfScript(family: EmbeddedFamily, meaning: Meaning, skip: number, outer: Outer): Operation[] {
  const decoded = new DecodedText(meaning.pieces);
  const { toFile = (range: OffsetRange) => range } = outer;
  const toOuter = (range: OffsetRange): OffsetRange => toFile(decoded.rangeOf(range.shift(skip)));
  const placedWord = (word: Word): Word => ({ ...word, range: toOuter(word.range), holes: holesOf(word, meaning, skip) });
  return operationsIn(family, meaning.text.slice(skip), outer.depth + 1).map((operation) => {
    const loop = operation.loop === undefined ? outer.loop : { over: operation.loop.over, range: toOuter(operation.loop.range) };
    return {
      ...operation,
      range: toOuter(operation.range),
      address: [...outer.address, ...operation.address],
      ...(loop !== undefined && { loop }),
      ...(operation.kind === 'call' && { args: operation.args.map((value) => ({ ...value, range: toOuter(value.range) })) }),
      ...(operation.kind === 'command' && { words: operation.words.map(placedWord) }),
    };
  });
}

/** A hole that the outer script left in this one is what stands there. */
function holesOf({ range, source, holes }: Word, { text, holes: outer }: Meaning, skip: number): readonly string[] {
  if (!holes.includes(hole)) return holes;
  const offsets = [...text.matchAll(allHoles)].map((match) => match.index - skip);
  const written = [...source.matchAll(allHoles)].map((match) => outer[offsets.indexOf(range.start + match.index)]);
  let next = 0;
  return holes.map((held) => (held === hole ? (written[next++] ?? held) : held));
}

const allHoles = new RegExp(hole, 'g');
