import { type Data, entryOf, textOf, valueAt } from '../data/data.ts';
import { referenceOf, type Resolve } from './dataSettings.ts';
import type { Definition } from './declared.ts';

type Resolved = NonNullable<ReturnType<Resolve>>;

/** A condition may name another one, and no more of them stand in a row. */
const deepest = 8;

/** What functions of a CloudFormation template come to when its parameters have their defaults. */
export class TemplateValues {
  constructor(
    private readonly template: Data,
    private readonly path: string,
  ) {}

  /** @param reference in the short form: `!Ref Days`, `!FindInMap [Settings, !Ref Env, Days]`, `!Sub ${Env}-orders` */
  resolve(reference: string): Resolved | undefined {
    const [, name] = /^!Ref (\w+)$/.exec(reference) ?? [];
    if (name !== undefined) return this.parameter(name);
    const [, map, ...keys] = /^!FindInMap \[([^,]+), ([^,]+), ([^,\]]+)\]$/.exec(reference) ?? [];
    if (map !== undefined) return this.mapped([map, ...keys]);
    const [, template] = /^!Sub ([^[{].*|\$\{.*)$/s.exec(reference) ?? [];
    return template === undefined ? undefined : this.substituted(template);
  }

  /** Whether a resource is made at all, as far as its condition is known. */
  isMade(resource: Data): boolean {
    const condition = textOf(valueAt(resource, 'Condition'));
    return condition === undefined || this.holds(valueAt(this.template, 'Conditions', condition), 0) !== false;
  }

  private parameter(name: string): Resolved | undefined {
    const fallback = entryOf(valueAt(this.template, 'Parameters', name), 'Default');
    return fallback?.value.kind === 'scalar' ? this.resolved(`parameter ${name}`, fallback.range, fallback.value.constant) : undefined;
  }

  private mapped(keys: readonly string[]): Resolved | undefined {
    const names = keys.map((key) => (key.startsWith('!') ? this.resolve(key)?.constant : key));
    if (names.some((key) => key === undefined)) return undefined;
    const [last = '', ...outer] = names.map(String).reverse();
    const entry = entryOf(valueAt(this.template, 'Mappings', ...outer.reverse()), last);
    return entry?.value.kind === 'scalar' ? this.resolved(`mapping ${names.join('.')}`, entry.range, entry.value.constant) : undefined;
  }

  /** Of a text with one parameter in it, whose default is known: what the whole comes to. */
  private substituted(template: string): Resolved | undefined {
    const names = [...template.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
    const parameters = names.map((name) => this.parameter(name));
    const [first] = parameters;
    if (first === undefined || template.includes('${AWS::') || parameters.includes(undefined)) return undefined;
    const constant = template.replace(/\$\{(\w+)\}/g, (_written, name: string) => String(this.parameter(name)?.constant));
    return { ...first, constant };
  }

  private resolved(name: string, range: Definition['range'], constant: Resolved['constant']): Resolved {
    return { constant, definition: { name, path: this.path, range, meaning: JSON.stringify(constant) } };
  }

  /** Undefined when it depends on what is only known when the stack is made. */
  private holds(condition: Data | undefined, depth: number): boolean | undefined {
    if (condition === undefined || depth > deepest) return undefined;
    const [operator, argument] = operatorOf(condition);
    const parts = argument?.kind === 'list' ? argument.items : [];
    if (operator === 'Equals') {
      const [left, right] = parts.map((part) => this.known(part));
      return left === undefined || right === undefined ? undefined : String(left) === String(right);
    }
    if (operator === 'Condition') return this.holds(valueAt(this.template, 'Conditions', textOf(argument) ?? ''), depth + 1);
    const each = parts.map((part) => this.holds(part, depth + 1));
    if (operator === 'Not') return each[0] === undefined ? undefined : !each[0];
    if (operator === 'And') return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
    if (operator === 'Or') return each.includes(true) ? true : each.includes(undefined) ? undefined : false;
    return undefined;
  }

  private known(part: Data): Resolved['constant'] | undefined {
    const reference = referenceOf(part);
    if (reference !== undefined) return this.resolve(reference)?.constant;
    return part.kind === 'scalar' ? part.constant : undefined;
  }
}

/** `!Equals [a, b]` and `Fn::Equals: [a, b]` are one. */
function operatorOf(condition: Data): readonly [operator: string, argument: Data | undefined] {
  if (condition.tag !== undefined) return [condition.tag.slice(1), condition];
  const entry = condition.kind === 'map' ? condition.entries[0] : undefined;
  return [entry?.key.replace('Fn::', '') ?? '', entry?.value];
}
