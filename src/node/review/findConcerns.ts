import type { AiRegion } from '../../core/attribution/region.ts';
import { withRegionOf } from '../../core/check/attribute.ts';
import { changeFilter, changesOf, textAfter } from '../../core/check/changeFilter.ts';
import { type ChangedFile, isChanged, textsOf } from '../../core/check/changeSet.ts';
import { findingsAtGate, isSuppressed } from '../../core/check/suppression.ts';
import type { Checker } from '../../core/check/checker.ts';
import type { Finding } from '../../core/check/finding.ts';
import { severities } from '../../core/check/severity.ts';
import { filesToCheck } from '../../core/check/movedFile.ts';
import type { Project } from '../../core/language/project.ts';
import type { ChangedText } from '../../core/language/reader.ts';
import { applyPolicy, isExcluded } from '../../core/policy/applyPolicy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { aiReason, type Authorship, type Concern, concernOf, fileConcern, protectedReason } from '../../core/review/concern.ts';
import { findingsBefore } from '../../core/review/findingsBefore.ts';
import { isProtected } from '../../core/review/protectedFiles.ts';
import { isPathInside } from '../../core/review/recordFields.ts';
import { hasRunSettings, pathsWithNewRunSettings } from '../../core/review/runSettings.ts';
import { LineText } from '../../core/text/lineText.ts';
import { commitChanges, readChanges as readTexts } from '../changes.ts';
import { sha256Hex } from '../digest.ts';
import { RepositoryError } from '../git.ts';
import { ensureHere } from '../lentObjects.ts';
import { isFileMode } from '../objects.ts';
import type { Place } from '../place.ts';
import { projectAt } from '../project.ts';
import { readChanges } from './manifest.ts';

/** What the analysis needs beyond git. */
export interface Analyzer {
  readonly checker: Checker;
  /** How long a file may take from now on; one that takes longer counts as unread. */
  readonly startFile: () => { readonly isOver: () => boolean };
  /** Who wrote what in a text, as far as anybody noted it; undefined when nothing is known. */
  readonly regionsOf: (path: string, text: string) => Promise<readonly AiRegion[] | undefined>;
}

/** As many files of evidence are kept; a finding that rests on more is bound by the whole tree. */
const mostEvidence = 1000;

/** What a senior may have to approve of what differs between two commits or trees, in the order of paths. It is found out here, whatever others reported. Throws where a file has a name that cannot be approved. */
export async function findConcerns(place: Pick<Place, 'root' | 'objectFormat'>, { from, to, policy, analyzer }: { readonly from: string; readonly to: string; readonly policy: Policy; readonly analyzer: Analyzer }): Promise<readonly Concern[]> {
  const entries = await readChanges(place.root, from, to);
  await ensureHere(place.root, entries.flatMap(({ oldMode, oldBlob, mode, blob }) => [...fileIn(oldMode, oldBlob), ...fileIn(mode, blob)]));
  const changes = await commitChanges(place, from, to);
  const changed = await readTexts(place, changes);
  const resettled = new Set(changed.flatMap(pathsWithNewRunSettings));
  const files = changed.flatMap((file) => filesToCheck(file, (path) => isExcluded(path, policy)));
  const texts = new Map(files.map((file) => [file, textsOf(file)]));
  const [project, projectBefore] = [projectAt({ root: place.root, at: { commit: to } }), projectAt({ root: place.root, at: { commit: from } })];
  const concerns: Concern[] = [];
  for (const file of files) {
    const others = [...texts].flatMap(([other, text]) => (other !== file && isChanged(text) ? [text] : []));
    concerns.push(...(await concernsOf(file, others, { project, projectBefore }, policy, analyzer)));
  }
  for (const { path, mode } of entries) {
    const elsewhere = isExcluded(path, policy) ? undefined : await elsewhereOf(path, mode, analyzer);
    if (elsewhere !== undefined) concerns.push(fileConcern('unread', path, elsewhere, 'unknown', sha256Hex));
    if (isProtected(path) || resettled.has(path) || (mode === '120000' && hasRunSettings(path))) concerns.push(fileConcern('protected', path, protectedReason, 'unknown', sha256Hex));
    if (policy.review === 'all-ai') concerns.push(fileConcern('ai', path, aiReason, await authorshipOf(files.find((file) => file.path === path), analyzer), sha256Hex));
  }
  return concerns.sort(byPlace);
}

function fileIn(mode: string | undefined, blob: string | undefined): readonly string[] {
  return mode !== undefined && blob !== undefined && isFileMode(mode) ? [blob] : [];
}

/** As `findConcerns`, by each of the policies by which a branch is judged: of what several see, the worst. */
export async function findConcernsByEach(place: Pick<Place, 'root' | 'objectFormat'>, { policies: [first, ...others], ...change }: { readonly from: string; readonly to: string; readonly policies: readonly [Policy, ...Policy[]]; readonly analyzer: Analyzer }): Promise<readonly Concern[]> {
  const all = [...(await findConcerns(place, { ...change, policy: first }))];
  for (const policy of others) all.push(...(await findConcerns(place, { ...change, policy })));
  const worst = new Map<string, Concern>();
  for (const concern of all) {
    const known = worst.get(concern.fingerprint);
    if (known === undefined || severities.indexOf(known.severity) < severities.indexOf(concern.severity)) worst.set(concern.fingerprint, concern);
  }
  return [...worst.values()].sort(byPlace);
}

function byPlace(one: Concern, other: Concern): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : one.line - other.line;
}

/** Why what stands at a path is not what git stores there: a submodule's code, and the file that a link leads to where it is taken for code by the link's name. */
async function elsewhereOf(path: string, mode: string | undefined, { checker, startFile }: Analyzer): Promise<string | undefined> {
  if (mode === '160000') return 'is a submodule at another commit, whose code is not here to be checked';
  if (mode !== '120000') return undefined;
  const [look] = await checker.check({ files: [{ path, after: { text: '' } }] }, startFile);
  return look === undefined || look.kind === 'notApplicable' ? undefined : 'is a link, and what it leads to is not checked as what its name says';
}

async function concernsOf(file: ChangedFile, others: readonly ChangedText[], { project, projectBefore }: { readonly project: Project; readonly projectBefore: Project }, policy: Policy, { checker, startFile, regionsOf }: Analyzer): Promise<readonly Concern[]> {
  const [reads, compared] = [new Set<string>(), new Set<string>()];
  const [look] = await checker.check({ files: [file], others: others.map((other) => toldOf(other, compared)), project: toldOfProject(project, reads) }, startFile);
  if (look === undefined || look.kind === 'notApplicable') return [];
  // What a file of another name held before is a part of what is said of this one.
  if (file.pathBefore !== undefined && file.pathBefore !== file.path) reads.add(file.pathBefore);
  // What is found without the other files of the change too was not judged from how they changed; what it takes from them as they are, it reads as of any file.
  const [alone] = compared.size === 0 || look.kind === 'unread' || look.findings.length === 0 ? [] : await checker.check({ files: [file], project: toldOfProject(project, reads) }, startFile);
  const foundAlone = new Set(alone?.kind === 'findings' ? applyPolicy(alone.findings, policy).map(judgementOf) : []);
  const evidenceOf = (isFoundAlone: boolean) => [...new Set([...reads, ...(isFoundAlone ? [] : compared)])].filter((path) => path !== file.path && isPathInside(path)).sort().slice(0, mostEvidence);
  const unread = (why: string) => ({ ...fileConcern('unread', file.path, `could not be read: ${why}`, 'unknown', sha256Hex), evidence: evidenceOf(false) });
  if (look.kind === 'unread') return [unread(look.why)];
  if (look.findings.length > 0) await holdToNames(file.path, [...reads, ...compared], project);
  const text = new LineText(textAfter(file));
  const regions = look.findings.length === 0 ? undefined : await regionsOf(file.path, textAfter(file));
  const findings = applyPolicy(look.findings, policy).map((finding) => withRegionOf(finding, regions ?? []));
  const before = () => findingsBefore(file, policy, async (old) => (await checker.check({ files: [old], project: projectBefore }, startFile))[0]);
  const isOfChange = await changeFilter(file, findings, before);
  const asked = findings.some(isSuppressed) ? findingsAtGate({ after: findings, before: await before(), isOfChange, isAuthorKnown: regions !== undefined }) : findings.filter(isOfChange);
  return [
    ...asked.map((finding) => concernOf(finding, { line: text.positionAt(finding.range.start).line + 1, evidence: evidenceOf(foundAlone.has(judgementOf(finding))), authorship: whoOf(finding.region, regions) })),
    ...(look.unread === undefined ? [] : [unread(look.unread)]),
  ];
}

/** An approval lists what a finding was judged from: what it could not list would change unseen. */
async function holdToNames(path: string, evidence: readonly string[], project: Project): Promise<void> {
  for (const odd of evidence.filter((each) => !isPathInside(each))) {
    if ((await project.read(odd)) !== undefined) throw new RepositoryError(`what ${path} does depends on the file ${JSON.stringify(odd)}, whose name no approval can hold; give it another one, without control characters (git mv), and try again`);
  }
}

/** All that is said of a finding. */
function judgementOf({ fingerprint, ruleId, severity, confidence, matched, blastRadius, gone }: Finding): string {
  return JSON.stringify([fingerprint, ruleId, severity, confidence, matched, blastRadius, gone]);
}

function whoOf(region: AiRegion | undefined, regions: readonly AiRegion[] | undefined): Authorship {
  if (regions === undefined) return 'unknown';
  return region === undefined ? 'human' : region.origin.kind === 'ai' ? 'ai' : 'unknown';
}

/** Who wrote what changed in a file, or deleted it; nobody knows of one that cannot be read. */
async function authorshipOf(file: ChangedFile | undefined, { regionsOf }: Analyzer): Promise<Authorship> {
  if (file === undefined || (file.after !== undefined && 'unread' in file.after)) return 'unknown';
  const regions = await regionsOf(file.path, textAfter(file));
  const changed = changesOf(file);
  const touched = regions?.filter(({ range }) => changed.some((each) => each.touches(range)));
  const byAi = touched?.find(({ origin }) => origin.kind === 'ai');
  // What was only deleted is nobody's, unless an AI deleted it.
  return byAi === undefined && changed.every((range) => range.isEmpty) ? 'unknown' : whoOf(byAi ?? touched?.[0], regions);
}

/** A text that takes down when somebody looks into it. */
function toldOf(text: ChangedText, reads: Set<string>): ChangedText {
  return new Proxy(text, {
    get: (target, key) => {
      if (key !== 'path') reads.add(target.path);
      return Reflect.get(target, key) as unknown;
    },
  });
}

function toldOfProject(project: Project, reads: Set<string>): Project {
  return {
    read: (path) => {
      reads.add(path);
      return project.read(path);
    },
    list: (folder) => project.list(folder),
  };
}
