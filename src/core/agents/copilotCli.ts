import type { Agent } from './agent.ts';
import { asFlatDecision } from './answers.ts';
import type { AgentEvent } from './event.ts';
import type { Fields } from './fields.ts';
import { plainHooks } from './hookLists.ts';
import { readToolEvent } from './toolEvent.ts';

/** https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-hooks-reference. Its payloads name no event: one with a result or an error comes after. */
export const copilotCli: Agent = {
  id: 'copilot-cli',
  title: 'Copilot CLI',
  read: (payload) => readToolEvent('copilot-cli', payload) ?? readBefore(payload),
  hold: asFlatDecision,
  canAsk: true,
  configuration: {
    kind: 'json',
    file: '.github/hooks/firebreak-copilot-cli.json',
    head: { version: 1 },
    entries: (command) => plainHooks(['preToolUse', 'postToolUse', 'postToolUseFailure'], { type: 'command', bash: command }),
  },
};

function readBefore(payload: Fields): AgentEvent | undefined {
  return payload.name('hook_event_name') === undefined ? readToolEvent('copilot-cli', payload.with('event', 'pre')) : undefined;
}
