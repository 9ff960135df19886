import type { LineText } from '../../text/lineText.ts';
import { languageOf } from '../language.ts';
import { folderOf } from '../project.ts';
import type { FileContext } from '../reader.ts';

/** How far up the module stands from a file of values that is kept in a folder of its own: `envs/prod/app.tfvars`. */
const highestAbove = 3;

/** More files than a module has; beyond, the others are not read. */
const mostFiles = 300;

/** A text, and what it comes from and is the same for everybody who asks: what was read of it is kept with that. */
export interface SourceText {
  readonly text: string;
  readonly owner: object;
}

/** The texts that one file is compared with and read together with, beside the file's own text after. */
export interface ModuleTexts {
  /** The folder of the module, not of the file. */
  readonly folder: string;
  readonly before: ReadonlyMap<string, SourceText>;
  readonly after: ReadonlyMap<string, SourceText>;
  /** Other folders of the change that were modules before it: what comes to them is new to their state. */
  readonly modules: ReadonlySet<string>;
  /** Whether what stands beside it says that OpenTofu applies it, and not Terraform. */
  readonly isOfTofu: boolean;
}

/** Whether it changed, or anything of what it is read together with. */
export function isCompared({ path, before, changed }: FileContext, text: LineText): boolean {
  if (before === undefined && (isOverride(path) || isTofu(path))) return true;
  const isWithIt = (other: string) => languageOf(other) === 'hcl' && folderOf(other) === folderOf(path);
  return (before !== undefined && before !== text.toString()) || changed.some((other) => other.before !== other.after && isWithIt(other.path));
}

/** Terraform takes all files of a folder as one; a file of any other tool stands alone. */
export async function moduleTextsOf(file: FileContext): Promise<ModuleTexts> {
  const { path, changed } = file;
  const folder = isValues(path) ? await folderOfModule(file) : folderOf(path);
  const before = new Map<string, SourceText>();
  const after = new Map<string, SourceText>();
  if (isOfModule(path) || isValues(path) || isOverride(path)) {
    // What an override is put over may be written as JSON.
    const isRead = (other: string) => isOfModule(other) || isValues(other) || (isOverride(path) && isModuleJson(other));
    const isHere = (other: string) => folderOf(other) === folder && isRead(other);
    const changedPaths = new Set(changed.map((other) => other.path).concat(path));
    const names = (await file.project.list(folder)).filter(isRead).slice(0, mostFiles);
    for (const name of names) {
      const other = folder === '' ? name : `${folder}/${name}`;
      const text = changedPaths.has(other) ? undefined : await file.project.read(other);
      if (text === undefined) continue;
      const source = { text, owner: file.project };
      before.set(other, source);
      after.set(other, source);
    }
    for (const other of changed.filter((each) => isHere(each.path))) {
      if (other.before !== undefined) before.set(other.path, { text: other.before, owner: other });
      if (other.after !== undefined) after.set(other.path, { text: other.after, owner: other });
    }
  }
  if (file.before !== undefined) before.set(path, { text: file.before, owner: file });
  return { folder, before, after, modules: await modulesElsewhere(file, folder), isOfTofu: [...after.keys(), path].some(isTofu) && (await isOfTofu(file, folder, before.keys())) };
}

async function modulesElsewhere({ path, changed, project }: FileContext, own: string): Promise<ReadonlySet<string>> {
  const modules = new Set<string>();
  const known = new Set(changed.map((other) => other.path).concat(path));
  for (const folder of new Set(changed.flatMap((other) => (isOfModule(other.path) && folderOf(other.path) !== own ? [folderOf(other.path)] : [])))) {
    const isThere = changed.some((other) => other.before !== undefined && other.before.trim() !== '' && isOfModule(other.path) && folderOf(other.path) === folder);
    if (isThere || (await project.list(folder)).some((name) => isOfModule(name) && !known.has(folder === '' ? name : `${folder}/${name}`))) modules.add(folder);
  }
  return modules;
}

/** By the providers that are locked there, and else by whether it had files that only OpenTofu reads: as it was before the change. */
async function isOfTofu({ changed, project }: FileContext, folder: string, before: Iterable<string>): Promise<boolean> {
  const lock = folder === '' ? lockFile : `${folder}/${lockFile}`;
  const changedLock = changed.find(({ path }) => path === lock);
  const locked = changedLock === undefined ? await project.read(lock) : changedLock.before;
  const names = (registry: string) => locked?.includes(`"${registry}/`) === true;
  return names('registry.opentofu.org') || (!names('registry.terraform.io') && [...before].some(isTofu));
}

const lockFile = '.terraform.lock.hcl';

/** OpenTofu reads a file with its own ending in place of the one that is called alike. */
export function isTofu(path: string): boolean {
  return /\.tofu(?:\.json)?$/.test(path);
}

export function tofuFormOf(path: string): string {
  return path.replace(/\.tf(?=$|\.json$)/, '.tofu');
}

export function withoutHidden<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.filter(({ path }) => isTofu(path) || !paths.has(tofuFormOf(path)) || tofuFormOf(path) === path);
}

export function isModuleJson(path: string): boolean {
  return /\.(?:tf|tofu)\.json$/.test(path);
}

export function isOfModule(path: string): boolean {
  return /\.(?:tf|tofu)$/.test(path);
}

/** A file whose blocks are put over those of the same address, setting by setting. */
export function isOverride(path: string): boolean {
  return /(?:^|\/|_)override\.(?:tf|tofu)(?:\.json)?$/.test(path);
}

export function isValues(path: string): boolean {
  return path.endsWith('.tfvars');
}

/** Files of values that Terraform reads without being told to. */
export function isReadUnasked(path: string): boolean {
  return /(?:^|\/)(?:terraform|[^/]*\.auto)\.tfvars$/.test(path);
}

async function folderOfModule({ path, changed, project }: FileContext): Promise<string> {
  let folder = folderOf(path);
  for (let up = 0; up <= highestAbove; up++) {
    const at = folder;
    if (changed.some((other) => isOfModule(other.path) && folderOf(other.path) === at) || (await project.list(at)).some(isOfModule)) return at;
    if (at === '') break;
    folder = folderOf(at);
  }
  return folderOf(path);
}
