import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { type Call, hole, type Operation, type Platform, type Value } from '../operation.ts';
import { type Declared, once, type Setting } from './declared.ts';

/** Something that a program declares with the AWS CDK or Pulumi. */
export interface Construct extends Declared {
  readonly platform: Platform;
  /** The class whose code declares it. */
  readonly className?: string;
  /** What it is made in, as written. */
  readonly scope?: string;
  /** It is the class itself, as it hands on what it is given: nothing is made by it. */
  readonly isClass?: true;
}

/** What says after a construct is made what becomes of it. */
export const policyCalls: ReadonlySet<string> = new Set(['applyRemovalPolicy', 'apply_removal_policy']);


/** What a stack of the project's own is told as: only how it is deployed. */
export const stackType = 'cdk.Stack';

/** Whether a text may declare anything with the AWS CDK or Pulumi. */
export function mayDeclare(text: string): boolean {
  return /aws-cdk|aws_cdk|@pulumi\/|\bpulumi/.test(text);
}

/** The constructions among the calls of a file that declare something, in the order of the text. */
export function constructsIn(path: string, operations: readonly Operation[], text: LineText): Construct[] {
  const calls = operations.filter((operation): operation is Call => operation.kind === 'call').sort((a, b) => a.range.start - b.range.start);
  const seen = new Set<string>();
  return calls.flatMap((call) => {
    const own = ownStackOf(path, call, text);
    if (own !== undefined) return [own];
    const known = kindOf(call);
    const named = call.args.slice(0, 2).find((value) => idsIn(value, call).length > 0);
    if (known === undefined || named === undefined) return [];
    const inside = calls.filter(({ range }) => call.range.encloses(range) && range !== call.range);
    const later = calls.filter((each) => policyCalls.has(each.name) && each.receiver !== undefined && each.receiver === nameOf(call, text));
    const [outermost] = call.address;
    return idsIn(named, call).map((id) => {
      // Of equal ids in several classes the class tells which is which.
      const address = seen.has(id) ? [...call.address.slice(0, 1), id].join('/') : id;
      seen.add(id);
      return {
        path,
        address,
        ...known,
        ...(known.platform === 'cdk' && { scope: call.args[0]?.source ?? '' }),
        ...(known.platform === 'cdk' && /^Cfn[A-Z]/.test(call.name) && { isPlain: true }),
        range: call.range,
        header: new OffsetRange(call.range.start, named.range.endExclusive),
        text: text.slice(call.range),
        hidesSettings: hidesSettings(call, known.platform),
        ...(outermost !== undefined && new RegExp(`\\bclass\\s+${outermost.replace(/\W/g, '\\$&')}\\b`).test(text.toString()) && { className: outermost }),
        settings: once(() => settingsOf(call, inside, later, text)),
      };
    });
  });
}

/** What a stack's class gives the stack that it is: `super(scope, id, { terminationProtection: true })`. */
function ownStackOf(path: string, call: Call, text: LineText): Construct | undefined {
  const { name, receiver = '', args, modules, range, address: [className] } = call;
  const isOwn = name === 'super' || (name === '__init__' && receiver.startsWith('super('));
  if (!isOwn || className === undefined || args.length < 2 || !modules.some((each) => /^(?:aws-cdk-lib|@aws-cdk\/|aws_cdk)/.test(each))) return undefined;
  return { path, address: className, platform: 'cdk', type: stackType, className, isClass: true, range, header: range, text: text.slice(range), hidesSettings: false, settings: once(() => settingsOf(call, [], [], text)) };
}

const listOfTexts = /^[[(]\s*(?:(["'])[^"'`\n]*\1\s*,?\s*)+[\])](?:\s*as\s+const)?$/;

/** The ids that an argument gives: its text, or each of the texts that the loop around goes over, also within one: `${name}-table`. */
function idsIn({ constant, source, holes }: Value, { loop }: Call): string[] {
  const [held, ...more] = holes ?? Array.from(source.matchAll(/\$\{([^{}]*)\}/g), ([, inner = '']) => inner);
  const list = (loop?.standsFor ?? loop?.over ?? '').trim();
  const each = loop?.each !== undefined && listOfTexts.test(list) ? [...list.matchAll(/(["'])([^"'`\n]*)\1/g)].map(([, , text = '']) => text) : [];
  if (typeof constant !== 'string') return loop?.each === source ? each : [];
  return each.length > 0 && held === loop?.each && more.length === 0 ? each.map((text) => constant.replace(hole, text)) : [constant];
}

function kindOf({ imported, args, modules, name, language }: Call): { platform: Platform; type: string } | undefined {
  const [module = '', member = ''] = imported?.split('#') ?? [];
  const isScoped = /^(?:this|self|scope|app|stack|parent|root)\b/.test(args[0]?.source ?? '');
  if (/^(?:aws-cdk-lib|@aws-cdk\/|aws_cdk)/.test(module)) {
    const [, service = ''] = /aws[-_]([a-z0-9_]+?)(?:[-_]alpha)?(?:[#.]|$)/.exec(`${module.replace(/^aws-cdk-lib\/?|^@aws-cdk\/|^aws_cdk\.?/, '')}#${member}`) ?? [];
    // A class may make what it stands for by a method.
    const type = /^[a-z]/.test(name) ? (/(?<!\w)[a-z\d_]*([A-Z]\w*)\.\w+$/.exec(member)?.[1] ?? name) : name;
    return { platform: 'cdk', type: service === '' ? `cdk.${type}` : `aws.${service}.${type.replace(/^Cfn/, '')}` };
  }
  const [, provider] = /^(?:@pulumi\/|pulumi_)([\w-]+)/.exec(module) ?? [];
  if (provider === 'kubernetes') return { platform: 'pulumi', type: `kubernetes ${name}` };
  if (provider !== undefined && provider !== 'pulumi') return { platform: 'pulumi', type: [provider.replace(/[-_]/g, ''), ...module.split('/').slice(2), ...member.split('.')].join('.') };
  // A class of the project's own stands for what it makes.
  const isOwn = module === '' || /^\.{0,2}\//.test(module) || module.startsWith(".") || (language === 'python' && !/^(?:aws|cdk|pulumi|constructs)\w*/.test(module));
  const words = `module ${name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')}`;
  const scope = args[0]?.source ?? '';
  // What stands in an app itself is a stack, whatever it is called.
  const isStack = /^(?:\w+\.)?app$/i.test(scope) || (name.endsWith('Stack') && /\bapp\b|stage|this|self/i.test(scope));
  if (isOwn && isStack && modules.some((each) => /^(?:aws-cdk-lib|@aws-cdk\/|aws_cdk)/.test(each))) return { platform: 'cdk', type: stackType };
  if (isOwn && isScoped && modules.some((each) => /^(?:aws-cdk-lib|@aws-cdk\/|aws_cdk)/.test(each)) && !name.endsWith('Stack')) return { platform: 'cdk', type: words };
  return isOwn && /^["'`]/.test(args[0]?.source ?? '') && args.length > 1 && /^[A-Z]/.test(name) && modules.some((each) => /^@pulumi\/|^pulumi_/.test(each)) ? { platform: 'pulumi', type: words } : undefined;
}

/** What a construct is kept in: `db` of `const db = new Table(…)`. */
function nameOf({ range }: Call, text: LineText): string | undefined {
  const { line } = text.positionAt(range.start);
  const before = text.line(line).slice(0, range.start - text.startOfLine(line));
  return /([\w$.]+)\s*(?::[^=]+)?=\s*(?:new\s+)?$/.exec(before)?.[1];
}

/** @param later the calls that say afterwards what becomes of it */
function settingsOf({ args }: Call, inside: readonly Call[], later: readonly Call[], text: LineText): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  const options = inside.filter(({ name }) => name === 'ResourceOptions' || name === 'CustomResourceOptions');
  const add = (name: string, value: Value): void => {
    // Python writes what is nested as a call of its own: `BackupProps(retention=…)`.
    const made = value.properties === undefined && value.constant === undefined ? inside.find(({ range }) => range.equals(value.range))?.args.at(-1) : undefined;
    if (made?.properties !== undefined && name !== 'opts') for (const [key, property] of made.properties) add(`${name}.${key}`, property);
    else if (value.properties !== undefined && value.properties.size > 0) for (const [key, property] of value.properties) add(name === '' ? key : `${name}.${key}`, property);
    else if (value.elements?.some(({ properties }) => properties !== undefined) === true) for (const [index, element] of value.elements.entries()) add(`${name}[${idOf(element) ?? index}]`, element);
    else if (name !== '' && !settings.has(name)) settings.set(name, settingOf(name, value, text));
  };
  for (const arg of args) if (arg.properties !== undefined) add('', arg);
  for (const option of options) for (const arg of option.args) add('', arg);
  for (const { name, args: [policy] } of later) if (policy !== undefined) settings.set(name, settingOf(name, policy, text));
  return settings;
}

/** A spread, or settings that stand somewhere else. */
function hidesSettings({ args }: Call, platform: Platform): boolean {
  const first = platform === 'cdk' ? 2 : 1;
  return args.some(({ isOpen }) => isOpen === true) || args.slice(first).some(({ properties, constant }) => properties === undefined && constant === undefined);
}

function idOf({ properties }: Value): string | undefined {
  const constant = (properties?.get('id') ?? properties?.get('name'))?.constant;
  return typeof constant === 'string' ? constant : undefined;
}

/** The name of a module, which an import may give or leave out: `dynamodb.` of `dynamodb.AttributeType.STRING`. */
const moduleNames = /(?<![\w.])(?:[a-z]\w*\.)+(?=[A-Z]\w*[.(])/g;

function settingOf(name: string, value: Value, text: LineText): Setting {
  const meaning = value.constant === undefined ? (value.standsFor ?? value.source).replace(/\s+|,(?=\s*[)\]}])/g, '').replace(moduleNames, '') : JSON.stringify(value.constant);
  return { name, range: withKey(name.slice(name.lastIndexOf('.') + 1), value.range, text), value, meaning, through: [] };
}

/** The key belongs to what is underlined: `versioned: true`. */
function withKey(key: string, range: OffsetRange, text: LineText): OffsetRange {
  const start = Math.max(0, range.start - key.length - 8);
  const [written] = /["']?(?<![\w$])[\w$]+["']?\s*[:=]\s*$/.exec(text.slice(new OffsetRange(start, range.start))) ?? [];
  return written?.includes(key) === true ? new OffsetRange(range.start - written.length, range.endExclusive) : range;
}
