import type { Project } from '../../src/core/language/project.ts';
import { folderOf, noProject } from '../../src/core/language/project.ts';
import { unhurried } from '../../src/core/language/pace.ts';
import { isAtLeast } from '../../src/core/check/severity.ts';
import type { Finding } from '../../src/core/check/finding.ts';
import { checker } from './check.ts';

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** What is found when files become other files, those of severity medium and above; `unchanged` are the rest of the project. */
export async function findingsOfChange(before: Files, after: Files, unchanged: Files = {}): Promise<Finding[]> {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]);
  const side = (text: string | undefined) => (text === undefined ? undefined : { text });
  const files = paths.map((path) => ({ path, ...(before[path] !== undefined && { before: side(before[path]) }), ...(after[path] !== undefined && { after: side(after[path]) }) }));
  const looks = await checker.check({ files: files as Parameters<typeof checker.check>[0]['files'], project: projectOf({ ...after, ...unchanged }) }, () => unhurried);
  return looks.flatMap((look) => {
    if (look.kind === 'unread') throw new Error(`${look.path}: ${look.why}`);
    return look.kind === 'findings' ? look.findings.filter(({ severity }) => isAtLeast(severity, 'medium')) : [];
  });
}

function projectOf(files: Files): Project {
  const paths = Object.keys(files);
  if (paths.length === 0) return noProject;
  return {
    read: (path) => Promise.resolve(files[path]),
    list: (folder) => Promise.resolve(paths.filter((path) => folderOf(path) === folder).map((path) => path.slice(path.lastIndexOf('/') + 1))),
  };
}

/** One line a finding: the rule, the file, and what is underlined. */
export function toldFindings(findings: readonly Finding[]): string[] {
  return findings.map(({ ruleId, path, matched }) => `${ruleId} ${path} ${matched}`.trim());
}
