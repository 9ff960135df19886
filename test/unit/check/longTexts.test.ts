import assert from 'node:assert/strict';
import { alignLines } from '../../../src/core/attribution/notes/alignLines.ts';
import { replacementBy } from '../../../src/core/catalogue/replacements.ts';
import { lastName } from '../../../src/core/check/filters.ts';
import { inProduction } from '../../../src/core/check/inProduction.ts';
import { relatedPlaces } from '../../../src/core/check/relatedPlaces.ts';
import { parseSuppression, suppressionWord } from '../../../src/core/check/suppressionComment.ts';
import { changedPart } from '../../../src/core/language/config/changedPart.ts';
import { eachNamed } from '../../../src/core/language/loopEach.ts';
import { makeLinesOf } from '../../../src/core/language/makefile/lines.ts';
import { settingsIn } from '../../../src/core/language/properties/settings.ts';
import { choicesIn, splitAt } from '../../../src/core/language/removal/choices.ts';
import { conditionLost } from '../../../src/core/language/removal/conditions.ts';
import { weakenedDefaults } from '../../../src/core/language/removal/defaults.ts';
import { shortened } from '../../../src/core/language/removal/durations.ts';
import { valuesIn } from '../../../src/core/language/removal/givenValues.ts';
import { scriptFilesIn } from '../../../src/core/language/runners/scriptFiles.ts';
import { bareClientOperationsIn } from '../../../src/core/language/shell/bareClient.ts';
import { handsOn } from '../../../src/core/language/shell/handedWords.ts';
import { tokensOf } from '../../../src/core/language/sql/tokens.ts';
import { commentsByFamily } from '../../../src/core/language/textComments.ts';
import { decodeScalar } from '../../../src/core/language/yaml/scalars.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { looseName } from '../../../src/core/text/looseName.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { findingsOfChange, toldFindings } from '../../support/changes.ts';

/** So long that a pattern which looks at it anew from each of its places comes to no end within the time that a test has. */
const many = 400_000;
const letters = 'a'.repeat(many);
const blanks = ' '.repeat(many);
const lines = '\n'.repeat(many);
const dotted = 'a.'.repeat(many / 2);
const terms = { suppressible: () => new Set(['migration-drop']), isRule: () => true, today: '2026-01-01' };
const value = (source: string) => ({ range: OffsetRange.empty(0), source });
const suppressed = (line: string) => parseSuppression(line, line.indexOf(suppressionWord), terms)?.reason.length;
const decoded = (style: 'plain' | 'single' | 'double', written: string) => decodeScalar(style, written, 0).map(({ text }) => text).join('').length;
const production = (source: string) => inProduction({ before: value(source), after: value(source) }).after.source;

const cases: readonly (readonly [what: string, run: () => unknown, expected: unknown])[] = [
  ['a receiver', () => lastName(`${letters}-`), ''],
  ['a name that ends in no dots', () => looseName(`${'.'.repeat(many)}a`).length, many + 1],
  ['blanks behind a suppression', () => suppressed(`// ${suppressionWord} migration-drop: a${blanks}b`), many + 2],
  ['blanks in how long a suppression holds', () => suppressed(`// ${suppressionWord} migration-drop: a (until${blanks}(`), many + 9],
  ['blanks in what asks for production', () => production(`a${blanks}b`).length, many + 2],
  ['blanks in what asks for production in Python', () => production(`a${blanks}if`).length, many + 3],
  ['semicolons in what is assigned', () => relatedPlaces({ range: OffsetRange.ofLength(many, 8), matched: 'drop(ab)' }, `ab = ${';'.repeat(19_000)}a\n${blanks}`.slice(0, many) + 'drop(ab)').length, 0],
  ['brackets in a setting', () => replacementBy('aws_db_instance', '['.repeat(many)), undefined],
  ['blank lines that change', () => changedPart(new LineText(`a\n${lines}`), new LineText(`a\n${blanks}b\n`)).before.length > 0, true],
  ['a name before a list', () => eachNamed(`${'a1'.repeat(many / 2)}-`, ''), undefined],
  ['blanks behind a list', () => eachNamed('', `${blanks}-`), undefined],
  ['blanks in what is called for each of a list', () => eachNamed('', `.each(${blanks}-`), undefined],
  ['a function that is called for each of a list', () => eachNamed('', `.each(function ${letters}-`), undefined],
  ['variables of a Makefile', () => makeLinesOf(`${'$('.repeat(many / 2)}\n`).length, 1],
  ['blanks in a property', () => settingsIn(`a = b${blanks}c`)[0]?.args[1]?.constant?.toString().length, many + 2],
  ['blanks between conditions', () => [splitAt(`a${blanks}b`, /&&/).length, conditionLost(`DELETE FROM t WHERE a${blanks}b`, 'DELETE FROM t WHERE c')], [1, undefined]],
  ['blanks before a selection', () => choicesIn(`{${blanks}`).length, 0],
  ['blanks in a line with an age', () => weakenedDefaults([`max_age${blanks}x`], [`max_age${blanks}y`], [], []), []],
  ['digits', () => shortened('1'.repeat(many), '2'.repeat(many)), undefined],
  ['a name that may have a default', () => [...valuesIn('a-'.repeat(many / 2))].length, 0],
  ['blanks behind a name that may have a default', () => [...valuesIn(`a:${blanks}`)].length, 0],
  ['a path', () => scriptFilesIn(`${letters} ${dotted} ${'a/'.repeat(many / 2)} ${'$'.repeat(many)}`, true).length, 0],
  ['a string in which a file may stand', () => scriptFilesIn(`"${'a '.repeat(many / 2)}"`, true).length, 0],
  ['blanks in what was typed', () => bareClientOperationsIn(`a${blanks}b`), undefined],
  ['empty lines in a function of the shell', () => handsOn(`${lines}a`), false],
  ['a line that sets the delimiter', () => tokensOf(`DELIMITER${letters}\n`).length > 0, true],
  ['empty lines of a batch file', () => commentsByFamily.cmd?.(`${lines}a`)(0), false],
  ['blanks before no comment of a Makefile', () => commentsByFamily.makefile?.(`${blanks}a`)(many), false],
  ['a line that is broken', () => { const words = Array.from({ length: many / 2 }, (_, index) => `w${index}`); return alignLines([words.join(' ')], words).length; }, many / 2],
  ...(['plain', 'single', 'double'] as const).map((style) => [`blanks in a scalar of YAML, ${style}`, () => decoded(style, `"a${blanks}b"`) > many, true] as const),
];

const changes: readonly (readonly [what: string, path: string, before: string, after: string])[] = [
  ['a key of a list', 't.yaml', 'Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: a\n', `Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: a\n      "${'['.repeat(20_000)}": a\n`],
  ['what leads to a path', 'a.js', '', `const fs = require('fs');\nexports.clear = (folder) => { ${'"a" + '.repeat(60_000)}"a"; fs.rmSync(folder, { recursive: true }); };\n`],
  ['a number in a script', 'crontab', '0 1 * * * find /srv -mtime +1 -delete\n', `0 1 * * * find /srv -mtime +${'1'.repeat(100_000)} -delete\n`],
  ['the name of an attribute', 'a.tf', 'resource "aws_db_instance" "main" {\n  a = 1\n}\n', `resource "aws_db_instance" "main" {\n  ${'a_'.repeat(100_000)} = 2\n}\n`],
];

describe('a text that is very long', () => {
  for (const [what, run, expected] of cases) {
    it(`is looked at once: ${what}`, () => { assert.deepEqual(run(), expected); });
  }
  for (const [what, path, before, after] of changes) {
    it(`is looked at once in a change: ${what}`, async () => { assert.ok(Array.isArray(toldFindings(await findingsOfChange({ [path]: before }, { [path]: after })))); });
  }
});
