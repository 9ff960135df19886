import type { Hold } from './agent.ts';

// How agents are told not to go on.

/** https://code.claude.com/docs/en/hooks. To say "allow" would skip the agent's own question, so nothing is said when all is well. */
export const asPermissionDecision: Hold = (kind, reason) => ({
  stdout: JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: kind, permissionDecisionReason: reason } }),
});

/** https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-hooks-reference. */
export const asFlatDecision: Hold = (kind, reason) => ({ stdout: JSON.stringify({ permissionDecision: kind, permissionDecisionReason: reason }) });

/** https://cursor.com/docs/agent/hooks. The agent and its user are told the same. */
export const asPermission: Hold = (kind, reason) => ({ stdout: JSON.stringify({ permission: kind, user_message: reason, agent_message: reason }) });

/** https://geminicli.com/docs/hooks/reference. */
export const asDecision: Hold = (_kind, reason) => ({ stdout: JSON.stringify({ decision: 'deny', reason }) });

/** https://docs.cline.bot/features/hooks. */
export const asCancel: Hold = (_kind, reason) => ({ stdout: JSON.stringify({ cancel: true, errorMessage: reason }) });

/** https://docs.windsurf.com/windsurf/cascade/hooks: exit code 2 stops what was to come. */
export const asExitCode: Hold = (_kind, reason) => ({ stderr: reason, exitCode: 2 });

/** docs/agents.md. */
export const asGeneric: Hold = (kind, reason) => ({ stdout: JSON.stringify({ decision: kind, reason }) });
