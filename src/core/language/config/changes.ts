import type { OffsetRange } from '../../text/offsetRange.ts';
import type { AttributeChange, Platform, ResourceChange, Value } from '../operation.ts';
import type { Declared, Definition, Seam, Setting } from './declared.ts';

/**
 * What the settings of one thing came to: a change stands where the setting is written, or, when only what it refers to
 * changed, where that is defined.
 */
export function settingChanges(platform: Platform, before: Declared, after: Declared): AttributeChange[] {
  const from = before.settings();
  const to = after.settings();
  const changes: AttributeChange[] = [];
  const settings = valuesOf(after);
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const old = from.get(name);
    const now = to.get(name);
    if (old?.meaning === now?.meaning || (now === undefined && after.hidesSettings === true)) continue;
    const isWrittenAnew = old?.value.source !== now?.value.source;
    const through = old !== undefined && now !== undefined && !isWrittenAnew ? changedDefinition(old, now) : undefined;
    // Where a definition only went out of sight, nothing is known to have changed.
    if (isWrittenAnew || through !== undefined) changes.push(attributeChange(platform, after, settings, name, old, now, through));
  }
  return changes;
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
