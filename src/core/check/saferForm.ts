import { OffsetRange } from '../text/offsetRange.ts';
import { isRemovedByAi } from './attribute.ts';
import type { Finding } from './finding.ts';

/** A form of an operation that destroys less, as one replacement in the text that the operation was found in. */
export interface SaferForm {
  /** As a person reads it in a menu. */
  readonly title: string;
  readonly range: OffsetRange;
  readonly newText: string;
  /** The part of the new text that only a person can say. */
  readonly placeholder?: string;
}

/** Undefined wherever the new text is not sure to be the same operation, written so that it destroys less. */
export type FindSaferForm = (finding: Pick<Finding, 'matched' | 'range' | 'within'>, text: string) => SaferForm | undefined;

/** What is sure for a finding of a text: what its rule knows, and what an AI took away put back. */
export function saferForms(finding: Finding, text: string, known: readonly FindSaferForm[] = []): SaferForm[] {
  const found = [putBack(finding, text), ...known.map((find) => find(finding, text))].filter((form) => form !== undefined);
  // What was put back says it all.
  return found.filter((form, index) => found.findIndex((each) => each.title === form.title) === index).slice(0, found[0]?.title === backTitle ? 1 : undefined);
}

const backTitle = 'Put back what the AI removed';

/** An AI's deletion is kept with its text and its place: nothing has to be guessed. */
function putBack(finding: Finding, text: string): SaferForm | undefined {
  const { region } = finding;
  if (region?.removedText === undefined || !isRemovedByAi(finding) || region.range.start > text.length) return undefined;
  return { title: backTitle, range: OffsetRange.empty(region.range.start), newText: region.removedText };
}

/** A command of plain words: what stands behind its last one is one more of its words. */
const plainCommand = /^[^\n;|&<>()`#\\]*[^\s;|&<>()`#\\]$/;

/** A command that is told to say only what it would do. @param names what its text begins with, global options in between allowed */
export function dryRun(names: RegExp, option: string): FindSaferForm {
  return ({ matched, range }) =>
    names.test(matched) && plainCommand.test(matched) && !/ -- |\s--(?:dry-?run|no-dry-run)\b/.test(matched) ? { title: `Only show what it would do: \`${option}\``, range: OffsetRange.empty(range.endExclusive), newText: ` ${option}` } : undefined;
}

/** One part of the operation in place of another, the first that the pattern finds. */
export function inPlaceOf(part: RegExp, to: string | ((match: RegExpExecArray, matched: string) => string | undefined), title: string): FindSaferForm {
  return ({ matched, range }) => {
    const match = part.exec(matched);
    if (match === null) return undefined;
    const newText = typeof to === 'string' ? to : to(match, matched);
    if (newText === undefined) return undefined;
    return { title, range: OffsetRange.ofLength(range.start + match.index, match[0].length), newText };
  };
}

/** A setting of a configuration, written out as on or off, turned around. */
export function setTo(value: 'true' | 'false', title: (name: string) => string): FindSaferForm {
  const other = value === 'true' ? 'false' : 'true';
  const setting = new RegExp(`^(["']?([\\w.-]+)["']?\\s*[:=]\\s*)${other}$`);
  return ({ matched, range }) => {
    const [, head, name] = setting.exec(matched) ?? [];
    return head === undefined || name === undefined ? undefined : { title: title(name), range: OffsetRange.ofLength(range.start + head.length, other.length), newText: value };
  };
}

const placeholder = '1 = 0';

/** A statement without any condition gets one that holds for no row, until a person says which. */
export const whereNothing: FindSaferForm = ({ matched, range }) => {
  const isBare = /^DELETE\s+FROM\s+[\w."`[\]]+$/i.test(matched) || (/^UPDATE\s+[\w."`[\]]+\s+SET\s+\w+\s*=\s*[^;]+$/i.test(matched) && !/\b(?:WHERE|FROM|RETURNING|ORDER|LIMIT|SELECT|OUTPUT|OPTION)\b|--|\/\*|[${}]/i.test(matched));
  return isBare ? { title: 'Say which rows: add a WHERE that holds for none yet', range: OffsetRange.empty(range.endExclusive), newText: ` WHERE ${placeholder}`, placeholder } : undefined;
};

/** Of a block of Terraform's that lost its `prevent_destroy`: the setting in its `lifecycle`, which is made where there is none. */
export const preventDestroy: FindSaferForm = ({ matched, range }, text) => {
  if (!/^resource\s+"[\w-]+"\s+"[\w-]+"$/.test(matched)) return undefined;
  const head = /^[^\n]*\{[ \t]*(?=\r?\n)/.exec(text.slice(range.endExclusive));
  if (head === null) return undefined;
  const bodyStart = range.endExclusive + head[0].length;
  const body = bodyFrom(text, bodyStart);
  if (body === undefined || /\bprevent_destroy\b/.test(body)) return undefined;
  const [eol = '\n'] = /\r?\n/.exec(text) ?? [];
  const indent = `${/(?<![ \t])[ \t]*$/.exec(text.slice(0, range.start))?.[0] ?? ''}  `;
  const lifecycle = /^[ \t]*lifecycle\s*\{[ \t]*(?=\r?\n)/m.exec(body);
  const title = 'Restore `prevent_destroy`';
  if (lifecycle !== null) return { title, range: OffsetRange.empty(bodyStart + lifecycle.index + lifecycle[0].length), newText: `${eol}${indent}  prevent_destroy = true` };
  if (/\blifecycle\b/.test(body)) return undefined;
  return { title, range: OffsetRange.empty(bodyStart), newText: `${eol}${indent}lifecycle {${eol}${indent}  prevent_destroy = true${eol}${indent}}` };
};

/** Up to the bracket that closes it; undefined where brackets stand in comments or strings over lines, for then it is not sure. */
function bodyFrom(text: string, start: number): string | undefined {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '#' || text.startsWith('/*', at) || text.startsWith('<<', at)) return undefined;
    if (character === '"') {
      const end = /^"(?:[^"\\\n]|\\.)*"/.exec(text.slice(at, at + 2000));
      if (end === null) return undefined;
      at += end[0].length - 1;
    } else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return text.slice(start, at);
  }
  return undefined;
}

const keepSnapshot = 'Keep the final snapshot';

/** On the command line of AWS; the snapshot is called after what it is of, where that is written down. */
export const snapshotByOption: FindSaferForm = inPlaceOf(
  /--skip-final(-cluster)?-snapshot\b/,
  ([, cluster], matched) => {
    const [, name] = /--(?:db-instance|db-cluster|cluster)-identifier[ =]([A-Za-z][\w-]*)(?=\s|$)/.exec(matched) ?? [];
    return name === undefined ? undefined : `--final-${cluster === undefined ? 'db' : 'cluster'}-snapshot-identifier ${name}-final`;
  },
  keepSnapshot,
);

/** The same in a call of its SDKs, as JavaScript and Python write it. */
export const snapshotByField: FindSaferForm = inPlaceOf(
  /\bSkipFinalSnapshot(: ?|=)[tT]rue\b/,
  ([, sign = ''], matched) => {
    const [, quote = '', name] = /\bDB(?:Instance|Cluster)Identifier(?:: ?|=)(['"])([A-Za-z][\w-]*)\1/.exec(matched) ?? [];
    return name === undefined ? undefined : `FinalDBSnapshotIdentifier${sign}${quote}${name}-final${quote}`;
  },
  keepSnapshot,
);
