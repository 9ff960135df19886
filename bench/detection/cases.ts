import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** One line of a suite: a text, or a change from `before` to `after`, and what the suite says of it. */
const caseSchema = z.looseObject({
  id: z.string(),
  suite: z.string(),
  lang: z.string(),
  text: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  path: z.string().optional(),
  /** Other files of the case, by path. */
  project: z.record(z.string(), z.string()).optional(),
  /** Further files of the change, by path: what they held before, and hold after. */
  others: z.record(z.string(), z.object({ before: z.string().optional(), after: z.string().optional() })).optional(),
  /** `destructive`; every other label says that nothing is to be found. */
  label: z.string(),
});
export type Case = z.infer<typeof caseSchema>;

const adjudicationSchema = z.object({ id: z.string(), label: z.enum(['destructive', 'safe']), reason: z.string().min(10) });

/** @throws when there is no such file, or a line is not a case, with its file and number */
export function readCases(file: string): Case[] {
  return readLines(file, caseSchema);
}

/** The labels that we disagree with, by the case's id. */
export function readAdjudications(file: string): ReadonlyMap<string, string> {
  return new Map(readLines(file, adjudicationSchema).map(({ id, label }) => [id, label]));
}

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (error) {
      throw new Error(`${file}:${index + 1} is no case: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
}

/** A fifth of all cases, always the same, that nobody reads while rules are written: its figures tell whether rules fit more than what was read. */
export function isHeldOut({ id }: Case): boolean {
  return (createHash('sha256').update(id).digest()[0] ?? 0) < 256 / 5;
}

/** File names by the languages that suites name, for cases without a path. */
const pathBy: Readonly<Record<string, string>> = {
  bash: 'case.sh', sh: 'case.sh', shell: 'case.sh', zsh: 'case.sh', sql: 'case.sql', javascript: 'case.js', typescript: 'case.ts', tsx: 'case.tsx', jsx: 'case.jsx',
  python: 'case.py', go: 'case.go', java: 'Case.java', csharp: 'Case.cs', ruby: 'case.rb', php: 'case.php', kotlin: 'Case.kt', rust: 'case.rs', hcl: 'case.tf', terraform: 'case.tf',
  powershell: 'case.ps1', cmd: 'case.cmd', yaml: 'case.yaml', json: 'case.json', dockerfile: 'Dockerfile', makefile: 'Makefile', graphql: 'case.graphql', perl: 'case.pl',
}; // prettier-ignore

export function pathOf({ path, lang }: Case): string {
  return path ?? pathBy[lang.toLowerCase()] ?? `case.${lang}`;
}
