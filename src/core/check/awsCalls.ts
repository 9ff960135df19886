import { type AwsOperation, type AwsService, awsOperationsNamed, awsServiceNamed } from '../catalogue/awsCatalogue.ts';
import { camelCase, snakeCase, spelling } from '../catalogue/spelling.ts';
import type { Call } from '../language/operation.ts';
import { resourceActions, resourceCallOf } from './awsResources.ts';
import { anywhere, type Clue } from './clues.ts';
import { type CallInput, inputOf } from './callInput.ts';
import type { Confidence } from './finding.ts';

/** An operation of AWS that a call stands for, and how sure that is. */
export interface AwsCall {
  readonly operation: AwsOperation;
  readonly input: CallInput;
  /** All of a collection goes, though the operation takes a part of it at a time. */
  readonly isWhole?: boolean;
  /** Undefined when it follows from how the callee was resolved. */
  readonly confidence?: Confidence;
}

/** How each client library names its services; the first group is the name. */
const clients: readonly RegExp[] = [
  /^@aws-sdk\/client-([\w-]+)/,
  /^aws-sdk\/clients\/(\w+)/,
  /^aws-sdk#(?:default\.)?(\w+)/,
  /^(?:boto3|aioboto3|aiobotocore|botocore)\b[^#]*#.*\b(?:client|resource|create_client)\(([\w-]+)\)/,
  /^(?:mypy|types)_boto3_(\w+?)(?:\.|#|$)/,
  /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/(\w+)/,
  /^(?:software\.amazon\.awssdk|com\.amazonaws|aws\.sdk\.kotlin)\.services\.(\w+)/,
  /^Amazon\.(\w+)/,
  /^Aws(?:::|\\|#|\.)+(\w+)/,
  /^aws[-_]sdk[-_](\w+)/,
];

/** What a file brings in when it talks to AWS at all. */
const sdk = /^(?:@aws-sdk\/|aws-sdk|aws-cdk-lib\/aws-|boto3|aioboto3|aiobotocore|botocore|mypy_boto3|types_boto3|github\.com\/aws\/aws-sdk-go|software\.amazon\.awssdk|com\.amazonaws|aws\.sdk\.kotlin|Amazon\b|Aws\b|aws_sdk_|aws_config|aws-sdk-)/;

/** The operation of AWS that a call stands for; undefined when it is none that takes something away, or nothing says that it is of AWS. */
export function awsCallOf(call: Call): AwsCall | undefined {
  const named = resourceActions.has(call.name) ? [] : awsOperationsNamed(operationName(call));
  if (named.length === 0) return awsResourceCallOf(call);
  const { imported } = call;
  const input = inputOf(call);
  const typed = imported?.startsWith('*#') === true ? awsServiceOfType(imported) : undefined;
  if (imported !== undefined && (typed !== undefined || sdk.test(imported))) {
    const service = typed ?? awsServiceOf(imported);
    const operation = named.find((each) => each.service.name === service?.name) ?? (service === undefined ? mostLikely(named, call, input) : undefined);
    return operation === undefined ? undefined : { operation, input };
  }
  // What another package offers under the same name is its own; a client may be made in another file of the project.
  if (imported !== undefined && (call.constructed || !isOfProject(imported))) return undefined;
  const operation = mostLikely(named, call, input);
  const confidence = operation === undefined ? undefined : confidenceByName(operation, call, input);
  return operation === undefined || confidence === undefined ? undefined : { operation, input, confidence };
}

/** Whether a call is of a client of AWS, as far as its origin or the file's imports tell. */
export function isAwsCall({ imported, modules }: Pick<Call, 'imported' | 'modules'>): boolean {
  if (imported === undefined || isOfProject(imported)) return modules.some((module) => sdk.test(module)) || (imported?.startsWith('*#') === true && awsServiceOfType(imported) !== undefined);
  return sdk.test(imported);
}

/** What is done to a resource by the interfaces that have objects for them. */
function awsResourceCallOf(call: Call): AwsCall | undefined {
  const { imported, modules } = call;
  const isResolved = imported !== undefined && sdk.test(imported.replace(/^\*#/, ''));
  if (imported !== undefined && !isResolved && !isOfProject(imported)) return undefined;
  const resource = resourceCallOf(call, isResolved, modules.some((module) => sdk.test(module)));
  const services = modules.flatMap((module) => awsServiceOf(module)?.name ?? []);
  const isOther = resource !== undefined && services.length > 0 && !services.includes(resource.operation.service.name);
  return resource === undefined || (isOther && !isResolved) ? undefined : { ...resource, input: inputOf(call), ...(!isResolved && { confidence: 'low' }) };
}

/** `SqsClient` in `wrapper.SqsClient.DeleteQueue`, `IAmazonS3`, `Aws.DynamoDB`: of a type whose import does not name it. */
function awsServiceOfType(imported: string): AwsService | undefined {
  const names = imported.slice(imported.indexOf('#') + 1).split('.').slice(0, -1); // prettier-ignore
  const isOfSdk = names[0] === 'Aws';
  for (const name of names.reverse()) {
    const bare = name.replace(/^(?:I?Amazon|AWS)/, '').replace(/(?:Async)?(?:Client|Resource|Util)$/, '');
    const service = bare !== '' && (isOfSdk || bare !== name) ? awsServiceNamed(bare) : undefined;
    if (service !== undefined) return service;
  }
  return undefined;
}

/** The service that a module, a package or a namespace is the client of. */
function awsServiceOf(module: string): AwsService | undefined {
  for (const client of clients) {
    const name = client.exec(module)?.[1];
    const service = name === undefined ? undefined : awsServiceNamed(name);
    if (service !== undefined) return service;
  }
  return undefined;
}

/** `DeleteBucket` of `DeleteBucketCommand`, `DeleteBucketAsync`, `delete_bucket!`. */
function operationName({ name, constructed }: Call): string {
  return constructed ? name.replace(/Command$/, '') : name.replace(/Async$/, '');
}

function isOfProject(imported: string): boolean {
  return /^(?:\.|@\/|~\/|#|\*#)/.test(imported);
}

/** Of namesakes the one that the receiver names, else that of a service whose client the file brings in, else the one whose inputs are given, of a service that the text before names if it does. */
function mostLikely(named: readonly AwsOperation[], call: Call, input: CallInput): AwsOperation | undefined {
  const services = new Set(call.modules.map((module) => awsServiceOf(module)?.name));
  return (
    named.find((each) => namesService(call, each.service)) ??
    named.find((each) => services.has(each.service.name)) ??
    named.find((each) => fits(each, call, input) && isSpokenOf(each.service, call)) ??
    named.find((each) => fits(each, call, input)) ??
    named.find((each) => isGivenRequest(each, call)) ??
    (call.constructed ? named[0] : undefined)
  );
}

/** Whether the text before a call names a service: `region.ec2_connection`, `boto3.client('ec2')`. */
function isSpokenOf({ spellings }: AwsService, { above = '', preceding = '' }: Call): boolean {
  return spellings.some((name) => new RegExp(`(?<![a-z])${name}(?![a-z])`, 'i').test(above + preceding));
}

/** What the text shows of what speaks for it: the SDK, a request by its type, a receiver that is a client by name, an argument that is an input by name, or what is sent. */
export const awsClues: readonly Clue[] = [
  { text: anywhere(sdk) },
  { text: /\w(?:Request|Input)\b/, given: /^\s*[^\s)]/ },
  { on: { test: (owner) => /client|sdk|svc|aws|amazon/i.test(owner.slice(owner.lastIndexOf(';') + 1)) || namesAnyService(owner) } },
  { languages: ['javascript'], text: /\bnew\s+(?:[\w$]+\.)*\w+Command\b/ },
  { on: /./, text: /\.\s*send\s*\(/, given: /^\s*[^\s)]/ },
  { languages: ['python'], given: /\b[A-Z]\w*\s*=|^\s*\*\*/ },
  // A fragment of a program that brings in nothing.
  { languages: ['python'], text: /^(?![^]*(?:^|\n)[^\S\n]*(?:import|from)\s)/ },
];

/** What speaks for it when all that is known of the callee is its name; undefined when too little does. */
function confidenceByName(operation: AwsOperation, call: Call, input: CallInput): Confidence | undefined {
  const isSdkFile = call.modules.some((module) => sdk.test(module));
  const isFitting = fits(operation, call, input);
  if (call.constructed) {
    // Where nothing is brought in, a fragment of a program left out where the name comes from.
    const isLikely = isFitting || (input.isOpen && (isSdkFile || call.modules.length === 0));
    return call.name.endsWith('Command') && isLikely ? (isSdkFile ? 'medium' : 'low') : undefined;
  }
  if (call.receiver === undefined) return undefined;
  const isRequest = isGivenRequest(operation, call);
  const isOfService = namesService(call, operation.service);
  if (isSdkFile && (isFitting || isRequest || isOfService)) return 'medium';
  const isSent = isFitting && call.next.some(({ name }) => name === 'send');
  return isRequest || isSent || (isFitting && (isOfService || isClient(call) || isKeyword(operation, call, input))) || (isOfService && isDistinct(call)) ? 'low' : undefined;
}

/** Whether the inputs that name what is taken away are there, each as a client writes it: by name, or in a function that is given the request. */
function fits({ identifiers, isEachNeeded }: AwsOperation, { args }: Call, input: CallInput): boolean {
  const isSet = (name: string) => args.some(({ source }) => /->|=>/.test(source) && source.includes(`.${camelCase(name)}(`));
  // What is put together before is known by its writing: `$args = array_merge(['Bucket' => $name], $more)`.
  const isPutIn = (name: string) => args.some(({ standsFor }) => standsFor !== undefined && new RegExp(`['"]${name}['"]\\s*(?:=>|:)`).test(standsFor));
  const isGiven = (name: string) => input.has(name) || input.has(snakeCase(name)) || isSet(name) || isPutIn(name);
  return identifiers.length > 0 && (isEachNeeded ? identifiers.every(isGiven) : identifiers.some(isGiven));
}

/** `client.deleteTable(request)`, where the request is a `DeleteTableRequest`. */
function isGivenRequest({ name }: AwsOperation, { args, preceding = '' }: Call): boolean {
  const request = new RegExp(`\\b${name}(?:Request|Input)\\b`, 'i');
  // A parameter or variable of that type, with the type before its name or behind it.
  const isDeclared = (source: string) => /^\w+$/.test(source) && new RegExp(`\\b${source}\\b\\s*:?\\s*[\\w.*&:]{0,60}?\\b${name}(?:Request|Input)\\b|\\b${name}(?:Request|Input)\\b[?*&]?\\s+${source}\\b`, 'i').test(preceding);
  return args.some(({ source, standsFor }) => request.test(source) || request.test(standsFor ?? '') || isDeclared(source));
}

/** `iam`, `personalizeClient`, `self.emr_client`, `_amazonTranscribeService`. */
function namesService({ receiver }: Call, { spellings }: AwsService): boolean {
  const name = serviceNamed(receiver);
  return name !== '' && spellings.includes(name);
}

function namesAnyService(receiver: string): boolean {
  const name = serviceNamed(receiver);
  return name !== '' && awsServiceNamed(name) !== undefined;
}

function serviceNamed(receiver = ''): string {
  return spelling(/([\w$]+)\W*$/.exec(receiver)?.[1] ?? '').replace(/^(?:amazon|aws|my|the)+|(?:async)?(?:client|service|sdk|api|svc|connection|conn)+$/g, '');
}

/** `_amazonS3`, `ec2Client`, `sqs`: names that stand for nothing but a client of AWS. */
function isDistinct({ receiver }: Call): boolean {
  const name = /([\w$]+)\W*$/.exec(receiver ?? '')?.[1] ?? '';
  return /amazon|aws/i.test(name) || /(?:^|_)(?:s3|ec2|sqs|sns|rds|ecs|eks|ecr|iam|kms|ddb|dynamodb|cfn|cloudformation|elbv?2?|ssm|acm|sesv?2?|efs|emr|route53|cloudfront|cognito\w*|kinesis|redshift|elasticache)_?(?:async)?_?(?:client)?$/i.test(name);
}

/** In Python hardly anything but AWS takes arguments whose names begin with a capital. */
function isKeyword({ identifiers }: AwsOperation, { language }: Call, input: CallInput): boolean {
  return language === 'python' && identifiers.some((name) => /^[A-Z]/.test(name) && input.has(name));
}

function isClient({ receiver }: Call): boolean {
  return /client|sdk|svc|aws|amazon/i.test(receiver ?? '');
}
