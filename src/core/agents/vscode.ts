import type { Agent } from './agent.ts';
import { asPermissionDecision } from './answers.ts';
import { plainHooks } from './hookLists.ts';
import { readToolEvent } from './toolEvent.ts';

/** https://code.visualstudio.com/docs/copilot/customization/hooks. The event after a write can come before the file is saved. */
export const vscode: Agent = {
  id: 'vscode',
  title: 'VS Code agents',
  tellsEarly: true,
  read: (payload) => readToolEvent('vscode', payload),
  hold: asPermissionDecision,
  canAsk: true,
  configuration: {
    kind: 'json',
    file: '.github/hooks/firebreak-vscode.json',
    entries: (command) => plainHooks(['PreToolUse', 'PostToolUse'], { type: 'command', command }),
  },
};
