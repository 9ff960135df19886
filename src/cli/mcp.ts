import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { longestMessageBytes, MessageLines } from './mcpInput.ts';
import { type Tool, tools } from './mcpTools.ts';
import { readVersion } from './version.ts';
import { messageOf } from '../core/text/messageOf.ts';

const instructions = [
  'Firebreak says what code and commands can destroy, how far the damage would reach, and why.',
  'Before you run a command or write code that deletes, resets, replaces or unprotects something, ask blast_radius or check_edit.',
  'What is high or critical needs a senior: ask with request_review, and say so to your user. Nothing here approves or suppresses; a person does.',
].join(' ');

/** `firebreak mcp`: the Model Context Protocol over the standard input and output, until the input ends. */
export async function mcp(): Promise<number> {
  const server = new McpServer({ name: 'firebreak', title: 'Firebreak', version: readVersion() }, { instructions });
  for (const tool of tools) {
    const { name, title, description, input, isReadOnly } = tool;
    const annotations = { readOnlyHint: isReadOnly, destructiveHint: false, openWorldHint: !isReadOnly };
    server.registerTool(name, { title, description, inputSchema: input, annotations }, (given: unknown) => answer(tool, given));
  }
  const messages = process.stdin.pipe(new MessageLines((line) => process.stdout.write(line)));
  const ended = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    messages.once('end', resolve);
  });
  // What is too long never reaches it: it would end the server.
  await server.connect(new StdioServerTransport(messages, process.stdout, { maxBufferSize: 2 * longestMessageBytes }));
  await ended;
  return 0;
}

/** What goes wrong is told to the model as the tool's answer: a protocol error would only be told to its host. */
async function answer({ call }: Tool, given: unknown): Promise<CallToolResult> {
  try {
    return { content: [{ type: 'text', text: await call(given) }] };
  } catch (error) {
    return { isError: true, content: [{ type: 'text', text: messageOf(error) }] };
  }
}
