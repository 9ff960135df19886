import { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { DecodedText } from '../decodedText.ts';
import { relocated } from '../embedded.ts';
import type { Grammars } from '../grammars.ts';
import type { LanguageId } from '../language.ts';
import type { NamedScript, Operation, ShellCommand, Word } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext, Reader } from '../reader.ts';
import { shellOperationsIn } from '../shell/commands.ts';
import { sqlStatementsIn } from '../sql/statements.ts';
import type { Steady, View, Wanted } from '../view.ts';
import { invocationOf, runnerWords } from './invocation.ts';
import { ProjectScripts } from './projectScripts.ts';
import { mayRunAnyFile, mayRunFiles, mayRunPrograms, scriptFileOf } from './scriptFiles.ts';

/** Scripts that run scripts are followed this far. */
const deepestScript = 4;

const anyRunner = new RegExp(`\\b(?:${runnerWords.join('|')})\\b`);

/** How programs of other languages are read. */
export interface CodeReaders {
  readonly readerOf: (language: LanguageId) => Reader;
  readonly grammars: Grammars;
}

/** A program of the project, and what it was found to do. */
interface Program {
  readonly language: LanguageId;
  readonly length: number;
  readonly view: View;
  operations?: readonly Operation[];
}

/** What is asked of a view at once. */
interface Asked {
  readonly wanted: Wanted;
  readonly pace: Pick<Pace, 'isOver'>;
}

/**
 * A view that also sees what the project's scripts do that its commands run by name, such as `npm run db:push`.
 * @param code given where programs are followed, too: `python scripts/reset.py`
 */
export async function withProjectScripts(view: View, text: LineText, context: FileContext, code?: CodeReaders): Promise<View> {
  const whole = text.toString();
  if (!anyRunner.test(whole) && !mayRunFiles.test(whole) && !mayRunAnyFile(whole) && (code === undefined || !mayRunPrograms.test(whole))) return view;
  const scripts = await ProjectScripts.for(context, whole, code !== undefined);
  return new RunnerView(view, text, scripts, code === undefined ? new Map() : await programsIn(scripts, context, code));
}

async function programsIn(scripts: ProjectScripts, { project }: FileContext, { readerOf, grammars }: CodeReaders): Promise<ReadonlyMap<string, Program>> {
  const programs = new Map<string, Program>();
  for (const [file, text] of scripts.found) {
    const language = scripts.languageOf(file);
    if (language === undefined || language === 'shell' || language === 'sql') continue;
    const own = LineText.fixed(text);
    programs.set(file, { language, length: own.length, view: await readerOf(language).open(language, own, { path: file, changed: [], project }, grammars) });
  }
  return programs;
}

class RunnerView implements View {
  readonly steady?: Steady;
  readonly unread?: NonNullable<View['unread']>;
  /** The command of the file that runs an operation. */
  private readonly commands = new WeakMap<Operation, Operation>();
  private readonly parsed = new Map<string, readonly Operation[]>();

  constructor(
    private readonly view: View,
    private readonly text: LineText,
    private readonly scripts: ProjectScripts,
    private readonly programs: ReadonlyMap<string, Program>,
  ) {
    const { steady } = view;
    if (view.unread !== undefined) this.unread = view.unread.bind(view);
    if (steady !== undefined) this.steady = { settle: (pace) => steady.settle(pace), readsOf: (operation) => steady.readsOf(this.commands.get(operation) ?? operation) };
  }

  willChange(edit: OffsetEdit): void {
    this.view.willChange(edit);
  }

  async prepare(): Promise<void> {
    await this.view.prepare?.();
  }

  dispose(): void {
    this.view.dispose();
    for (const { view } of this.programs.values()) view.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const all: Operation[] = [];
    for (const operation of yield* this.view.operations(wanted, focus, pace)) {
      const ran = operation.kind === 'command' ? yield* this.ranBy(operation, deepestScript, { wanted, pace }) : [];
      for (const each of ran) this.commands.set(each, operation);
      all.push(operation, ...ran);
    }
    return all;
  }

  /** What a command runs by name, at the place and in the surroundings of the command. */
  private *ranBy(command: ShellCommand, depth: number, asked: Asked): Paced<Operation[]> {
    if (depth === 0) return [];
    const file = scriptFileOf(command);
    const held = file === undefined ? [] : this.scripts.filesAt(file.path);
    const ran: Operation[] = [];
    for (const script of held) {
      if (file?.language === 'shell' || file?.language === 'sql') ran.push(...(yield* this.placed(command, script, file.language === 'sql' ? sqlStatementsIn(script.text) : this.operationsOf(script, ''), depth, asked)));
      else ran.push(...(yield* this.doneBy(command, script, asked)));
    }
    if (held.length > 0) return ran;
    const invocation = invocationOf(command);
    if (invocation === undefined) return [];
    const scripts = this.scripts.of(invocation);
    const [program] = invocation.names;
    if (scripts.length === 0) return invocation.orProgram && program !== undefined ? [{ ...command, name: program, words: invocation.args }] : [];
    for (const script of scripts) ran.push(...(yield* this.placed(command, script, this.operationsOf(script, invocation.names.includes(script.name) ? argumentsOf(invocation.args) : ''), depth, asked)));
    return ran;
  }

  /** What a script does, as done by the command, with what the scripts do that it runs itself. */
  private *placed(command: ShellCommand, script: NamedScript, operations: readonly Operation[], depth: number, asked: Asked): Paced<Operation[]> {
    const all: Operation[] = [];
    for (const operation of operations) {
      const placed = placedAt(command, operation, script);
      all.push(placed, ...(placed.kind === 'command' ? yield* this.ranBy(placed, depth - 1, asked) : []));
    }
    return all;
  }

  /** What a program of another language does, as done by the command: all of it stands where the command does. */
  private *doneBy(command: ShellCommand, script: NamedScript, { wanted, pace }: Asked): Paced<Operation[]> {
    const program = this.programs.get(script.file);
    const inside = program && wanted.in?.(program.language);
    if (program === undefined || inside === undefined) return [];
    program.operations ??= yield* program.view.operations(inside, [new OffsetRange(0, program.length)], pace);
    const code = new DecodedText([{ text: script.text, range: command.range, isVerbatim: false }]);
    const via = [...(command.via ?? []), script];
    return program.operations.map((operation) => Object.assign(relocated(operation, { family: 'shell', code, isArgv: false }, command, this.text), { via }));
  }

  private operationsOf({ text }: NamedScript, args: string): readonly Operation[] {
    const key = text + args;
    const known = this.parsed.get(key) ?? shellOperationsIn(key);
    this.parsed.set(key, known);
    return known;
  }
}

/** What is handed on stands behind the script itself, and not behind those that run before and after it. */
function argumentsOf(args: readonly Word[]): string {
  return args.map(({ text }) => ` '${text.replaceAll("'", `'\\''`)}'`).join('');
}

function placedAt<T extends Operation>(command: ShellCommand, operation: T, script: NamedScript): T {
  const { range, address, resolution } = command;
  const loop = command.loop ?? (operation.loop && { over: operation.loop.over, range });
  return {
    ...operation,
    range,
    address,
    resolution,
    via: [...(command.via ?? []), script],
    ...(command.ranBy !== undefined && { ranBy: command.ranBy }),
    ...(loop !== undefined && { loop }),
    ...(operation.kind === 'command' && { words: operation.words.map((word) => ({ ...word, range })) }),
  };
}
