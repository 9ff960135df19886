import type { Call, OperationBase } from '../language/operation.ts';
import { type Factor, type Scope, scopes } from './blastRadius.ts';
import type { Judgement, Place } from './rule.ts';

/** Files that undo a migration: `007_users.down.sql`, `down.sql`, Flyway's `U7__users.sql`, a folder of reverts. */
const wayBackFiles = /(?:^|[./_-])(?:down|undo|rollback|revert)\.\w+$|(?:^|\/)(?:down|undo|rollbacks?|reverts?)\/[^/]*$|(?:^|\/)U\d[\w.]*__[^/]*\.sql$/i;
const waysBack = new Set(['down', 'Down', 'downgrade', 'rollback', 'unapply', 'revert', 'database_backwards']);

/** Whether an operation only undoes what a migration did: it takes away what the way there made. */
export function isWayBack({ address }: Pick<OperationBase, 'address'>, { path }: Place): boolean {
  return address.some((name) => waysBack.has(name)) || wayBackFiles.test(path);
}

const tests = /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e|cypress|playwright|testing|fixtures|testdata|test_?(?:helpers?|utils?)|regress(?:ion)?)\/|(?:^|[._/-])(?:test|tests|spec|e2e|cy)\.\w+$|(?:^|\/)(?:test_[^/]*|conftest|jest\.[^/]*|vitest\.[^/]*|[^/]*_(?:test|spec))\.\w+$|(?:Tests?|Spec|IT)\.(?:java|kt|cs|scala|groovy|php)$/;

export function isTest({ path }: Place): boolean {
  return tests.test(path);
}

/** Checks of the environment, in the spellings of the usual frameworks. */
const environmentChecks = [
  /\bNODE_ENV['"\]]*\s*(?:===?\s*['"](?:test|testing|development|dev|local)['"]|!==?\s*['"]prod(?:uction)?['"])/,
  /\b(?:NODE_ENV|RAILS_ENV|APP_ENV|ENVIRONMENT|ENV)\b[^;\n{]{0,40}['"]prod(?:uction)?['"][^;]{0,80}\b(?:throw|return|exit|raise|abort)\b/,
  // A function of that name stops where it must not run: `refuseInProduction()`, `assert_not_prod()`.
  /\b(?:refuse|forbid|abort|deny|block|prevent|guard|stop|fail|raise|throw|exit|die|never)\w*?(?:prod(?:uction)?(?![a-z])|live(?![a-z]))\w*[!?]?\s*(?:\(|$)/im,
  /\b(?:assert|ensure|require|check|verify|must|is|expect)_?\w*?(?:not?|non|never|isnt)_?(?:in_?|on_?)?(?:the_?)?prod(?:uction)?(?![a-z])\w*[!?]?\s*(?:\(|$)/im,
  /\b(?:assert|ensure|require|verify|must)_?(?:be_?|is_?|in_?)*(?:safe_?|dev(?:elopment)?_?|local_?|test_?|non_?prod_?)+(?:env(?:ironment)?|only)\w*[!?]?\s*(?:\(|$)/im,
  /\bRails\.env\.(?:test|development|local)\?|\bRails\.env\.production\?|->environment\(['"](?:testing|local)|\bIsDevelopment\(\)|\b(?:isProd|isProduction|IS_PROD)\b/,
];

/** Where the code before asks in which environment it runs, it is meant for one without real data. */
export function environmentFactors({ preceding = '' }: Pick<Call, 'preceding'>): Factor[] {
  return environmentChecks.some((check) => check.test(preceding)) ? [{ text: 'the code before asks in which environment it runs', weight: -1 }] : [];
}

/** Whether an operation stands in a test, by its file or by what is around it. */
export function isInTest({ inTest }: Pick<OperationBase, 'inTest'>, place: Place): boolean {
  return inTest === true || isTest(place);
}

/** A test clears what was set up for it, with nothing else in it, or only calls a stand-in: whatever else speaks for or against it weighs less. */
export function lessenedByTest(judgement: Judgement, scope: Scope): Judgement {
  const isWide = scopes.indexOf(scope) > scopes.indexOf('collection');
  return { ...judgement, scope: isWide ? 'collection' : scope, factors: [...(judgement.factors ?? []), { text: 'it stands in a test, which clears whatever it is pointed at', weight: -2 }] };
}
