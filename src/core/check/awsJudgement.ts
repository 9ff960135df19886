import type { AwsOperation } from '../catalogue/awsCatalogue.ts';
import { spelling, wordsOf } from '../catalogue/spelling.ts';
import { hole, type OperationBase, type Value } from '../language/operation.ts';
import type { Factor } from './blastRadius.ts';
import { loopFactors, productionFactors, quoted } from './factors.ts';
import type { Judgement } from './rule.ts';

/** An input of an operation, as far as it can be known. */
export type Input = Pick<Value, 'source' | 'constant' | 'elements'>;

/** What to make of an operation with its inputs; undefined when it only says what it would do. */
export function judgeAwsOperation(operation: AwsOperation, inputOf: (name: string) => Input | undefined, around: Pick<OperationBase, 'loop'>): Judgement | undefined {
  if (inputOf('DryRun')?.constant === true) return undefined;
  const named = operation.identifiers.map((name) => inputOf(name)).find((input) => input !== undefined);
  const target = typeof named?.constant === 'string' && !named.constant.includes(hole) ? named.constant : undefined;
  const which = target !== undefined ? ` \`${target}\`` : named === undefined ? '' : ` named by ${quoted(named.source)}`;
  const isCopied = takesFinalSnapshot(operation, inputOf);
  return {
    scope: operation.scope,
    undo: isCopied && operation.undo === 'none' ? 'costly' : isForGood(operation, inputOf) ? 'none' : operation.undo,
    effect: `${effectOf(operation)}${which}${operation.scope === 'environment' ? ' and everything in it' : ''}`,
    ...(target !== undefined && { target }),
    factors: [
      // With a last copy the data comes back; a service stands still meanwhile.
      ...(isCopied ? [{ text: 'a final snapshot is taken', weight: operation.scope === 'service' ? 0 : -1 } as const] : []),
      ...safeguardFactors(operation, inputOf),
      // What is easily undone is done for each of many in the ordinary course of things: messages are acknowledged so.
      ...(operation.undo === 'easy' ? [] : loopFactors(around)),
      ...productionFactors(named === undefined ? [] : [target ?? named.source]),
    ],
  };
}

/** "deletes the RDS DB instance", "schedules the deletion of the KMS key". */
function effectOf({ name, service }: AwsOperation): string {
  const [, verb = '', noun = ''] = /^(?:Batch|Admin)?([A-Z][a-z]+)(\w*)$/.exec(name) ?? [];
  const does = verb.toLowerCase().replace(/(s|x|z|ch|sh)$/, '$1e');
  const later = /^(\w+)Deletion$/.exec(noun)?.[1];
  const words = wordsOf(later ?? noun);
  const isTold = words.toLowerCase().startsWith(service.id.toLowerCase());
  return `${does}s ${later === undefined ? '' : 'the deletion of '}the ${[...(isTold ? [] : [service.id]), ...(noun === '' ? [] : [isTold ? service.id + words.slice(service.id.length) : words])].join(' ')}`;
}

/** What an input says of the way back: a weight for each value it can have. */
interface Safeguard {
  readonly names: RegExp;
  readonly given: (input: Input) => Factor | undefined;
}

const without = (text: string): Factor => ({ text, weight: 1 });
const keeps = (text: string): Factor => ({ text, weight: -1 });

const safeguards: readonly Safeguard[] = [
  { names: /^skipfinal/, given: ({ constant }) => (constant === true || constant === 'true' ? without('no final snapshot is taken') : undefined) },
  { names: /^bypassgovernance/, given: ({ constant }) => (constant === true ? without('past the retention that protects it') : undefined) },
  { names: /^forcedeletewithoutrecovery$/, given: ({ constant }) => (constant === true ? without('there is no time in which it could be restored') : undefined) },
  { names: /^force|^cascade$|^recursive$/, given: ({ constant }) => (constant === true || constant === 'true' ? without('even if it is in use or not empty') : undefined) },
  { names: /^recoverywindowindays$/, given: ({ source }) => ({ text: `it can be restored for ${quoted(source)} days`, weight: 0 }) },
  { names: /^pendingwindowindays$/, given: ({ source }) => ({ text: `it can be called off for ${quoted(source)} days`, weight: 0 }) },
  { names: /^retain/, given: ({ constant, elements }) => (constant === true || (elements?.length ?? 0) > 0 ? keeps('some of it is retained') : undefined) },
  { names: /^deleteautomatedbackups$/, given: ({ constant }) => (constant === false ? keeps('automated backups are kept') : undefined) },
];

/** Without the time in which it could be restored. */
function isForGood({ safeguards: names }: AwsOperation, inputOf: (name: string) => Input | undefined): boolean {
  return names.some((name) => spelling(name) === 'forcedeletewithoutrecovery' && inputOf(name)?.constant === true);
}

function takesFinalSnapshot({ safeguards: names }: AwsOperation, inputOf: (name: string) => Input | undefined): boolean {
  const given = names.flatMap((name) => {
    const input = inputOf(name);
    return input === undefined ? [] : [{ name: spelling(name), input }];
  });
  if (given.some(({ name, input: { constant } }) => name.startsWith('skipfinal') && (constant === true || constant === 'true'))) return false;
  return given.some(({ name, input: { constant } }) => name.startsWith('final') || (name.startsWith('skipfinal') && (constant === false || constant === 'false')));
}

function safeguardFactors(operation: AwsOperation, inputOf: (name: string) => Input | undefined): Factor[] {
  return operation.safeguards.flatMap((name) => {
    const input = inputOf(name);
    const known = safeguards.find(({ names }) => names.test(spelling(name)));
    return input === undefined ? [] : (known?.given(input) ?? []);
  });
}
