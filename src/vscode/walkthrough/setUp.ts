import * as vscode from 'vscode';
import { policyPath } from '../../core/policy/policy.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import { message } from '../inert.ts';
import type { Ports } from '../ports.ts';

/** Where the team says whose signatures count. */
const signersPath = '.firebreak/allowed_signers';

type SetUpPorts = Pick<Ports, 'repositoryOf' | 'runCli'>;

/** "Set Up Your Key": finds the key that git signs with, or makes one, and proposes its line to the team. */
export function setUpKey(ports: SetUpPorts): Promise<void> {
  return inRepository(ports, 'The key was not set up', async (root, run) => {
    const { stdout, stderr } = await run('init', '--signing');
    const line = stdout.trim();
    const signers = vscode.Uri.joinPath(vscode.Uri.file(root), signersPath);
    if (line !== '') await append(signers, line);
    await show(signers);
    tell(told(stderr) ?? 'The key may sign already.');
  });
}

/** "Write the Policy": proposes one from who owns and reviews the code; one that is there is only opened. */
export function writePolicy(ports: SetUpPorts): Promise<void> {
  return inRepository(ports, 'The policy was not written', async (root, run) => {
    const policy = vscode.Uri.joinPath(vscode.Uri.file(root), policyPath);
    const isThere = await exists(policy);
    if (!isThere) await run('init', '--policy');
    await show(policy);
    tell(isThere ? `${policyPath} is there already: read who is a senior in it.` : `Wrote ${policyPath}. Read it, keep those who are seniors, and commit it: it counts when it is on the protected branch.`);
  });
}

/** "Install the Gate": the hook of this clone, which holds a push early. The gate that counts is the server's. */
export function installGate(ports: SetUpPorts): Promise<void> {
  return inRepository(ports, 'The gate was not installed', async (_root, run) => {
    await run('init', '--hook');
    tell('Pushes of this clone are held until a senior has approved what is risky in them. Whoever owns the clone can pass a hook by: on the server run "firebreak init --server", in CI "firebreak init --ci github". Out again: "firebreak init --hook --remove".');
  });
}

async function inRepository({ repositoryOf, runCli }: SetUpPorts, failed: string, work: (root: string, run: (...args: string[]) => ReturnType<Ports['runCli']>) => Promise<void>): Promise<void> {
  try {
    if (!vscode.workspace.isTrusted) throw new Error('nothing is written to the repository of a workspace that you do not trust; trust the workspace first');
    const folder = await pickFolder();
    if (folder === undefined) return;
    const repository = await repositoryOf(folder.uri.fsPath);
    if (repository === undefined) throw new Error(`${folder.name} is in no git repository; run "Firebreak: Open the Sample" to try it on one, or make one here: git init`);
    await work(repository.root, async (...args) => {
      const answer = await runCli(args, repository.root);
      if (answer.exitCode !== 0) throw new Error(told(answer.stderr) ?? `firebreak ${args.join(' ')} ended with ${answer.exitCode}`);
      return answer;
    });
  } catch (error) {
    void vscode.window.showErrorMessage(message(`${failed}: ${messageOf(error)}`, 600));
  }
}

/** With one there is nothing to pick. */
async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) throw new Error('there is no folder on this machine open; run "Firebreak: Open the Sample" to try it on one');
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick({ placeHolder: 'Which repository?' });
}

async function append(uri: vscode.Uri, line: string): Promise<void> {
  const text = (await exists(uri)) ? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) : '';
  if (text.split('\n').includes(line)) return;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`));
}

async function show(uri: vscode.Uri): Promise<void> {
  if (await exists(uri)) await vscode.window.showTextDocument(uri, { preview: false });
}

function exists(uri: vscode.Uri): PromiseLike<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false); // prettier-ignore
}

/** What the command line says goes to people in a terminal. */
function told(stderr: string): string | undefined {
  const lines = stderr.split('\n').flatMap((line) => line.replace(/^firebreak: /, '').trim() || []);
  return lines.length === 0 ? undefined : `${lines.map((line) => line.charAt(0).toUpperCase() + line.slice(1)).join('. ')}.`;
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(message(text, 900));
}
