import type { Case } from './cases.ts';

export interface Result {
  readonly case: Case;
  /** As the suite has it, or as it was adjudicated. */
  readonly label: string;
  readonly isHeldOut: boolean;
  readonly outcome: 'flagged' | 'silent' | 'unread';
  /** The rules of the findings that count. */
  readonly rules: readonly string[];
  /** Why it is unread. */
  readonly why: string;
  readonly microseconds: number;
}

const isDestructive = ({ label }: Result) => label === 'destructive';

/** One line for each suite and language, and one for all of a suite; what is held out stands beside the rest. */
export function printTable(results: readonly Result[]): void {
  console.log(`${'suite'.padEnd(20)}${'language'.padEnd(12)}${'found'.padStart(22)}${'held out'.padStart(22)}${'false alarms'.padStart(22)}${'held out'.padStart(22)}${'unread'.padStart(8)}${'µs p50'.padStart(9)}${'p99'.padStart(9)}`);
  for (const [suite, ofSuite] of groupBy(results, (result) => result.case.suite)) {
    const languages = [...groupBy(ofSuite, (result) => result.case.lang)];
    for (const [language, group] of languages) printLine(suite, language, group);
    if (languages.length > 1) printLine(suite, 'all', ofSuite);
  }
}

function printLine(suite: string, language: string, group: readonly Result[]): void {
  const cell = (of: readonly Result[]) => {
    const count = of.filter(({ outcome }) => outcome === 'flagged').length;
    return (of.length === 0 ? '–' : `${count} of ${of.length} ${((count / of.length) * 100).toFixed(1).padStart(5)} %`).padStart(22);
  };
  const part = (isBad: boolean, isOut: boolean) => cell(group.filter((result) => isDestructive(result) === isBad && result.isHeldOut === isOut));
  const times = group.map(({ microseconds }) => microseconds).sort((a, b) => a - b);
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(0).padStart(9);
  const unread = group.filter(({ outcome }) => outcome === 'unread').length;
  console.log(`${suite.padEnd(20)}${language.padEnd(12)}${part(true, false)}${part(true, true)}${part(false, false)}${part(false, true)}${String(unread).padStart(8)}${at(0.5)}${at(0.99)}`);
}

/** How often each rule was right, and how often it flagged what is safe. */
export function printRules(results: readonly Result[]): void {
  const counts = new Map<string, { right: number; wrong: number }>();
  for (const result of results) {
    for (const rule of result.rules) {
      const count = counts.get(rule) ?? { right: 0, wrong: 0 };
      counts.set(rule, isDestructive(result) ? { ...count, right: count.right + 1 } : { ...count, wrong: count.wrong + 1 });
    }
  }
  console.log(`\n${'rule'.padEnd(40)}${'right'.padStart(8)}${'wrong'.padStart(8)}`);
  for (const [rule, { right, wrong }] of [...counts].sort(([a], [b]) => a.localeCompare(b))) console.log(`${rule.padEnd(40)}${String(right).padStart(8)}${String(wrong).padStart(8)}`);
}

export function printMisses(results: readonly Result[]): void {
  for (const result of results) {
    if (isDestructive(result) === (result.outcome === 'flagged')) continue;
    const what = result.outcome === 'flagged' ? `FALSE ALARM (${result.rules.join(', ')})` : result.outcome === 'unread' ? `UNREAD (${result.why})` : 'MISSED';
    if (!isDestructive(result) && result.outcome !== 'flagged') continue;
    console.log(`\n${what} ${result.case.id} ${result.case.lang} ${JSON.stringify(result.case.note ?? '')}\n${indented(result.case)}`);
  }
}

function indented({ text, before, after, path, project }: Case): string {
  const part = (title: string, content: string | undefined) => (content === undefined ? '' : `${title}${content.replace(/^/gm, '    ')}\n`);
  const others = Object.entries(project ?? {}).map(([name, content]) => part(`  ${name}:\n`, content));
  return part(path === undefined ? '' : `  ${path}:\n`, text) + part('  before:\n', before) + part('  after:\n', after) + others.join('');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
