import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { callHook } from './hooked.ts';
import { removeSandboxes, type Run, Sandbox } from './sandbox.ts';

const call = (agent: string, payload: unknown, cwd: string, program?: string): Promise<Run> => callHook(agent, payload, { cwd, ...(program !== undefined && { program }) });

const dangerous = 'cd infra && terraform destroy -auto-approve';
const harmless = 'git status --short && npm test';
const deletesBucket = 'import { S3 } from "@aws-sdk/client-s3";\nconst s3 = new S3({});\nexport const drop = () => s3.deleteBucket({ Bucket: "prod-data" });\n';

/** What each agent sends before a command and before an edit, by its documentation. */
interface Documented {
  readonly agent: string;
  readonly command: (command: string, cwd: string) => object;
  readonly edit: (file: string, content: string, cwd: string) => object;
  /** What it is answered when it is to ask its user, or to be refused where it cannot ask. */
  readonly held: (run: Run) => string | undefined;
  /** The same of an edit, where that is another answer. */
  readonly heldEdit?: (run: Run) => string | undefined;
  /** What it is answered when it may go on. */
  readonly goesOn: Run;
}

const silent: Run = { code: 0, stdout: '', stderr: '' };
const json = ({ stdout }: Run) => JSON.parse(stdout) as Record<string, unknown>;
const ofClaude = (kind: string) => (run: Run) => {
  const { hookEventName, permissionDecision, permissionDecisionReason } = json(run).hookSpecificOutput as Record<string, string>;
  return hookEventName === 'PreToolUse' && permissionDecision === kind ? permissionDecisionReason : undefined;
};

const documented: readonly Documented[] = [
  {
    agent: 'claude-code',
    command: (command, cwd) => ({ session_id: 'abc123', transcript_path: '/tmp/t.jsonl', cwd, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command, description: 'Run it', timeout: 120_000 }, tool_use_id: 'toolu_01' }),
    edit: (file, content, cwd) => ({ session_id: 'abc123', transcript_path: '/tmp/t.jsonl', cwd, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: { file_path: file, content }, tool_use_id: 'toolu_02' }),
    held: ofClaude('ask'),
    goesOn: silent,
  },
  {
    agent: 'codex',
    command: (command, cwd) => ({ session_id: 's', turn_id: 't', model: 'gpt-5-codex', cwd, hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command } }),
    edit: (file, content, cwd) => ({ session_id: 's', turn_id: 't', model: 'gpt-5-codex', cwd, hook_event_name: 'PreToolUse', tool_name: 'apply_patch', tool_input: { command: `*** Begin Patch\n*** Add File: ${file}\n${content.replaceAll(/^(?=.)/gm, '+')}*** End Patch\n` } }),
    held: ofClaude('deny'),
    goesOn: silent,
  },
  {
    agent: 'cursor',
    command: (command, cwd) => ({ conversation_id: 'c', generation_id: 'g', hook_event_name: 'beforeShellExecution', workspace_roots: [cwd], command, cwd }),
    edit: (file, content, cwd) => ({ conversation_id: 'c', generation_id: 'g', hook_event_name: 'preToolUse', workspace_roots: [cwd], tool_name: 'Write', tool_input: { file_path: file, content }, tool_use_id: 'u', cwd }),
    held: (run) => (json(run).permission === 'ask' && json(run).agent_message === json(run).user_message ? (json(run).user_message as string) : undefined),
    // It asks nobody before an edit, whatever it is told.
    heldEdit: (run) => (json(run).permission === 'deny' ? (json(run).user_message as string) : undefined),
    goesOn: { code: 0, stdout: '{}\n', stderr: '' },
  },
  {
    agent: 'vscode',
    command: (command, cwd) => ({ timestamp: '2026-11-01T10:00:00Z', cwd, sessionId: 's', hookEventName: 'PreToolUse', toolName: 'run_in_terminal', toolInput: { command, explanation: 'Run it', isBackground: false }, toolUseId: 'u' }),
    edit: (file, content, cwd) => ({ timestamp: '2026-11-01T10:00:00Z', cwd, session_id: 's', hook_event_name: 'PreToolUse', tool_name: 'create_file', tool_input: { filePath: file, content }, tool_use_id: 'u' }),
    held: ofClaude('ask'),
    goesOn: silent,
  },
  {
    agent: 'gemini-cli',
    command: (command, cwd) => ({ session_id: 's', transcript_path: '/tmp/t', cwd, hook_event_name: 'BeforeTool', timestamp: '2026-11-01T10:00:00Z', tool_name: 'run_shell_command', tool_input: { command, description: 'Run it' } }),
    edit: (file, content, cwd) => ({ session_id: 's', cwd, hook_event_name: 'BeforeTool', timestamp: '2026-11-01T10:00:00Z', tool_name: 'write_file', tool_input: { file_path: file, content } }),
    held: (run) => (json(run).decision === 'deny' ? (json(run).reason as string) : undefined),
    goesOn: silent,
  },
  {
    agent: 'copilot-cli',
    command: (command, cwd) => ({ sessionId: 's', timestamp: 1_700_000_000_000, cwd, toolName: 'bash', toolArgs: JSON.stringify({ command, description: 'Run it' }) }),
    edit: (file, content, cwd) => ({ sessionId: 's', timestamp: 1_700_000_000_000, cwd, toolName: 'create', toolArgs: JSON.stringify({ path: file, file_text: content }) }),
    held: (run) => (json(run).permissionDecision === 'ask' ? (json(run).permissionDecisionReason as string) : undefined),
    goesOn: silent,
  },
  {
    agent: 'windsurf',
    command: (command, cwd) => ({ agent_action_name: 'pre_run_command', trajectory_id: 't', execution_id: 'e', model_name: 'm', tool_info: { command_line: command, cwd } }),
    edit: (file, content) => ({ agent_action_name: 'pre_write_code', trajectory_id: 't', execution_id: 'e', model_name: 'm', tool_info: { file_path: file, edits: [{ old_string: '', new_string: content }] } }),
    held: ({ code, stderr, stdout }) => (code === 2 && stdout === '' ? stderr : undefined),
    goesOn: silent,
  },
  {
    agent: 'cline',
    command: (command, cwd) => ({ taskId: 't', hookName: 'PreToolUse', workspaceRoots: [cwd], preToolUse: { toolName: 'execute_command', parameters: { command, requires_approval: false } } }),
    edit: (file, content, cwd) => ({ taskId: 't', hookName: 'PreToolUse', workspaceRoots: [cwd], preToolUse: { toolName: 'write_to_file', parameters: { path: path.relative(cwd, file), content } } }),
    held: (run) => (json(run).cancel === true ? (json(run).errorMessage as string) : undefined),
    goesOn: { code: 0, stdout: '{"cancel":false}\n', stderr: '' },
  },
  {
    agent: 'generic',
    command: (command, cwd) => ({ agent: 'my-agent', event: 'pre', cwd, command }),
    edit: (file, content, cwd) => ({ agent: 'my-agent', event: 'pre', cwd, files: [{ path: file, content }] }),
    held: (run) => (json(run).decision === 'ask' ? (json(run).reason as string) : undefined),
    goesOn: silent,
  },
];

const bash = (command: unknown, cwd: string) => ({ session_id: 's', cwd, hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command } });
const reasonOf = (run: Run) => (json(run).hookSpecificOutput as { permissionDecision: string; permissionDecisionReason: string }).permissionDecisionReason;

describe('what agents are about to do', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('README.md', 'x\n');
    sandbox.commitAll('Start');
  });
  after(removeSandboxes);

  for (const { agent, command, edit, held, heldEdit = held, goesOn } of documented) {
    it(`holds a dangerous command of ${agent} with the reason and the way to a review`, async () => {
      const reason = held(await call(agent, command(dangerous, sandbox.folder), sandbox.folder));
      assert.match(reason ?? '', /holds this command: critical: destroys everything .*cannot be undone.*terraform-destroy.*firebreak request --all/);
    });

    it(`holds a dangerous edit of ${agent}`, async () => {
      const reason = heldEdit(await call(agent, edit(sandbox.at('src/drop.ts'), deletesBucket, sandbox.folder), sandbox.folder));
      assert.match(reason ?? '', /holds this edit: critical: deletes the S3 bucket `prod-data`.*firebreak request --all/);
    });

    it(`lets ${agent} do what is harmless, without a word that would skip its own question`, async () => {
      assert.deepEqual(await call(agent, command(harmless, sandbox.folder), sandbox.folder), goesOn);
      assert.deepEqual(await call(agent, edit(sandbox.at('src/a.ts'), 'export const a = 1;\n', sandbox.folder), sandbox.folder), goesOn);
    });
  }

  it('judges a command in its folder: what npm run leads to', async () => {
    sandbox.write('app/package.json', JSON.stringify({ scripts: { 'db:push': 'prisma db push --force-reset' } }));
    const { stdout } = await call('claude-code', bash('npm run db:push', sandbox.at('app')), sandbox.folder);
    assert.match(stdout, /"permissionDecision":"ask"/);
  });

  it('judges a script where it stands, named by its whole path or from the folder that the command goes to', async () => {
    sandbox.write('ops/wipe.sh', 'terraform destroy -auto-approve\n');
    for (const command of [`bash "${sandbox.at('ops/wipe.sh')}"`, `cd '${sandbox.at('ops')}' && ./wipe.sh`]) assert.match(reasonOf(await call('claude-code', bash(command, sandbox.folder), sandbox.folder)), /`(?:\.\/wipe\.sh` in )?\/[^`]*ops\/wipe\.sh`? runs/);
  });

  it('judges of an edit only what it brings, and sees what it takes away', async () => {
    sandbox.write('main.tf', 'resource "aws_db_instance" "main" {\n  identifier = "prod"\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n');
    sandbox.write('drop.ts', deletesBucket);
    sandbox.commitAll('Add');
    const editing = (file: string, oldString: string, newString: string) => ({ session_id: 's', cwd: sandbox.folder, hook_event_name: 'PreToolUse', tool_name: 'Edit', tool_input: { file_path: sandbox.at(file), old_string: oldString, new_string: newString } });
    assert.match(reasonOf(await call('claude-code', editing('main.tf', '    prevent_destroy = true\n', ''), sandbox.folder)), /prevent_destroy|protect/);
    assert.deepEqual(await call('claude-code', editing('drop.ts', 'const s3 = new S3({});\n', 'const s3 = new S3({});\n\n'), sandbox.folder), silent);
  });

  it('goes by the policy of the last commit, never by that in the work tree', async () => {
    sandbox.write('.firebreak/policy.yml', 'version: 1\nagents: { ask: never, deny: critical }\n');
    const asks = await call('claude-code', bash(dangerous, sandbox.folder), sandbox.folder);
    assert.match(asks.stdout, /"permissionDecision":"ask"/);
    sandbox.commitAll('Refuse what is critical');
    const refused = await call('claude-code', bash(dangerous, sandbox.folder), sandbox.folder);
    assert.match(refused.stdout, /"permissionDecision":"deny".*Do not reach the same end in another way/);
    assert.deepEqual(await call('claude-code', bash('git push --force origin feature', sandbox.folder), sandbox.folder), silent);
    sandbox.write('.firebreak/policy.yml', 'version: 1\nagents: { ask: never, deny: never }\n');
    assert.match((await call('claude-code', bash(dangerous, sandbox.folder), sandbox.folder)).stdout, /"deny"/);
  });

  it('finds the policy of the last commit in a pack and in a linked work tree, before a command and an edit', async () => {
    sandbox.write('.firebreak/policy.yml', 'version: 1\nagents: { ask: never, deny: critical }\n');
    sandbox.commitAll('Refuse what is critical');
    sandbox.git('gc', '--quiet');
    const linked = `${sandbox.folder} linked`;
    sandbox.git('worktree', 'add', '--quiet', '--detach', linked);
    sandbox.write('.firebreak/policy.yml', 'version: 1\nagents: { ask: never, deny: never }\n');
    sandbox.commitAll('Hold nothing');
    sandbox.git('pack-refs', '--all');
    assert.match((await call('claude-code', bash(dangerous, linked), linked)).stdout, /"deny"/);
    assert.deepEqual(await call('claude-code', bash(dangerous, sandbox.folder), sandbox.folder), silent);
    const write = (cwd: string) => ({ session_id: 's', cwd, hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: { file_path: path.join(cwd, 'drop.ts'), content: deletesBucket } });
    assert.match((await call('claude-code', write(linked), linked)).stdout, /"deny"/);
    assert.deepEqual(await call('claude-code', write(sandbox.folder), sandbox.folder), silent);
  });

  it('holds by the bar of a repository without a policy when its policy is broken, and says so', async () => {
    sandbox.write('.firebreak/policy.yml', 'version: 1\nagents: { ask: nevr }\n');
    sandbox.commitAll('Break the policy');
    const { stdout, stderr } = await call('claude-code', bash(dangerous, sandbox.folder), sandbox.folder);
    assert.match(stdout, /"ask"/);
    assert.match(stderr, /policy\.yml:2:/);
  });

  for (const [name, payload] of [
    ['is cut off', JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'rm -rf ~/' } }).slice(0, -3)],
    ['has its command in a shape that nobody knows', JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: { line: 'rm -rf ~/' } } })],
  ] as const) {
    it(`holds what could be critical when the payload ${name}, and says so`, async () => {
      assert.match(reasonOf(await call('claude-code', payload, sandbox.folder)), /could not be read/);
    });
  }

  const shell = (command: unknown) => ({ session_id: 's', cwd: sandbox.folder, hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command } });
  const tool = (name: string, input: object) => ({ session_id: 's', cwd: sandbox.folder, hook_event_name: 'PreToolUse', tool_name: name, tool_input: input });
  const patch = '*** Begin Patch\n*** Add File: n.txt\n+hi\n*** End Patch';
  const heldAlways: readonly (readonly [name: string, payload: () => unknown, agent?: string])[] = [
    ['has quotes and backslashes within its words', () => shell(String.raw`r''m -rf / && t\erraform destroy`)],
    ['is written as codes', () => shell(String.raw`$'\x72m' -rf /`)],
    ['is a task of VS Code', () => tool('create_and_run_task', { workspaceFolder: sandbox.folder, task: { type: 'shell', command: 'terraform', args: ['destroy', '-auto-approve'] } })],
    ['decides on its own review', () => shell('npx firebreak approve 12ab --reason fine')],
    ['takes out what it is judged by', () => shell('firebreak init --hook --remove; rm -rf .git/firebreak')],
    ['has a comment that would suppress it', () => shell('terraform destroy -auto-approve # firebreak-ignore terraform-destroy: fine')],
    ['writes a file with such a comment', () => tool('Write', { file_path: sandbox.at('y.sh'), content: '# firebreak-ignore recursive-delete: fine\nrm -rf /\n' })],
    ['follows a patch', () => shell(`apply_patch <<'EOF'\n${patch}\nEOF\nterraform destroy -auto-approve`)],
    ['stands in a patch that a shell expands', () => shell(`apply_patch <<EOF\n*** Begin Patch\n*** Add File: n.txt\n+$(terraform destroy -auto-approve)\n*** End Patch\nEOF`)],
    ['stands before something like a patch', () => shell(`terraform destroy -auto-approve\n: <<'X'\n${patch}\nX`)],
    ['is given word by word', () => shell(['bash', '-lc', 'terraform destroy -auto-approve'])],
    ['is a cell of a notebook', () => tool('NotebookEdit', { notebook_path: sandbox.at('a.ipynb'), new_source: '!rm -rf ~/\n' })],
    ['is Python in a cell', () => tool('NotebookEdit', { notebook_path: sandbox.at('a.ipynb'), new_source: 'import shutil\nshutil.rmtree("/srv/data")\n' })],
    ['is in a notebook that is written', () => tool('Write', { file_path: sandbox.at('b.ipynb'), content: JSON.stringify({ cells: [{ cell_type: 'code', source: ['%%bash\n', 'rm -rf ~/\n'] }] }) })],
    ['goes somewhere into a file', () => tool('insert_edit_into_file', { filePath: sandbox.at('c.sh'), code: 'terraform destroy -auto-approve' })],
    ['is hidden behind a byte that a shell passes over', () => tool('Write', { file_path: sandbox.at('d.sh'), content: '\0\x01\nrm -rf /\n' })],
    ['is written in a shape that nobody knows', () => tool('Write', { file_path: sandbox.at('e.sh'), content: ['rm -rf /'] })],
    ['is an edit in a shape that nobody knows', () => tool('MultiEdit', { file_path: sandbox.at('e.sh'), edits: ['rm -rf /'] })],
    ['is in a line of a patch that is of no known kind', () => tool('apply_patch', { command: '*** Begin Patch\n*** Frobnicate: x.sh\n+rm -rf ~/\n*** End Patch' })],
    ['is no object', () => JSON.stringify('terraform destroy -auto-approve')],
    ['says neither who nor when', () => ({ command: 'terraform destroy -auto-approve', event: 'PRE' }), 'generic'],
    ['comes word by word', () => ({ agent: 'a', event: 'pre', command: ['rm', '-rf', '/srv'] }), 'generic'],
    ['comes beside a file', () => ({ agent: 'a', event: 'pre', command: 'terraform destroy -auto-approve', files: [{ path: 'a.txt', content: '' }] }), 'generic'],
    ['has a command that is no text', () => ({ hook_event_name: 'beforeShellExecution', workspace_roots: [sandbox.folder], command: { line: 'terraform destroy' } }), 'cursor'],
  ];
  for (const [name, payload, agent = 'claude-code'] of heldAlways) {
    it(`holds for ${agent} what is dangerous and ${name}`, async () => {
      assert.match((await call(agent, payload(), sandbox.folder)).stdout, /"(?:permissionDecision|decision|permission)":"ask"/);
    });
  }

  it('judges what a command does to files as if an edit did it', async () => {
    sandbox.write('infra/main.tf', 'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n');
    for (const command of ['rm infra/main.tf', 'git rm -r infra', 'cd infra && rm *.tf', "sed -i '/prevent_destroy/d' infra/main.tf", "cat > infra/main.tf <<'EOF'\nresource \"aws_db_instance\" \"main\" {\n}\nEOF", "echo 'DROP TABLE users;' | tee y.sql", "cat > x.py <<'EOF'\nimport shutil\nshutil.rmtree('/srv/data')\nEOF"]) {
      assert.match((await call('claude-code', bash(command, sandbox.folder), sandbox.folder)).stdout, /"ask"/, command);
    }
    assert.deepEqual(await call('claude-code', bash("sed -i 's/nothing/b/' infra/main.tf; echo hi > notes.txt; rm notes.txt", sandbox.folder), sandbox.folder), silent);
  });

  it('finds the place of an edit as loosely as agents do, and holds one that has none', async () => {
    sandbox.write('main.tf', 'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n');
    const editing = (file: string, old: string) => tool('Edit', { file_path: sandbox.at(file), old_string: old, new_string: '' });
    assert.match(reasonOf(await call('claude-code', editing('main.tf', 'lifecycle {\nprevent_destroy  =  true\n}'), sandbox.folder)), /takes away `prevent_destroy`/);
    assert.match(reasonOf(await call('claude-code', editing('main.tf', 'nothing = here'), sandbox.folder)), /does not stand in it/);
    assert.deepEqual(await call('claude-code', editing('a.md', 'nothing = here'), sandbox.folder), silent);
  });

  it('refuses the deletion of a file by a tool of Cursor that holds what lasts', async () => {
    sandbox.write('infra/main.tf', 'resource "aws_db_instance" "main" {\n  identifier = "prod"\n}\n');
    const { stdout } = await call('cursor', { hook_event_name: 'preToolUse', workspace_roots: [sandbox.folder], tool_name: 'Delete', tool_input: { path: 'infra/main.tf' } }, sandbox.folder);
    assert.match(stdout, /"permission":"deny".*holds this edit: .*aws_db_instance/);
  });

  it('lets nothing that a command holds reach a terminal as it is', async () => {
    const written = 'rm -rf /srv/\u202Edata\u001b[2J';
    for (const [agent, payload] of [['windsurf', { agent_action_name: 'pre_run_command', tool_info: { command_line: written, cwd: sandbox.folder } }], ['claude-code', bash(written, sandbox.folder)]] as const) {
      const { stdout, stderr } = await call(agent, payload, sandbox.folder);
      assert.match(stdout + stderr, /rm|delete/);
      assert.doesNotMatch(stdout + stderr, /\u202E|\u001b/);
    }
  });

  it('says "edit" of an edit that nobody can read, and that no approval lets an agent run a command', async () => {
    assert.match(reasonOf(await call('claude-code', tool('Write', { file_path: sandbox.at('e.sh'), content: ['rm -rf /'] }), sandbox.folder)), /holds this edit/);
    assert.match(reasonOf(await call('claude-code', bash(dangerous, sandbox.folder), sandbox.folder)), /No approval lets an agent run it/);
  });

  it('holds for an agent that nobody knows, by the code that most of them take for a no', async () => {
    const { code, stderr } = await call('claud-code', bash(dangerous, sandbox.folder), sandbox.folder);
    assert.deepEqual([code, /there is no agent "claud-code"[^]*Firebreak holds this command/.test(stderr)], [2, true]);
    assert.equal((await call('claud-code', bash(harmless, sandbox.folder), sandbox.folder)).code, 0);
  });

  it('says to an agent that cannot ask what it may do instead, and not that somebody can allow it', async () => {
    const { stdout } = await call('codex', bash(dangerous, sandbox.folder), sandbox.folder);
    assert.match(stdout, /"deny".*Do not reach the same end in another way/);
  });

  it('is not stopped by what is no file where one is to be written', async () => {
    if (process.platform !== 'win32') execFileSync('mkfifo', [sandbox.at('pipe.sh')]);
    for (const file of ['src', 'pipe.sh', `${'x'.repeat(5000)}.sh`]) {
      const written = await call('claude-code', tool('Write', { file_path: sandbox.at(file), content: 'echo hello\n' }), sandbox.folder);
      assert.deepEqual([written.code, written.stdout], [0, ''], file);
    }
    assert.match((await call('claude-code', tool('Write', { file_path: sandbox.at('pipe.sh'), content: 'rm -rf /\n' }), sandbox.folder)).stdout, /"ask"/);
  });

  it('lets go on what only looks like it', async () => {
    for (const payload of [
      shell(['git', 'commit', '-m', 'do not; terraform destroy -auto-approve']),
      shell(['echo', 'x; rm -rf ~/']),
      shell(`apply_patch <<'EOF'\n${patch}\nEOF`),
      tool('NotebookEdit', { notebook_path: sandbox.at('a.ipynb'), new_source: 'import pandas as pd\n!ls\n' }),
      tool('NotebookEdit', { notebook_path: sandbox.at('a.ipynb'), edit_mode: 'delete', cell_id: 'c1' }),
    ]) assert.deepEqual(await call('claude-code', payload, sandbox.folder), silent);
  });

  it('lets go on what nobody can read and cannot be critical, and what is over', async () => {
    for (const payload of ['not json', '{"hook_event_name":"PreToolUse","tool_name":"Read","tool_input":{"file_path":"drop.ts"}}', '{"hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{"command":"rm -rf ~/"']) {
      const { code, stdout } = await call('claude-code', payload, sandbox.folder);
      assert.deepEqual([code, stdout], [0, '']);
    }
  });

  it('holds outside of a repository too, and in a folder that is not there', async () => {
    const outside = new Sandbox();
    assert.match((await call('claude-code', bash(dangerous, outside.folder), outside.folder)).stdout, /"ask"/);
    assert.match((await call('claude-code', bash(dangerous, outside.at('gone')), outside.folder)).stdout, /"ask"/);
  });
});
