import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import { workspaceRoot } from './editor.ts';

/** Tells as Claude Code does after a write. */
export function tellWrite(file: string, content: string, originalFile: string): void {
  const extension = vscode.extensions.getExtension('firebreak.firebreak') ?? vscode.extensions.all.find(({ id }) => id.endsWith('.firebreak'));
  assert.ok(extension !== undefined);
  const payload = { session_id: 's', cwd: workspaceRoot(), hook_event_name: 'PostToolUse', tool_name: 'Write', tool_input: { file_path: file, content }, tool_response: { originalFile } };
  execFileSync(process.execPath, [path.join(extension.extensionPath, 'dist/hook.js'), 'claude-code'], { input: JSON.stringify(payload), env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
}
