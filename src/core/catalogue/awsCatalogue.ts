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

/** Thousands of lines of which a file asks for a handful: only their names are read at first. */
interface Catalogue {
  readonly lines: readonly string[];
  /** Line numbers of services by their names, and of operations by theirs, all without case and marks. */
  readonly services: ReadonlyMap<string, number>;
  readonly operations: ReadonlyMap<string, readonly number[]>;
}

let known: Catalogue | undefined;

/** The operations of that name, one for each service that has it; in whatever client's spelling. */
export function awsOperationsNamed(name: string): readonly AwsOperation[] {
  known ??= read(awsOperations);
  const { lines, operations } = known;
  return (operations.get(spelling(name)) ?? []).map((line) => readOperation(lines, line));
}

/** Whether some service has an operation of that name. */
export function isAwsOperation(name: string): boolean {
  known ??= read(awsOperations);
  return known.operations.has(spelling(name));
}

/** The service behind a name that some client, module or namespace has for it. */
export function awsServiceNamed(name: string): AwsService | undefined {
  known ??= read(awsOperations);
  const line = known.services.get(spelling(name));
  return line === undefined ? undefined : readService(known.lines[line] ?? '');
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
function read(text: string): Catalogue {
  const lines = text.split('\n');
  const services = new Map<string, number>();
  const operations = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    if (line.startsWith('#')) for (const name of line.slice(1).split('|')) services.set(spelling(name), at);
    else if (line !== '') {
      const key = nameIn(line).toLowerCase();
      const namesakes = operations.get(key);
      if (namesakes === undefined) operations.set(key, [at]);
      else namesakes.push(at);
    }
  }
  return { lines, services, operations };
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

function readOperation(lines: readonly string[], at: number): AwsOperation {
  const line = lines[at] ?? '';
  const [written = '', letters = '', identifiers = '', safeguards = ''] = line.split(' ');
  let owner = at;
  while (owner > 0 && lines[owner]?.startsWith('#') !== true) owner--;
  return {
    service: readService(lines[owner] ?? ''),
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
