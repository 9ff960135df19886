import { type Importance, importanceOf, importanceOfModule } from '../catalogue/resourceTypes.ts';
import { cdkFate } from '../catalogue/cdkFates.ts';
import { type Fate, safeguardOf, whenUndeclared } from '../catalogue/safeguards.ts';
import type { AttributeChange, Platform, ResourceChange, Value } from '../language/operation.ts';
import type { Factor, Scope, Undo } from './blastRadius.ts';
import { productionFactors, quoted } from './factors.ts';

type Change = AttributeChange | ResourceChange;

/** What a setting is, as far as it is known: a mode that is on or off may be written in many ways. */
export function isOn(value: Value | undefined): boolean {
  return value?.constant === true || (typeof value?.constant === 'string' && /^(?:true|on|yes|enabled?|active|locked|regional|.*_enabled)$/i.test(value.constant));
}

export function isOff(value: Value | undefined): boolean {
  const constant = value?.constant;
  if (value?.source === '[]') return true;
  return constant === false || constant === null || constant === 0 || (typeof constant === 'string' && /^(?:false|off|no|none|disabled?|inactive|suspended|unlocked|zonal|.*_disabled|)$/i.test(constant));
}

/** Services that make copies of what others hold, by what they are called. */
const copies = /backup|pgbackrest|wal-?g\b|restic|borg|duplicati|litestream|\bdump/i;

export function importance({ type, block }: Pick<Change, 'type' | 'block'>): Importance {
  if (/CronJob$|_event_rule$|_schedule$|_scheduler_job$|::Rule$|::Schedule$/.test(type) && /backup|snapshot|dump|velero|restic/i.test(block)) return 'safeguard';
  if (type === 'compose service' && copies.test(block)) return 'safeguard';
  return type.startsWith('module') ? importanceOfModule(`${block} ${type}`) : importanceOf(type);
}

/** What is lost with a thing of some importance, and what it takes to get it back. */
export const lossOf: Readonly<Record<Importance, { readonly scope: Scope; readonly undo: Undo }>> = {
  database: { scope: 'service', undo: 'none' },
  store: { scope: 'collection', undo: 'none' },
  safeguard: { scope: 'collection', undo: 'costly' },
  serving: { scope: 'service', undo: 'easy' },
  plain: { scope: 'object', undo: 'costly' },
};

/** What the tool does at its next run with what is no longer declared. */
export const whenGone: Readonly<Record<Platform, string>> = {
  terraform: 'Terraform destroys it at the next apply',
  cloudformation: 'the next update of the stack deletes it',
  kubernetes: 'it is deleted where what is gone from the files is pruned',
  helm: 'the next upgrade of the release deletes it',
  compose: 'the containers start without it',
  cdk: 'the next deployment deletes it',
  pulumi: 'the next update deletes it',
};

/** What becomes of something when nothing is said: constructs of the CDK that hold data are retained, or kept as a snapshot. */
export function fateWhenAbsent({ platform, type }: Change, fate: Fate): Fate {
  return platform === 'cdk' ? (cdkFate(type) ?? 'kept') : fate;
}

/** What becomes of a construct of the CDK of which nothing is said; undefined where that is not known, or something is said. */
export function defaultFate({ platform, type, settings, isPlain }: Change): 'kept' | 'copied' | undefined {
  const isSaid = [...settings.keys()].some((name) => safeguardOf(name, type)?.kind === 'fate');
  return platform === 'cdk' && isPlain !== true && !isSaid ? cdkFate(type) : undefined;
}

/** What taking a thing out of the configuration leaves of it: what it says itself, else what its kind does; undefined where nothing is known to be left. */
export function fateWhenRemoved(change: Change): 'kept' | 'copied' | undefined {
  const isCopied = [...change.settings].some(([name, value]) => {
    const safeguard = safeguardOf(name, change.type);
    return safeguard?.kind === 'fate' && safeguard.does === whenUndeclared && fateOf(value) === 'copied';
  });
  return isCopied ? 'copied' : defaultFate(change);
}

/** What an update that replaces a thing leaves of the old one. */
export function fateWhenReplaced(change: Change): Fate {
  const said = [...change.settings].flatMap(([name, value]) => {
    const safeguard = safeguardOf(name, change.type);
    const isMeant = safeguard?.kind === 'fate' && (change.platform === 'cdk' || /^update_?replace/i.test(name));
    return isMeant ? (fateOf(value) ?? []) : [];
  });
  return said[0] ?? defaultFate(change) ?? 'deleted';
}

/** Whether something is left in place when it is no longer declared. */
export function isKept({ settings, type }: Change): boolean {
  return [...settings].some(([name, value]) => {
    const safeguard = safeguardOf(name, type);
    if (safeguard?.kind === 'fate') return safeguard.does === whenUndeclared && fateOf(value) !== 'deleted' && fateOf(value) !== 'copied';
    return safeguard?.kind === 'guard' && safeguard.isFate === true && isOn(value);
  });
}

/** What makes the tool or the provider refuse to delete something, as a factor that lowers. */
export function refusalFactors({ settings, type }: Change): Factor[] {
  const guard = [...settings].find(([name, value]) => isOn(value) && safeguardOf(name, type)?.kind === 'guard');
  return guard === undefined ? [] : [{ text: `\`${guard[0]}\` is in its way`, weight: -1 }];
}

/** What a value such as `Retain`, `RemovalPolicy.SNAPSHOT` or `keep` says of what becomes of a thing; undefined when it is only known later. */
export function fateOf(value: Value | undefined): Fate | undefined {
  if (/(?:Prune|Delete)=false/.test(String(value?.constant ?? ''))) return 'kept';
  const word = /(\w+)\W*$/.exec(String(value?.constant ?? value?.standsFor ?? value?.source ?? ''))?.[1]?.toLowerCase() ?? '';
  if (/^(?:retain|retainexceptoncreate|retain_on_update_or_delete|abandon|prevent|orphan|keep|never|disabled|detach)$/.test(word)) return 'kept';
  if (/^(?:snapshot)$/.test(word)) return 'copied';
  return /^(?:delete|destroy|recycle|delete_all|all)$/.test(word) ? 'deleted' : undefined;
}

/** What is added to the judgement of every change: where the value comes from, and whether production is meant. */
export function changeFactors(change: Change): Factor[] {
  return [...throughFactors(change), ...dynamicFactors(change), ...productionFactors([change.block, change.path, ...namesIn(change)])];
}

/** The same of something that goes: what is made again without loss is that in production too. */
export function lossFactors(change: Change): Factor[] {
  return importance(change) === 'plain' ? changeFactors(change).filter(({ weight }) => weight <= 0) : changeFactors(change);
}

function throughFactors(change: Change): Factor[] {
  return change.kind === 'attributeChange' && change.through !== undefined ? [{ text: `by way of \`${change.through}\``, weight: 0 }] : [];
}

/** `RemovalPolicy.DESTROY`, `cdk.Duration.days(1)`: written down, if not as a literal. */
const namedConstant = /^(?:[a-z]\w*\.)*[A-Z]\w*\.(?:[A-Z]\w*|\w+\(\s*(?:-?[\d._]+|(["'])[^"']*\1)?\s*\))$/;

/** A value that is only known later may still be the safe one. */
function dynamicFactors(change: Change): Factor[] {
  if (change.kind !== 'attributeChange' || change.after === undefined || change.after.constant !== undefined) return [];
  const { source, standsFor = source, properties, elements } = change.after;
  return properties === undefined && elements === undefined && !namedConstant.test(standsFor) ? [{ text: `it now depends on ${quoted(source)}`, weight: 0 }] : [];
}

/** Names that are given to the thing itself. */
const naming = /(?:^|\.)(?:name|identifier|bucket|cluster_identifier|environment|env)$/i;

function namesIn(change: Change): string[] {
  if (change.kind === 'attributeChange') return naming.test(change.attribute) ? [change.before, change.after].flatMap((value) => (typeof value?.constant === 'string' ? [value.constant] : [])) : [];
  return [...change.settings].flatMap(([name, { constant }]) => (naming.test(name) && typeof constant === 'string' ? [constant] : []));
}
