import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { acceptSuggestion, closeAll, openNew, workspaceRoot } from './support/editor.ts';
import { findingsOf } from './support/findings.ts';
import { beforeCall, call, operation } from './support/shown.ts';
import { eventually } from './support/wait.ts';

function commitPolicy(text: string): void {
  const root = workspaceRoot();
  mkdirSync(path.join(root, '.firebreak'), { recursive: true });
  writeFileSync(path.join(root, '.firebreak/policy.yml'), text);
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], { cwd: root });
  git('add', '.firebreak');
  git('commit', '-qm', 'policy', '--', '.firebreak');
}

describe('the policy of the last commit', () => {
  after(() => {
    commitPolicy('version: 1\n');
  });
  afterEach(closeAll);

  it('takes a rule away that the team turned off, and gives it back', async () => {
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    await eventually('the finding', async () => (await findingsOf(editor.document)).includes(operation));
    commitPolicy('version: 1\nrules: { aws-sdk-delete: off }\n');
    await eventually('the finding to go', async () => (await findingsOf(editor.document)).length === 0);
    commitPolicy('version: 1\n');
    await eventually('the finding to come back', async () => (await findingsOf(editor.document)).includes(operation));
  });

  it('hides nothing when it is broken', async () => {
    commitPolicy('version: 1\nrulez: { aws-sdk-delete: off }\n');
    const editor = await openNew(beforeCall);
    await acceptSuggestion(editor, call);
    await eventually('the finding', async () => (await findingsOf(editor.document)).includes(operation));
  });
});
