import type { Agent } from './agent.ts';
import { asDecision } from './answers.ts';
import { matchedHooks } from './hookLists.ts';
import { readToolEvent } from './toolEvent.ts';

const tools = 'write_file|replace|run_shell_command';

/** https://geminicli.com/docs/hooks/. Its timeouts are milliseconds. */
export const geminiCli: Agent = {
  id: 'gemini-cli',
  title: 'Gemini CLI',
  read: (payload) => readToolEvent('gemini-cli', payload),
  hold: asDecision,
  canAsk: false,
  configuration: {
    kind: 'json',
    file: '.gemini/settings.json',
    entries: (command) => matchedHooks({ BeforeTool: tools, AfterTool: tools }, command, 60_000),
  },
};
