import { type Deed, type Entry, harmless, type Tool, type Tools } from '../catalogue/commands/tool.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, operandsOf, optionValue } from '../language/shell/options.ts';
import type { Factor } from './blastRadius.ts';
import { isDryRun, loopFactors, productionFactors, quoted } from './factors.ts';
import { command, type Judgement, type Matcher } from './rule.ts';

/** One pattern of a tool, taken apart. */
interface Pattern {
  readonly words: readonly string[];
  readonly options: readonly string[];
  readonly entry: Entry;
}

interface PreparedTool {
  readonly patterns: readonly Pattern[];
  readonly valued: readonly string[];
  readonly target: readonly string[];
  readonly idle: readonly string[];
  readonly hasScratch: boolean;
  readonly onDevices: boolean;
}

/** What a table says of one command. */
interface Match {
  readonly deed: Deed;
  readonly names: readonly Word[];
}

/** Matches the tools of a table by name. */
export function toolMatchers(tools: Tools): Matcher<'command'>[] {
  return Object.keys(tools).flatMap((names) => names.split(' ').map((name) => command(name)));
}

/** Judges commands by a table of tools; what is only asked about, listed or tried out is harmless. */
export function judgeByTable(tools: Tools): (operation: ShellCommand) => Judgement | undefined {
  const prepared = new Map<string, PreparedTool | undefined>();
  return (operation) => {
    const { name } = operation;
    if (!prepared.has(name)) {
      const tool = Object.entries(tools).find(([names]) => names.split(' ').includes(name))?.[1];
      prepared.set(name, tool && prepare(tool));
    }
    const tool = prepared.get(name);
    return tool === undefined ? undefined : judgeWith(tool, operation);
  };
}

function judgeWith(tool: PreparedTool, operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  if (operation.isScratch === true || isDryRun(words.map((word) => word.text)) || hasOption(words, '--help', ...tool.idle)) return undefined;
  const operands = operandsOf(words, tool.valued);
  if (operands[0]?.text === 'help' || operands.at(-1)?.text === 'help') return undefined;
  const match = matchOf(tool, words, operands);
  if (match === undefined) return undefined;
  const [scope, undo, effect] = match.deed;
  if (tool.onDevices && !words.some(isDevice)) return undefined;
  if (tool.hasScratch && match.names.length > 0 && match.names.every(isMadeHere)) return undefined;
  const names = match.names.map(nameOf);
  const [only, other] = match.names;
  const listing = only !== undefined && other === undefined && (only.source === '' || only.source === '{}') && only.text === hole && /\bthe \w+ \{\}/.test(effect) ? only.holes[0] : undefined;
  const isScratch = names.length > 0 && names.every(isTestName);
  const isForTests = isScratch || (names.length === 0 && words.some((word) => isTestName(word.text)));
  if (isForTests && tool.hasScratch) return undefined;
  return {
    scope,
    undo,
    effect: listing !== undefined ? effect.replace(/\bthe (\w+) \{\}/, (_written, kind: string) => `each ${kind} of ${quoted(listing)}`) : names.length === 0 ? effect.replace(/ ?\{\}/g, '') : effect.replaceAll('{}', () => listed(names)),
    ...(names.length > 0 && { target: names.join(', ') }),
    factors: [...(isScratch ? [{ text: 'the name says that it is for tests', weight: -1 } as const] : []), ...factorsOf(operation)],
  };
}

/** What the script made itself and kept the id of: `cid=$(docker run -d postgres)`. */
function isMadeHere({ holes }: Word): boolean {
  return holes.length > 0 && holes.every((held) => /^\$\(\s*\w[\w-]*\s+(?:\w+\s+)?(?:run|create)\b/.test(held));
}

function matchOf(tool: PreparedTool, words: readonly Word[], operands: readonly Word[]): Match | undefined {
  for (const { words: pattern, options, entry } of tool.patterns) {
    if (!options.every((option) => isGiven(option, words))) continue;
    const fit = fitOf(pattern, operands);
    if (fit === undefined) continue;
    if (entry === harmless) return undefined;
    const deed = typeof entry === 'function' ? entry(fit.between) : entry;
    if (deed === undefined) return undefined;
    const named = tool.target.flatMap((option) => wordBehind(words, option));
    return { deed, names: named.length > 0 ? named : operands.slice(fit.length) };
  }
  return undefined;
}

/** How many operands a pattern takes up, and those that its `*` and `**` stand for. */
function fitOf(pattern: readonly string[], operands: readonly Word[]): { readonly length: number; readonly between: readonly string[] } | undefined {
  let at = 0;
  let between: readonly string[] = [];
  for (const [index, part] of pattern.entries()) {
    if (part === '**' && index === pattern.length - 1) at = operands.length;
    else if (part === '<pattern>') {
      if (!operands.slice(at).some(({ text }) => text.includes('*'))) return undefined;
    } else if (part === '<listed>') {
      if (!operands.slice(at).some(isListed)) return undefined;
    } else if (part === '**') {
      const next = pattern[index + 1] ?? '';
      const end = operands.findIndex((word, place) => place >= at && isOneOf(next, word.text));
      if (end === -1) return undefined;
      between = [...between, ...operands.slice(at, end).map((word) => word.text)];
      at = end;
    } else if (part.endsWith('?')) {
      if (isOneOf(part.slice(0, -1), operands[at]?.text)) at++;
    } else if (part === '*') {
      const word = operands[at++];
      if (word === undefined) return undefined;
      between = [...between, word.text];
    } else if (!isOneOf(part, operands[at++]?.text)) return undefined;
  }
  return { length: at, between };
}

/** One that is only known when it runs may be a device. */
function isDevice({ text }: Word): boolean {
  return text.includes(hole) || /^(?:\/dev\/|[A-Za-z]:|(?:LABEL|UUID)=)/.test(text);
}

/** Whether a word is what another command lists. */
function isListed({ holes }: Word): boolean {
  return holes.some((held) => !/^\$\{?\w+\}?$|^\$\{\{/.test(held));
}

function isOneOf(choices: string, text: string | undefined): boolean {
  return text !== undefined && choices.split('|').includes(text.toLowerCase());
}

function isGiven(option: string, words: readonly Word[]): boolean {
  if (option.startsWith('!')) return !isGiven(option.slice(1), words);
  return option.split('|').some((choice) => {
    const [name = '', value] = choice.split('=');
    return value === undefined ? hasOption(words, name) : optionValue(words, name) === value;
  });
}

function prepare({ deeds, valued, target, idle, hasScratch, onDevices }: Tool): PreparedTool {
  const list = (text: string | undefined): readonly string[] => text?.split(' ') ?? [];
  const patterns = Object.entries(deeds).map(([pattern, entry]) => {
    const parts = pattern.split(' ').filter((part) => part !== '');
    const isOption = (part: string): boolean => /^!?-/.test(part);
    return { words: parts.filter((part) => !isOption(part)), options: parts.filter(isOption), entry };
  });
  return { patterns, valued: [...list(valued), ...list(target)], target: list(target), idle: list(idle), hasScratch: hasScratch === true, onDevices: onDevices === true };
}

function wordBehind(words: readonly Word[], option: string): readonly Word[] {
  const at = words.findIndex(({ text }) => text === option || text.startsWith(`${option}=`));
  const word = words[at];
  if (word === undefined) return [];
  if (word.text !== option) return [{ ...word, source: word.source.slice(option.length + 1), text: word.text.slice(option.length + 1) }];
  return words.slice(at + 1, at + 2);
}

/** For people: as written where it is only known when it runs. */
function nameOf({ text, source, holes }: Word): string {
  if (!text.includes(hole)) return text;
  return source === '' || source === '{}' ? `what ${quoted(holes[0] ?? '')} lists`.replaceAll('`', '') : source.replace(/^(["'])(.*)\1$/s, '$2');
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map(quoted).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

const forTests = /(?:^|[-_./:])(?:te?mp|tmp|test|tests|testing|ci|e2e|scratch|sandbox|throwaway)(?:[-_./:\d]|$)/i;

/** Whether a name says of a thing that it is temporary or for tests. */
export function isTestName(name: string): boolean {
  return forTests.test(name);
}

const unasked = ['--yes', '--assume-yes', '--assumeyes', '--force', '--auto-approve', '--quiet', '--no-prompt', '--skip-confirmation', '--confirm'];

function factorsOf(operation: ShellCommand): Factor[] {
  const { words } = operation;
  return [
    ...(hasOption(words, ...unasked) || words.some(({ text }) => /^-(?:y|f|fy|yf)$/.test(text)) ? [{ text: 'nobody is asked before', weight: 0 } as const] : []),
    ...productionFactors(words.map((word) => word.source)),
    ...loopFactors(operation),
  ];
}
