import type { Agent } from './agent.ts';
import { asPermissionDecision } from './answers.ts';
import { matchedHooks } from './hookLists.ts';
import { readToolEvent } from './toolEvent.ts';

const writers = 'Write|Edit|MultiEdit|NotebookEdit|Bash';

/** https://code.claude.com/docs/en/hooks. */
export const claudeCode: Agent = {
  id: 'claude-code',
  title: 'Claude Code',
  read: (payload) => readToolEvent('claude-code', payload),
  hold: asPermissionDecision,
  canAsk: true,
  configuration: {
    kind: 'json',
    file: '.claude/settings.json',
    // A command that fails has another event, and may have written all the same.
    entries: (command) => matchedHooks({ PreToolUse: writers, PostToolUse: writers, PostToolUseFailure: 'Bash' }, command, 60),
  },
};
