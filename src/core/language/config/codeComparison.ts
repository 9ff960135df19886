import { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Grammars } from '../grammars.ts';
import { type LanguageId, languageOf } from '../language.ts';
import { hole, type Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import { type Hit, tableOf, WordScan } from '../scan.ts';
import { Syntax } from '../syntax.ts';
import type { View, Wanted } from '../view.ts';
import { type ChangedPart, changedPart, firstLineIn, wholeOf } from './changedPart.ts';
import { removal, renaming, settingChanges } from './changes.ts';
import { type Construct, constructsIn, mayDeclare, policyCalls, stackType } from './constructs.ts';
import { seamOf } from './declared.ts';
import { renamesAmong } from './renames.ts';

/** What makes a construct without its class being called: `BackupPlan.daily35DayRetention(this, 'Plan')`. */
const factory = /^daily\w*[rR]etention$/;

/** Every name that is written as classes are, where it is called, and what says afterwards what becomes of a construct. */
class ConstructionScan extends WordScan {
  constructor() {
    super(tableOf([]));
  }

  override has(word: string): boolean {
    return /^[A-Z]/.test(word) || factory.test(word) || word === 'super' || word === '__init__' || policyCalls.has(word);
  }

  override hits(text: string): Hit[] {
    return [...text.matchAll(/\b(?:[A-Z]\w*|(?<=\bBackupPlan\.)(?:daily\w*)|super|__init__|applyRemovalPolicy|apply_removal_policy)(?=\s*(?:<[^>()]*>)?\()/g)].map((match) => ({ offset: match.index, word: match[0] }));
  }
}

const constructionWords = new ConstructionScan();
const constructions: Wanted = { words: constructionWords, called: constructionWords, inText: new Set(), imported: new Set() };

/** Whether a program's file declares infrastructure, or did, and differs from what it was. */
export function isComparedCode(file: FileContext, text: LineText): boolean {
  return file.before !== text.toString() && declares(file, text);
}

function declares({ path, before, changed }: FileContext, text: LineText): boolean {
  if (before !== undefined) return mayDeclare(before);
  return changed.length > 0 && mayDeclare(text.toString()) && changed.some((other) => other.before !== undefined && languageOf(other.path) === languageOf(path) && mayDeclare(other.before));
}

/** The view of a program's file, together with what changed in what it declares when it is compared. */
export async function comparedCode(own: View, language: LanguageId, text: LineText, file: FileContext, grammars: Grammars, view: (syntax: Syntax) => View): Promise<View> {
  const makeParser = declares(file, text) ? await grammars.parsersFor(language) : undefined;
  return makeParser === undefined ? own : new ComparedCode(own, text, file, (other) => view(new Syntax(makeParser(), other)));
}

/** A program's file, with what changed in the infrastructure that it declares. */
class ComparedCode implements View {
  private readonly opened = new Map<string, { readonly lines: LineText; readonly view: View }>();
  private before: LineText | undefined;

  constructor(
    private readonly own: View,
    private readonly text: LineText,
    private readonly file: FileContext,
    /** Opens another text in the same language. */
    private readonly openText: (text: LineText) => View,
  ) {}

  willChange(edit: OffsetEdit): void {
    this.own.willChange(edit);
  }

  dispose(): void {
    this.own.dispose();
    for (const { view } of this.opened.values()) view.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const found = yield* this.own.operations(wanted, focus, pace);
    const { path, before: textBefore } = this.file;
    const old = (this.before ??= new LineText(textBefore ?? ''));
    const part = partOf(old, this.text);
    const after = constructsIn(path, yield* this.own.operations(constructions, [part.after], pace), this.text);
    const before = textBefore === undefined ? [] : yield* this.constructsOf(path, textBefore, part.before, pace);
    return [...found, ...(yield* this.changes(before, after, part.after, pace))];
  }

  private *changes(allBefore: readonly Construct[], allAfter: readonly Construct[], part: OffsetRange, pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const before = allBefore.filter(({ isClass }) => isClass !== true);
    const after = allAfter.filter(({ isClass }) => isClass !== true);
    const addresses = (all: readonly Construct[]) => new Map(all.map((each) => [each.address, each]));
    const [old, now] = [addresses(before), addresses(after)];
    const fresh = after.filter(({ address }) => !old.has(address));
    // A stack that is taken out of an app stays where it is.
    const gone = before.filter(({ address, type }) => !now.has(address) && type !== stackType && !fresh.some((each) => each.type === type && mayBeOf(each.address, address)));
    const cameFrom = addresses(fresh.length === 0 ? [] : yield* this.elsewhere('before', fresh, pace));
    const wentTo = addresses(gone.length === 0 ? [] : yield* this.elsewhere('after', gone, pace));
    const found: Operation[] = allAfter.flatMap((each) => {
      const previous = each.isClass === true ? allBefore.find(({ isClass, address }) => isClass === true && address === each.address) : undefined;
      return previous === undefined ? [] : settingChanges(each.platform, previous, each);
    });
    for (const each of after) {
      const previous = old.get(each.address) ?? cameFrom.get(each.address);
      if (previous !== undefined && this.isScopedAnew(previous, each)) found.push(renaming(each.platform, previous, { ...each, address: `${each.className ?? ''}/${each.address}` }));
      if (previous !== undefined && this.hasOtherParent(previous, each)) found.push(renaming(each.platform, previous, { ...each, address: `${parentOf(each) ?? 'the stack'}/${each.address}` }));
      if (previous?.type === each.type) found.push(...settingChanges(each.platform, previous, each));
      if (pace.isOver()) yield;
    }
    for (const each of gone) {
      const now = wentTo.get(each.address);
      if (now === undefined || !this.isScopedAnew(each, now)) continue;
      found.push({ ...removal(each.platform, each, seamOf(each, before, after, part, firstLineIn(this.text, part))), change: 'renamed', to: `${now.className ?? ''}/${each.address}` });
    }
    found.push(...renamedStacks(before.filter(({ address }) => !now.has(address)), fresh));
    const left = gone.filter(({ address }) => !wentTo.has(address));
    const newcomers = fresh.filter(({ address }) => !cameFrom.has(address));
    const aliased = new Map(left.flatMap((each) => newcomers.filter((now) => isAliasOf(now, each)).slice(0, 1).map((now) => [each, now] as const)));
    const taken = new Set(aliased.values());
    const renames = new Map([...renamesAmong(left.filter((each) => !aliased.has(each)), newcomers.filter((now) => !taken.has(now))), ...aliased]);
    for (const each of left) {
      const to = renames.get(each);
      if (to === undefined) found.push(removal(each.platform, each, seamOf(each, before, after, part, firstLineIn(this.text, part))));
      else if (this.isKnownAs(each, to as Construct)) found.push(...settingChanges(each.platform, each, to));
      else found.push(renaming(each.platform, each, to));
    }
    return found;
  }

  /** A construct's id holds those of the constructs around it: in another class, while the old one stays, it is another one. */
  private isScopedAnew(old: Construct, now: Construct): boolean {
    if (old.platform === 'cdk' && isBelowAnother(old.scope, now.scope, this.text.toString())) return true;
    if (old.platform !== 'cdk' || old.className === undefined || now.className === undefined || old.className === now.className) return false;
    const names = (text: string, name: string) => new RegExp(`\\bclass\\s+${name}\\b`).test(text);
    return names(this.text.toString(), old.className) && !(now.path === this.file.path && names(this.file.before ?? '', now.className));
  }

  /** Pulumi's name for a resource holds those of its parents. */
  private hasOtherParent(old: Construct, now: Construct): boolean {
    return now.platform === 'pulumi' && old.type === now.type && parentOf(old) !== parentOf(now) && !this.isKnownAs(old, now);
  }

  /** Pulumi's aliases, and a logical id that is set by hand, keep what there is. */
  private isKnownAs(old: Construct, now: Construct): boolean {
    if (old.platform === 'pulumi') return [...now.settings().keys()].some((name) => /^aliases\b/.test(name));
    const overrides = (text: string) => text.split(/overrideLogicalId|override_logical_id/).length;
    return overrides(this.text.toString()) > overrides(this.file.before ?? '');
  }

  /** What the other changed files declare on one side under the same names. */
  private *elsewhere(side: 'before' | 'after', wanted: readonly Construct[], pace: Pick<Pace, 'isOver'>): Paced<Construct[]> {
    const found: Construct[] = [];
    for (const other of this.file.changed) {
      const text = other[side];
      if (text === undefined || languageOf(other.path) !== languageOf(this.file.path) || !mayDeclare(text) || !wanted.some(({ address }) => text.includes(address))) continue;
      const constructs = yield* this.constructsOf(other.path, text, undefined, pace);
      found.push(...constructs.filter(({ address, type }) => wanted.some((each) => each.address === address && each.type === type)));
    }
    return found;
  }

  /** @param part of the text; without it all of it is meant */
  private *constructsOf(path: string, text: string, part: OffsetRange | undefined, pace: Pick<Pace, 'isOver'>): Paced<readonly Construct[]> {
    let opened = this.opened.get(text);
    if (opened === undefined) {
      const lines = new LineText(text);
      this.opened.set(text, (opened = { lines, view: this.openText(lines) }));
    }
    const { lines, view } = opened;
    return constructsIn(path, yield* view.operations(constructions, [part ?? new OffsetRange(0, lines.length)], pace), lines);
  }
}

/** Whether something is made in the stack or construct itself on one side, and on the other in a construct that is made there. */
function isBelowAnother(old = '', now = '', text: string): boolean {
  const [own, other] = /^(?:this|self)$/.test(old) ? [old, now] : [now, old];
  if (!/^(?:this|self)$/.test(own) || own === other) return false;
  return /^new\s|\bConstruct\(/.test(other) || (/^[\w.]+$/.test(other) && new RegExp(`(?<![\\w.])${other.replace(/\./g, '\\.')}\\s*(?::\\s*\\w+\\s*)?=\\s*(?:new\\s+)?(?:\\w+\\.)?Construct\\(`).test(text));
}

/** Whether an id of which a part is only known later may come to another one. */
function mayBeOf(open: string, id: string): boolean {
  const [start = '', ...rest] = open.split(hole);
  const end = rest.at(-1);
  return end !== undefined && id.length >= start.length + end.length && id.startsWith(start) && id.endsWith(end);
}

/** Whether a resource of Pulumi says by which name it went before: `aliases: [{ name: "orders" }]`, also as the end of a URN. */
function isAliasOf(now: Construct, { address, platform, type }: Construct): boolean {
  if (platform !== 'pulumi' || now.type !== type) return false;
  const name = address.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&');
  const written = new RegExp(`(?:^|["'\`]|::)${name}(?:["'\`]|$)`);
  return [...now.settings()].some(([setting, { value }]) => /^aliases\b/.test(setting) && written.test(String(value.constant ?? value.source)));
}

/** The option of that name, which is no attribute of what is declared: a component, or the object itself. */
function parentOf(construct: Construct): string | undefined {
  const parent = construct.settings().get('parent')?.value;
  return parent === undefined || parent.constant !== undefined || !/^[\w$.]+$/.test(parent.source) ? undefined : parent.source;
}

/** Stacks of one class under another id: what they declare is made anew in another stack, unless that is named as the old one. */
function renamedStacks(gone: readonly Construct[], fresh: readonly Construct[]): Operation[] {
  return gone.flatMap((old) => {
    const isKin = ({ type, text }: Construct) => type === stackType && classOf(text) === classOf(old.text);
    const [now, other] = fresh.filter(isKin);
    const isSure = old.type === stackType && now !== undefined && other === undefined && gone.filter(isKin).length === 1 && ![old, now].some((each) => each.settings().has('stackName') || each.settings().has('stack_name'));
    return isSure ? [renaming(old.platform, old, now)] : [];
  });
}

function classOf(written: string): string {
  return written.slice(0, written.indexOf('(')).trim();
}

/** A constant, an import or a loop that changes can change what is declared anywhere, and so does a policy that is given later. */
const reachesFar = /\bfor\b[^\n]*\b(?:of|in)\b|\.(?:forEach|map)\(|apply_?removal_?policy|^[^\S\n]*(?:export\s+)?(?:const|let|var)\s+\w[^=\n]*=\s*(?:(?:[[(]\s*)?["'`\d]|true|false|[\w.]+\([^\n]*(?:\?\?|\|\|))|^[A-Za-z_]\w*\s*=\s*(?:(?:[[(]\s*)?["'\d]|True|False|[\w.]+\([^\n]*\bor\b)|^[^\S\n]*(?:import|from)\b|\brequire\(/im;

function partOf(before: LineText, after: LineText): ChangedPart {
  const part = changedPart(before, after);
  return reachesFar.test(before.slice(part.before)) || reachesFar.test(after.slice(part.after)) ? wholeOf(before, after) : part;
}
