// `npm run generate:catalogue`: derives the catalogue of destructive operations from pinned packages. They are fetched
// into out/catalogue, which is why this is no part of `npm run generate`.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { awsOperations } from './catalogue/aws.mjs';
import { kubernetesOperations } from './catalogue/kubernetes.mjs';
import { azureReplacements, cloudFormationReplacements, cloudFormationStateful } from './catalogue/replacements.mjs';

const folder = path.resolve(import.meta.dirname, '../src/core/catalogue');
const files = {
  'awsOperations.ts': awsOperations,
  'azureReplacements.ts': azureReplacements,
  'cloudFormationReplacements.ts': cloudFormationReplacements,
  'cloudFormationStateful.ts': cloudFormationStateful,
  'kubernetesOperations.ts': kubernetesOperations,
};

for (const [file, content] of Object.entries(files)) {
  writeFileSync(path.join(folder, file), content());
  console.log(`src/core/catalogue/${file} written`);
}
