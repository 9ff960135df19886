import type { ConfigurationEntry } from './agent.ts';

/** Hooks as Claude Code has them, and others after it: for each event groups of commands, each with a matcher of tool names. */
export function matchedHooks(matchers: Readonly<Record<string, string>>, command: string, timeout: number): ConfigurationEntry[] {
  return Object.entries(matchers).map(([event, matcher]) => ({ list: ['hooks', event], value: { matcher, hooks: [{ type: 'command', command, timeout }] } }));
}

/** For each event a list of commands. */
export function plainHooks(events: readonly string[], value: Readonly<Record<string, unknown>>): ConfigurationEntry[] {
  return events.map((event) => ({ list: ['hooks', event], value }));
}
