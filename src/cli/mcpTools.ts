import { execFile } from 'node:child_process';
import path from 'node:path';
import * as z from 'zod/mini';
import { describe } from '../core/check/blastRadius.ts';
import { appliedTo } from '../core/agents/placedEdits.ts';
import { inertJson, showInert } from '../core/review/inert.ts';
import type { Decoded } from '../core/text/decode.ts';
import { dist } from '../node/dist.ts';
import { readText } from '../node/workFile.ts';
import { toJson } from './findingsReport.ts';
import { inspect, type Inspection } from './inspect.ts';
import { selectText } from './selection.ts';

/** One tool, as a model sees it. None approves, suppresses or signs: only people do. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodMiniObject;
  readonly isReadOnly: boolean;
  /** @param given what `input` let pass */
  readonly call: (given: unknown) => Promise<string>;
}

const told = z.describe;
const text = (description: string) => z.string().check(z.minLength(1), told(description));

function tool<Input extends z.ZodMiniObject>(one: Omit<Tool, 'input' | 'call'> & { readonly input: Input; readonly call: (given: z.output<Input>) => Promise<string> }): Tool {
  return { ...one, call: (given) => one.call(one.input.parse(given)) };
}

export const tools: readonly Tool[] = [
  tool({
    name: 'check_edit',
    title: 'Check an edit',
    description: 'What an edit of a file would bring that can destroy things, or take away that keeps from it. Give the whole text after it, or its replacements.',
    isReadOnly: true,
    input: z.strictObject({
      path: text('The file, absolute or from the folder that the server runs in; its name says which language it is.'),
      content: z.optional(z.string().check(told('The whole text after the edit.'))),
      edits: z.optional(z.array(z.strictObject({ old_text: text('What is replaced, as it stands in the file.'), new_text: z.string(), replace_all: z.optional(z.boolean()) })).check(told('Replacements in the file as it is on disk, one after the other.'))),
      before: z.optional(z.string().check(told('The whole text before; the file on disk when it is left out.'))),
    }),
    call: async ({ path: file, content, edits = [], before }) => {
      if ((content === undefined) === (edits.length === 0)) throw new Error('give content, or edits');
      const known = before ?? (await textOnDisk(file));
      const after = content ?? appliedTo(known ?? '', edits.map(({ old_text, new_text, replace_all = false }) => ({ oldText: old_text, newText: new_text, isForAll: replace_all })))?.after;
      if (after === undefined) throw new Error(`an old_text does not stand in ${file}; give it as it is there, or give content`);
      return report(await inspect(await selectText(file, { text: after }, known === undefined ? undefined : { text: known }), 'changes', 1, true), file);
    },
  }),
  tool({
    name: 'blast_radius',
    title: 'Blast radius',
    description: 'How far the damage of a shell command, or of a piece of code, would reach, whether it can be undone, and why. Nothing is run.',
    isReadOnly: true,
    input: z.strictObject({
      command: z.optional(text('A command line of a POSIX shell; what npm run and make lead to is followed.')),
      code: z.optional(text('Code, when it is no command line.')),
      path: z.optional(text('The name that the code would have, such as migrate.sql or infra/main.tf: it says which language it is.')),
    }),
    call: async ({ command, code, path: file = 'command.sh' }) => {
      if ((command === undefined) === (code === undefined)) throw new Error('give command, or code with its path');
      const selection = await selectText(file, { text: `${command ?? code ?? ''}\n` }, { text: '' });
      return report(await inspect(selection, 'all', 1, true), file);
    },
  }),
  tool({
    name: 'review_status',
    title: 'Status of reviews',
    description: 'The reviews that were requested in this repository and where each stands, or all of one.',
    isReadOnly: true,
    input: z.strictObject({ id: z.optional(text('The id of a request, or enough of its beginning.')) }),
    call: ({ id }) => (id === undefined ? firebreak(['reviews', '--format', 'json']) : firebreak(['show', '--', id])),
  }),
  tool({
    name: 'request_review',
    title: 'Request a senior review',
    description: 'Asks a senior to review findings of the present change; the code is kept exactly as it is now. A person decides.',
    isReadOnly: false,
    input: z.strictObject({
      reason: text('Why the change is needed, for the senior who reads it.').check(z.maxLength(10_000)),
      findings: z.optional(z.array(text('The first digits of a fingerprint, six at least.')).check(told('Which findings; all of the change when it is left out.'))),
      reviewers: z.optional(z.array(text('A principal or an address.')).check(told('Whom to ask; any senior when it is left out.'))),
    }),
    call: ({ reason, findings = [], reviewers = [] }) =>
      firebreak(['request', `--reason=${reason}`, ...reviewers.map((reviewer) => `--reviewer=${reviewer}`), ...(findings.length === 0 ? ['--all'] : ['--', ...findings])]),
  }),
];

/** Words that a model reads, then the findings as `firebreak check --format json` gives them. */
function report(inspection: Inspection, file: string): string {
  const { located, unread, fileCount } = inspection;
  const words = [
    ...located.map(({ finding: { severity, blastRadius, matched } }) => [severity, matched.split('\n', 1)[0] ?? '', describe(blastRadius)].filter((part) => part !== '').map(showInert).join(': ')),
    ...unread.map(({ path: file, why }) => showInert(`${file} could not be read (${why}): nobody knows what it does`)),
  ];
  const none = fileCount === 0 ? `Not checked: Firebreak reads no file that is called ${path.basename(file)}.` : 'Nothing was found that can destroy things.';
  return `${words.length === 0 ? none : words.join('\n')}\n\n${inertJson(toJson(inspection), 2)}`;
}

async function textOnDisk(file: string): Promise<string | undefined> {
  const read: Decoded | undefined = await readText(path.dirname(path.resolve(file)), path.basename(file));
  if (read !== undefined && 'unread' in read) throw new Error(`${file} could not be read: ${read.unread}`);
  return read?.text;
}

/** The same command that a person runs, in a process of its own: here the standard output belongs to the protocol. */
function firebreak(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' };
    execFile(process.execPath, [path.join(dist, 'cli.js'), ...args], { env, maxBuffer: 64 * 1024 * 1024, windowsHide: true }, (error, stdout, stderr) => {
      if (error === null) resolve([stdout, stderr].filter((each) => each !== '').join('\n'));
      else reject(new Error(stderr.trim() === '' ? stdout.trim() || error.message : stderr.trim()));
    });
  });
}
