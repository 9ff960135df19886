import { type AwsOperation, awsOperationsNamed, awsServiceNamed } from '../catalogue/awsCatalogue.ts';
import { spelling } from '../catalogue/spelling.ts';
import type { Call } from '../language/operation.ts';

/** What the resource interfaces of boto3 and of Ruby's SDK call it when a resource goes, or all of a collection. */
export const resourceActions: ReadonlyMap<string, string> = new Map([
  ['delete', 'Delete'], ['delete!', 'Delete'], ['batch_delete!', 'Delete'], ['clear!', 'Delete'], ['terminate', 'Terminate'], ['batch_terminate!', 'Terminate'],
  ['purge', 'Purge'], ['deregister', 'Deregister'], ['release', 'Release'],
]); // prettier-ignore

/** Services that have such an interface. */
const services = ['s3', 'dynamodb', 'sqs', 'sns', 'ec2', 'iam', 'cloudformation', 'cloudwatch', 'glacier'];

/** Links that leave a collection what it is, and those that narrow it. */
const transparent = new Set(['all', 'limit', 'page_size', 'pages']);
const narrowing = new Set(['filter', 'limit']);

/** Short names that people give to resources. */
const shortNames: Readonly<Record<string, string>> = {
  obj: 'object', s3object: 'object', objectsummary: 'object', objectversion: 'object', version: 'object', versions: 'objects', objectversions: 'objects', msg: 'message', q: 'queue', tbl: 'table', sg: 'securitygroup', vol: 'volume', ami: 'image',
}; // prettier-ignore

/** Names that stand for nothing else in a program that brings in nothing: a fragment of one, in a language that always does. */
const distinctive = /^(?:s3|aws|ec2|sqs|sns|ddb|dynamodb)?(?:bucket|queue|topic|stack|vpc|subnet|securitygroup|keypair|keypairinfo|snapshot|volume|instance)s?$|^self(?:table|key|object)$|bucket(?:objects|objectversions)$|^(?:iam|s3|ec2|sqs|sns|dynamodb)(?:user|role|group|policy|accesskey|instanceprofile|object|table|image|message)$/;

export interface ResourceCall {
  readonly operation: AwsOperation;
  /** All of a collection goes, as in `bucket.objects.all().delete()`. */
  readonly isWhole: boolean;
}

/** `queue.delete()`, `s3.Bucket("x").objects.all().delete()`: what is done to a resource, or to each of a collection. */
export function resourceCallOf(call: Call, isResolved: boolean, isSdkFile: boolean): ResourceCall | undefined {
  const verb = resourceActions.get(call.name);
  if (verb === undefined || call.constructed || call.args.some(({ properties }) => properties === undefined)) return undefined;
  const path = pathOf(call);
  const things = path.filter((name) => !transparent.has(name) && !narrowing.has(name));
  // A queue is looked up by its name: `get_queue_by_name`.
  const written = spelling(things.at(-1) ?? '').replace(/^get(\w+)byname$/, '$1');
  const thing = call.name === 'clear!' ? 'objects' : (shortNames[written] ?? written);
  if (!isResolved && !isSdkFile && !(call.language === 'python' && call.modules.length === 0 && [thing, spelling(things.slice(-2).join(''))].some((name) => distinctive.test(name)))) return undefined;
  const [, byClient, byNamespace] = /\bresource\((\w+)\)|#Aws\.(\w+)/.exec(call.imported ?? '') ?? [];
  const service = awsServiceNamed(byClient ?? byNamespace ?? '');
  const found = [thing, `${thing}s`, singular(thing)].flatMap((noun) => awsOperationsNamed(`${verb}${noun}`)).find((each) => (service === undefined ? services.includes(each.service.name) : each.service.name === service.name));
  if (found === undefined) return undefined;
  const isCollection = thing.endsWith('s') && !path.some((name) => narrowing.has(name));
  return { operation: found, isWhole: isCollection && found.scope !== 'object' };
}

/** `volumes`, `policies` and `addresses` are collections of what the operations name one of. */
function singular(noun: string): string {
  return noun.replace(/ies$/, 'y').replace(/(?<=ss|x)es$|(?<!s)s$/, '');
}

/** What leads to the action, from its origin when that is known: names without their arguments. */
function pathOf({ imported, links }: Call): string[] {
  if (imported === undefined) return links.map(({ name }) => name.replace(/^@/, ''));
  return imported.slice(imported.indexOf('#') + 1).split('.').slice(0, -1).map((name) => name.replace(/\(.*$/, '')); // prettier-ignore
}
