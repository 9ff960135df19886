import { OffsetRange } from '../../text/offsetRange.ts';
import { handedOver, operationsOfScript, type ReadWord } from '../nested.ts';
import type { Loop, Operation, Word } from '../operation.ts';
import { unwrap } from '../shell/wrappers.ts';
import { commandName } from './names.ts';
import { scriptWordsOf } from './scripts.ts';

/** Where a command stands. */
export interface Place {
  readonly address: readonly string[];
  readonly loop?: Loop | undefined;
  /** What comes in through a pipe, as written. */
  readonly input?: string | undefined;
}

/** What a command of PowerShell does, with the scripts that it is given in its words; `depth` says how many scripts it stands in. */
export function operationsOfCommand(given: readonly ReadWord[], place: Place, depth: number): Operation[] {
  let words = given;
  let name = commandName(words[0]?.text ?? '');
  for (let inner = unwrap(name, words.slice(1)); inner !== undefined && inner.length > 0; inner = unwrap(name, words.slice(1))) {
    words = inner;
    name = commandName(words[0]?.text ?? '');
  }
  const [first, ...rest] = words;
  if (first === undefined || first.text === '') return [];
  // `rm -rf` is what other systems know: there PowerShell has no alias for it.
  if (/^rm$/i.test(first.text) && rest.some(({ text }) => /^-(?:rf|fr|Rf|R)$/.test(text))) name = 'rm';
  const { address, loop } = place;
  const outer = { address, loop, depth };
  return [
    commandOperation(name, rest, OffsetRange.hull(first.range, rest.at(-1)?.range ?? first.range), place),
    ...scriptWordsOf(name, rest).flatMap(({ family, meaning }) => operationsOfScript(family, meaning, 0, outer)),
    ...handedOver(name, rest, outer),
  ];
}

/** A call of a static method of .NET, as a command by the name of its class and method. */
export function operationOfMethod(type: string, method: string, words: readonly ReadWord[], range: OffsetRange, place: Place): Operation {
  return commandOperation(`[${type.toLowerCase().replace(/^system\./, '')}]::${method.toLowerCase()}`, words, range, place);
}

function commandOperation(name: string, words: readonly ReadWord[], range: OffsetRange, { address, loop, input }: Place): Operation {
  const plain = words.map(({ range: own, source, text, holes }): Word => ({ range: own, source, text, holes }));
  return { kind: 'command', name, words: plain, range, address, resolution: 'literal', ...(loop !== undefined && { loop }), ...(input !== undefined && { input }) };
}
