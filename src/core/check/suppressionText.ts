import { Comments } from '../language/commentedText.ts';
import type { Grammars } from '../language/grammars.ts';
import { type Family, familyOf, type LanguageId, languageOf } from '../language/language.ts';
import { runThrough, unhurried } from '../language/pace.ts';
import { LineText } from '../text/lineText.ts';
import type { Finding } from './finding.ts';
import { suppressionWord } from './suppressionComment.ts';
import { Suppressions } from './suppressions.ts';

/** What opens a comment that ends with its line; JSON has none, and XML, which `properties` reads as well, another kind. */
const openers: Readonly<Partial<Record<Family, string>>> = {
  javascript: '//', go: '//', rust: '//', java: '//', kotlin: '//', csharp: '//', php: '//',
  python: '#', ruby: '#', shell: '#', hcl: '#', yaml: '#', dockerfile: '#', makefile: '#', crontab: '#', unit: '#', powershell: '#', graphql: '#',
  sql: '--', cmd: 'REM',
}; // prettier-ignore

/** A comment to put above a line. */
export interface SuppressionText {
  /** Where the line begins that it goes above; in UTF-16 code units. */
  readonly offset: number;
  /** One line with its end. */
  readonly text: string;
}

export interface Suppressed {
  readonly path: string;
  readonly editorId?: string;
  readonly text: LineText;
  readonly finding: Pick<Finding, 'ruleId' | 'range'>;
}

/** Whether the language of a file has comments that can speak for what is found in it. */
export function canBeSuppressed(path: string, firstLine: string, editorId?: string): boolean {
  const language = languageOf(path, firstLine, editorId);
  return language !== undefined && openers[familyOf(language)] !== undefined;
}

/**
 * The comment that speaks for a finding, above its statement. Undefined where no comment can: in a language without comments of one line, and in texts within texts whose
 * comments are not read.
 */
export async function suppressionText({ path, editorId, text, finding }: Suppressed, reason: string, grammars: Grammars): Promise<SuppressionText | undefined> {
  const language = languageOf(path, text.line(0), editorId);
  const opener = language && openers[familyOf(language)];
  if (language === undefined || opener === undefined) return undefined;
  const line = await headLine(language, text, finding.range.start, grammars);
  const [indent = ''] = /^[ \t]*/.exec(text.line(line)) ?? [];
  const eol = /\r?\n/.exec(text.toString())?.[0] ?? '\n';
  const comment = { offset: text.startOfLine(line), text: `${indent}${opener} ${suppressionWord} ${finding.ruleId}: ${reason.replaceAll(/\s+/g, ' ').trim()}${eol}` };
  return (await speaksFor(comment, language, text, finding, grammars)) ? comment : undefined;
}

async function headLine(language: LanguageId, text: LineText, offset: number, grammars: Grammars): Promise<number> {
  const comments = new Comments(language, text, grammars);
  try {
    await comments.prepare();
    // The outermost of them is the statement: within it a line may belong to a string, or go on in the next.
    return text.positionAt(runThrough(comments.read(unhurried)).statementsAt(offset).at(-1) ?? offset).line;
  } finally {
    comments.dispose();
  }
}

/** Asked of what suppresses: no second opinion on where a comment counts. */
async function speaksFor({ offset, text: added }: SuppressionText, language: LanguageId, text: LineText, { ruleId, range }: Suppressed['finding'], grammars: Grammars): Promise<boolean> {
  const written = text.toString();
  const suppressible = new Set([ruleId]);
  const terms = { suppressible: () => suppressible, isRule: (id: string) => id === ruleId, today: () => '' };
  const suppressions = new Suppressions(language, LineText.fixed(written.slice(0, offset) + added + written.slice(offset)), terms, grammars);
  try {
    await suppressions.prepare();
    return runThrough(suppressions.read(unhurried))?.of({ ruleId, range: range.shift(added.length) }) !== undefined;
  } finally {
    suppressions.dispose();
  }
}
