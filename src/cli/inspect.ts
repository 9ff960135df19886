import { changedRanges } from '../core/attribution/changedRanges.ts';
import type { AiRegion } from '../core/attribution/region.ts';
import { regionsFor } from '../core/attribution/storedRegions.ts';
import { type ChangedFile, isChanged, type Look, textsOf } from '../core/check/changeSet.ts';
import { newFindings } from '../core/check/newFindings.ts';
import { withRegionOf } from '../core/check/attribute.ts';
import type { Finding } from '../core/check/finding.ts';
import { applyPolicy, isExcluded } from '../core/policy/applyPolicy.ts';
import { noPolicy } from '../core/policy/policy.ts';
import { rules } from '../core/rules/index.ts';
import { folderOf } from '../core/language/project.ts';
import { LineText, type Position } from '../core/text/lineText.ts';
import { meetsAny, OffsetRange } from '../core/text/offsetRange.ts';
import { sha256Hex } from '../node/digest.ts';
import type { GitRepository } from '../node/repository.ts';
import { hereLooker, type Looker, lookerFor, type Task } from './lookers.ts';
import type { Selection } from './selection.ts';
import { warn } from './terminal.ts';

/** Which findings count: in AI text, on lines that changed, or any. */
export const checkScopes = ['ai', 'changes', 'all'] as const;
export type CheckScope = (typeof checkScopes)[number];

/** A finding with its place in lines; 0-based. */
export interface Located {
  readonly finding: Finding;
  readonly start: Position;
  readonly end: Position;
}

export interface Inspection {
  readonly scope: CheckScope;
  readonly located: readonly Located[];
  readonly unread: readonly { readonly path: string; readonly why: string }[];
  /** Files that a checker read. */
  readonly fileCount: number;
  /** Of these, the ones of whose text nobody knows who wrote it. */
  readonly unattributedCount: number;
}

/** Checks what was selected, leaves what the policy and the scope leave, and says where it stands. */
export async function inspect(selection: Selection, scope: CheckScope, threads?: number): Promise<Inspection> {
  const { repository } = selection;
  const policy = (await repository?.policyAt(selection.policyCommit, rules.map(({ id }) => id))) ?? noPolicy;
  const located: Located[] = [];
  const unread: { path: string; why: string }[] = [];
  let [fileCount, unattributedCount] = [0, 0];
  const looker = lookerFor(selection, threads);
  // The texts before are few, and looked at where the answer is needed.
  const before = hereLooker(undefined);
  try {
    for await (const { file, look } of looked(selection, looker, (path) => isExcluded(path, policy))) {
      if (look.kind === 'unread') unread.push({ path: look.path, why: look.why });
      if (look.kind !== 'findings') continue;
      fileCount++;
      const findings = applyPolicy(look.findings, policy);
      if (findings.length === 0 && scope !== 'ai') continue;
      const regions = await regionsOf(repository, file);
      if (regions === undefined) unattributedCount++;
      const findingsBefore = async () => {
        const [old] = file.before === undefined ? [] : await before.look({ files: [{ path: file.path, after: file.before }], others: [] });
        // Raised like those that they are compared with.
        return old?.kind === 'findings' ? applyPolicy(old.findings, policy) : [];
      };
      const attributed = findings.map((finding) => withRegionOf(finding, regions ?? []));
      located.push(...locate(attributed.filter(await scopeFilter(scope, file, attributed, findingsBefore)), textAfter(file)));
    }
  } finally {
    await looker.close();
  }
  const byPlace = (one: Located, other: Located) => (one.finding.path < other.finding.path ? -1 : one.finding.path > other.finding.path ? 1 : one.finding.range.start - other.finding.range.start);
  return { scope, located: located.sort(byPlace), unread: unread.sort((one, other) => (one.path < other.path ? -1 : 1)), fileCount, unattributedCount };
}

/** Files that a thread takes at once. */
const filesPerTask = 32;

/** A change with more text than this is not sent whole with each task; in characters. */
const mostText = 4_000_000;

/** The files and what looking at them came to, in their order; several tasks are under way at once. */
async function* looked({ changed, unchanged }: Selection, looker: Looker, isLeftOut: (path: string) => boolean): AsyncGenerator<{ file: ChangedFile; look: Look }> {
  const underWay: { readonly files: readonly ChangedFile[]; readonly looks: Promise<readonly Look[]> }[] = [];
  for await (const task of tasksOf(changed, unchanged, isLeftOut)) {
    const looks = looker.look(task);
    // Whoever waits for it is told; until then it is no failure that nobody minds.
    looks.catch(() => undefined);
    underWay.push({ files: task.files, looks });
    if (underWay.length > looker.width) yield* pairsOf(underWay.shift());
  }
  while (underWay.length > 0) yield* pairsOf(underWay.shift());
}

async function* pairsOf(done: { readonly files: readonly ChangedFile[]; readonly looks: Promise<readonly Look[]> } | undefined): AsyncGenerator<{ file: ChangedFile; look: Look }> {
  const looks = (await done?.looks) ?? [];
  for (const [index, look] of looks.entries()) {
    const file = done?.files[index];
    if (file !== undefined) yield { file, look };
  }
}

async function* tasksOf(changed: Selection['changed'], unchanged: Selection['unchanged'], isLeftOut: (path: string) => boolean): AsyncGenerator<Task> {
  const ofChange = (await changed()).filter((file) => !isLeftOut(file.path));
  const texts = ofChange.map(textsOf).filter(isChanged);
  const size = texts.reduce((sum, { before = '', after = '' }) => sum + before.length + after.length, 0);
  for (let at = 0; at < ofChange.length; at += filesPerTask) {
    const files = ofChange.slice(at, at + filesPerTask);
    const own = new Set(files.map((file) => file.path));
    const folders = new Set(files.map((file) => folderOf(file.path)));
    // Of a very large change a file is compared with what lies beside it.
    yield { files, others: texts.filter((text) => !own.has(text.path) && (size < mostText || folders.has(folderOf(text.path)))) };
  }
  for await (const batch of unchanged) {
    const files = batch.filter((file) => !isLeftOut(file.path));
    if (files.length > 0) yield { files, others: [] };
  }
}

async function scopeFilter(scope: CheckScope, file: ChangedFile, all: readonly Finding[], findingsBefore: () => Promise<readonly Finding[]>): Promise<(finding: Finding) => boolean> {
  if (scope === 'all') return () => true;
  if (scope === 'ai') return ({ region }) => region !== undefined;
  const changed = changesOf(file);
  const isTouched = ({ within }: Finding) => meetsAny(within, changed);
  if (all.every(isTouched) || file.before === undefined) return isTouched;
  const fresh = newFindings(all, await findingsBefore());
  return (finding) => isTouched(finding) || fresh.has(finding);
}

/** Of a file whose text before is missing or unread, all counts as changed. */
function changesOf(file: ChangedFile): readonly OffsetRange[] {
  const after = textAfter(file);
  if (file.before === undefined || 'unread' in file.before) return [new OffsetRange(0, after.length)];
  return file.before.text === after ? [] : changedRanges(file.before.text, after);
}

function textAfter({ after }: ChangedFile): string {
  return after !== undefined && 'text' in after ? after.text : '';
}

/** The saved regions of exactly this text; undefined when none are known. */
async function regionsOf(repository: GitRepository | undefined, file: ChangedFile): Promise<readonly AiRegion[] | undefined> {
  const { stored, setAside } = (await repository?.loadRegions(file.path)) ?? {};
  if (setAside !== undefined) warn(setAside);
  const text = textAfter(file);
  return stored === undefined ? undefined : regionsFor(stored, { digest: sha256Hex(text), length: text.length });
}

function locate(findings: readonly Finding[], text: string): Located[] {
  if (findings.length === 0) return [];
  const lines = new LineText(text);
  return findings.map((finding) => ({ finding, start: lines.positionAt(finding.range.start), end: lines.positionAt(finding.range.endExclusive) }));
}
