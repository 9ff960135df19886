import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { pause } from './support/wait.ts';

const tools = () => vscode.lm.tools.filter(({ name }) => name.startsWith('mcp_firebreak_'));

/** The editor learns of our server a while after it has started us. */
async function start(): Promise<void> {
  for (let round = 0; tools().length === 0 && round < 20; round++) {
    await vscode.commands.executeCommand('workbench.mcp.startServer', 'firebreak.firebreak/Firebreak');
    await pause(500);
  }
}

describe('the tools for assistants', () => {
  it('are offered to the models of the editor, whose server answers in the folder that is open', async () => {
    await start();
    assert.deepEqual(tools().map(({ name }) => name.slice('mcp_firebreak_'.length)).sort(), ['blast_radius', 'check_edit', 'request_review', 'review_status']);
    const { content } = await vscode.lm.invokeTool('mcp_firebreak_blast_radius', { input: { command: 'terraform destroy -auto-approve' }, toolInvocationToken: undefined });
    assert.match(JSON.stringify(content), /critical: terraform destroy -auto-approve/);
    const { content: status } = await vscode.lm.invokeTool('mcp_firebreak_review_status', { input: {}, toolInvocationToken: undefined });
    assert.match(JSON.stringify(status), /olderCount/);
  });
});
