import type { GuardKind } from '../operation.ts';

/** Words by which a condition or a step is known for what it guards against. */
const vocabulary: Readonly<Record<Exclude<GuardKind, 'condition' | 'errorHandling' | 'filter' | 'transaction'>, RegExp>> = {
  dryRun: /dry[-_ ]?run|what[-_ ]?if\b|simulat|no[-_]?op\b|preview(?:Only|_only)?\b/i,
  confirmation: /confirm|prompt|are you sure|readline|inquirer|\binput\s*\(|\bgets\b|approv|consent|acknowledg|\b(?:yes|force|i_?know|really|assume_?yes)\b/i,
  environment: /NODE_ENV|RAILS_ENV|APP_ENV|DJANGO_ENV|\benv(?:ironment)?\b(?!\s*(?:\[|\.fetch))|is_?prod|production|\bprod\b|staging|localhost|is_?test|is_?dev|\bDEBUG\b|\bstage\b|Rails\.env|App::environment|IsDevelopment|IsProduction/i,
  permission: /is_?admin|\badmin\b|permission|authori[sz]|\brole\b|is_?owner|\bowner|has_?access|can_?(?:delete|access|edit|manage|destroy)|\bpolicy\b|protect|immutable|is_?locked|require(?:Auth|Admin|Role|User)|is_?superuser|superuser|forbid|\bacl\b|allowed|allow_?list|whitelist|is_?safe/i,
  limit: /\b(?:max|limit|threshold|batch_?size|cap)\w*|_(?:max|limit)\b|\.(?:length|size|count)\b(?:\(\))?\s*[<>]=?|\blen\([^)]*\)\s*[<>]=?|count\s*[<>]=?|[<>]=?\s*(?:MAX|LIMIT)\w*/i,
  presence: /^!?\(*!?\s*[\w.[\]$@>-]+\)*$|(?:[=!]==?\s*(?:null|undefined|None|nil|""|''|NULL)|is (?:not )?None|is_null|isNull|isEmpty|isset|empty\(|\.nil\?|\.blank\?|\.present\?|\.empty\?|len\([^)]*\)\s*==\s*0|\.length\s*===?\s*0|not\s+\w+$|typeof )/i,
  setting: /(?:is|are|not)?_?(?:enabled|disabled)\b|(?:Enabled|Disabled)\b|feature_?(?:flag|toggle|gate)|kill_?switch|\ballow_?(?:delete|destroy|purge|wipe|reset|drop)/i,
  backup: /back_?up|snapshot|\bdump\b|pg_dump|mysqldump|mongodump|\barchive\w*\(|export(?:To|_to|Data|Table|Collection)|\b(?:export|archive|copy|copies)\w*(?:\.|::|->)(?:create|insert|save|write|store|run|perform|call|add|put)\w*[!(]?|(?:archive|backup|history|tombstone|trash)s?["'`)\]]*\s*\.\s*(?:insert|save|create|put|write|add|bulk)\w*\(|\binsert\s+into\s+["'`[]?\w*(?:archive|backup|history)/i,
};

/** Strongest first: of several that went together the first says best what is lost. */
const strength: readonly GuardKind[] = ['dryRun', 'confirmation', 'environment', 'backup', 'filter', 'permission', 'setting', 'transaction', 'limit', 'condition', 'presence', 'errorHandling'];

export function strongestOf<T extends { readonly kind: GuardKind }>(guards: readonly T[]): T | undefined {
  return strength.map((kind) => guards.find((guard) => guard.kind === kind)).find((guard) => guard !== undefined);
}

/** The kinds of guard that a text speaks of. */
export function kindsIn(text: string, among: readonly (keyof typeof vocabulary)[]): GuardKind[] {
  const live = text.replace(neverHolds, '');
  return among.filter((kind) => vocabulary[kind].test(live));
}

const commentedOut = /^[ \t]*(?:\/\/|#(?![[!])|--\s|\*).*$/gm;

/** A condition that was made false, with what it was. */
const neverHolds = /\b(?:false|False)\s*(?:&&|\band\b)[^\n{:]*|(?<![^\n({])[^\n({]*(?:&&|\band\b)\s*(?:false|False)\b/g;

export const transaction = /transaction|executeWithoutResult|\batomic\b|\bBEGIN\b|begin_?(?:trans|tx)|withTx|\bTx\(|\bsavepoint\b/i;
const errorHandling = /\b(?:catch|except|rescue|runCatching)\b|\bsuppress\(|\.catch\(|if err != nil|\bon_error\b/;
const filter = /\b(?:where|filter|filterBy|filter_by|eq|limit|take|match|andWhere)\b/i;

const exits = /\b(?:return|throw|raise|exit|panic|die|abort|continue|break|next|fail|bail|process\.exit|sys\.exit|os\.Exit|log\.Fatal|Fatal|halt)\b/;

const counted = Object.entries({ ...vocabulary, transaction, errorHandling, filter }).map(([kind, { source, flags }]) => [kind as GuardKind, new RegExp(source, `${flags}g`)] as const);

/** What of a text is neither commented out nor switched off. */
export function liveIn(text: string): string {
  return text.replace(commentedOut, '').replace(neverHolds, '');
}

/** How often a text speaks of each kind of guard, in what is not commented out or switched off. */
export function guardsIn(text: string): ReadonlyMap<GuardKind, number> {
  const live = liveIn(text);
  return new Map(counted.flatMap(([kind, pattern]) => {
    const count = live.match(pattern)?.length ?? 0;
    return count === 0 ? [] : [[kind, count] as const];
  }));
}

/** Whether a text may hold a way out of what follows it. */
export function mayExit(text: string): boolean {
  return exits.test(text);
}
