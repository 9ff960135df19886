import { OffsetRange } from '../../text/offsetRange.ts';
import { meaningWithOutput } from './input.ts';
import { type Assignment, type Command, forEachChild, type ParsedScript, type SyntaxNode, type WordNode } from './unbash.ts';
import type { Meaning, Lookup } from './words.ts';

/** One place that gives a variable a value; without `value` it is only known when the script runs. */
interface Setting {
  readonly at: number;
  readonly value?: WordNode;
  /** The list of commands that always runs it when it runs at all. */
  readonly list: OffsetRange;
  /** Where the enclosing function begins; undefined at the top. */
  readonly function: number | undefined;
  /** Where the value is written, when that is in another function: the words of a call. */
  readonly caller?: { readonly function: number | undefined };
}

/** A call of a function of the script, which sets `$1` and its kin there. */
interface FunctionCall {
  readonly name: string;
  readonly words: readonly WordNode[];
  readonly inside: number | undefined;
}

const noWhere = OffsetRange.empty(0);

/** Values that stand for values are followed this far, and up to this length: a few lines can spell out gigabytes. */
const deepestValue = 8;
const longestValue = 1000;

/** They set what they name. */
const readers = new Set(['read', 'mapfile', 'readarray', 'unset', 'getopts', 'let']);

/** All that set one variable, in the order of the script. */
class Settings {
  private readonly all: Setting[] = [];
  private readonly byFunction = new Map<number | undefined, Setting[]>();

  add(setting: Setting): void {
    this.all.push(setting);
    const own = this.byFunction.get(setting.function);
    if (own === undefined) this.byFunction.set(setting.function, [setting]);
    else own.push(setting);
  }

  isSetIn(inside: number): boolean {
    return this.byFunction.has(inside);
  }

  /** Those of which each may be the one that a use at this place sees. */
  reaching(at: number, inside: number | undefined): readonly Setting[] {
    const own = this.byFunction.get(inside);
    if (own === undefined) return this.all;
    let low = 0;
    let high = own.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((own[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    // One that runs whenever the use runs hides those before it.
    const before = own[low - 1];
    return before?.list.contains(at) === true ? [before] : own;
  }
}

/** The variables of one script whose values the script alone decides. */
export class Variables {
  private settings: Map<string, Settings> | undefined;
  private readonly arrays = new Map<string, readonly WordNode[] | undefined>();
  private readonly meanings = new Map<WordNode, Meaning | undefined>();
  private readonly agreed = new Map<readonly Setting[], Meaning | undefined>();

  /** `outer` are the variables of the script around this one. */
  constructor(
    private readonly script: ParsedScript,
    private readonly outer?: Lookup,
  ) {}

  /** `inside` is where the enclosing function begins. */
  lookupIn(inside: number | undefined): Lookup {
    return (name, at) => this.valueOf(name, at, inside, deepestValue);
  }

  /** The elements of an array that the script sets once. */
  arrayOf(name: string): readonly WordNode[] | undefined {
    this.settings ??= this.collect();
    return this.arrays.get(name);
  }

  private valueOf(name: string, at: number, inside: number | undefined, depth: number): Meaning | undefined {
    this.settings ??= this.collect();
    const settings = this.settings.get(name);
    if (/^\d$/.test(name) && (inside === undefined || settings?.isSetIn(inside) !== true)) return undefined;
    if (settings === undefined) return this.outer?.(name, at);
    if (depth === 0) return undefined;
    const candidates = settings.reaching(at, inside);
    const [only, second] = candidates;
    return second === undefined && only !== undefined ? this.meaningOf(only, depth) : this.agreement(candidates, depth);
  }

  /** The value that all give. */
  private agreement(settings: readonly Setting[], depth: number): Meaning | undefined {
    if (!this.agreed.has(settings)) {
      // While it is being found out it is unknown: a value may lead back to itself.
      this.agreed.set(settings, undefined);
      const [first, ...rest] = settings.map((setting) => this.meaningOf(setting, depth));
      this.agreed.set(settings, rest.every((value) => value?.text === first?.text && value?.holes.join() === first?.holes.join()) ? first : undefined);
    }
    return this.agreed.get(settings);
  }

  private meaningOf({ value, function: own, caller }: Setting, depth: number): Meaning | undefined {
    const inside = caller === undefined ? own : caller.function;
    // What is set to nothing is set to something elsewhere: else nobody would name it.
    if (value === undefined || value.text === '' || value.value === '') return undefined;
    if (!this.meanings.has(value)) {
      const meaning = meaningWithOutput(value, (name, at) => this.valueOf(name, at, inside, depth - 1), false);
      this.meanings.set(value, meaning.text.length > longestValue ? undefined : meaning);
    }
    return this.meanings.get(value);
  }

  private collect(): Map<string, Settings> {
    const settings = new Map<string, Settings>();
    const end = Number.MAX_SAFE_INTEGER;
    const add = (name: string, at: number, list: OffsetRange, inside: number | undefined, value?: WordNode): void => {
      const known = settings.get(name) ?? new Settings();
      settings.set(name, known);
      known.add({ at, list, function: inside, ...(value !== undefined && { value }) });
    };
    const functions = new Map<string, number>();
    const calls: FunctionCall[] = [];
    // Where the words are counted anew, `$1` is no longer the first of the call.
    const shifted = new Set<number | undefined>();
    const visit = (node: SyntaxNode, list: OffsetRange, inside: number | undefined): void => {
      switch (node.type) {
        case 'Word':
        case 'Redirect':
        case 'HereDoc':
        case 'HereString':
          return;
        case 'Command':
          for (const { name, at, value } of settingsOf(node)) add(name, at, list, inside, value);
          this.learnArrays(node);
          if (node.name?.text === 'shift' || node.name?.text === 'set') shifted.add(inside);
          else if (node.name !== undefined) calls.push({ name: node.name.text, words: node.suffix.filter((item) => item.type === 'Word'), inside });
          return;
        case 'For':
        case 'Select':
          add(node.name.text, node.name.pos, list, inside, onlyValue(node.wordlist));
          forEachChild(node, (child) => { visit(child, list, inside); });
          return;
        case 'Function':
          functions.set(node.name.text, node.pos);
          visit(node.body, list, node.pos);
          return;
        case 'CompoundList': {
          const own = new OffsetRange(node.pos, node.end);
          forEachChild(node, (child) => { visit(child, own, inside); });
          return;
        }
        case 'AndOr':
          node.commands.forEach((command, index) => { visit(command, index === 0 ? list : new OffsetRange(command.pos, node.end), inside); });
          return;
        case 'Pipeline': {
          // Each part of a pipeline runs in a shell of its own.
          const own = new OffsetRange(node.pos, node.end);
          forEachChild(node, (child) => { visit(child, node.commands.length === 1 ? list : own, inside); });
          return;
        }
        default:
          forEachChild(node, (child) => { visit(child, list, inside); });
      }
    };
    visit(this.script, new OffsetRange(0, end), undefined);
    for (const { name, words, inside } of calls) {
      const called = functions.get(name);
      if (called === undefined || shifted.has(called)) continue;
      for (let position = 1; position <= 9; position++) {
        const value = words[position - 1];
        const known = settings.get(String(position)) ?? new Settings();
        settings.set(String(position), known);
        known.add({ at: called, list: noWhere, function: called, caller: { function: inside }, ...(value !== undefined && { value }) });
      }
    }
    return settings;
  }

  private learnArrays({ prefix, suffix }: Command): void {
    for (const item of [...prefix, ...suffix]) {
      if (item.type !== 'Assignment') continue;
      const isWhole = item.value.type === 'ArrayValue' && item.append !== true && item.index === undefined && !this.arrays.has(item.name);
      if (isWhole || this.arrays.has(item.name) || item.append === true || item.index !== undefined) this.arrays.set(item.name, isWhole ? item.value.elements : undefined);
    }
  }
}

/** A loop over one word that is no pattern runs once, with just that. */
function onlyValue(words: readonly WordNode[] | undefined): WordNode | undefined {
  const [first, ...rest] = words ?? [];
  return first === undefined || rest.length > 0 || /[*?[{$`]/.test(first.text) ? undefined : first;
}

function settingsOf(command: Command): { name: string; at: number; value?: WordNode }[] {
  if (command.name === undefined) return command.prefix.filter((item) => item.type === 'Assignment').map(settingOf);
  const declared = command.suffix.filter((item) => item.type === 'Assignment').map(settingOf);
  if (!readers.has(command.name.text)) return declared;
  return command.suffix.filter((item) => item.type === 'Word').map(({ text, pos }) => ({ name: text, at: pos }));
}

function settingOf(assignment: Assignment): { name: string; at: number; value?: WordNode } {
  const { name, pos: at, value } = assignment;
  const isPlain = assignment.append !== true && assignment.index === undefined && value.type === 'Word';
  return { name, at, ...(isPlain && { value }) };
}
