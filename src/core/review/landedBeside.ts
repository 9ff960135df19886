import { changesOf } from '../check/changeFilter.ts';
import { LineText, splitLines } from '../text/lineText.ts';

/**
 * A line that others landed in a file, and that what was approved there depends on, as far as that can be told without knowing the language: in the same unit, in one whose
 * first line names what that one speaks of, and so on, or, of what stands outside of all functions, any other command there. Undefined when none does. Comments say nothing.
 * @param approved the file as it was approved
 * @param judged the same with what landed meanwhile
 * @param line of what was approved, in `judged`, 1-based
 */
export function landedBeside(approved: string, judged: string, line: number): string | undefined {
  const [before, now] = [new Units(approved), new Units(judged)];
  const unit = now.unitOf(line - 1);
  const words = now.wordsNeededBy(unit);
  const isNeeded = (units: Units, at: number) => {
    const first = units.unitOf(at);
    if (units === now && first === unit) return true;
    const needed = units.names(first).filter((word) => words.has(word));
    if (units.isFunction(first)) return false;
    // A list of names that grew brings what it brought before from where it came.
    if (units.isImport(first)) return needed.some((word) => before.sourcesOf(word) !== now.sourcesOf(word));
    return needed.length > 0 || (now.isCommand(unit) && units.isCommand(first));
  };
  const touched = (units: Units, from: string) => changedLines(from, units.text).find((at) => !isSilent(units.lines[at]) && isNeeded(units, at));
  const [came, went] = [touched(now, approved), touched(before, judged)];
  const found = came !== undefined ? now.lines[came] : went !== undefined ? before.lines[went] : undefined;
  return found?.trim();
}

/** A text in parts: functions, resources, definitions and commands, each with what is set in below its first line; what only holds others, as a class does, is none. */
class Units {
  readonly lines: readonly string[];
  private readonly firstLines: readonly number[];

  constructor(readonly text: string) {
    this.lines = splitLines(text);
    this.firstLines = firstLinesOf(this.lines);
  }

  /** The line that a line's unit begins with. */
  unitOf(at: number): number {
    return this.firstLines[at] ?? at;
  }

  /** What a unit's first line gives a name to, or does something with. */
  names(first: number): readonly string[] {
    const line = this.lines[first] ?? '';
    if (importing.test(line)) return wordsIn(withoutTexts(line));
    const [, parts] = takingApart.exec(line) ?? [];
    const [, changed] = changing.exec(line) ?? [];
    const named = parts ?? `${/^(?:[^=({:]|:(?!\s|$))*/.exec(line)?.[0] ?? ''} ${changed ?? ''}`;
    return wordsIn(named.replace(leading, ''));
  }

  /** What a function does is another question than with which values it is done. */
  isFunction(first: number): boolean {
    const line = withoutTexts(this.lines[first] ?? '');
    return functions.test(line) || /^\s*(?:[\w<>[\],*]+\s+)*#?\w+\([^()]*\)[^=;]*\{\s*$/.test(line);
  }

  isImport(first: number): boolean {
    return importing.test(this.lines[first] ?? '');
  }

  /** Where a word is imported from, as it is written. */
  sourcesOf(word: string): string {
    const sources = this.lines.flatMap((line, at) => {
      if (this.unitOf(at) !== at || !importing.test(line) || !this.names(at).includes(word)) return [];
      const whole = this.lines.filter((_, other) => this.unitOf(other) === at).join('\n');
      return [/["'`]([^"'`]*)["'`]/.exec(whole)?.[1] ?? /\bfrom\s+(\S+)\s+import\b/.exec(whole)?.[1] ?? whole];
    });
    return JSON.stringify(sources);
  }

  isCommand(first: number): boolean {
    const line = this.lines[first] ?? '';
    return indentOf(line) === 0 && !defining.test(line) && !importing.test(line);
  }

  /** The words of a unit and of all that they lead to. */
  wordsNeededBy(unit: number): ReadonlySet<string> {
    const [linesOf, namedIn] = [new Map<number, number[]>(), new Map<string, Set<number>>()];
    for (const [at, first] of this.firstLines.entries()) {
      const lines = linesOf.get(first) ?? [];
      if (lines.length === 0) for (const word of this.names(first)) namedIn.set(word, (namedIn.get(word) ?? new Set()).add(first));
      lines.push(at);
      linesOf.set(first, lines);
    }
    const needed = new Set<string>();
    const [open, seen] = [[unit], new Set([unit])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const word of (linesOf.get(next) ?? []).flatMap((at) => wordsIn(this.lines[at] ?? ''))) {
        if (needed.has(word)) continue;
        needed.add(word);
        for (const first of namedIn.get(word) ?? []) {
          // What is imported beside a name is nothing to it.
          if (seen.has(first) || this.isImport(first) || this.isFunction(first)) continue;
          seen.add(first);
          open.push(first);
        }
      }
    }
    return needed;
  }
}

/** By line, by how far it is set in: no language is known here. */
function firstLinesOf(lines: readonly string[]): number[] {
  const firsts: number[] = [];
  // The lines above that the current one stands below, outermost first.
  let above: { readonly at: number; readonly indent: number; readonly holds: boolean }[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') {
      firsts.push(above.find(({ holds }) => !holds)?.at ?? at);
      continue;
    }
    const indent = indentOf(line);
    const isOpen = closing.test(line);
    above = above.filter((each) => each.indent < indent || (isOpen && each.indent === indent));
    if (!isOpen) above.push({ at, indent, holds: holding.test(line) || (above.length === 0 && key.test(line)) });
    firsts.push(above.find(({ holds }) => !holds)?.at ?? at);
  }
  return firsts;
}

const closing = /^\s*(?:[)\]}>]|(?:else|elif|elsif|except|finally|catch|rescue|ensure|end|fi|done|esac|then|do)\b)/;
const holding = /^\s*(?:[\w@()]+\s+)*(?:class|interface|namespace|module|object|impl|trait|mod|extension|describe)\b|^\s*[{[]\s*$/;
const key = /^\s*["']?[\w./-]+["']?\s*:\s*[{[|>]?[-+]?\s*$/;
const importing = /^\s*(?:import|from|use|using|require|include|source|\.|#include|package)\b/;
const defining = /^\s*(?:(?:export|public|private|protected|internal|static|final|abstract|async|open|pub|default)\s+)*(?:const|let|var|val|def|function|func|fn|fun|sub|type|enum|struct|resource|data|variable|output|record|class|interface|module)\b/;

/** `const { root } = load()`, `const [first] = …`. */
const takingApart = /^\s*(?:export\s+)?(?:const|let|var|val)\s*[{[(]([^=]*)[}\])]\s*=/;
/** `Object.assign(ROOT, …)`, `configure(settings)`. */
const changing = /^\s*[\p{L}\p{N}_$.]+\(\s*([\p{L}\p{N}_$.]+)\s*[,)]/u;
const functions = /^\s*(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|open|pub|override|suspend)\s+)*(?:function|def|func|fn|fun|sub|interface|type)\b|=\s*(?:async\s+)?(?:function\b|(?:\([^()]*\)|[\p{L}\p{N}_$]+)\s*(?::[^=]+)?=>)|\bdefault\s+(?:async\s+)?\([^()]*\)\s*=>/u;
/** Words that say what a definition is, in front of its name; elsewhere they are names like others. */
const leading = /^\s*(?:(?:resource|data|variable|output|object|override|match|type|base|set|of|record)\s+)+/;

function withoutTexts(line: string): string {
  return line.replace(/(["'`]).*?\1/g, '');
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0;
}

/** Nothing that runs. */
function isSilent(line = ''): boolean {
  return /^\s*(?:$|\/\/|\/?\*|#(?![!["])|--|<!--|")/.test(line) && !/^\s*#(?:if|define|include)/.test(line);
}

function wordsIn(text: string): string[] {
  return (text.match(/[\p{L}_$][\p{L}\p{N}_$]*(?:-[\p{L}\p{N}_$]+)*/gu) ?? []).filter((word) => !common.has(word));
}

/** Words of languages, which lead nowhere. */
const common = new Set('abstract and as assert async await bool boolean break byte case catch char class const continue def default defer delete do done double elif else end ensure enum esac except export extends extern false fi final finally fn float for foreach from func function global if impl implements import in include instanceof int interface internal is lambda let local long mod module mut namespace new nil none None not null or package pass private protected pub public raise readonly require rescue return self short static string String struct sub super switch sync task then this throw throws trait True true try typeof undefined until use using val var void where while with yield'.split(' '));

/** Lines, from 0, in which a text has what another one has not, and those between which something is gone. */
function changedLines(before: string, after: string): number[] {
  const text = LineText.fixed(after);
  const lines = new Set<number>();
  for (const { start, endExclusive, isEmpty } of changesOf({ path: '', before: { text: before }, after: { text: after } })) {
    if (isEmpty) continue;
    for (let line = text.positionAt(start).line; line <= text.positionAt(endExclusive - 1).line; line++) lines.add(line);
  }
  return [...lines];
}
