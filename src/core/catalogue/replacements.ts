import { azureReplacements } from './azureReplacements.ts';
import { cloudFormationReplacements } from './cloudFormationReplacements.ts';
import { kubernetesReplacements } from './kubernetesReplacements.ts';
import { spelling, withoutVersion } from './spelling.ts';
import { terraformReplacements } from './terraformReplacements.ts';

/** Which settings of a type replace the resource: a line for each type, first the type and then the settings; `*` stands for the type's last name. */
interface Table {
  /** Line numbers by the type's name, without case and marks. */
  readonly byType: ReadonlyMap<string, string>;
}

let cloudFormation: Table | undefined;
let azure: Table | undefined;
let terraform: Table | undefined;
let kubernetes: Table | undefined;

/**
 * Whether a change to a setting makes the tool delete the resource and create another one: always, or maybe, as for
 * providers that do not say it in a form that can be derived; undefined when it does not, as far as is known.
 * @param type as the tool writes it: `aws_db_instance`, `AWS::RDS::DBInstance`, `aws.rds.Instance`
 * @param setting with the names of what it is nested in
 */
export function replacementBy(type: string, setting: string): 'always' | 'maybe' | undefined {
  const name = setting.replace(/\[[^\]]*\]|\[[^]*$/g, (item) => (item.endsWith(']') ? '' : item)).split('.').map(spelling).join('.');
  const spelled = spelling(type);
  if (spelled.startsWith("azure")) {
    azure ??= read(azureReplacements, true);
    return has(azure, spelled.replace(/^azure(?:rm)?/, ''), name) ? 'always' : undefined;
  }
  if (type.startsWith('AWS::')) {
    const table = (cloudFormation ??= read(cloudFormationReplacements, false));
    // Of a property that is made of others each of them counts.
    const outer = name.split('.').map((_part, index, parts) => parts.slice(0, index + 1).join('.'));
    if (outer.some((each) => has(table, spelled.replace(/^aws/, ''), each))) return 'always';
    terraform ??= read(terraformReplacements, false);
    return has(terraform, spelled, name) ? 'maybe' : undefined;
  }
  if (/^(?:kubernetes |helm |compose )/.test(type)) {
    kubernetes ??= read(kubernetesReplacements, false);
    return has(kubernetes, spelled, name) ? 'maybe' : undefined;
  }
  terraform ??= read(terraformReplacements, false);
  // Pulumi calls Google by another name than Terraform does.
  const called = spelled.replace(/^gcp/, 'google');
  if (has(terraform, called, name) || has(terraform, withoutVersion(called), name)) return 'maybe';
  if (!spelled.startsWith('aws')) return undefined;
  cloudFormation ??= read(cloudFormationReplacements, false);
  return has(cloudFormation, withoutVersion(spelled.replace(/^aws/, '')), name) ? 'maybe' : undefined;
}

/** A setting may be written without the type's own name: `name` of a queue is `QueueName`. */
function has({ byType }: Table, type: string, setting: string): boolean {
  const line = byType.get(type);
  if (line === undefined) return false;
  const [written = '', ...settings] = line.split(' ');
  // The values of a chart hold those of its parts.
  const isNested = type === 'helmvalues';
  const noun = spelling(/(?<![^\W_])[^\W_]+$/.exec(written)?.[0] ?? '');
  return settings.some((each) => {
    const isAnyBelow = each.endsWith('.*');
    const known = (isAnyBelow ? each.slice(0, -2) : each).split('.').map((part) => (part.startsWith('*') ? noun + spelling(part) : spelling(part))).join('.');
    if (isAnyBelow) return setting.startsWith(`${known}.`) || setting === known;
    return known === setting || known === noun + setting || setting === noun + known || (isNested && setting.endsWith(`.${known}`));
  });
}

/** @param isByLastName whether a type is also known without the name of its module: `azurerm_linux_virtual_machine` is `compute/linuxVirtualMachine` */
function read(text: string, isByLastName: boolean): Table {
  const byType = new Map<string, string>();
  const lines = text.trim().split('\n');
  const typeOf = (line: string) => line.slice(0, line.indexOf(' '));
  if (isByLastName) for (const line of lines) byType.set(spelling(typeOf(line).replace(/^.*\//, '')), line);
  for (const line of lines) byType.set(spelling(typeOf(line)), line);
  return { byType };
}
