// How much of what suites call destructive is found, and how much of the rest is flagged. Positive is a case with any
// finding of severity medium or above.
import path from 'node:path';
import { Checker } from '../../src/core/check/checker.ts';
import { changedRanges } from '../../src/core/attribution/changedRanges.ts';
import type { ChangedFile, Look } from '../../src/core/check/changeSet.ts';
import { newFindings } from '../../src/core/check/newFindings.ts';
import { isAtLeast } from '../../src/core/check/severity.ts';
import { Grammars } from '../../src/core/language/grammars.ts';
import { folderOf, type Project } from '../../src/core/language/project.ts';
import type { ChangedText } from '../../src/core/language/reader.ts';
import { rules } from '../../src/core/rules/index.ts';
import { messageOf } from '../../src/core/text/messageOf.ts';
import { meetsAny } from '../../src/core/text/offsetRange.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { today } from '../../src/node/today.ts';
import { readGrammarFrom } from '../../src/node/readGrammar.ts';
import { type Case, isHeldOut, pathOf, readAdjudications, readCases } from './cases.ts';
import { printMisses, printRules, printTable, type Result } from './report.ts';

const root = process.cwd();
const checker = new Checker(rules, { grammars: new Grammars(readGrammarFrom(path.join(root, 'dist/grammars'))), digest: sha256Hex, today });
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
  const pace = () => ({ isOver: () => performance.now() > end });
  const project = projectOf(each.project ?? {});
  const [look] = await checker.check({ files: [changedFileOf(each)], others: othersOf(each), project }, pace);
  const microseconds = (performance.now() - start) * 1000;
  const old = each.before === undefined ? undefined : (await checker.check({ files: [{ path: pathOf(each), after: { text: each.before } }], project }, pace))[0];
  return { case: each, label, isHeldOut: isHeldOut(each), microseconds, ...outcomeOf(each, look, old) };
}

function othersOf({ others = {} }: Case): ChangedText[] {
  return Object.entries(others).map(([file, { before, after }]) => ({ path: file, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }));
}

/** Of a change that counts which stands on changed lines or was not there before, as everywhere in the product. */
function outcomeOf({ before, after = '' }: Case, look: Look | undefined, old: Look | undefined): Pick<Result, 'outcome' | 'rules' | 'why'> {
  if (look?.kind !== 'findings') return { outcome: 'unread', rules: [], why: look?.kind === 'unread' ? look.why : 'no checker reads it' };
  const serious = look.findings.filter(({ severity }) => isAtLeast(severity, 'medium'));
  const changed = before === undefined || before === after ? [] : changedRanges(before, after);
  const fresh = newFindings(look.findings, old?.kind === 'findings' ? old.findings : []);
  const counted = before === undefined ? serious : serious.filter((finding) => meetsAny(finding.within, changed) || fresh.has(finding));
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

let cases: Case[] = [];
try {
  cases = files.flatMap(readCases);
} catch (error) {
  console.error(messageOf(error));
  process.exit(2);
}
const adjudicated = readAdjudications(path.join(root, 'bench/detection/adjudications.jsonl'));
const results: Result[] = [];
for (const each of cases) results.push(await run(each, adjudicated.get(each.id) ?? each.label));
printTable(results);
printRules(results);
// What is held out is counted, and listed only when asked for.
if (flags.includes('--misses')) printMisses(results.filter((result) => flags.includes('--held-out') || !result.isHeldOut));
