import type { Agent } from './agent.ts';
import { asPermissionDecision } from './answers.ts';
import { matchedHooks } from './hookLists.ts';
import { readToolEvent } from './toolEvent.ts';

/** https://developers.openai.com/codex/hooks. On by default since 0.124; before that `[features] codex_hooks = true` in config.toml. */
export const codex: Agent = {
  id: 'codex',
  title: 'Codex',
  read: (payload) => readToolEvent('codex', payload),
  hold: asPermissionDecision,
  canAsk: false,
  configuration: {
    kind: 'json',
    file: '.codex/hooks.json',
    entries: (command) => matchedHooks({ PreToolUse: 'apply_patch|Bash', PostToolUse: 'apply_patch|Bash' }, command, 60),
  },
};
