import { OffsetRange } from '../../text/offsetRange.ts';
import { type DecodedPiece, DecodedText } from '../decodedText.ts';
import { hole } from '../operation.ts';
import type { FileScript } from '../scriptFileView.ts';
import { type MakeLine, makeLinesOf } from './lines.ts';
import { MakeVariables } from './variables.ts';

/** The recipes of a Makefile: each line is a script of its own, unless `.ONESHELL` makes the recipe one. */
export function makefileScripts(text: string): FileScript[] {
  const lines = makeLinesOf(text);
  const variables = new MakeVariables(lines);
  const isOneShell = lines.some((line) => line.text.startsWith('.ONESHELL:'));
  const recipes: { targets: readonly string[]; lines: MakeLine[] }[] = [];
  let targets: readonly string[] = [];
  let rule: MakeLine | undefined;
  for (const line of lines) {
    if (line.kind === 'other') {
      targets = targetsOf(line) ?? targets;
      rule = line;
      const behind = recipeBehind(line);
      if (behind !== undefined) recipes.push({ targets, lines: [behind] });
    } else if (isOneShell && rule !== undefined && recipes.at(-1)?.targets === targets) recipes.at(-1)?.lines.push(line);
    else recipes.push({ targets, lines: [line] });
  }
  return recipes.map((recipe) => {
    const [target, second] = recipe.targets;
    const pieces = recipe.lines.flatMap((line) => [...piecesOf(line, variables, second === undefined ? target : undefined), { text: '\n', range: OffsetRange.empty(line.start + line.text.length), isVerbatim: false }]);
    const range = new OffsetRange(recipe.lines[0]?.start ?? 0, pieces.at(-1)?.range.endExclusive ?? 0);
    return { family: 'shell', code: new DecodedText(pieces.slice(0, -1)), isArgv: false, range, address: target === undefined ? [] : [target] };
  });
}

/** The targets of a rule line; undefined for any other line. A target with a pattern or a variable has no name to call it by. */
function targetsOf({ text }: MakeLine): readonly string[] | undefined {
  const [, targets] = /^([^:=#]+):(?![:=]?=)/.exec(text) ?? [];
  return targets === undefined ? undefined : targets.trim().split(/\s+/).filter((target) => !/[%$]/.test(target));
}

/** `target: ; command` */
function recipeBehind({ text, start }: MakeLine): MakeLine | undefined {
  const [head = ''] = /^[^:=#]+:[^;=#]*;/.exec(text) ?? [];
  return head === '' ? undefined : { kind: 'recipe', text: text.slice(head.length), start: start + head.length };
}

/** Without `@`, `-` and `+` in front and the tabs of continued lines; with the variables' values. */
function piecesOf({ text, start }: MakeLine, variables: MakeVariables, target: string | undefined): DecodedPiece[] {
  const pieces: DecodedPiece[] = [];
  const add = (from: number, until: number): void => {
    if (until > from) pieces.push({ text: text.slice(from, until), range: new OffsetRange(start + from, start + until), isVerbatim: true });
  };
  let from = /^[\s@+-]*/.exec(text)?.[0].length ?? 0;
  for (const { index, length, value } of variables.referencesIn(text, target)) {
    if (index < from) continue;
    add(from, index);
    from = index + length;
    pieces.push({ text: value ?? hole, range: new OffsetRange(start + index, start + from), isVerbatim: false });
  }
  add(from, text.length);
  return pieces;
}
