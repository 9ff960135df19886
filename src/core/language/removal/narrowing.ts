import type { Guard } from './guards.ts';
import { kindsIn, liveIn } from './guardWords.ts';
import { conditionsOfTaking, madeBy } from './listSources.ts';
import { choicesIn, splitAt, withoutChoices } from './choices.ts';
import type { KnownCall } from './callIndex.ts';
import type { GuardKind } from '../operation.ts';

/** One condition that keeps a call from some of what it could do. */
interface Part {
  readonly kind: GuardKind;
  readonly source: string;
  readonly key: string;
  /** What it is one of the conditions of. */
  readonly of: string;
  /** Of a way out any one is enough. */
  readonly isExit: boolean;
}

/** All that narrows what a destructive call does: the conditions before and around it, and those by which what it acts on is chosen. */
export function narrowingOf(call: KnownCall, values: readonly string[], guards: readonly Guard[]): Part[] {
  const acted = actedOn(call.chain, values);
  return [...guards.flatMap((guard) => partsOf(guard, call, acted)), ...choicesIn(acted).map(({ source, isLimit }) => partOf(isLimit ? 'limit' : 'filter', source)), ...values.flatMap(takenUnder).map((source) => partOf('filter', source))];
}

/** The conditions under which something is taken into a list that a call acts on. */
function takenUnder(value: string): string[] {
  const at = value.indexOf(madeBy);
  return at === -1 ? [] : conditionsOfTaking(value.slice(at + madeBy.length)).filter((each) => !constant.test(each) && !failed.test(each));
}

/** A call, and what the names in it stand for that it acts on, and not only compares with. */
function actedOn(chain: string, values: readonly string[]): string {
  const texts = [chain];
  let bare = withoutChoices(chain);
  for (const value of values) {
    const colon = value.indexOf(':');
    const name = value.slice(0, colon);
    if (name !== '' && !new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(bare)) continue;
    texts.push(value.slice(colon + 1));
    bare += `\n${withoutChoices(value.slice(colon + 1))}`;
  }
  return texts.join('\n');
}

/** The parts that are gone, when none came in their place and the change speaks of them less often than before. */
export function partsLost(before: readonly Part[], after: readonly Part[], isStillSpokenOf: (key: string) => boolean): Part[] {
  const [had, has] = [new Set(before.map(({ key }) => key)), new Set(after.map(({ key }) => key))];
  const gone = before.filter(({ key }) => !has.has(key));
  const come = new Set([...has].filter((key) => !had.has(key)));
  const widened = gone.filter(({ key }) => [...come].some((other) => isWider(key, other)));
  if (widened.length > 0) return widened;
  if (isAnyEnough([...come], gone)) return gone;
  if (gone.length === 0 || come.size >= new Set(gone.map(({ of }) => of)).size) return [];
  return gone.filter(({ key }) => !isStillSpokenOf(key));
}

/** `tenants/` takes in more than `tenants/7/`, and any of two more than both. */
function isWider(before: string, after: string): boolean {
  const [had, has] = [/^(\w+)[:=]\W*(.+)$/.exec(before), /^(\w+)[:=]\W*(.+)$/.exec(after)];
  if (had?.[1] === undefined || had[1] !== has?.[1] || !/prefix/i.test(had[1])) return false;
  const [was = '', is = ''] = [had[2], has[2]].map((value) => value?.replace(/(?<![^\w/-])[^\w/-]+$/, ''));
  return is.length < was.length && was.startsWith(is) && /\W/.test(is);
}

/** Whether of conditions that all had to hold any one is enough now. */
function isAnyEnough(come: readonly string[], gone: readonly Part[]): boolean {
  const keys = new Set(gone.filter(({ isExit }) => !isExit).map(({ key }) => key));
  return come.some((key) => {
    const any = splitAt(key, /\|\||\bor\b/);
    return any.length > 1 && any.every((each) => keys.has(each.trim()));
  });
}

function partOf(kind: GuardKind, source: string, of = source, isExit = false): Part {
  return { kind, source, key: keyOf(source), of, isExit };
}

/** What a condition says, whichever way round. */
function keyOf(source: string): string {
  return compact(source.replace(/^\s*(?:assert|if|unless)\b/, '')).replace(/^\((.*)\)$/, '$1').replace(/;$/, '');
}

function compact(text: string): string {
  const senseless = text.replace(/\bis\b/g, '=').replace(/[!=]==?/g, '=').replace(/!|\bnot\b/g, ' ').replace(/[<>]=?/g, '<').replace(/["'`]/g, '"');
  return senseless.replace(/\s+/g, ' ').replace(/ (?![\w$])|(?<![\w$]) /g, '');
}

/** A text in the words of keys, without what is commented out or never holds. */
export function compactLive(text: string): string {
  return compact(liveIn(text));
}

/** That something failed is looked at elsewhere, and what is there or not there decides about nothing. */
const failed = /^[!(\s]*(?:\w+\.)?(?:err\w*|error|e|ex|exc)\b(?:\s*(?:[!=]=+|is)\s*(?:not\s+)?(?:nil|null|None|undefined))?[)\s]*$/;
const constant = /^[(!\s]*(?:(?:true|false|True|False|0|1|nil|null|None)[)\s]*|\)[)\s]*)?$/;
const presence = /^[!(\s]*(?:not\s+)?(?:is_null|isset|empty|isEmpty|len)?\(?\s*[\w$.[\]>-]+\)*(?:\s*(?:[!=]==?|is)\s*(?:not\s+)?(?:null|undefined|None|nil|0|""|''))?[)\s]*(?:\.nil\?|\.blank\?|\.present\?|\.empty\?|\.isEmpty\(\)|\.length|\.size\(\))?[)\s]*$/;
/** Whether somebody said that it is meant. */
const agreed = /^[!(\s]*(?:not\s+)?\*?(?:[\w$]+(?:\?\.|\.|->|::))*(?:apply|commit|execute|live|really|confirmed|approved)\)*$/i;
/** Whether something is among others. */
const membership = /\b(?:has|hasKey|includes?\??|contains\w*|exists\w*|key\?|get|indexOf|in|file_exists|isFile|isDir|exist\?)\b/;
/** They take more than one thing, or a thing that holds others. */
const statements = /\b(?:drop\s+(?:table|database|schema)|delete\s+from|truncate)\b/i;
const strong = /delete_?(?:many|all|by|objects|items|batch|where|bucket|table|database|db|cluster|instance|stack|volume|namespace|snapshot|project|group|domain|zone|user|account|tenant|schema|collection|index|topic|queue|function|repo)|delete_\w+|drop|destroy_?all|truncate|purge|wipe|erase|terminate|tear_?down|decommission|deprovision|rm_?rf|rmtree|rmSync|removeAll|remove_?all|unlink|nuke|flush(?:all|db)|execute|exec\b|query|run\b|spawn|system/i;
const weak = /(?:^|[.:>])(?:(?:remove|reset|clear|prune|clean_?up|revoke|overwrite|unlink)\w*|del)!?$/i;
const structures = /(?:map|set|cache|list|items?|headers?|params?|registry|listeners?|queue|stack|index|lookup|pool|tree|nodes?|elements?|child\w*|class\w*|socket|stream|timers?|keys|storage|cookies?|dict|memo|state|refs?)$/i;

function partsOf({ kind, source, isExit, isElse, isCondition }: Guard, call: KnownCall, acted: string): Part[] {
  if (isCondition !== true || isElse === true) return [];
  const live = liveIn(source).replace(/\s+/g, ' ').trim();
  const parts = splitAt(live.replace(/^\((.*)\)$/, '$1'), isExit === true ? /\|\||\bor\b/ : /&&|\band\b/);
  return parts.flatMap((part) => {
    if (constant.test(part) || failed.test(part)) return [];
    const own = kindsIn(part, ['dryRun', 'confirmation', 'environment', 'permission', 'setting', 'limit', 'backup'])[0];
    if (own !== undefined) return [partOf(own, part, source, isExit)];
    return isTelling(part, call, acted, isExit === true) ? [partOf(parts.length === 1 && kind !== 'presence' ? kind : 'condition', part, source, isExit)] : [];
  });
}

/** Whether a condition without a usual word keeps something: not one that asks whether there is what the call acts on. */
function isTelling(part: string, { callee }: KnownCall, acted: string, isExit: boolean): boolean {
  const receiver = callee.replace(/(?:\?\.|->|::|\.)?[\w$!?]+$/, '');
  const isOfFiles = files.test(callee);
  if (!isOfFiles && (weak.test(callee) || (structures.test(receiver) && !strong.test(callee)))) return false;
  const [name = ''] = /[\p{L}_$][\p{L}\p{N}_$]*/u.exec(part.replace(/^[!(\s]*(?:not\b|len\(|isset\(|empty\(|is_null\()?/, '')) ?? [];
  const isAboutReceiver = receiver !== '' && new RegExp(`(?<![\\w$])${receiver.replace(/[^\w\s]/g, '\\$&')}(?![\\w$])`).test(part);
  if (isAboutReceiver && (membership.test(part) || presence.test(part))) return false;
  if (membership.test(part) && (isOfFiles ? isAskedOfActed(part, acted) : !strong.test(callee))) return false;
  if (agreed.test(part)) return true;
  if (!presence.test(part)) return isOfFiles || strong.test(callee) || statements.test(acted) || callee.endsWith("()") || /(?:delete|destroy)\w*!?$/i.test(callee);
  // Whether a thing is there, when it is what the call is about, is asked for the call's sake.
  const word = `(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`;
  // With nothing in its place a path or a prefix that it is put into takes in more, and many mappers leave a condition out.
  if (isExit && strong.test(callee) && isValueOfEntry(part, acted)) return true;
  return name !== '' && (!new RegExp(word).test(acted) || (isExit && new RegExp(`["'\`][^"'\`\\n]*(?:\\{|#\\{|\\$)\\{?\\s*${word}\\s*\\}?[^"'\`\\n]*["'\`]|\\bprefix\\W{1,4}${word}`, 'i').test(acted)));
}

/** Whether what a condition asks to be there is a value by which a call chooses: `{ shop: req.body.shop }`, `{ shop }`. */
function isValueOfEntry(part: string, acted: string): boolean {
  const subject = /^!?\s*\(*([\w$]+(?:\??\.[\w$]+)*)\)*\s*(?:[=!]==?\s*(?:null|undefined|''|""))?$/.exec(part.replace(/^not\s+/, ''))?.[1];
  if (subject === undefined) return false;
  const written = subject.replace(/[$?.]/g, '\\$&');
  return new RegExp(`[{,]\\s*["']?\\w+["']?\\s*:\\s*(?:\\{[^{}]*)?${written}\\s*[,})]|[{,]\\s*${written}\\s*[,}]`).test(acted);
}

const files = /(?:^|\W)(?:os|fs|fsp|fse|fsPromises|shutil|FileUtils|Directory|Files)(?:\.|::)|remove_dir|RemoveAll|rmtree|deleteRecursively|deleteDirectory/;

/** Whether what is asked for is whether there is just what the call takes. */
function isAskedOfActed(part: string, acted: string): boolean {
  const bare = part.replace(/^[!(\s]*(?:not\s+)?/, '');
  const [, before] = /^(.+?)(?:\.|->|::)(?:exists|is_?file|is_?dir\w*|include\?|contains\w*|has\w*)\w*\??\s*\(\s*\)/i.exec(bare) ?? [];
  const [, within] = /\b(?:exists\w*|is_?file|is_?dir\w*|exist\?|directory\?|file_exists|stat\w*)\s*\(\s*([^()]*)\s*\)/i.exec(bare) ?? [];
  const asked = before ?? within;
  return asked === undefined || acted.includes(asked.trim());
}
