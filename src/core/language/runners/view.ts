import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { NamedScript, Operation, ShellCommand, Word } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import { shellOperationsIn } from '../shell/commands.ts';
import { sqlStatementsIn } from '../sql/statements.ts';
import type { Steady, View, Wanted } from '../view.ts';
import { invocationOf, runnerWords } from './invocation.ts';
import { ProjectScripts } from './projectScripts.ts';
import { mayRunFiles, scriptFileOf } from './scriptFiles.ts';

/** Scripts that run scripts are followed this far. */
const deepestScript = 4;

const anyRunner = new RegExp(`\\b(?:${runnerWords.join('|')})\\b`);

/** A view that also sees what the project's scripts do that its commands run by name, such as `npm run db:push`. */
export async function withProjectScripts(view: View, text: LineText, context: FileContext): Promise<View> {
  const whole = text.toString();
  return anyRunner.test(whole) || mayRunFiles.test(whole) ? new RunnerView(view, await ProjectScripts.for(context, whole)) : view;
}

class RunnerView implements View {
  readonly steady?: Steady;
  readonly unread?: NonNullable<View['unread']>;
  /** The command of the file that runs an operation. */
  private readonly commands = new WeakMap<Operation, Operation>();
  private readonly parsed = new Map<string, readonly Operation[]>();

  constructor(
    private readonly view: View,
    private readonly scripts: ProjectScripts,
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
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const operations = yield* this.view.operations(wanted, focus, pace);
    return operations.flatMap((operation) => {
      if (operation.kind !== 'command') return [operation];
      const ran = this.ranBy(operation, deepestScript);
      for (const each of ran) this.commands.set(each, operation);
      return [operation, ...ran];
    });
  }

  /** What a command runs by name, at the place and in the surroundings of the command. */
  private ranBy(command: ShellCommand, depth: number): Operation[] {
    if (depth === 0) return [];
    const file = scriptFileOf(command);
    const held = file === undefined ? [] : this.scripts.filesAt(file.path);
    if (held.length > 0) return held.flatMap((script) => this.placed(command, script, file?.language === 'sql' ? sqlStatementsIn(script.text) : this.operationsOf(script, ''), depth));
    const invocation = invocationOf(command);
    if (invocation === undefined) return [];
    const scripts = this.scripts.of(invocation);
    const [program] = invocation.names;
    if (scripts.length === 0) return invocation.orProgram && program !== undefined ? [{ ...command, name: program, words: invocation.args }] : [];
    return scripts.flatMap((script) => this.placed(command, script, this.operationsOf(script, invocation.names.includes(script.name) ? argumentsOf(invocation.args) : ''), depth));
  }

  /** What a script does, as done by the command, with what the scripts do that it runs itself. */
  private placed(command: ShellCommand, script: NamedScript, operations: readonly Operation[], depth: number): Operation[] {
    return operations.flatMap((operation) => {
      const placed = placedAt(command, operation, script);
      return placed.kind === 'command' ? [placed, ...this.ranBy(placed, depth - 1)] : [placed];
    });
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
