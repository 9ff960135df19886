import type { Agent } from './agent.ts';
import { claudeCode } from './claudeCode.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { copilotCli } from './copilotCli.ts';
import { cursor } from './cursor.ts';
import { geminiCli } from './geminiCli.ts';
import { generic } from './generic.ts';
import { vscode } from './vscode.ts';
import { windsurf } from './windsurf.ts';

/** All agents whose hooks are understood. */
export const agents: readonly Agent[] = [claudeCode, codex, cursor, vscode, geminiCli, copilotCli, windsurf, cline, generic];
