// How much of what suites call destructive is found, and how much of the rest is flagged. Positive is a case with any
// finding of severity medium or above.
import path from 'node:path';
import { Checker } from '../../src/core/check/checker.ts';
import type { ChangedFile, Look } from '../../src/core/check/changeSet.ts';
import { isAtLeast } from '../../src/core/check/severity.ts';
import { Grammars } from '../../src/core/language/grammars.ts';
import { folderOf, type Project } from '../../src/core/language/project.ts';
import { rules } from '../../src/core/rules/index.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { readGrammarFrom } from '../../src/node/ports.ts';
import { type Case, isHeldOut, pathOf, readAdjudications, readCases } from './cases.ts';
import { printMisses, printRules, printTable, type Result } from './report.ts';

const root = process.cwd();
const checker = new Checker(rules, { grammars: new Grammars(readGrammarFrom(path.join(root, 'dist/grammars'))), digest: sha256Hex });
const longestMs = 10_000;

function projectOf(files: Readonly<Record<string, string>>): Project {
  return {
    read: (file) => Promise.resolve(files[file]),
    list: (folder) => Promise.resolve(Object.keys(files).filter((file) => folderOf(file) === folder).map((file) => file.slice(file.lastIndexOf('/') + 1))),
  };
}

function changedFileOf(each: Case): ChangedFile {
  const after = each.text ?? each.after;
  return { path: pathOf(each), ...(each.before !== undefined && { before: { text: each.before } }), ...(after !== undefined && { after: { text: after } }) };
}

async function run(each: Case, label: string): Promise<Result> {
  const start = performance.now();
  const end = start + longestMs;
  const [look] = await checker.check({ files: [changedFileOf(each)], project: projectOf(each.project ?? {}) }, () => ({ isOver: () => performance.now() > end }));
  return { case: each, label, isHeldOut: isHeldOut(each), microseconds: (performance.now() - start) * 1000, ...outcomeOf(look) };
}

function outcomeOf(look: Look | undefined): Pick<Result, 'outcome' | 'rules' | 'why'> {
  if (look?.kind !== 'findings') return { outcome: 'unread', rules: [], why: look?.kind === 'unread' ? look.why : 'no checker reads it' };
  const counted = look.findings.filter(({ severity }) => isAtLeast(severity, 'medium'));
  return { outcome: counted.length > 0 ? 'flagged' : 'silent', rules: [...new Set(counted.map(({ ruleId }) => ruleId))], why: '' };
}

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('--'));
const files = args.filter((arg) => !arg.startsWith('--'));
const unknown = flags.filter((flag) => !['--misses', '--held-out'].includes(flag));
if (files.length === 0 || unknown.length > 0) {
  console.error(`${unknown.length > 0 ? `There is no option ${unknown.join(', ')}.\n` : ''}Usage: npm run bench:detection -- FILE.jsonl… [--misses [--held-out]]`);
  process.exit(2);
}

const adjudicated = readAdjudications(path.join(root, 'bench/detection/adjudications.jsonl'));
const results: Result[] = [];
for (const file of files) {
  for (const each of readCases(file)) results.push(await run(each, adjudicated.get(each.id) ?? each.label));
}
printTable(results);
printRules(results);
// What is held out is counted, and listed only when asked for.
if (flags.includes('--misses')) printMisses(results.filter((result) => flags.includes('--held-out') || !result.isHeldOut));
