import type { Look } from '../../src/core/check/changeSet.ts';
import type { Finding } from '../../src/core/check/finding.ts';
import { severities, type Severity } from '../../src/core/check/severity.ts';
import type { LineText } from '../../src/core/text/lineText.ts';

interface Count {
  files: number;
  lines: number;
  ms: number;
  unread: number;
  readonly findings: Record<Severity, number>;
}

const zero = (): Count => ({ files: 0, lines: 0, ms: 0, unread: 0, findings: { low: 0, medium: 0, high: 0, critical: 0 } });

/** The most findings of high or above that code without ill intent may have, in as many lines. */
const perLines = 20_000;

/** What looking at many files came to. */
export class Tally {
  private readonly all = zero();
  private readonly byLanguage = new Map<string, Count>();
  private readonly byRule = new Map<string, Record<Severity, number>>();
  private readonly byReason = new Map<string, string[]>();
  private readonly slowest: { path: string; ms: number }[] = [];

  add(language: string, lines: number, ms: number, path: string, look: Look): void {
    const why = look.kind === 'unread' ? look.why : look.kind === 'findings' ? look.unread : undefined;
    const count = entry(this.byLanguage, language, zero);
    for (const each of [this.all, count]) {
      each.files++;
      each.lines += lines;
      each.ms += ms;
      if (why !== undefined) each.unread++;
      if (look.kind === 'findings') for (const { severity } of look.findings) each.findings[severity]++;
    }
    if (why !== undefined) entry(this.byReason, why.replace(/\d+(?:\.\d+)?/g, '…'), (): string[] => []).push(path);
    if (look.kind === 'findings') for (const { ruleId, severity } of look.findings) entry(this.byRule, ruleId, () => zero().findings)[severity]++;
    this.slowest.push({ path, ms });
    this.slowest.sort((a, b) => b.ms - a.ms).splice(5);
  }

  print(): void {
    const cells = (of: Record<Severity, number>) => severities.map((each) => String(of[each]).padStart(9)).join('');
    const line = (name: string, { files, lines, ms, unread, findings }: Count) => {
      const rate = (((findings.high + findings.critical) * perLines) / Math.max(1, lines)).toFixed(2);
      console.log(`${name.padEnd(12)}${String(lines).padStart(10)}${String(files).padStart(8)}${String(unread).padStart(8)}${cells(findings)}${rate.padStart(14)}${Math.round((lines / Math.max(1, ms)) * 1000).toLocaleString('en').padStart(12)}`);
    };
    const heads = severities.map((each) => each.padStart(9)).join('');
    console.log(`\n${'language'.padEnd(12)}${'lines'.padStart(10)}${'files'.padStart(8)}${'unread'.padStart(8)}${heads}${'high+ per 20k'.padStart(14)}${'lines/s'.padStart(12)}`);
    for (const [language, count] of [...this.byLanguage].sort(([, a], [, b]) => b.lines - a.lines)) line(language, count);
    line('all', this.all);
    console.log(`\n${'rule'.padEnd(34)}${heads}`);
    for (const [rule, count] of [...this.byRule].sort(([, a], [, b]) => b.high + b.critical - a.high - a.critical || b.medium - a.medium)) console.log(`${rule.padEnd(34)}${cells(count)}`);
    console.log('\nunread');
    for (const [why, paths] of this.byReason) console.log(`${String(paths.length).padStart(6)}  ${why}, such as ${paths.slice(0, 3).join(', ')}`);
    console.log(`\nslowest: ${this.slowest.map(({ path, ms }) => `${path} (${Math.round(ms)} ms)`).join(', ')}`);
    console.log(`memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most; time spent looking: ${(this.all.ms / 1000).toFixed(0)} s`);
  }
}

export function printFinding(path: string, lines: LineText, { ruleId, severity, confidence, range, matched, blastRadius }: Finding): void {
  const at = lines.positionAt(range.start).line;
  const text = lines.line(at).trim();
  console.log(`${path}:${at + 1} ${severity} (${confidence}) ${ruleId}\n    ${text.length > 300 ? `… ${matched.slice(0, 280)}` : text}\n    ${blastRadius.effect}`);
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
