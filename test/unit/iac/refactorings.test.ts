import assert from 'node:assert/strict';
import { type Files, findingsOfChange, toldFindings } from '../../support/changes.ts';
import { Random } from '../../support/random.ts';

const seeds = Array.from({ length: Number(process.env.FIREBREAK_FUZZ_SEQUENCES ?? 12) }, (_, index) => index + 1);

/** A resource as it can be written in many ways. */
interface Resource {
  readonly type: string;
  readonly name: string;
  /** Attributes by name, with the nested block they stand in as the first part. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** What protects, and how it is weakened. */
const safeguards: readonly (readonly [type: string, name: string, value: string, weak: string | undefined])[] = [
  ['aws_db_instance', 'deletion_protection', 'true', 'false'],
  ['aws_db_instance', 'backup_retention_period', '30', '1'],
  ['aws_db_instance', 'skip_final_snapshot', 'false', 'true'],
  ['aws_db_instance', 'lifecycle.prevent_destroy', 'true', undefined],
  ['aws_db_instance', 'multi_az', 'true', 'false'],
  ['aws_dynamodb_table', 'point_in_time_recovery.enabled', 'true', undefined],
  ['aws_dynamodb_table', 'deletion_protection_enabled', 'true', undefined],
  ['aws_s3_bucket', 'force_destroy', 'false', 'true'],
  ['aws_s3_bucket', 'lifecycle.prevent_destroy', 'true', 'false'],
  ['google_sql_database_instance', 'deletion_protection', 'true', 'false'],
  ['azurerm_key_vault', 'purge_protection_enabled', 'true', 'false'],
  ['azurerm_key_vault', 'soft_delete_retention_days', '90', '7'],
  ['aws_kms_key', 'deletion_window_in_days', '30', '7'],
];

const plain: readonly (readonly [name: string, value: string])[] = [['tags', '{\n    team = "web"\n    env  = "test"\n  }'], ['description', '"what it is for"'], ['count', '1']];

function resourcesOf(random: Random): Resource[] {
  return Array.from({ length: 2 + random.below(5) }, (_, index) => {
    const type = random.of(safeguards)[0];
    const own = safeguards.filter((each) => each[0] === type).map(([, name, value]) => [name, value] as const);
    return { type, name: `r${index}`, attributes: [['name', `"n${index}"`] as const, ...own, ...plain.filter(() => random.next() < 0.5)] };
  });
}

/** Writes a resource with a layout, an order and comments of its own. */
function written({ type, name, attributes }: Resource, random: Random): string {
  const shuffled = [...attributes].sort(() => random.next() - 0.5);
  const top = shuffled.filter(([key]) => !key.includes('.'));
  const nested = shuffled.filter(([key]) => key.includes('.'));
  const space = () => ' '.repeat(1 + random.below(4));
  const comment = () => (random.next() < 0.2 ? `  # deletion_protection = false, see ${random.below(99)}\n` : '');
  const lines = [
    ...top.map(([key, value]) => `${comment()}  ${key}${space()}=${space()}${value}${random.next() < 0.2 ? ' // as agreed' : ''}\n`),
    ...nested.map(([key, value]) => `\n  ${key.split('.')[0] ?? ''} {\n${comment()}    ${key.split('.')[1] ?? ''} = ${value}\n  }\n`),
  ];
  return `resource "${type}" "${name}" {\n${lines.join('')}}\n`;
}

/** Spread over files in any order. */
function filesOf(resources: readonly Resource[], random: Random, more = ''): Files {
  const names = ['main.tf', 'data.tf', 'storage.tf'].slice(0, 1 + random.below(3));
  const files: Record<string, string> = {};
  for (const resource of [...resources].sort(() => random.next() - 0.5)) {
    const name = random.of(names);
    files[name] = `${files[name] ?? ''}${random.next() < 0.3 ? '# a comment\n\n' : '\n'}${written(resource, random)}`;
  }
  return { ...files, 'main.tf': `${files['main.tf'] ?? ''}${more}` };
}

describe('a Terraform module', () => {
  for (const seed of seeds) {
    it(`written anew in other words, files and orders is silent (seed ${seed})`, async () => {
      const random = new Random(seed);
      const resources = resourcesOf(random);
      const renamed = resources.map((resource) => ({ ...resource, to: random.next() < 0.3 ? `${resource.name}_new` : resource.name }));
      const moved = renamed.filter(({ name, to }) => name !== to).map(({ type, name, to }) => `moved {\n  from = ${type}.${name}\n  to   = ${type}.${to}\n}\n`);
      const viaLocals = renamed.map(({ to, attributes, type }) => ({ type, name: to, attributes: attributes.map(([key, value]) => (random.next() < 0.2 && /^[\w"]+$/.test(value) ? [key, `local.${to}_${key.replace('.', '_')}`] as const : [key, value] as const)) }));
      const locals = viaLocals.flatMap(({ attributes }, index) => attributes.flatMap(([, value], at) => (value.startsWith('local.') ? [`  ${value.slice('local.'.length)} = ${resources[index]?.attributes[at]?.[1] ?? ''}\n`] : [])));
      const after = filesOf(viaLocals, random, `${moved.join('')}locals {\n${locals.join('')}}\n`);
      assert.deepEqual(toldFindings(await findingsOfChange(filesOf(resources, random), after)), [], JSON.stringify(after, undefined, 1));
    });
    it(`that loses a safeguard on the way is found (seed ${seed})`, async () => {
      const random = new Random(seed);
      const resources = resourcesOf(random);
      const victim = random.of(resources);
      const [, lost, , weak] = random.of(safeguards.filter(([type]) => type === victim.type));
      const weakened = victim.attributes.flatMap(([key, value]) => (key !== lost ? [[key, value] as const] : weak === undefined ? [] : [[key, weak] as const]));
      const after = filesOf(resources.map((resource) => (resource === victim ? { ...victim, attributes: weakened } : resource)), random);
      const found = await findingsOfChange(filesOf(resources, random), after);
      assert.equal(found.length, 1, `${lost}: ${JSON.stringify(toldFindings(found))}`);
      assert.equal(found[0]?.blastRadius.target, `${victim.type}.${victim.name}`);
    });
    it(`that loses a resource is found (seed ${seed})`, async () => {
      const random = new Random(seed);
      const resources = resourcesOf(random);
      const victim = random.of(resources);
      const found = await findingsOfChange(filesOf(resources, random), filesOf(resources.filter((each) => each !== victim), random));
      assert.deepEqual(found.map(({ ruleId, blastRadius }) => [ruleId, blastRadius.target]), [['resource-removed', `${victim.type}.${victim.name}`]]);
    });
  }
});
