import { awsOperations } from './awsOperations.ts';
import { camelCase, spelling } from './spelling.ts';

export interface AwsService {
  /** What boto3 and the command line call it: `rds`, `cognito-idp`. */
  readonly name: string;
  /** What AWS calls it: `RDS`, `Cognito Identity Provider`. */
  readonly id: string;
  /** Every name that a client, module or namespace has for it, without case and marks. */
  readonly spellings: readonly string[];
}

/** An operation of a service that takes something away. */
export interface AwsOperation {
  readonly service: AwsService;
  /** As the service's model spells it: `DeleteTable`. */
  readonly name: string;
  readonly scope: 'object' | 'set' | 'collection' | 'service' | 'environment' | 'account';
  readonly undo: 'easy' | 'costly' | 'none';
  /** The inputs that name what is taken away, as the model spells them. */
  readonly identifiers: readonly string[];
  /** Whether it takes all of them; else one of them will do. */
  readonly isEachNeeded: boolean;
  /** Inputs that keep a way back or take it away. */
  readonly safeguards: readonly string[];
}

/** Thousands of lines of which a file asks for a handful: they are searched as they are, each name once. */
let lowerCase: string | undefined;
/** Offsets of operations' lines by their names, and of services' lines by theirs, all without case and marks. */
const operations = new Map<string, readonly number[]>();
/** What they begin with: nearly all names begin otherwise. */
let verbs: RegExp | undefined;
let services: ReadonlyMap<string, number> | undefined;

/** The operations of that name, one for each service that has it; in whatever client's spelling. */
export function awsOperationsNamed(name: string): readonly AwsOperation[] {
  return linesOf(spelling(name)).map(readOperation);
}

/** Whether some service has an operation of that name. */
export function isAwsOperation(name: string): boolean {
  return linesOf(spelling(name)).length > 0;
}

/** The service behind a name that some client, module or namespace has for it. */
export function awsServiceNamed(name: string): AwsService | undefined {
  services ??= new Map([...awsOperations.matchAll(/^#.*/gm)].flatMap(({ 0: line, index }) => line.slice(1).split('|').map((each) => [spelling(each), index] as const)));
  const at = services.get(spelling(name));
  return at === undefined ? undefined : readService(lineAt(at));
}

/** The names of the operations that do not begin with Delete, as the services' models spell them. */
export function otherAwsOperationNames(): readonly string[] {
  return [...new Set(awsOperations.match(/^[A-Z]\w*/gm))];
}

/**
 * A service to a line, `#name|id|other names`, and its operations below it: `-Table vn *Name Force`. `-` stands for
 * Delete; then come letters of scope and undo, identifiers in which `*` stands for what is deleted and `+` for the
 * same in camel case (behind `?` any one of them will do), and safeguards.
 */
function linesOf(name: string): readonly number[] {
  verbs ??= new RegExp(`^(?:delete|${[...new Set(awsOperations.match(/^[A-Z][a-z]+/gm))].join('|')})`, 'i');
  if (!verbs.test(name)) return [];
  let lines = operations.get(name);
  if (lines === undefined) {
    lines = [name, ...(name.startsWith('delete') ? [`-${name.slice('delete'.length)}`] : [])].flatMap(linesBeginningWith).sort((one, other) => one - other);
    operations.set(name, lines);
  }
  return lines;
}

function linesBeginningWith(word: string): number[] {
  lowerCase ??= awsOperations.toLowerCase();
  const lines: number[] = [];
  for (let at = lowerCase.indexOf(`\n${word} `); at !== -1; at = lowerCase.indexOf(`\n${word} `, at + 1)) lines.push(at + 1);
  return lines;
}

function lineAt(offset: number): string {
  return awsOperations.slice(offset, awsOperations.indexOf('\n', offset));
}

function nameIn(line: string): string {
  const name = line.slice(0, line.indexOf(' '));
  return name.startsWith('-') ? `Delete${name.slice(1)}` : name;
}

function readService(line: string): AwsService {
  const names = line.slice(1).split('|');
  return { name: names[0] ?? '', id: names[1] ?? '', spellings: names.map(spelling) };
}

const scopes = { o: 'object', s: 'set', c: 'collection', v: 'service', e: 'environment', a: 'account' } as const;
const undos = { e: 'easy', c: 'costly', n: 'none' } as const;

function readOperation(at: number): AwsOperation {
  const line = lineAt(at);
  const [written = '', letters = '', identifiers = '', safeguards = ''] = line.split(' ');
  return {
    service: readService(lineAt(awsOperations.lastIndexOf('\n#', at) + 1)),
    name: nameIn(line),
    scope: scopes[letters[0] as keyof typeof scopes],
    undo: undos[letters[1] as keyof typeof undos],
    identifiers: listOf(identifiers.replace(/^\?/, '')).map((identifier) => identifier.replace('*', written.slice(1)).replace('+', camelCase(written.slice(1)))),
    isEachNeeded: !identifiers.startsWith('?'),
    safeguards: listOf(safeguards),
  };
}

function listOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}
