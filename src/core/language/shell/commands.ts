import { OffsetRange } from '../../text/offsetRange.ts';
import { DecodedText } from '../decodedText.ts';
import { deepestScript, type EmbeddedFamily, isEmbedded, operationsOfScript, type ReadWord, scriptsOf } from '../nested.ts';
import type { LanguageId } from '../language.ts';
import { hole, type Operation, type ShellCommand, type Word } from '../operation.ts';
import { fedByXargs, filled, handsOn } from './handedWords.ts';
import { Aliases } from './aliases.ts';
import { bareClientOperationsIn } from './bareClient.ts';
import { commandsInInput, readsLines } from './clientLines.ts';
import { nameOf, placeNamedBy } from './commandNames.ts';
import { inputOf, outputsOf, redirectionsOf, substitutedOf } from './input.ts';
import { knowingOwnClones, knowingWhatScriptMade } from './madeBefore.ts';
import { type Interpreter, interpreterOf, isShell } from './interpreters.ts';
import { loopOf } from './loops.ts';
import { deletesOfPerl, shellLinesOfPerl } from './perl.ts';
import type { Input, Place, Surroundings } from './place.ts';
import { knowingWhatPlansDestroy } from './plans.ts';
import { ShellWords } from './shellWords.ts';
import { type Snippet, snippetsIn } from './snippet.ts';
import { type Command, type CommandExpansionPart, forEachChild, type ParsedScript, parseScript, type SyntaxNode } from './unbash.ts';
import { Variables } from './variables.ts';
import { type Lookup, type Meaning, meaningOfBackticks, withoutHead } from './words.ts';
import { commandsOfFind, languageGivenTo, unwrap } from './wrappers.ts';
import { WrittenScripts, type WrittenText } from './writtenScripts.ts';

/** Every command that a script would run, also inside substitutions and inside the scripts it hands to other shells. */
export function shellCommandsIn(text: string): readonly ShellCommand[] {
  return shellOperationsIn(text).filter((operation) => operation.kind === 'command');
}

/** The commands of a script together with the SQL that it sends to a database client. Fails for a script that nests too deeply to be read. */
export function shellOperationsIn(text: string, depth = 0): readonly Operation[] {
  return readShell(text, depth).operations;
}

export interface ShellContents {
  readonly operations: readonly Operation[];
  readonly snippets: readonly Snippet[];
  readonly written: readonly WrittenText[];
}

/** The same, and the code that it hands to interpreters of other languages. */
export function readShell(text: string, depth = 0): ShellContents {
  const bare = depth === 0 ? bareClientOperationsIn(text) : undefined;
  if (bare !== undefined) return { operations: bare, snippets: [], written: [] };
  const reader = new ShellReader(text);
  reader.read(parseScript(text), { text, toFile: (range) => range, address: [], depth });
  return { operations: depth === 0 ? knowingWhatPlansDestroy(knowingOwnClones(knowingWhatScriptMade(reader.operations, text))) : reader.operations, snippets: reader.snippets, written: reader.noted.all };
}

/** People stack no more wrappers on one another. */
const mostWrappers = 12;

const startsContainer = /^(?:docker|podman|nerdctl)$/;

/** Calls of functions that hand their words on are followed this often in one file. */
const mostCalls = 200;

/** A function of the script, and where it stands. */
interface ShellFunction {
  readonly body: SyntaxNode;
  readonly place: Place;
}

class ShellReader {
  readonly operations: Operation[] = [];
  readonly snippets: Snippet[] = [];
  private readonly functions = new Map<string, ShellFunction>();
  private readonly aliases = new Aliases();
  readonly noted = new WrittenScripts<Place>();
  private readonly words: ShellWords;
  private calls = 0;

  constructor(private readonly file: string) {
    this.words = new ShellWords(file);
  }

  read(script: ParsedScript, surroundings: Surroundings, outer?: Lookup, input?: Input): void {
    const variables = new Variables(script, outer);
    this.walk(script, { ...surroundings, variables, lookup: variables.lookupIn(undefined), ...(input !== undefined && { input }) });
  }

  private walk(node: SyntaxNode, place: Place): void {
    const walkAll = (inner: Place): void => {
      forEachChild(node, (child) => { this.walk(child, inner); });
    };
    switch (node.type) {
      case 'Word':
        if (/[$`<>]/.test(node.text)) walkAll(place);
        return;
      case 'Command':
        this.readCommand(node, place);
        return;
      case 'CommandExpansion':
        this.readSubstitution(node, place);
        return;
      case 'Pipeline': {
        const outputs = outputsOf(node.commands, place.lookup);
        node.commands.forEach((command, index) => { this.walk(command, index === 0 ? place : { ...place, input: this.inputBehind(node.commands[index - 1], outputs[index - 1], place, node.pos) }); });
        return;
      }
      case 'Function': {
        const { text, toFile, depth, variables } = place;
        const inside = { text, toFile, depth, variables, lookup: variables.lookupIn(node.pos), address: [...place.address, node.name.text] };
        this.functions.set(node.name.text, { body: node.body, place: inside });
        this.walk(node.body, inside);
        return;
      }
      case 'Redirected': {
        const from = node.redirects.find((redirect) => redirect.type === 'Redirect' && redirect.operator === '<');
        const source = from?.type === 'Redirect' ? from.target : undefined;
        walkAll(source === undefined ? place : { ...place, input: { source: sourceOf(source, place) } });
        return;
      }
      case 'For':
      case 'Select':
      case 'While':
      case 'ArithmeticFor': {
        const { text, toFile, input } = place;
        walkAll({ ...place, loop: { over: loopOf(node, text, input?.source), range: toFile(rangeOf(node, text)), ...('name' in node && { each: node.name.text }) } });
        return;
      }
      default:
        walkAll(place);
    }
  }

  private readSubstitution(node: CommandExpansionPart, place: Place): void {
    const { script } = node;
    if (script === undefined) return;
    // Backticks within backticks are decoded before they are parsed; their offsets are no longer the script's.
    if (script.source === undefined) this.walk(script, place);
    else this.readScript('shell', meaningOfBackticks(node), 0, place);
  }

  private readCommand(command: Command, place: Place): void {
    forEachChild(command, (child) => { this.walk(child, place); });
    const words: ReadWord[] = [];
    for (const node of [...(command.name === undefined ? [] : [command.name]), ...command.suffix]) {
      if (node.type === 'Word') words.push(...this.words.read(node, place));
      else if (node.type === 'Assignment') words.push({ ...this.words.placeOf(node.pos, node.end, place), text: node.text, holes: [], meaning: { text: node.text, pieces: [], holes: [] } });
    }
    if (command.name?.text === 'alias') this.aliases.learn(command, place.lookup);
    this.run(this.aliases.putIn(words, place.lookup), command, place);
    this.noted.note(command, place.lookup, place, place.toFile(OffsetRange.empty(command.pos)).start, place.input?.meaning);
    this.followCall(words, place);
    this.readRedirections(command, place);
  }

  /** Reads a function's body with the words of a call, for what those words alone decide: `run() { sudo "$@"; }`. */
  private followCall(words: readonly ReadWord[], place: Place): void {
    const [first, ...args] = words;
    const called = first === undefined ? undefined : this.functions.get(first.text);
    if (called === undefined || args.length === 0 || place.args !== undefined || !handsOn(called.place.text.slice(called.body.pos, called.body.end)) || ++this.calls > mostCalls) return;
    const before = this.operations.length;
    const { address, loop } = place;
    this.walk(called.body, { ...called.place, args });
    const range = OffsetRange.hull(args[0]?.range ?? OffsetRange.empty(0), args.at(-1)?.range ?? OffsetRange.empty(0));
    const handed = this.operations.splice(before).filter((operation) => range.encloses(operation.range));
    this.operations.push(...handed.map((operation) => ({ ...operation, address, ...(loop !== undefined && { loop }) })));
  }

  /** What `>` empties and writes anew is told as a command of that name. */
  private readRedirections(command: Command, place: Place): void {
    const { address, loop } = place;
    for (const redirect of redirectionsOf(command)) {
      if (redirect.type !== 'Redirect' || redirect.target === undefined || !/^(?:>|>\||&>)$/.test(redirect.operator)) continue;
      const words = this.words.read(redirect.target, place).map(withoutMeaning);
      const { range } = this.words.placeOf(redirect.pos, redirect.end, place);
      this.operations.push({ kind: 'command', name: '>', words, range, address, resolution: 'literal', ...(loop !== undefined && { loop }) });
    }
  }

  /** Runs the words of a command; what it hands on is done where it says. */
  private run(given: readonly ReadWord[], command: Command, place: Place, depth = 0): void {
    const before = this.operations.length;
    this.runWords(given, command, place, depth);
    const handed = this.operations.splice(before);
    const on = placeNamedBy(given.slice(1), command);
    this.operations.push(...handed.map((operation) => (on === '' || operation.range.start === given[0]?.range.start ? operation : { ...operation, on: operation.on === undefined ? on : `${on} ${operation.on}` })));
  }

  private runWords(given: readonly ReadWord[], command: Command, place: Place, depth: number): void {
    let words = given;
    let name = nameOf(words);
    let interpretedAs: LanguageId | undefined;
    const settings = command.prefix.flatMap((item) => (item.type === 'Assignment' ? [item.text] : []));
    for (let wrappers = 0; wrappers < mostWrappers; wrappers++) {
      const inner = unwrap(name, words.slice(1));
      // A container that is given nothing to run is started all the same.
      if (inner === undefined || (inner.length === 0 && startsContainer.test(name))) break;
      settings.push(...words.slice(1, words.length - inner.length).flatMap(({ text }) => (/^[A-Z_]+=\S/.test(text) ? [text] : [])));
      interpretedAs = languageGivenTo(name, words.slice(1, words.length - inner.length));
      words = name === 'xargs' && inner.length > 0 ? fedByXargs(words, inner, place.input?.source ?? hole) : inner;
      name = nameOf(words);
    }
    const [first, ...rest] = words;
    if (first === undefined || depth > deepestScript) return;
    if (words !== given && /\s/.test(first.text)) {
      // `parallel 'rm -rf {}' ::: a b` hands a line to a shell.
      this.readScript('shell', first.meaning, 0, place);
      return;
    }
    const { address, loop, input } = place;
    // Words that a function was called with stand elsewhere than the function's own.
    const handed = place.args === undefined ? [] : words.filter((word) => place.args?.includes(word));
    const own = handed.length > 0 ? handed : place.args === undefined ? words : [first];
    const range = OffsetRange.hull(own[0]?.range ?? first.range, own.at(-1)?.range ?? first.range);
    this.operations.push({ kind: 'command', name, words: rest.map(withoutMeaning), range, address, resolution: 'literal', ...(settings.length > 0 && { settings, on: settings.join(' ') }), ...(input !== undefined && { input: input.source.trim(), ...(input.meaning?.holes.length === 0 && { isInputWritten: true }) }), ...this.readsOf(command, place), ...(interpretedAs !== undefined && { interpretedAs }), ...(loop !== undefined && { loop }) });
    if (name === 'find') {
      for (const { words: inner, behind } of commandsOfFind(rest)) this.run(filled(inner, OffsetRange.hull(first.range, behind.range).of(this.file)), command, place, depth + 1);
    }
    this.interpret(name, rest, command, place);
    this.readLines(name, rest, command, place);
    this.readFile(first, name, rest, command, place);
  }

  /** The file that the command itself is given with `<`. */
  private readsOf(command: Command, place: Place): Pick<ShellCommand, 'reads'> {
    for (const redirect of redirectionsOf(command)) {
      const [word] = redirect.type === 'Redirect' && redirect.operator === '<' && redirect.target !== undefined ? this.words.read(redirect.target, place) : [];
      if (word !== undefined) return { reads: word.text };
    }
    return {};
  }

  /** Reads what the script wrote into the file that it now runs, or lets another command write. */
  private readFile(first: ReadWord, name: string, words: readonly ReadWord[], command: Command, place: Place): void {
    const runsFile = isShell(name) || name === 'source' || name === '.';
    const path = runsFile ? words.find(({ text }) => !/^[-+]/.test(text))?.text : first.text.includes('/') ? first.text : undefined;
    const written = path === undefined ? undefined : this.noted.take(path);
    if (written !== undefined) this.readScript('shell', written.meaning, 0, written.place);
    const substituted = runsFile ? substitutedOf(command, place.lookup) : undefined;
    if (substituted !== undefined) this.readScript('shell', substituted, 0, place);
  }

  /** What stands in the input of a client whose commands are lines: `echo FLUSHALL | redis-cli`. */
  private readLines(name: string, words: readonly ReadWord[], command: Command, place: Place): void {
    const input = readsLines(name, words) ? this.inputTo(command, place) : undefined;
    if (input?.meaning !== undefined) this.operations.push(...commandsInInput(name, words.map(withoutMeaning), input.meaning, (input.place ?? place).toFile, place.address));
  }

  /** Reads the scripts that a command is given, in its words or through its input. */
  private interpret(name: string, words: readonly ReadWord[], command: Command, place: Place): void {
    const interpreter = interpreterOf(name, words);
    if (interpreter === undefined) return;
    const input = this.inputTo(command, place);
    for (const { meaning, skip } of scriptsOf(interpreter, words)) this.interpretScript(interpreter, meaning, skip, place, input);
    if (interpreter.readsInput && input?.meaning !== undefined) this.interpretScript(interpreter, input.meaning, 0, input.place ?? place);
  }

  private interpretScript({ language }: Interpreter, meaning: Meaning, skip: number, place: Place, input?: Input): void {
    if (isEmbedded(language)) this.readScript(language, meaning, skip, place, input);
    else if (language === 'perl') this.readPerl(meaning, place);
    else this.snippets.push(...snippetsIn(language, withoutHead(meaning, skip), place));
  }

  /** What a command reads: its own heredoc, or what comes in from outside. */
  private inputTo(command: Command, place: Place): Input | undefined {
    const meaning = inputOf(command, place.lookup);
    const { reads } = meaning === undefined ? this.readsOf(command, place) : {};
    return meaning !== undefined ? { meaning, source: meaning.text, place } : reads !== undefined ? { source: reads, place } : place.input && { place, ...place.input };
  }

  private readPerl(meaning: Meaning, place: Place): void {
    for (const line of shellLinesOfPerl(meaning)) this.readScript('shell', line, 0, place);
    const { address, loop, toFile } = place;
    for (const { name, range, path } of deletesOfPerl(meaning)) {
      const word = { range: toFile(path.range), source: path.text, text: path.text, holes: path.holes };
      this.operations.push({ kind: 'command', name, words: [word], range: toFile(range), address, resolution: 'literal', ...(loop !== undefined && { loop }) });
    }
  }

  /** `input` is what the commands of the script find in theirs: `ssh host bash -s <<EOF`. */
  private readScript(language: EmbeddedFamily, meaning: Meaning, skip: number, place: Place, input?: Input): void {
    if (place.depth >= deepestScript) throw new Error(`its shell code nests scripts more than ${deepestScript} deep`);
    if (language !== 'shell') {
      this.operations.push(...operationsOfScript(language, meaning, skip, place));
      return;
    }
    const { address, loop, lookup } = place;
    const decoded = new DecodedText(meaning.pieces);
    const toFile = (range: OffsetRange): OffsetRange => place.toFile(decoded.rangeOf(range.shift(skip)));
    const text = meaning.text.slice(skip);
    // Its offsets are its own, so what the outer script sets before here is asked for at the place where it is handed over.
    const at = meaning.pieces[0]?.range.start ?? 0;
    this.read(parseScript(text), { text, toFile, address, depth: place.depth + 1, ...(loop !== undefined && { loop }) }, (name) => lookup(name, at), input);
  }

  /** What comes through a pipe that begins at `from`, behind a command that writes `meaning`. */
  private inputBehind(node: SyntaxNode | undefined, meaning: Meaning | undefined, place: Place, from: number): Input {
    return { source: place.text.slice(from, node?.end ?? from), ...(meaning !== undefined && { meaning }) };
  }
}

function withoutMeaning({ range, source, text, holes }: ReadWord): Word {
  return { range, source, text, holes };
}

function sourceOf(node: SyntaxNode, { text }: Surroundings): string {
  return text.slice(node.pos, node.end);
}

function rangeOf(node: SyntaxNode, text: string): OffsetRange {
  return new OffsetRange(node.pos, Math.max(node.pos, Math.min(node.end, text.length)));
}
