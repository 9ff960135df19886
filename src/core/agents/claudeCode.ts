import type { Agent } from './agent.ts';
import { matchedHooks } from './hookLists.ts';
import { readToolEvent } from './toolEvent.ts';

/** https://code.claude.com/docs/en/hooks. Its events after a write tell the text before, so that only commands need one before them. */
export const claudeCode: Agent = {
  id: 'claude-code',
  title: 'Claude Code',
  read: (payload) => readToolEvent('claude-code', payload),
  configuration: {
    kind: 'json',
    file: '.claude/settings.json',
    entries: (command) => matchedHooks({ PreToolUse: 'Bash', PostToolUse: 'Write|Edit|MultiEdit|NotebookEdit|Bash' }, command, 60),
  },
};
