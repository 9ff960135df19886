import type { Agent } from './agent.ts';
import { asPermissionDecision } from './answers.ts';
import { matchedHooks } from './hookLists.ts';
import { readToolEvent } from './toolEvent.ts';

/** https://code.claude.com/docs/en/hooks. */
export const claudeCode: Agent = {
  id: 'claude-code',
  title: 'Claude Code',
  read: (payload) => readToolEvent('claude-code', payload),
  hold: asPermissionDecision,
  configuration: {
    kind: 'json',
    file: '.claude/settings.json',
    entries: (command) => matchedHooks({ PreToolUse: 'Write|Edit|MultiEdit|NotebookEdit|Bash', PostToolUse: 'Write|Edit|MultiEdit|NotebookEdit|Bash' }, command, 60),
  },
};
