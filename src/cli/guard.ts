import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Agent } from '../core/agents/agent.ts';
import type { AgentEvent } from '../core/agents/event.ts';
import { type Permission, permissionFor, type Proposed } from '../core/agents/guard.ts';
import { changeFilter } from '../core/check/changeFilter.ts';
import type { ChangedFile } from '../core/check/changeSet.ts';
import { Checker } from '../core/check/checker.ts';
import type { Finding } from '../core/check/finding.ts';
import { RuleSet } from '../core/check/ruleSet.ts';
import { withoutOwnWord } from '../core/check/suppression.ts';
import { Grammars } from '../core/language/grammars.ts';
import { languageOf } from '../core/language/language.ts';
import { noProject } from '../core/language/project.ts';
import { applyPolicy } from '../core/policy/applyPolicy.ts';
import { noPolicy, type Policy } from '../core/policy/policy.ts';
import { showInert } from '../core/review/inert.ts';
import { rules } from '../core/rules/index.ts';
import { LineText } from '../core/text/lineText.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { dist } from '../node/dist.ts';
import { workTreeOf } from '../node/journal.ts';
import { madeWordsIn } from '../node/madeWords.ts';
import { today } from '../node/today.ts';
import { workTreeProject } from '../node/workTreeProject.ts';
import { changesBy, changesByShell, inside } from './agentChanges.ts';
import { warn } from './agentPipes.ts';
import { lookWith } from './lookWith.ts';
import { overstepsIn } from './oversteps.ts';
import { isUnderFlags, readGrammar, takeTime } from './readGrammar.ts';

export { hurry } from './readGrammar.ts';

/** By the shells that run a command line of an agent, as files of theirs would be called. */
const commandFiles = process.platform === 'win32' ? ['command.ps1', 'command.cmd', 'command.sh'] : ['command.sh'];

/** What is told are no fingerprints: as the digest of a text the text itself will do. */
const madeWords = madeWordsIn(path.join(dist, 'words'));
const checker = new Checker(rules, { grammars: new Grammars(readGrammar), digest: (text) => text, today, madeWords });

/** What an agent may do of what it is about to do: judged as `firebreak check` would, and by the policy of the last commit. */
export async function permissionOf(event: AgentEvent, agent: Pick<Agent, 'canAsk'>): Promise<Permission> {
  const folder = realPathOf(path.resolve(event.cwd ?? process.cwd()));
  const first = event.writes[0];
  const root = workTreeOf(first === undefined ? path.join(folder, 'any') : path.resolve(folder, first.path))?.root ?? folder;
  const at = { root, folder };
  const command = event.command === undefined ? [] : [...commandFiles.map((file) => ({ path: inside(root, path.join(folder, file)), after: { text: `${event.command}\n` } })), ...changesByShell(event.command, at)];
  const writes = event.writes.map((write) => changesBy(write, at));
  const { findings, unread } = await foundIn([...writes.flatMap(({ files }) => files), ...command], root);
  const unplaced = writes.flatMap((write) => write.unplaced).filter(({ path: file, text }) => mayHold(file, text)).map(({ path: file }) => ({ path: file, why: 'what is to be replaced does not stand in it' }));
  const proposed: Proposed = { is: event.command === undefined ? 'edit' : 'command', findings, oversteps: event.command === undefined ? [] : overstepsIn(event.command), unread: [...unread, ...unplaced] };
  if (proposed.findings.length + proposed.oversteps.length + proposed.unread.length === 0) return { kind: 'goOn' };
  const policy = await policyIn(root);
  return permissionFor({ ...proposed, findings: applyPolicy(proposed.findings, policy) }, policy, agent);
}

/** From here on a text takes so long to parse that better code for it pays. */
const muchToParse = 250_000;

/** What `check --scope changes` would find: most of what that loads, such as who wrote what, can make no difference here. */
async function foundIn(files: readonly ChangedFile[], root: string): Promise<Pick<Proposed, 'findings' | 'unread'>> {
  const findings: Finding[] = [];
  const unread: { path: string; why: string }[] = [];
  if (files.some(({ after }) => after !== undefined && 'text' in after && after.text.length > muchToParse)) takeTime();
  for (const { file, look } of await lookWith(checker, workTreeProject(root))({ files, others: [] })) {
    if (look.kind === 'unread') unread.push(look);
    if (look.kind !== 'findings') continue;
    if (look.unread !== undefined) unread.push({ path: look.path, why: look.unread });
    const isOfChange = await changeFilter(file, look.findings, async () => {
      const [before] = file.before === undefined ? [] : await lookWith(checker, noProject)({ files: [{ path: file.path, after: file.before }], others: [] });
      return before?.look.kind === 'findings' ? before.look.findings : [];
    });
    findings.push(...withoutOwnWord(look.findings.filter(isOfChange), file));
  }
  return { findings, unread };
}

/** Whether something stands in a text that rules look for in the language of such a file; in what only describes things anything may be what protects one. */
function mayHold(file: string, text: string): boolean {
  const language = languageOf(file);
  return language === 'hcl' || (language !== undefined && new RuleSet(rules, madeWords).mayHold(language, LineText.fixed(text)));
}

/** What is judged, of which each kind needs other parts of the guard. */
export type Judged = 'command' | 'javascript' | 'program' | 'other';

/** Has V8 compile what most that is judged of one kind needs, so that it is among what is kept. */
export async function warmUp(kind: Judged): Promise<void> {
  for (const [name, text, before] of usual[kind]) await foundIn([{ path: name, after: { text }, ...(before !== undefined && { before: { text: before } }) }], dist);
}

const aCommand = ['command.sh', 'cd infra && terraform destroy -auto-approve; git push --force; psql -c "DROP TABLE t"; for f in *; do echo "$f"; done\n'] as const;

const usual: Readonly<Record<Judged, readonly (readonly [file: string, text: string, before?: string])[]>> = {
  command: [aCommand],
  javascript: [
    ['edit.ts', 'import { S3 } from "@aws-sdk/client-s3";\nexport const drop = (s3: S3) => s3.deleteBucket({ Bucket: `b` });\n', 'import { S3 } from "@aws-sdk/client-s3";\nexport const drop = (s3: S3) => s3;\n'],
    ['run.ts', 'import { execSync } from "node:child_process";\nexport const drop = () => execSync("terraform destroy -auto-approve");\n'],
  ],
  program: [
    aCommand,
    ['edit.py', 'import shutil\ndef drop(d):\n    shutil.rmtree(d)\n', 'import shutil\ndef drop(d):\n    pass\n'],
  ],
  other: [
    ['main.tf', 'resource "aws_db_instance" "main" {\n  skip_final_snapshot = true\n}\n'],
    ['.github/workflows/deploy.yml', 'jobs:\n  deploy:\n    steps:\n      - run: terraform destroy -auto-approve\n'],
  ],
};

/** What could not be read as an event: held when a word stands in it that rules look for in commands. */
export function permissionOfUnread(raw: string, why: string, agent: Pick<Agent, 'canAsk'>, is: Proposed['is'] = 'tool call'): Permission {
  if (!new RuleSet(rules, madeWords).mayHold('shell', LineText.fixed(raw))) return { kind: 'goOn' };
  return permissionFor({ is, findings: [], oversteps: [], unread: [{ path: 'what the agent told', why }] }, noPolicy, agent);
}

/** One that is broken raises nothing and lets nothing pass: the bar of a repository without one holds. What reads a policy is loaded where there is one. */
async function policyIn(root: string): Promise<Policy> {
  try {
    const { policyAtHead } = await import('../node/policyAtHead.ts');
    return await policyAtHead(root, isUnderFlags() ? 'hurried' : '');
  } catch (error) {
    warn(showInert(messageOf(error)));
    return noPolicy;
  }
}

function realPathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
