import { OffsetRange } from '../../text/offsetRange.ts';
import { changedDefinition, rekeying, removal, renaming, settingChanges } from '../config/changes.ts';
import { type Declared, seamOf } from '../config/declared.ts';
import { renamesAmong } from '../config/renames.ts';
import type { AttributeChange, ResourceChange } from '../operation.ts';
import { instancesLost } from './instances.ts';
import type { HclDefinition } from './scope.ts';
import { attributeOf, bound, type HclBound, type HclDeclared, type HclModule, withoutKeys } from './module.ts';

export interface Surroundings {
  /** The file whose changes are asked for, and how long it is now. */
  readonly path: string;
  readonly length: number;
  /** Whether what is gone is not missed: its folder as a whole goes by another name now. */
  readonly standsElsewhere: (gone: HclDeclared) => boolean;
  /** Whether the text after cannot be trusted to say what is gone, as it is being typed. */
  readonly isBroken: boolean;
}

/** What a change of a module's files does to what it declares, as far as the change took place in one of them. */
export function changesBetween(before: HclModule, after: HclModule, around: Surroundings): (AttributeChange | ResourceChange)[] {
  const found: (AttributeChange | ResourceChange)[] = [];
  const gone: HclDeclared[] = [];
  const changedNames = namesChanged(before, after);
  for (const old of before.declared.values()) {
    const now = after.declared.get(old.address) ?? after.declared.get(movedTo(old.address, after));
    if (now === undefined) {
      if (!isLookedAfter(old, after)) gone.push(old);
    } else if ((old.text !== now.text && now.path === around.path) || refersTo(now, changedNames)) {
      const [from, to] = [bound(old, before), bound(now, after)];
      found.push(...settingChanges('terraform', from, to).filter((change) => !isSplitOff(change, before, after) && !(around.isBroken && change.after === undefined)));
      const instances = instancesLost(from, before, to, after);
      if (instances !== undefined) found.push(rekeying('terraform', from, to, instances, placeOfKey(from, to)));
    }
  }
  found.push(...unusedDefinitions(before, after, changedNames));
  if (around.isBroken) return found.filter(({ path }) => path === around.path);
  for (const now of after.declared.values()) {
    if (now.path === around.path && !before.declared.has(now.address) && actsOnWhatThereIs(now, before)) found.push(...settingChanges('terraform', nothingOf(now), bound(now, after)));
  }
  const left = gone.filter((each) => !around.standsElsewhere(each)).map((each) => bound(each, before));
  const fresh = left.length === 0 ? [] : [...after.declared.values()].filter(({ address, keyword }) => keyword !== 'provider' && !before.declared.has(address) && !isTarget(address, after)).map((each) => bound(each, after));
  const renames = renamesAmong(left, fresh);
  for (const old of left) {
    const now = renames.get(old);
    if (now !== undefined && after.imported.has(now.address)) continue;
    const told = after.destroyed.get(old.address);
    if (now === undefined && told !== undefined) found.push({ ...removal('terraform', old, { nearest: told.header, within: told.range }), path: told.path });
    else found.push(now === undefined ? removal('terraform', old, seamOf(old, before.files.get(old.path) ?? [], after.files.get(old.path) ?? [], new OffsetRange(0, around.length), OffsetRange.empty(0))) : renaming('terraform', old, now));
  }
  return found.filter(({ path }) => path === around.path);
}

/** Rules on what becomes of the objects of a bucket that is there; written beside the bucket until now, they are not new. */
function actsOnWhatThereIs({ type, text }: HclDeclared, before: HclModule): boolean {
  if (!/_lifecycle_(?:configuration|policy)$|_management_policy$/.test(type)) return false;
  const owners = [...text.matchAll(/\b(\w+_(?:bucket|account)\w*\.[\w-]+)\.\w/g)].map(([, owner = '']) => before.declared.get(owner));
  return owners.some((owner) => owner !== undefined && !owner.text.includes('lifecycle_rule'));
}

function nothingOf(declared: HclDeclared): HclBound {
  return { ...declared, settings: () => new Map() };
}

/**
 * What changed in variables that nothing seen here takes its value from: what they are for is told by their names. They
 * are compared as if they were settings of one thing each.
 */
function unusedDefinitions(before: HclModule, after: HclModule, changed: ReadonlySet<string>): AttributeChange[] {
  const used = new Set([...after.declared.values()].flatMap(({ references }) => [...references]));
  return [...changed].flatMap((name) => {
    const [old, now] = [before.definitions.get(name), after.definitions.get(name)];
    if (old === undefined || now === undefined || used.has(name) || !name.startsWith('var.')) return [];
    return settingChanges('terraform', definitionAsDeclared(old), definitionAsDeclared(now));
  });
}

function definitionAsDeclared({ name, path, range, meaning, value }: HclDefinition): Declared {
  const setting = name.slice('var.'.length);
  return { path, address: name, type: 'variable', range, header: range, text: meaning, settings: () => new Map([[setting, { name: setting, range, value, meaning, through: [] }]]) };
}

/** Providers turned blocks of a resource into resources of their own: `versioning` of `aws_s3_bucket` is `aws_s3_bucket_versioning`. */
function isSplitOff({ type, attribute, after: value }: AttributeChange, before: HclModule, after: HclModule): boolean {
  const [block = '', ...rest] = attribute.split('.');
  const own = `${type}_${block.split('_')[0] ?? ''}`;
  return value === undefined && rest.length > 0 && [...after.declared.values()].some((each) => each.type.startsWith(own) && !before.declared.has(each.address));
}

/** Where `count` or `for_each` is written, or the variable or local by which it changed. */
function placeOfKey(from: HclBound, to: HclBound): Parameters<typeof rekeying>[4] {
  const name = attributeOf(to, 'for_each') === undefined ? 'count' : 'for_each';
  const [old, now] = [from.settings().get(name), to.settings().get(name)];
  const isWrittenAnew = old?.value.source !== now?.value.source;
  const through = old === undefined || now === undefined || isWrittenAnew ? undefined : changedDefinition(old, now);
  if (through !== undefined) return { path: through.path, range: through.range, within: through.range };
  return { path: to.path, range: now?.range ?? to.header, within: to.range };
}

function movedTo(address: string, { moves }: HclModule): string {
  let at = address;
  const seen = new Set<string>();
  // A chain of moves keeps the older ones.
  while (!seen.has(at)) {
    seen.add(at);
    const reached = at;
    at = withoutKeys(moves.find(({ from }) => withoutKeys(from) === reached)?.to ?? at);
  }
  return at;
}

/** Whether it is said where a thing that is gone went. */
function isLookedAfter({ address, keyword }: HclDeclared, after: HclModule): boolean {
  const isNamedIn = (from: string) => withoutKeys(from) === address;
  if (keyword === 'provider') return true;
  return after.moves.some(({ from }) => isNamedIn(from) || isWithin(address, from)) || [...after.forgotten].some((from) => isNamedIn(from) || isWithin(address, from));
}

/** Of a module: what leads away from all that stands in it leads away from it. */
function isWithin(address: string, from: string): boolean {
  return address.startsWith('module.') && from.startsWith(`${address}.`);
}

/** Whether something new takes over what there is. */
function isTarget(address: string, { moves }: HclModule): boolean {
  return moves.some(({ to }) => withoutKeys(to) === address);
}

function namesChanged(before: HclModule, after: HclModule): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const name of new Set([...before.definitions.keys(), ...after.definitions.keys()])) {
    if (before.scope.resolve(name).meaning !== after.scope.resolve(name).meaning) changed.add(name);
  }
  return changed;
}

function refersTo({ references }: HclDeclared, names: ReadonlySet<string>): boolean {
  for (const name of references) if (names.has(name)) return true;
  return false;
}
