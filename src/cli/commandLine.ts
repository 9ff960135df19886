import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { severities } from '../core/check/severity.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { inTheWay } from '../node/inTheWay.ts';
import type { AnnounceOptions } from './announce.ts';
import type { AuditOptions } from './audit.ts';
import type { CheckOptions } from './check.ts';
import type { DecideOptions } from './decide.ts';
import type { GateOptions } from './gate.ts';
import type { InitOptions } from './init.ts';
import type { RequestOptions } from './request.ts';
import type { ResidualOptions } from './residual.ts';
import type { ReviewsOptions } from './reviews.ts';
import { warn } from './terminal.ts';
import type { VerifyOptions } from './verify.ts';
import type { VerifyAuditOptions } from './verifyAudit.ts';
import { readVersion } from './version.ts';

export { hurry } from './readGrammar.ts';

/** What a command ends with: 0 nothing to stop for, 1 something, 2 it could not be done. */
type ExitCode = number;

const oneOf = (flags: string, description: string, choices: readonly string[]) => new Option(flags, description).choices(choices);
const format = (...others: readonly string[]) => oneOf('--format <format>', 'what to print', ['text', 'json', ...others]).default('text');

/** Commands are loaded when they run: none pays for the packages of another. */
function commandLine(end: (code: ExitCode) => void): Command {
  const program = new Command('firebreak')
    .description('Finds operations that can destroy things, says how far the damage would reach, and asks a senior before they ship.')
    .option('-V, --version', 'print the version')
    .on('option:version', () => {
      const version = readVersion();
      process.stdout.write(`${version}\n`);
      throw new CommanderError(0, 'commander.version', version);
    })
    .configureOutput({ writeErr: () => undefined })
    .exitOverride();
  program
    .command('check')
    .description('check files and folders; without any, what differs from the last commit')
    .argument('[path...]', 'files and folders of one repository')
    .option('--staged', 'check what is staged')
    .option('--diff <range>', 'check what changed in BASE..HEAD, of files and folders when some are named')
    .option('--stdin', 'check a text from the standard input')
    .option('--path <name>', 'the path that the text would have')
    .option('--before <file>', 'a file with the text before the change')
    .option('--threads <count>', 'how many threads look at files; as many as there are cores when not given', threadCount)
    .addOption(oneOf('--scope <scope>', 'findings in AI text, on changed lines, or all', ['ai', 'changes', 'all']))
    .addOption(format('sarif', 'github'))
    .addOption(oneOf('--fail-on <severity>', 'exit with 1 from this severity on', severities).default('high'))
    .action(async (paths: string[], options: CheckOptions) => { end(await (await import('./check.ts')).check(paths, options)); });
  program
    .command('request')
    .description('ask for a senior review of findings')
    .argument('[finding...]', 'the first digits of fingerprints that check printed')
    .option('--all', 'every finding of the change')
    .requiredOption('--reason <text>', 'why it is needed; always to be said')
    .option('--reviewer <person>', 'whom to ask; can be given again', (person: string, others: string[]) => [...others, person], [])
    .option('--target <ref>', 'the branch that the change is for, by its full name; the one that is pushed to when the policy watches it, else the default one')
    .option('--no-push', 'keep it in this repository')
    .action(async (findings: string[], options: RequestOptions) => { end(await (await import('./request.ts')).request(findings, options)); });
  program
    .command('reviews')
    .description('list the reviews that were requested: what needs you, waits, is stale or decided')
    .addOption(format())
    .option('--no-fetch', 'do not ask the remote for new ones first')
    .option('--all', 'also those that are older than 90 days')
    .option('--bootstrap-signers <file>', 'the signers that the server names, to judge what is asked of the first policy')
    .action(async (options: ReviewsOptions) => { end(await (await import('./reviews.ts')).reviews(options)); });
  program
    .command('show')
    .description('show a review request')
    .argument('<id>', 'its id, or enough of its beginning')
    .option('--no-fetch', 'do not ask the remote for new records first')
    .option('--bootstrap-signers <file>', 'the signers that the server names, to judge what is asked of the first policy')
    .action(async (id: string, options: Pick<ReviewsOptions, 'fetch' | 'bootstrapSigners'>) => { end(await (await import('./reviews.ts')).show(id, options)); });
  const decision = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<id>', "a request's id, or enough of its beginning")
      .option('--as <principal>', 'who decides, as .firebreak/allowed_signers names them; always to be said')
      .requiredOption('--reason <text>', 'why; always to be said')
      .option('--key <file>', 'the SSH key to sign with; without it, the one that git signs with, or that is found')
      .option('--bootstrap-signers <file>', 'the signers that the server names, to decide on the first policy')
      .option('--yes', 'do not ask')
      .option('--clock-is-right', 'follow a decision of yours that was made while a clock was ahead')
      .option('--no-fetch', 'do not ask the remote for new records first')
      .option('--no-push', 'keep it in this repository until a later decision of yours is sent');
  decision('approve', 'approve exactly the code of a request, with a signature')
    .option('--emergency', 'let it pass although nobody else approved it; that has to follow')
    .action(async (id: string, options: DecideOptions) => { end(await (await import('./decide.ts')).decide(options.emergency ? 'emergency' : 'approve', id, options)); });
  decision('reject', 'reject the code of a request, with a signature')
    .action(async (id: string, options: DecideOptions) => { end(await (await import('./decide.ts')).decide('reject', id, options)); });
  decision('revoke', 'take back what you decided on a request')
    .action(async (id: string, options: DecideOptions) => { end(await (await import('./decide.ts')).decide('revoke', id, options)); });
  program
    .command('residual')
    .description('show what no approval of a request covers: just the bytes that differ')
    .argument('<id>', "a request's id, or enough of its beginning")
    .option('--head <rev>', 'the commit to compare with', 'HEAD')
    .option('--no-fetch', 'do not ask the remote for new records first')
    .option('--bootstrap-signers <file>', 'the signers that the server names, to judge what is asked of the first policy')
    .action(async (id: string, options: ResidualOptions) => { end(await (await import('./residual.ts')).residual(id, options)); });
  program
    .command('verify')
    .description('check again everything that was decided; without a network, what is here of it')
    .argument('[id]', "a request's id, or enough of its beginning; all without it")
    .option('--audit <file>', 'check what firebreak audit wrote instead: its chain, and every signature in it')
    .option('--signers <file>', 'with --audit, whose signatures count, in the form of allowed_signers; without it, those at the tip of the target')
    .option('--digest <sha256>', 'with --audit, the SHA-256 that was told when it was made: of its last line, the one with "end", without its line end')
    .option('--bootstrap-signers <file>', 'the signers that the server names, to judge what is asked of the first policy')
    .option('--no-fetch', 'do not ask the remote for new records first')
    .action(async (id: string | undefined, { audit: file, fetch, bootstrapSigners, ...options }: Partial<VerifyAuditOptions> & VerifyOptions) => { end(file === undefined ? await (await import('./verify.ts')).verify(id, { fetch, ...(bootstrapSigners !== undefined && { bootstrapSigners }), ...options }) : await (await import('./verifyAudit.ts')).verifyAudit({ audit: file, ...options })); });
  program
    .command('audit')
    .description('export what was flagged, requested, decided, suppressed, refused and bypassed')
    .option('--target <ref>', 'the branch whose suppressions are told and whose signers count; the one that changes here are meant for when not given')
    .addOption(oneOf('--format <format>', 'what to print', ['jsonl', 'csv', 'sarif']).default('jsonl'))
    .option('--no-fetch', 'do not ask the remote for new records first')
    .option('--since <day>', 'judge again what was committed since then; all since there is a policy when not given')
    .action(async (options: AuditOptions) => { end(await (await import('./audit.ts')).audit(options)); });
  program
    .command('gate')
    .description('say whether a branch may move: policy, signers and records against what would change')
    .requiredOption('--base <rev>', "the target's tip; zeros when it is not there yet")
    .requiredOption('--head <rev>', 'where it would move; zeros when it would be deleted')
    .requiredOption('--target <ref>', 'its full name, such as refs/heads/main')
    .option('--requester <principal>', 'who pushes, as the server authenticated them; with --pull, their login at GitHub')
    .option('--bootstrap-signers <file>', 'whose approvals admit the first policy, in the form of allowed_signers')
    .option('--optional', 'let a branch without a policy pass')
    .option('--pull <number>', "the pull request at GitHub, whose approvals count when the policy says so; token from GITHUB_TOKEN", wholeNumber)
    .option('--remote <name>', 'the remote that lies there; origin when not given')
    .option('--api-url <url>', 'where its API is, of GitHub Enterprise')
    .addOption(format('sarif', 'github'))
    .option('--no-fetch', 'do not ask the remote for new records first')
    .action(async (options: GateOptions) => { end(await (await import('./gate.ts')).gate(options)); });
  program
    .command('announce')
    .description('tell of a review request on the pull request of this branch at GitHub; takes the token from GITHUB_TOKEN')
    .argument('<id>', 'its id, or enough of its beginning')
    .option('--remote <name>', 'the remote whose repository has the pull request', 'origin')
    .option('--api-url <url>', 'the address of its API: https://HOST/api/v3 of GitHub Enterprise')
    .action(async (id: string, options: AnnounceOptions) => { end(await (await import('./announce.ts')).announce(id, options)); });
  program
    .command('blame')
    .description('tell who wrote each line of a file, and how that is known')
    .argument('<file>', 'a file of a repository')
    .addOption(oneOf('--format <format>', 'what to print', ['text', 'json', 'agent-trace']).default('text'))
    .action(async (file: string, options: { format: 'text' | 'json' | 'agent-trace' }) => { end(await (await import('./blame.ts')).blame(file, options)); });
  program
    .command('init')
    .description('set up one thing in this repository')
    .option('--agent <name>', 'have an agent tell what it writes: claude-code, codex, cursor, vscode, gemini-cli, copilot-cli, windsurf or cline')
    .option('--policy', 'propose a first .firebreak/policy.yml from CODEOWNERS and the history')
    .option('--hook', "have git's hooks hold pushes that lack an approval, and note with each commit who wrote what, in refs/notes/ai")
    .option('--notes', 'fetch these notes with each fetch, and push them with each push')
    .option('--server', 'have a repository that is pushed to hold its branches')
    .option('--bootstrap-signers <file>', 'with --server: whose approvals admit the first policy, in the form of allowed_signers')
    .option('--pusher <variable>', 'with --server: the variable in which a forge, a web server or a forced command says who pushes, such as GL_USERNAME; without it their account of the system is')
    .option('--url <url>', 'with --server: where the repository is reached, so that approvals for another do not count')
    .addOption(oneOf('--ci <forge>', 'write a workflow that holds pull requests', ['github']))
    .option('--package <source>', 'with --ci: what it runs, a .tgz file of the repository or NAME@VERSION that your team publishes')
    .option('--signing', 'find the SSH key to sign with, or make one, and print its line for .firebreak/allowed_signers')
    .option('--remove', 'take out what was put in')
    .action(async (options: InitOptions) => { end(await (await import('./init.ts')).init(options)); });
  program
    .command('hook')
    .description('take down what an agent tells on the standard input, and hold what is dangerous; agents call this')
    .argument('<agent>', 'the agent, as `init --agent` names it')
    .action(async (agent: string) => { end(await (await import('./hook.ts')).hook(agent, () => import('./guard.ts'))); });
  program
    .command('mcp')
    .description('serve tools to language models over the standard input and output; none of them approves')
    .action(async () => { end(await (await import('./mcp.ts')).mcp()); });
  program
    .command('git-hook', { hidden: true })
    .argument('<name>', "the hook's name, as git calls it")
    .argument('[argument...]', 'what git gives to it')
    .action(async (name: string, args: string[]) => { await (await import('./gitHook.ts')).gitHook(name, args); end(0); });
  program
    .command('gate-hook', { hidden: true })
    .addArgument(new Argument('<name>', "the hook's name, as git calls it").choices(['pre-push', 'pre-receive']))
    .argument('[argument...]', 'what git gives to it')
    .action(async (name: 'pre-push' | 'pre-receive', args: string[]) => { end(await (await import('./gateHook.ts')).gateHook(name, args)); });
  program
    .command('explain')
    .description('explain a rule')
    .argument('<rule>', 'its id')
    .action(async (rule: string) => { end((await import('./explain.ts')).explain(rule)); });
  return program;
}

function wholeNumber(written: string): number {
  if (!/^[1-9]\d{0,9}$/.test(written)) throw new InvalidArgumentError('give a whole number');
  return Number(written);
}

function threadCount(written: string): number {
  if (!/^[1-9]\d?$/.test(written)) throw new InvalidArgumentError('give a number from 1 to 99');
  return Number(written);
}

/** One line, whatever happened: what, where, and what to do next. */
function tell(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const told = error.code === 'commander.help' ? 'no command was given' : error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
    warn(`${told}; see firebreak --help`);
    return 2;
  }
  warn(messageOf(inTheWay(error)).replaceAll(/\s*\n\s*/g, ' '));
  return 2;
}

/** Whoever reads our output may stop reading, as `head` does. What was begun is finished all the same: a request is still to be sent. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Runs the command that the process was started with. */
export function runCommand(): void {
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  commandLine((code) => {
    process.exitCode = code;
  })
    .parseAsync()
    .catch((error: unknown) => {
      process.exitCode = tell(error);
    });
}

/** What a thread of `LookingThread` does. */
export async function runThread(): Promise<void> {
  (await import('./checkThread.ts')).answerTasks();
}
