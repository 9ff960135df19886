import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { generated } from './generated.mjs';
import { npmPackage, sourceOf } from './packages.mjs';

/** src/core/catalogue/cloudFormationReplacements.ts: see replacements.ts for its form. */
export function cloudFormationReplacements() {
  const name = '@aws-cdk/aws-service-spec';
  const { schema } = JSON.parse(gunzipSync(readFileSync(path.join(npmPackage(name), 'db.json.gz'))).toString('utf8'));
  // What SAM's types become is written out by a macro, and not known here.
  const types = schema.resource.entities.filter(({ cloudFormationType }) => !cloudFormationType.startsWith('AWS::Serverless::'));
  const lines = types.flatMap(({ cloudFormationType, properties }) => {
    const names = Object.entries(properties).flatMap(([property, { causesReplacement }]) =>
      // "maybe" stands at settings such as `BackupRetentionPeriod`, of which hardly any change replaces anything.
      causesReplacement === 'yes' ? [property] : [],
    );
    return names.length === 0 ? [] : [line(cloudFormationType.replace(/^AWS::/, ''), names)];
  });
  return generated({
    by: 'scripts/catalogue/replacements.mjs',
    from: sourceOf(name),
    about: 'Properties of CloudFormation types that replace the resource when they change, in the form that `replacements.ts` reads.',
    name: 'cloudFormationReplacements',
    text: lines.sort().join('\n'),
  });
}

/** src/core/catalogue/cloudFormationStateful.ts: the types that hold data, as AWS marks them. */
export function cloudFormationStateful() {
  const name = '@aws-cdk/aws-service-spec';
  const { schema } = JSON.parse(gunzipSync(readFileSync(path.join(npmPackage(name), 'db.json.gz'))).toString('utf8'));
  const types = schema.resource.entities.filter(({ isStateful }) => isStateful === true).map(({ cloudFormationType }) => cloudFormationType);
  return generated({
    by: 'scripts/catalogue/replacements.mjs',
    from: sourceOf(name),
    about: 'Types of CloudFormation that hold data which goes with them, a line for each.',
    name: 'cloudFormationStateful',
    text: types.sort().join('\n'),
  });
}

/** What replaces only under a condition ("when changed from LRS to ZRS") is left out. */
const always = /forces a new (?:resource|[\w ]{2,60}?) to be created(?: instead)?\s*\./i;

/** src/core/catalogue/azureReplacements.ts: the same for Azure's provider, by Pulumi's module and name of the resource. */
export function azureReplacements() {
  const name = '@pulumi/azure';
  const folder = npmPackage(name);
  const files = readdirSync(folder, { recursive: true }).filter((file) => /^\w+\/\w+\.d\.ts$/.test(file) && !/^types\/|\/get[A-Z]/.test(file));
  const lines = files.flatMap((file) => {
    const [, inputs = ''] = /export interface \w+Args \{(.*)/s.exec(readFileSync(path.join(folder, file), 'utf8')) ?? [];
    const names = [...inputs.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s*(\w+)\??:/gs)].filter(([, doc]) => always.test(doc)).map(([, , property]) => property);
    return names.length === 0 ? [] : [line(file.replace(/\.d\.ts$/, ''), names)];
  });
  return generated({
    by: 'scripts/catalogue/replacements.mjs',
    from: sourceOf(name),
    about: 'Arguments of Azure resources that replace the resource when they change, in the form that `replacements.ts` reads.',
    name: 'azureReplacements',
    text: lines.sort().join('\n'),
  });
}

/** `RDS::DBInstance DBSubnetGroupName *Identifier`, where `*` stands for the last name of the type. */
function line(type, properties) {
  const noun = /\w+$/.exec(type)?.[0] ?? '';
  return [type, ...properties.map((property) => (property.startsWith(noun) ? `*${property.slice(noun.length)}` : property))].join(' ');
}
