import { OffsetRange } from '../../text/offsetRange.ts';
import { argvOf, scalarsIn, scriptOf } from '../data/code.ts';
import { type Data, type DataScalar, textOf, valueAt } from '../data/data.ts';
import type { Found, ReadScript } from '../data/places.ts';
import { DecodedText } from '../decodedText.ts';
import type { Script } from '../embedded.ts';
import type { EmbeddedFamily } from '../nested.ts';
import type { CodeLanguage } from '../shell/interpreters.ts';

/** Lines for a shell: one text, or a list whose items run one after the other in the same shell. */
export const lines: ReadScript = ({ data }) => linesFor('shell', data);

/** A list is a program and its arguments, which no shell splits; a text is a line. */
export const argvOrLine: ReadScript = ({ data }) => (data.kind === 'list' ? argv(data.range, scalarsIn(data)) : linesFor('shell', data));

/** Program and arguments in two places of one map; a text without arguments is a line. A template may write a place twice, of which one counts. */
export function argvIn(program: string, args: string): ReadScript {
  return ({ key, data, parents: [owner] }) => {
    const values = [program, args].map((each) => (each === key ? data : valueAt(owner, each))).filter((value) => value !== undefined);
    const [first, last] = [values[0], values.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    return first === last && first.kind === 'scalar' ? linesFor('shell', first) : argv(OffsetRange.hull(first.range, last.range), values.flatMap(scalarsIn));
  };
}

/** Images that are one program, by the last part of their names, and the program. */
const programs: Readonly<Record<string, string>> = { gcloud: 'gcloud', gsutil: 'gsutil', kubectl: 'kubectl', helm: 'helm', terraform: 'terraform', opentofu: 'tofu', 'aws-cli': 'aws', 'pulumi': 'pulumi', doctl: 'doctl', docker: 'docker', npm: 'npm', yarn: 'yarn', flyway: 'flyway', liquibase: 'liquibase', rclone: 'rclone', restic: 'restic', mc: 'mc' };

/** Arguments alone, for the program that stands in another place, else for the one that an image is. */
export function argsOfImage(image: string, program = 'entrypoint'): ReadScript {
  return (found) => {
    const [owner] = found.parents;
    const [, last = ''] = /(?:^|\/)([\w.-]+?)(?:[:@].*)?$/.exec(textAt(owner, image) ?? '') ?? [];
    const name = textAt(owner, program) ?? programs[last];
    if (name === undefined || found.data.kind !== 'list') return argvOrLine(found);
    const code = argvOf(scalarsIn(found.data));
    const word = { text: `${name} `, range: OffsetRange.empty(scalarsIn(found.data)[0]?.range.start ?? found.data.range.start), isVerbatim: false };
    return code === undefined ? undefined : scriptFrom('shell', found.data.range, new DecodedText([word, ...code.pieces]));
  };
}

/** For the shell that `shellOf` names; undefined names the usual one. */
export function linesOf(shellOf: (found: Found) => string | undefined): ReadScript {
  return (found) => {
    const family = familyOfShell(shellOf(found) ?? 'sh');
    return family === undefined ? undefined : linesFor(family, found.data);
  };
}

/** Only where a condition holds. */
export function where(condition: (found: Found) => boolean, read: ReadScript): ReadScript {
  return (found) => (condition(found) ? read(found) : undefined);
}

/** The same way of reading at several places. */
export function at(read: ReadScript, ...places: readonly string[]): Readonly<Record<string, ReadScript>> {
  return Object.fromEntries(places.map((place) => [place, read]));
}

export function linesFor(family: EmbeddedFamily, data: Data): Script | undefined {
  return scriptFrom(family, data.range, scriptOf(scalarsIn(data)));
}

/** A whole value of another language's code. */
export function codeFor(language: CodeLanguage, data: Data | undefined): Script | undefined {
  return data === undefined ? undefined : scriptFrom(language, data.range, scriptOf(scalarsIn(data)));
}

function argv(range: OffsetRange, words: readonly DataScalar[]): Script | undefined {
  return scriptFrom('shell', range, argvOf(words));
}

function scriptFrom(family: Script['family'], range: OffsetRange, code: DecodedText | undefined): Script | undefined {
  return code === undefined ? undefined : { family, code, isArgv: false, range };
}

/** The language of a shell as tools name it: `bash -e {0}`, `/bin/sh`. */
function familyOfShell(shell: string): EmbeddedFamily | undefined {
  if (/^(?:pwsh|powershell)\b/.test(shell)) return 'powershell';
  if (/^cmd\b/.test(shell)) return 'cmd';
  return /^(?:\S*\/)?(?:ba|da|z|k|a)?sh\b/.test(shell) ? 'shell' : undefined;
}

export function textAt(data: Data | undefined, ...keys: readonly string[]): string | undefined {
  return textOf(valueAt(data, ...keys));
}
