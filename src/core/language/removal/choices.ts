import { placeholder } from './conditions.ts';

/** A condition by which what is acted on is chosen out of more. */
export interface Choice {
  readonly source: string;
  readonly isLimit: boolean;
}

/** What keeps of a list only what a function, a block or a pattern says. */
const sieve = /(?:\?\.|\.|->|::)\s*(?:filter|filterNot|where(?:[A-Z]\w*)?|deleteWhere|Where|andWhere|filter_by|filterBy|exclude|select(?=\s*(?:\{|\(&))|reject|find_all|findAll|partition|grep|grep_v|keep_if|not|eq|neq|lt|lte|gt|gte|like|match|takeWhile|skipWhile)\s*(?=[({])|\b(?:array_filter|filter)\s*(?=\()/g;
/** Options of what lists, finds or looks up. */
const options = /(?<![\w.])(Filters?|filters|Prefix|prefix|name_prefix|namePrefix|label_?[sS]elector|field_?[sS]elector|FilterExpression|KeyConditionExpression|tag_?[fF]ilters?|TagFilters|Tags|tags|query|Query|selector|where)["']?\s*(?:[:=]|=>)\s*(?![=>])/g;
/** The same, given by a variable of that name. */
const shorthand = /(Prefix|prefix|filters?|Filters?|selector|labelSelector|where|query|tags)(?=\s*[,}])(?<=[{,]\s*\1)/g;
/** Of what is read, and then acted on. */
const select = /\bselect\b[^;"'`]{1,400}?\bfrom\b[^;"'`]{1,400}?\bwhere\b\s*([^;"`]{1,400}?)(?=\s*(?:\border\s+by\b|\blimit\b|\bgroup\s+by\b|\bfor\s+update\b|[;"`]|'\s*[,)]|$))/gi;
const limit = /(?:\?\.|\.|->)\s*(?:take|limit|first|slice|Take|Limit)\s*\([^()]*\)|\[\s*(?:0\s*)?:\s*\w+\s*\]|\bMaxKeys\b\s*[:=]\s*\w+|\blimit\s+(?:\d+|[$:@%?]\w*|\{\w+\})/gi;
/** `[each for each in list if …]`, `from each in list where … select each`. */
const comprehension = /\bfor\s+[\w, ()]+\s+in\b[^\n]*?\bif\b\s*/g;
const linq = /\bfrom\s+\w+\s+in\b[^]*?\bwhere\b\s*([^]*?)\s*(?=\b(?:select|orderby|group)\b)/g;

/** The conditions by which the text of a call, and of what it acts on, chooses. */
export function choicesIn(text: string): Choice[] {
  const found: Choice[] = [];
  const add = (source: string, isLimit = false) => {
    const written = source.replace(/\s+/g, ' ').trim();
    if (written !== '' && !found.some((each) => each.source === written)) found.push({ source: written, isLimit });
  };
  for (const { 0: head, index } of text.matchAll(sieve)) for (const entry of conditionsAt(text, index + head.length)) conjuncts(withoutHead(entry)).forEach((each) => { add(each); });
  for (const { 0: head, 1: name = '', index } of text.matchAll(options)) {
    const at = index + head.length;
    const isList = /^(?:\{|\[|map\[|\[\]|List\.of\(|Array\.of\()/.test(text.slice(at));
    const open = isList ? text.slice(at).search(/[[{(]/) + at : at;
    if (isList) for (const entry of enclosed(text, text.slice(open).startsWith("[]") ? open + text.slice(open).search(/\{/) : open)) add(entry);
    else add(`${name}: ${valueAt(text, at)}`);
  }
  for (const [, name = ''] of text.matchAll(shorthand)) add(`${name}: ${name}`);
  for (const { 0: head, index } of text.matchAll(comprehension)) conjuncts(valueAt(text, index + head.length)).forEach((each) => { add(each); });
  for (const [, condition = ''] of text.matchAll(linq)) conjuncts(condition).forEach((each) => { add(each); });
  for (const [, condition = ''] of text.matchAll(select)) conjuncts(condition).forEach((each) => { add(each.replace(placeholder, '?')); });
  for (const [written] of text.matchAll(limit)) add(written.replace(placeholder, '?'), true);
  return found;
}

const among = /__in\s*=|\$in\b|\.in_?\(|\binArray\(|\bin\s*:|\bin_list\b|\.Contains\(/;

/** A text without what it chooses by: what stands there is compared with, and not acted on. */
export function withoutChoices(text: string): string {
  let rest = text;
  for (const { 0: head, index } of text.matchAll(sieve)) {
    const end = endOf(text, index + head.length);
    // One of a list is what is acted on.
    if (among.test(text.slice(index, end))) continue;
    rest = rest.slice(0, index) + ' '.repeat(end - index) + rest.slice(end);
  }
  return rest;
}

/** What a call that chooses is given: conditions of their own when they are named, else one that all of it makes up. */
function conditionsAt(text: string, open: number): string[] {
  const entries = enclosed(text, open);
  return entries.every((entry) => /^\w+\s*(?:=(?!=)|:)/.test(entry)) ? entries : [entries.join(', ')];
}

/** What a lambda or block calls what it is given. */
function withoutHead(entry: string): string {
  return entry.replace(/^(?:async\s+)?(?:function\s*\w*\s*)?(?:fn\s*)?(?:lambda\s+[\w, ]+:|\([^()]*\)\s*(?:=>|->)|[\w$&]+\s*(?:=>|->)|\|[^|]*\|)\s*/, '').replace(/^\{\s*(?:return\s+)?([^{}]*?);?\s*\}$/, '$1');
}

function conjuncts(condition: string): string[] {
  return splitAt(unwrapped(condition), /&&|\band\b/i).map(unwrapped);
}

/** Without the brackets around all of it. */
function unwrapped(condition: string): string {
  return condition.startsWith('(') && endOf(condition, 0) === condition.length - 1 ? condition.slice(1, -1).trim() : condition;
}

/** Apart at a word that stands in no bracket. */
export function splitAt(text: string, joint: RegExp): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  const joints = new Map([...text.matchAll(new RegExp(joint.source, `${joint.flags.replace('g', '')}g`))].map(({ 0: { length }, index }) => [index, length]));
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const length = joints.get(at);
    if (depth === 0 && length !== undefined) {
      parts.push(text.slice(start, at));
      start = at + length;
      at = start - 1;
    } else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}

/** What stands between a bracket and the one that closes it, apart at its commas. */
function enclosed(text: string, open: number): string[] {
  const end = endOf(text, open);
  return end === text.length ? [] : splitAt(text.slice(open + 1, end), /,/);
}

/** Where the bracket closes that opens there; the end of the text where none does. */
function endOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if ('([{'.includes(text[at] ?? ' ')) depth++;
    else if (')]}'.includes(text[at] ?? ' ') && --depth === 0) return at;
  }
  return text.length;
}

/** An expression, to the comma or bracket that ends it. */
function valueAt(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? '';
    if (depth === 0 && (character === ',' || character === '\n' || ')]}'.includes(character))) return text.slice(start, at);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
  }
  return text.slice(start);
}
