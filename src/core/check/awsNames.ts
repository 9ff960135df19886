import { isAwsOperation, otherAwsOperationNames } from '../catalogue/awsCatalogue.ts';
import { camelCase, snakeCase } from '../catalogue/spelling.ts';
import type { Family } from '../language/language.ts';
import { awsClues } from './awsCalls.ts';
import { resourceActions } from './awsResources.ts';
import type { NameTable } from './rule.ts';

/** How the clients of each language spell the operation `DeleteBucket`. */
const spellings: Readonly<Partial<Record<string, (name: string) => readonly string[]>>> = {
  javascript: (name) => [camelCase(name), `${name}Command`],
  java: (name) => [camelCase(name), `${camelCase(name)}Async`],
  kotlin: (name) => [camelCase(name), `${camelCase(name)}Async`],
  python: (name) => [snakeCase(name)],
  ruby: (name) => [snakeCase(name)],
  rust: (name) => [snakeCase(name)],
  csharp: (name) => [name, `${name}Async`],
  php: (name) => [camelCase(name), `${camelCase(name)}Async`],
};

/** Languages whose SDK has objects for resources. */
const withResources: ReadonlySet<string> = new Set(['python', 'ruby']);

/** The names of all operations of AWS that take something away. */
export const awsCallNames: NameTable = {
  words: (family: Family) => [...otherAwsOperationNames().flatMap(spellings[family] ?? ((name) => [name])), ...(withResources.has(family) ? resourceActions.keys() : [])],
  start: 'delete',
  clues: awsClues,
  has: (name) => resourceActions.has(name) || isAwsOperation(name.replace(/(?:Command|Async)$/, '')),
};
