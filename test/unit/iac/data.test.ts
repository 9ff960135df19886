import assert from 'node:assert/strict';
import { noProject } from '../../../src/core/language/project.ts';
import { unhurried } from '../../../src/core/language/pace.ts';
import { checker } from '../../support/check.ts';
import { type Files, findingsOfChange, toldFindings } from '../../support/changes.ts';

type Case = readonly [name: string, before: Files, after: Files, expected: readonly string[]];

const table = (more = '', name = 'Orders', properties = '') => `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  ${name}:
    Type: AWS::DynamoDB::Table
${more}    Properties:
      TableName: orders
${properties}  Topic:
    Type: AWS::SNS::Topic
`;
const retain = '    DeletionPolicy: Retain\n';

const cloudFormation: readonly Case[] = [
  ['a table removed', { 't.yaml': table() }, { 't.yaml': `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n` }, ['resource-removed t.yaml Topic']],
  ['a table removed that is retained', { 't.yaml': table(retain) }, { 't.yaml': `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n` }, []],
  ['a template deleted', { 't.yaml': table() }, {}, ['resource-removed t.yaml', 'resource-removed t.yaml']],
  ['a template renamed', { 't.yaml': table() }, { 'orders.yaml': table() }, []],
  ['a template renamed that loses its policy', { 't.yaml': table(retain) }, { 'orders.yaml': table() }, ['deletion-protection-removed orders.yaml Orders']],
  ['a logical id renamed', { 't.yaml': table() }, { 't.yaml': table('', 'OrderTable') }, ['resource-renamed t.yaml OrderTable']],
  ['a policy removed', { 't.yaml': table(retain) }, { 't.yaml': table() }, ['deletion-protection-removed t.yaml Orders']],
  ['a policy weakened', { 't.yaml': table(retain) }, { 't.yaml': table('    DeletionPolicy: Delete\n') }, ['deletion-protection-removed t.yaml DeletionPolicy: Delete']],
  ['a policy added', { 't.yaml': table() }, { 't.yaml': table(retain) }, []],
  ['a name changed', { 't.yaml': table() }, { 't.yaml': table().replace('TableName: orders', 'TableName: orders2') }, ['resource-replaced t.yaml TableName: orders2']],
  ['recovery switched off', { 't.yaml': table('', 'Orders', '      PointInTimeRecoverySpecification:\n        PointInTimeRecoveryEnabled: true\n') }, { 't.yaml': table('', 'Orders', '      PointInTimeRecoverySpecification:\n        PointInTimeRecoveryEnabled: false\n') }, ['recovery-switched-off t.yaml PointInTimeRecoveryEnabled: false']],
  [
    'a default that lowers the retention',
    { 't.yaml': 'Parameters:\n  Days:\n    Default: 30\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      BackupRetentionPeriod: !Ref Days\n' },
    { 't.yaml': 'Parameters:\n  Days:\n    Default: 1\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      BackupRetentionPeriod: !Ref Days\n' },
    ['retention-lowered t.yaml Default: 1'],
  ],
  [
    'a mapping that takes the protection away',
    { 't.yaml': 'Parameters:\n  Env:\n    Default: prod\nMappings:\n  Settings:\n    prod:\n      Protect: true\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      DeletionProtection: !FindInMap [Settings, !Ref Env, Protect]\n' },
    { 't.yaml': 'Parameters:\n  Env:\n    Default: prod\nMappings:\n  Settings:\n    prod:\n      Protect: false\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      DeletionProtection: !FindInMap [Settings, !Ref Env, Protect]\n' },
    ['deletion-protection-removed t.yaml Protect: false'],
  ],
  [
    'a condition that no longer holds',
    { 't.yaml': 'Parameters:\n  Env:\n    Default: prod\nConditions:\n  IsProd: !Equals [!Ref Env, prod]\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n  Db:\n    Type: AWS::RDS::DBInstance\n    Condition: IsProd\n' },
    { 't.yaml': 'Parameters:\n  Env:\n    Default: prod\nConditions:\n  IsProd: !Equals [!Ref Env, live]\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n  Db:\n    Type: AWS::RDS::DBInstance\n    Condition: IsProd\n' },
    ['resource-removed t.yaml Topic'],
  ],
  ['YAML written as JSON', { 't.json': '{"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "a-${AWS::Region}"}}}}}' }, { 't.json': '{\n "Resources": {\n "B": {\n"Properties": {"BucketName": {"Fn::Sub": "a-${AWS::Region}"}},\n "Type": "AWS::S3::Bucket"}}}' }, []],
  ['JSON that becomes YAML', { 't.json': '{"Resources": {"Orders": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": "orders"}}, "Topic": {"Type": "AWS::SNS::Topic"}}}' }, { 't.yaml': table() }, []],
  ['JSON that becomes YAML without a table', { 't.json': '{"Resources": {"Orders": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": "orders"}}, "Topic": {"Type": "AWS::SNS::Topic"}}}' }, { 't.yaml': 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n' }, ['resource-removed t.json']],
  ['JSON that becomes YAML, with another name', { 't.json': '{"Resources": {"Orders": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": "order"}}, "Topic": {"Type": "AWS::SNS::Topic"}}}' }, { 't.yaml': table() }, ['resource-replaced t.yaml TableName: orders']],
  ['versioning suspended', { 't.json': '{"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}}}}' }, { 't.json': '{"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Suspended"}}}}}' }, ['recovery-switched-off t.json "Status": "Suspended"']],
  ['a short tag in the long form', { 't.yaml': table().replace('TableName: orders', 'TableName: !Sub "${Env}-orders"') }, { 't.yaml': table().replace('TableName: orders', 'TableName:\n        Fn::Sub: "${Env}-orders"') }, []],
  ['deletion protection of an instance', { 't.yaml': 'Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      DeletionProtection: true\n' }, { 't.yaml': 'Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      DeletionProtection: false\n' }, ['deletion-protection-removed t.yaml DeletionProtection: false']],
];

const claim = (name = 'data', more = '') => `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${name}\n${more}spec:\n  storageClassName: fast\n`;
const service = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n';
const storageClass = (policy: string) => `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\nprovisioner: x\n${policy}`;

const kubernetes: readonly Case[] = [
  ['a claim removed', { 'k.yaml': `${claim()}---\n${service}` }, { 'k.yaml': service }, ['resource-removed k.yaml name: settings']],
  ['a claim in JSON that becomes YAML', { 'k.json': '{"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"}, "spec": {"storageClassName": "fast"}}' }, { 'k.yaml': claim() }, []],
  ['a claim moved to another file', { 'k.yaml': `${claim()}---\n${service}` }, { 'k.yaml': service, 'x/claim.yaml': claim() }, []],
  ['a claim that loses its policy on the way to another file', { 'k.yaml': `${claim('data', '  annotations:\n    helm.sh/resource-policy: keep\n')}---\n${service}` }, { 'k.yaml': service, 'x/claim.yaml': claim() }, ['deletion-protection-removed x/claim.yaml name: data']],
  ['a claim renamed', { 'k.yaml': claim() }, { 'k.yaml': claim('data-2') }, ['resource-renamed k.yaml name: data-2']],
  ['a claim kept by an annotation', { 'k.yaml': `${claim('data', '  annotations:\n    helm.sh/resource-policy: keep\n')}---\n${service}` }, { 'k.yaml': service }, []],
  ['a config map removed', { 'k.yaml': `${claim()}---\n${service}` }, { 'k.yaml': claim() }, []],
  ['another storage class', { 'k.yaml': claim() }, { 'k.yaml': claim().replace('fast', 'slow') }, ['resource-replaced k.yaml storageClassName: slow']],
  ['reclaiming', { 'k.yaml': storageClass('reclaimPolicy: Retain\n') }, { 'k.yaml': storageClass('reclaimPolicy: Delete\n') }, ['deletion-protection-removed k.yaml reclaimPolicy: Delete']],
  ['a finalizer removed', { 'k.yaml': claim('data', '  finalizers:\n    - kubernetes.io/pvc-protection\n') }, { 'k.yaml': claim('data', '  finalizers: []\n') }, ['deletion-protection-removed k.yaml name: data']],
  ['objects in another order', { 'k.yaml': `${claim()}---\n${service}` }, { 'k.yaml': `# all\n${service}---\n${claim()}` }, []],
  ['pruning switched on', { 'k.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\nspec:\n  syncPolicy:\n    automated: {}\n' }, { 'k.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\nspec:\n  syncPolicy:\n    automated:\n      prune: true\n' }, ['data-loss-allowed k.yaml prune: true']],
  ['backups suspended', { 'k.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: pg-backup\nspec:\n  schedule: "0 1 * * *"\n' }, { 'k.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: pg-backup\nspec:\n  schedule: "0 1 * * *"\n  suspend: true\n' }, ['data-loss-allowed k.yaml suspend: true']],
  ['backups kept for less', { 'k.yaml': 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata:\n  name: daily\nspec:\n  template:\n    ttl: 720h0m0s\n' }, { 'k.yaml': 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata:\n  name: daily\nspec:\n  template:\n    ttl: 24h0m0s\n' }, ['retention-lowered k.yaml ttl: 24h0m0s']],
  ['a claim no longer mounted', { 'k.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      volumes:\n        - name: data\n          persistentVolumeClaim:\n            claimName: data\n' }, { 'k.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      volumes:\n        - name: data\n          emptyDir: {}\n' }, ['data-volume-detached k.yaml name: a']],
  ['a weaker budget', { 'k.yaml': 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: a\nspec:\n  minAvailable: 50%\n' }, { 'k.yaml': 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: a\nspec:\n  minAvailable: 0\n' }, ['retention-lowered k.yaml minAvailable: 0']],
  ['another image', { 'k.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: a\n          image: a:1\n' }, { 'k.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: a:2\n' }, []],
  [
    'an annotation of a chart removed',
    { 'templates/pvc.yaml': '{{- if .Values.on }}\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: {{ include "a.name" . }}\n  annotations:\n    helm.sh/resource-policy: keep\n{{- end }}\n' },
    { 'templates/pvc.yaml': '{{- if .Values.on }}\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: {{ include "a.name" . }}\n{{- end }}\n' },
    ['deletion-protection-removed templates/pvc.yaml name: {{ include "a.name" . }}'],
  ],
  ['values that no longer persist', { 'values.yaml': 'postgresql:\n  persistence:\n    enabled: true\n' }, { 'values.yaml': 'postgresql:\n  persistence:\n    enabled: false\n' }, ['recovery-switched-off values.yaml enabled: false']],
  ['other values', { 'values.yaml': 'image:\n  tag: 1\nresources: {}\n' }, { 'values.yaml': 'image:\n  tag: 2\nresources:\n  limits:\n    cpu: 1\n' }, []],
];

const composed = (volumes: string) => `services:\n  db:\n    image: postgres\n    volumes:\n      - ${volumes}:/var/lib/postgresql/data\nvolumes:\n  ${volumes}:\n`;

const json = (resources: object, more = {}) => JSON.stringify({ resource: resources, ...more }, undefined, 2);

const others: readonly Case[] = [
  ['a resource removed from Terraform in JSON', { 'a.tf.json': json({ aws_db_instance: { main: { engine: 'postgres' } }, aws_vpc: { v: {} } }) }, { 'a.tf.json': json({ aws_vpc: { v: {} } }) }, ['resource-removed a.tf.json "resource": {']],
  ['a resource moved in Terraform in JSON', { 'a.tf.json': json({ aws_s3_bucket: { a: { bucket: 'a' } } }) }, { 'a.tf.json': json({ aws_s3_bucket: { b: { bucket: 'a' } } }, { moved: [{ from: 'aws_s3_bucket.a', to: 'aws_s3_bucket.b' }] }) }, []],
  ['a safeguard that an override in JSON no longer repeats', { 'a_override.tf.json': json({ aws_db_instance: { main: { deletion_protection: true, engine: 'postgres' } } }) }, { 'a_override.tf.json': json({ aws_db_instance: { main: { engine: 'postgres' } } }) }, []],
  ['a safeguard that an override in JSON switches off', { 'a_override.tf.json': json({ aws_db_instance: { main: { deletion_protection: true } } }) }, { 'a_override.tf.json': json({ aws_db_instance: { main: { deletion_protection: false } } }) }, ['deletion-protection-removed a_override.tf.json "deletion_protection": false']],
  ['a safeguard removed in Terraform in JSON', { 'a.tf.json': json({ aws_s3_bucket: { a: { lifecycle: { prevent_destroy: true } } } }) }, { 'a.tf.json': json({ aws_s3_bucket: { a: { lifecycle: { prevent_destroy: false } } } }) }, ['deletion-protection-removed a.tf.json "prevent_destroy": false']],
  ['a volume renamed', { 'docker-compose.yml': composed('data') }, { 'docker-compose.yml': composed('pgdata') }, ['data-volume-detached docker-compose.yml pgdata:/var/lib/postgresql/data', 'resource-renamed docker-compose.yml pgdata']],
  ['a volume no longer external', { 'compose.yml': `${composed('data')}    external: true\n` }, { 'compose.yml': composed('data') }, ['deletion-protection-removed compose.yml data']],
  ['the default driver spelled out', { 'compose.yml': composed('data') }, { 'compose.yml': `${composed('data')}    driver: local\n` }, []],
  ['another driver', { 'compose.yml': composed('data') }, { 'compose.yml': `${composed('data')}    driver: nfs\n` }, ['resource-replaced compose.yml driver: nfs']],
  ['another image', { 'compose.yml': composed('data') }, { 'compose.yml': composed('data').replace('postgres', 'postgres:17') }, []],
  ['a pipeline', { '.github/workflows/a.yml': 'on: push\njobs:\n  a:\n    steps:\n      - run: echo\n' }, { '.github/workflows/a.yml': 'on: push\n' }, []],
  ['a package', { 'package.json': '{"name": "a", "version": "1"}' }, { 'package.json': '{"name": "b"}' }, []],
];

const release = (more = '', name = 'postgres') => `releases:\n  - name: ${name}\n    namespace: db\n    chart: bitnami/postgresql\n${more}  - name: web\n    chart: ./web\n`;

const helmfiles: readonly Case[] = [
  ['a release that is not to be installed any more', { 'helmfile.yaml': release() }, { 'helmfile.yaml': release('    installed: false\n') }, ['data-loss-allowed helmfile.yaml installed: false']],
  ['a release that is installed again', { 'helmfile.yaml': release('    installed: false\n') }, { 'helmfile.yaml': release() }, []],
  ['a release that is no longer listed, and stays in the cluster', { 'helmfile.yaml': release() }, { 'helmfile.yaml': 'releases:\n  - name: web\n    chart: ./web\n' }, []],
  ['another version', { 'helmfile.yaml.gotmpl': release('    version: 1\n') }, { 'helmfile.yaml.gotmpl': release('    version: 2\n') }, []],
];

const overlay = (items: readonly string[], more = '') => `kind: Kustomization\n${more}resources:\n${items.map((item) => `  - ${item}\n`).join('')}`;

const kustomizations: readonly Case[] = [
  ['a database that is no longer taken in', { 'prod/kustomization.yaml': overlay(['../base', 'postgres.yaml']) }, { 'prod/kustomization.yaml': overlay(['../base']) }, ['resource-removed prod/kustomization.yaml ../base']],
  ['an entry that goes to the base', { 'prod/kustomization.yaml': overlay(['../base', 'db.yaml']), 'base/kustomization.yaml': overlay(['web.yaml']) }, { 'prod/kustomization.yaml': overlay(['../base']), 'base/kustomization.yaml': overlay(['web.yaml', '../prod/db.yaml']) }, []],
  ['a file that was renamed', { 'prod/kustomization.yaml': overlay(['claim.yaml']), 'prod/claim.yaml': claim() }, { 'prod/kustomization.yaml': overlay(['pvc.yaml']), 'prod/pvc.yaml': claim() }, []],
  ['a file that was deleted', { 'prod/kustomization.yaml': overlay(['claim.yaml', 'web.yaml']), 'prod/claim.yaml': claim() }, { 'prod/kustomization.yaml': overlay(['web.yaml']) }, ['resource-removed prod/claim.yaml']],
  ['another namespace for all', { 'prod/kustomization.yaml': overlay(['a.yaml'], 'namespace: shop\n') }, { 'prod/kustomization.yaml': overlay(['a.yaml'], 'namespace: shop-prod\n') }, ['resource-replaced prod/kustomization.yaml namespace: shop-prod']],
  ['another order, and another image', { 'prod/kustomization.yaml': overlay(['a.yaml', 'b.yaml'], 'images:\n  - name: a\n    newTag: 1\n') }, { 'prod/kustomization.yaml': overlay(['b.yaml', 'a.yaml'], 'images:\n  - name: a\n    newTag: 2\n') }, []],
];

const program = (orders: string) => `name: shop\nruntime: yaml\nresources:\n${orders}  alarm:\n    type: aws:cloudwatch:MetricAlarm\n`;
const orders = (more = '', name = 'orders') => `  ${name}:\n    type: aws:dynamodb/table:Table\n    properties:\n      hashKey: id\n${more}`;

const pulumi: readonly Case[] = [
  ['a table removed', { 'Pulumi.yaml': program(orders()) }, { 'Pulumi.yaml': program('') }, ['resource-removed Pulumi.yaml alarm']],
  ['a table renamed', { 'Pulumi.yaml': program(orders()) }, { 'Pulumi.yaml': program(orders('', 'orderTable')) }, ['resource-renamed Pulumi.yaml orderTable']],
  ['a table renamed with an alias', { 'Pulumi.yaml': program(orders()) }, { 'Pulumi.yaml': program(orders('    options:\n      aliases:\n        - name: orders\n', 'orderTable')) }, []],
  ['a protection removed', { 'Pulumi.yaml': program(orders('    options:\n      protect: true\n')) }, { 'Pulumi.yaml': program(orders()) }, ['deletion-protection-removed Pulumi.yaml orders']],
  ['a table that is retained', { 'Pulumi.yaml': program(orders('    options:\n      retainOnDelete: true\n')) }, { 'Pulumi.yaml': program('') }, []],
  ['a property that replaces it', { 'Pulumi.yaml': program(orders()) }, { 'Pulumi.yaml': program(orders().replace('hashKey: id', 'hashKey: key')) }, ['resource-replaced Pulumi.yaml hashKey: key']],
  ['an alarm removed', { 'Pulumi.yaml': program(orders()) }, { 'Pulumi.yaml': `name: shop\nruntime: yaml\nresources:\n${orders()}` }, []],
];

for (const [what, cases] of Object.entries({ 'CloudFormation templates': cloudFormation, 'Kubernetes objects': kubernetes, 'kustomizations': kustomizations, 'helmfiles': helmfiles, "Pulumi's YAML": pulumi, 'other configuration': others })) {
  describe(`a change to ${what}`, () => {
    for (const [name, before, after, expected] of cases) {
      it(`${name}: ${expected.length === 0 ? 'nothing found' : expected.join(', ')}`, async () => {
        assert.deepEqual(toldFindings(await findingsOfChange(before, after)), expected);
      });
    }
  });
}

describe('a manifest that moves along with its kustomization', () => {
  const moved = async (takenIn: string): Promise<string[]> => {
    const files = [
      { path: 'kustomization.yaml', before: { text: overlay(['claim.yaml']) }, after: { text: overlay([takenIn]) } },
      { path: 'storage/claim.yaml', pathBefore: 'claim.yaml', before: { text: claim() }, after: { text: claim() } },
    ];
    const looks = await checker.check({ files, project: noProject }, () => unhurried);
    return looks.flatMap((look) => (look.kind === 'findings' ? toldFindings(look.findings) : [look.kind]));
  };

  it('is found in the directory that the kustomization takes in now', async () => {
    assert.deepEqual(await moved('storage'), []);
  });

  it('is missed where the kustomization takes in another directory', async () => {
    assert.deepEqual(await moved('queues'), ['resource-removed kustomization.yaml resources:']);
  });
});
