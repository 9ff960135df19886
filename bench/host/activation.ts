// Runs inside the extension host, in place of tests: how long VS Code waits for Firebreak, its code included.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('firebreak.firebreak');
  assert.ok(extension !== undefined);
  const wasActive = extension.isActive;
  const before = performance.now();
  await extension.activate();
  const took = performance.now() - before;
  const result = process.env.FIREBREAK_BENCH_RESULT;
  assert.ok(result !== undefined);
  writeFileSync(result, JSON.stringify({ wasActive, took }));
}
