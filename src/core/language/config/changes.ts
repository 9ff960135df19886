import type { OffsetRange } from '../../text/offsetRange.ts';
import type { AttributeChange, Platform, ResourceChange, Value } from '../operation.ts';
import type { Declared, Definition, Seam, Setting } from './declared.ts';

/**
 * What the settings of one thing came to: a change stands where the setting is written, or, when only what it refers to
 * changed, where that is defined.
 */
export function settingChanges(platform: Platform, before: Declared, after: Declared): AttributeChange[] {
  const to = after.settings();
  const from = withItemsRenamed(before.settings(), to);
  const changes: AttributeChange[] = [];
  const settings = valuesOf(after);
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const old = from.get(name);
    const now = to.get(name);
    if (old?.meaning === now?.meaning || (now === undefined && after.hidesSettings === true)) continue;
    // What a program's constant stands for may differ where its name is the same.
    const isWrittenAnew = old?.value.source !== now?.value.source || (old?.value.standsFor !== now?.value.standsFor && old?.through.length === 0 && now?.through.length === 0);
    const through = old !== undefined && now !== undefined && !isWrittenAnew ? changedDefinition(old, now) : undefined;
    // Where a definition only went out of sight, nothing is known to have changed.
    if (isWrittenAnew || through !== undefined) changes.push({ ...attributeChange(platform, after, settings, name, old, now, through), ...(old === undefined && isOfNewItem(name, from) && { isOfNewItem: true }) });
  }
  return changes;
}

/** Whether an item of a list, or one of several blocks, has nothing that was set before, while others have. */
function isOfNewItem(name: string, from: ReadonlyMap<string, Setting>): boolean {
  const [item, list] = /^(.*?)\[[^\]]*\]/.exec(name) ?? [];
  if (item === undefined || list === undefined) return false;
  const names = [...from.keys()];
  return !names.some((each) => each.startsWith(item)) && names.some((each) => each.startsWith(`${list}[`) || each.startsWith(`${list}.`));
}

/** What was set before, with an item of a list that has another name now, and all else as it was, under that name: one change and not as many as it has settings. */
function withItemsRenamed(from: ReadonlyMap<string, Setting>, to: ReadonlyMap<string, Setting>): ReadonlyMap<string, Setting> {
  const [gone, fresh] = [itemsOnlyIn(from, to), itemsOnlyIn(to, from)];
  const renamed = new Map(from);
  for (const [item, now] of fresh) {
    const list = item.slice(0, item.lastIndexOf('['));
    const old = [...gone].find(([name, was]) => name.slice(0, name.lastIndexOf('[')) === list && isSameBut(was, now, name, item));
    if (old === undefined) continue;
    gone.delete(old[0]);
    for (const [below, setting] of old[1]) {
      renamed.delete(old[0] + below);
      renamed.set(item + below, setting);
    }
  }
  return renamed;
}

/** The items of lists, `KeySchema[id]`, with all that is set below them, of which the other side has nothing. */
function itemsOnlyIn(all: ReadonlyMap<string, Setting>, other: ReadonlyMap<string, Setting>): Map<string, Map<string, Setting>> {
  const items = new Map<string, Map<string, Setting>>();
  for (const [name, setting] of all) {
    const [, item, below] = /^((?:[^\]\n]*\])*[^[\]\n]*\[\d*[^\]\d][^\]]*\])(\.[^[\]]+)$/.exec(name) ?? [];
    if (item === undefined || below === undefined || other.has(name)) continue;
    const known = items.get(item);
    if (known === undefined) items.set(item, new Map([[below, setting]]));
    else known.set(below, setting);
  }
  return items;
}

/** Whether all that is set below two items is the same but for the names that they go by. */
function isSameBut(was: ReadonlyMap<string, Setting>, now: ReadonlyMap<string, Setting>, from: string, to: string): boolean {
  const [old, fresh] = [from, to].map((item) => item.slice(item.lastIndexOf('[') + 1, -1));
  const differing = [...now].filter(([below, { meaning }]) => was.get(below)?.meaning !== meaning);
  const [only, second] = differing;
  return was.size === now.size && was.size > 1 && only !== undefined && second === undefined && String(was.get(only[0])?.value.constant) === old && String(only[1].value.constant) === fresh;
}

function attributeChange(
  platform: Platform,
  block: Declared,
  settings: AttributeChange['settings'],
  name: string,
  old: Setting | undefined,
  now: Setting | undefined,
  through: Definition | undefined,
): AttributeChange {
  return {
    kind: 'attributeChange',
    platform,
    block: block.address,
    type: block.type,
    path: through?.path ?? block.path,
    ...(block.isPlain === true && { isPlain: true }),
    settings,
    attribute: name,
    ...(old !== undefined && { before: old.value }),
    ...(now !== undefined && { after: now.value }),
    ...(through !== undefined && { through: through.name }),
    // What is gone cannot be underlined; the block that lost it is named instead.
    range: through?.range ?? now?.range ?? block.header,
    // What is said of a thing elsewhere is no part of it.
    within: through?.range ?? (now !== undefined && !block.range.encloses(now.range) ? now.range : block.range),
    // Several attributes can go from one block, and what is underlined is then the same.
    address: [block.address, name],
    resolution: now === undefined || now.value.constant !== undefined ? 'literal' : 'assignment',
  };
}

/** The definition that makes a setting mean something else though it reads the same. */
export function changedDefinition(old: Setting, now: Setting): Definition | undefined {
  const before = new Map(old.through.map((definition) => [definition.name, definition.meaning]));
  return now.through.find(({ name, meaning }) => before.get(name) !== meaning);
}

/** Something that is gone: told where it stood. */
export function removal(platform: Platform, gone: Declared, { nearest, within }: Seam): ResourceChange {
  return {
    kind: 'resourceChange',
    platform,
    change: 'removed',
    block: gone.address,
    type: gone.type,
    path: gone.path,
    ...(gone.isPlain === true && { isPlain: true }),
    settings: valuesOf(gone),
    range: nearest,
    within,
    address: [gone.address],
    resolution: 'literal',
  };
}

export function renaming(platform: Platform, gone: Declared, fresh: Declared): ResourceChange {
  return { ...removal(platform, gone, { nearest: fresh.header, within: fresh.range }), change: 'renamed', to: fresh.address, path: fresh.path };
}

/** @param place where what tells the instances apart is written, or what changed of it is defined */
export function rekeying(platform: Platform, before: Declared, after: Declared, instances: NonNullable<ResourceChange['instances']>, place: { readonly path: string; readonly range: OffsetRange; readonly within: OffsetRange }): ResourceChange {
  return { ...removal(platform, before, { nearest: place.range, within: place.within }), change: 'rekeyed', block: after.address, path: place.path, instances };
}

function valuesOf(declared: Declared): ReadonlyMap<string, Value> {
  return new Map([...declared.settings()].map(([name, { value }]) => [name, value]));
}
