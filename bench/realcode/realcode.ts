// How often code is flagged that means no harm: every file of the packages below a folder is looked at as a new one.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Look } from '../../src/core/check/changeSet.ts';
import { Checker } from '../../src/core/check/checker.ts';
import { isAtLeast, severities } from '../../src/core/check/severity.ts';
import { Grammars } from '../../src/core/language/grammars.ts';
import { languageOf } from '../../src/core/language/language.ts';
import { LineText } from '../../src/core/text/lineText.ts';
import { rules } from '../../src/core/rules/index.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { today } from '../../src/node/today.ts';
import { readGrammarFrom } from '../../src/node/readGrammar.ts';
import { readText } from '../../src/node/workFile.ts';
import { filesOf, packagesIn, projectAt } from './packageFiles.ts';
import { printFinding, Tally } from './tally.ts';

const usage = `Usage: npm run bench:realcode [-- --lost | --list [--severity ${severities.join('|')}] [--rule ID] [--package NAME]]`;
const options = { lost: { type: 'boolean' }, list: { type: 'boolean' }, severity: { type: 'string', default: 'high' }, rule: { type: 'string' }, package: { type: 'string' } } as const;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
    const severity = severities.find((each) => each === values.severity);
    if (severity === undefined) throw new Error(`There is no severity ${values.severity}.`);
    if (positionals.length !== 1) throw new Error(`There is no argument ${positionals.slice(1).join(' ')}.`);
    return { ...values, severity, folder: positionals[0] ?? '' };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

const { folder, lost, list, severity, rule, package: only } = readArguments();
const root = process.cwd();
const ports = { grammars: new Grammars(readGrammarFrom(path.join(root, 'dist/grammars'))), digest: sha256Hex, today };
const checker = new Checker(rules, ports);
/** Reads also what the first look passes over. */
const thorough = new Checker(rules, { ...ports, readsEverything: true });
/** A file that takes longer than this is told as unread. */
const longestMs = 10_000;
const tally = new Tally();

/** One file at a time is in memory. */
async function lookAt(packageFolder: string, file: string): Promise<void> {
  const after = await readText(packageFolder, file);
  if (after === undefined) return;
  const text = 'text' in after ? after.text : '';
  const language = languageOf(file, text.slice(0, 200).split('\n', 1)[0]);
  if (language === undefined) return;
  const start = performance.now();
  const [look] = await checker.check({ files: [{ path: file, after }], project: projectAt(packageFolder) }, () => ({ isOver: () => performance.now() > start + longestMs }));
  if (look === undefined) return;
  const lines = new LineText(text);
  tally.add(language, lines.lineCount, performance.now() - start, path.join(packageFolder, file), look);
  if (lost === true) await tellLost(packageFolder, file, after, look);
  if (!list || look.kind !== 'findings') return;
  for (const finding of look.findings) {
    if (isAtLeast(finding.severity, severity) && (rule === undefined || finding.ruleId === rule)) printFinding(path.relative(root, path.join(packageFolder, file)), lines, finding);
  }
}

/** What is only found when every text is read. */
async function tellLost(packageFolder: string, file: string, after: NonNullable<Awaited<ReturnType<typeof readText>>>, look: Look): Promise<void> {
  const [all] = await thorough.check({ files: [{ path: file, after }], project: projectAt(packageFolder) }, () => ({ isOver: () => false }));
  const known = new Set(look.kind === 'findings' ? look.findings.map(({ fingerprint }) => fingerprint) : []);
  const missing = all?.kind === 'findings' ? all.findings.filter(({ fingerprint }) => !known.has(fingerprint)) : [];
  for (const finding of missing) printFinding(`LOST ${path.relative(root, path.join(packageFolder, file))}`, new LineText('text' in after ? after.text : ''), finding);
}

for (const name of await packagesIn(folder)) {
  if (only !== undefined && !name.includes(only)) continue;
  for (const file of await filesOf(path.join(folder, name))) await lookAt(path.join(folder, name), file);
}
tally.print();
