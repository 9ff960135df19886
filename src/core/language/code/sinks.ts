import type { Node } from 'web-tree-sitter';
import { argvOf, type Embedded } from '../embedded.ts';
import type { Value } from '../operation.ts';
import type { CallInTree } from './calls.ts';
import type { Scopes } from './scopes.ts';
import { decodeLine, decodeString } from './strings.ts';
import { valueOf } from './values.ts';
import { rangeOf } from '../syntax.ts';

/** Commands that run what follows `-c` or `/c` as a line of its own are told by the shell's own reader. */
export function embeddedIn(call: CallInTree, scopes: Scopes): Embedded | undefined {
  const { sinks } = scopes.dialect;
  const callees = calleesOf(call);
  if (callees.some((callee) => sinks.shell.has(callee))) return shellCode(call, scopes, callees.some((callee) => sinks.programs?.has(callee) === true));
  if (!(call.constructed ? sinks.sqlTypes : sinks.sql)?.has(call.name)) return undefined;
  for (const { value, name } of call.parts.args) {
    // `@NamedQuery(name = "…", query = "…")`
    if (name === 'name') continue;
    const code = decodeString(value, scopes);
    if (code !== undefined) return { family: 'sql', code, isArgv: false };
  }
  return undefined;
}

/** Whether a call runs a command line or a program. */
export function runsShell(call: CallInTree): boolean {
  return calleesOf(call).some((callee) => call.sinks.shell.has(callee));
}

function calleesOf({ imported = '', receiver, name }: CallInTree): readonly string[] {
  return [imported, receiver === undefined ? name : `${receiver}.${name}`];
}

/** A literal that is a command line itself. */
export function shellLiteral(node: Node, scopes: Scopes): Embedded | undefined {
  const code = decodeString(node, scopes);
  return code === undefined ? undefined : { family: 'shell', code, isArgv: false };
}

function shellCode(call: CallInTree, scopes: Scopes, isProgram: boolean): Embedded | undefined {
  const apart = scopes.dialect.sinks.lineOf?.(call.parts);
  if (apart !== undefined) return lineApart(...apart, scopes);
  const args = call.args.filter(({ properties }) => properties === undefined);
  // What Go's `CommandContext` takes first is no program.
  const given = isProgram && call.name.endsWith('Context') ? args.slice(1) : args;
  if (scopes.dialect.sinks.replacing?.has(call.imported ?? '') === true) return argv(given.find(({ elements }) => elements !== undefined)?.elements ?? given.slice(call.name.startsWith('spawn') ? 2 : 1));
  const [program, ...more] = given;
  if (program?.elements !== undefined) return argv(program.elements);
  const added = call.next.filter(({ name }) => scopes.dialect.sinks.builders?.has(name) === true).flatMap((link) => link.args ?? []);
  const words = [...(isProgram ? more : []), ...added].flatMap((value) => value.elements ?? [value]);
  if (program !== undefined && words.length > 0) return argv([program, ...words]);
  const line = call.parts.args.find(({ value }) => value.startIndex === program?.range.start) ?? call.parts.args.find(({ name }) => name === 'args');
  const code = line === undefined ? undefined : decodeString(line.value, scopes);
  return code === undefined ? undefined : { family: 'shell', code, isArgv: false };
}

function lineApart(program: Node, rest: Node, scopes: Scopes): Embedded {
  const { elements } = valueOf(rest, scopes);
  return elements === undefined ? { family: 'shell', code: decodeLine([program, rest], scopes), isArgv: false, parts: [rangeOf(program), rangeOf(rest)] } : argv([valueOf(program, scopes), ...elements]);
}

const makesTemporary = /\b(?:mkd?s?temp|mktmpdir|MkdirTemp|TempDir|createTempDirectory|createTempFile|CreateTempSubdirectory|GetTempFileName|TemporaryDirectory|NamedTemporaryFile)\b/;

/** A path that was asked for to be thrown away lies where such paths lie. */
function temporaryPath({ source, standsFor = source }: Value): string | undefined {
  return makesTemporary.test(standsFor) ? `/tmp/${source.replace(/\W/g, '')}` : undefined;
}

function argv(words: readonly Value[]): Embedded {
  return argvOf(words.map((word) => ({ text: typeof word.constant === 'string' ? word.constant : temporaryPath(word), range: word.range })));
}
