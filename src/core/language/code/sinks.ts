import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import type { Embedded } from '../embedded.ts';
import { hole, type Value } from '../operation.ts';
import type { CallInTree } from './calls.ts';
import type { Scopes } from './scopes.ts';
import { decodeString } from './strings.ts';

/** Commands that run what follows `-c` or `/c` as a line of its own are told by the shell's own reader. */
export function embeddedIn(call: CallInTree, scopes: Scopes): Embedded | undefined {
  const { sinks } = scopes.dialect;
  const runsShell = sinks.shell.has(call.imported ?? call.name) || (call.receiver !== undefined && sinks.shell.has(`${call.receiver}.${call.name}`));
  if (runsShell) return shellCode(call, scopes);
  if (call.constructed || !sinks.sql.has(call.name)) return undefined;
  for (const { value } of call.parts.args) {
    const code = decodeString(value, scopes);
    if (code !== undefined) return { family: 'sql', code, isArgv: false };
  }
  return undefined;
}

/** A literal that is a command line itself. */
export function shellLiteral(node: Node, scopes: Scopes): Embedded | undefined {
  const code = decodeString(node, scopes);
  return code === undefined ? undefined : { family: 'shell', code, isArgv: false };
}

function shellCode(call: CallInTree, scopes: Scopes): Embedded | undefined {
  const { builders } = scopes.dialect.sinks;
  const positional = call.parts.args.filter(({ name }) => name === undefined || name === 'args');
  const [first, ...others] = positional;
  if (first === undefined) return undefined;
  const [list, ...more] = call.args;
  if (list?.elements !== undefined) return argv(list.elements);
  const added = builders === undefined ? [] : call.next.filter(({ name }) => builders.has(name)).flatMap(({ args = [] }) => args.flatMap((arg) => arg.elements ?? [arg]));
  const words = more.filter(({ properties }) => properties === undefined).flatMap((value) => value.elements ?? [value]);
  const isList = others.length > 0 && words.every(({ constant }) => typeof constant === 'string');
  if (list !== undefined && (added.length > 0 || isList)) return argv([list, ...words, ...added]);
  const code = decodeString(first.value, scopes);
  return code === undefined ? undefined : { family: 'shell', code, isArgv: false };
}

/** A program and its arguments as words that a shell reads as just those: they are not split or expanded. */
function argv(words: readonly Value[]): Embedded {
  return { family: 'shell', code: new DecodedText(words.flatMap(quotedWord)), isArgv: true };
}

function quotedWord({ constant, range }: Value): DecodedPiece[] {
  const word = typeof constant === 'string' ? constant : hole;
  const isPlain = /^[\w./:=@%+,-]+$/.test(word);
  const written = isPlain || word === hole ? word : `'${word.replaceAll("'", `'\\''`)}'`;
  return [
    { text: written, range, isVerbatim: false },
    { text: ' ', range: OffsetRange.empty(range.endExclusive), isVerbatim: false },
  ];
}
