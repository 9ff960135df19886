import { type Deed, harmless, type Tools } from './tool.ts';

const stack: Deed = ['environment', 'none', 'destroys the stack {} with everything in it'];

/** Tools that keep whole stacks of infrastructure. Terraform has a rule of its own. */
export const stacks: Tools = {
  pulumi: {
    valued: '-C --cwd -s --stack -c --config --color -p --parallel -m --message -t --target --target-replace --refresh',
    target: '--target --target-urn',
    deeds: {
      'destroy|down|dn --preview-only': harmless,
      'destroy|down|dn': ['environment', 'none', 'destroys every resource of the stack {}'],
      'up|update -y|--yes|-f|--skip-preview': ['service', 'costly', 'applies whatever the preview turns out to be, deletions and replacements too, without anybody seeing it'],
      'stack rm|remove -f|--force': ['environment', 'costly', 'forgets the stack {} though its resources still exist'],
      'stack rm|remove': ['service', 'costly', 'deletes the stack {} with its history and configuration'],
      'state delete --all': ['environment', 'costly', 'makes Pulumi forget every resource of the stack'],
      'state delete': ['set', 'costly', 'makes Pulumi forget {}: it stays where it is, unmanaged'],
      'state unprotect': ['service', 'easy', 'takes the protection against deletion off {}'],
      'stack import': ['environment', 'costly', 'overwrites the state of the stack'],
      'cancel|config rm': ['set', 'costly', 'interferes with the stack {}'],
    },
  },
  'cdk cdklocal': {
    valued: '-a --app -c --context --profile -o --output -r --role-arn --toolkit-stack-name',
    deeds: { destroy: stack, 'deploy --require-approval=never --force': ['service', 'costly', 'deploys {} whatever it replaces, without anybody seeing it'], 'gc --action=delete|--confirm=false': ['collection', 'costly', 'deletes assets that no stack seems to use'] },
  },
  cdktf: { valued: '--app --output', deeds: { destroy: stack, 'deploy|apply --auto-approve': ['service', 'costly', 'applies whatever the plan turns out to be, without anybody seeing it'] } },
  sam: { valued: '--profile --region --config-file --config-env', target: '--stack-name', deeds: { delete: stack } },
  'serverless sls': {
    valued: '--stage -s --region -r --config -c --aws-profile -f --function',
    deeds: { remove: ['environment', 'none', 'removes the service with every resource that it deployed'], 'deploy --force': harmless, 'rollback': ['service', 'easy', 'puts back an earlier deployment'] },
  },
  'sst': { valued: '--stage --profile --region', deeds: { remove: stack, 'unlock|refresh': harmless, 'secret remove': ['set', 'costly', 'removes the secret {}'] } },
  'amplify ampx': {
    deeds: {
      'delete': ['environment', 'none', 'deletes the whole project with its resources in the cloud'],
      'env remove': ['environment', 'none', 'removes the environment {} with its resources'],
      'sandbox delete': ['set', 'costly', 'deletes the sandbox of the developer'],
      'push --force|-y|--yes --allow-destructive-graphql-schema-updates': ['collection', 'none', 'replaces tables that the schema changes, with their data'],
      'push --allow-destructive-graphql-schema-updates': ['collection', 'none', 'replaces tables that the schema changes, with their data'],
      'remove': ['service', 'costly', 'takes {} out of the project: the next push deletes it'],
    },
  },
  eb: { valued: '--profile -r --region', deeds: { 'terminate --all': ['environment', 'none', 'terminates every environment of the application and deletes it'], terminate: ['environment', 'none', 'terminates the environment {} with its machines and its database'], 'restore|abort': harmless } },
  copilot: { target: '--name -n', valued: '--app -a --env -e', deeds: { 'app delete': ['environment', 'none', 'deletes the application {} with every service and environment'], 'env delete': stack, 'svc|job|pipeline|task delete': ['service', 'costly', 'deletes {}'], 'storage|secret delete': ['service', 'none', 'deletes {}'] } },
  'chalice zappa': { valued: '--stage --profile', deeds: { 'delete|undeploy': ['service', 'costly', 'deletes what is deployed ({})'] } },
  'aws-nuke': { valued: '-c --config --profile --access-key-id --secret-access-key --session-token --target --exclude', deeds: { '--no-dry-run': ['account', 'none', 'deletes every resource of the account that the configuration does not keep'] } },
  'cloud-nuke': { valued: '--region --exclude-region --resource-type --exclude-resource-type --older-than --config --log-level', idle: '--dry-run --list-resource-types', deeds: { 'aws|defaults-aws|gcp': ['account', 'none', 'deletes every resource of the account'] } },
  'gcp-nuke azure-nuke': { valued: '-c --config', deeds: { '--no-dry-run': ['account', 'none', 'deletes every resource of the account that the configuration does not keep'] } },
  leftovers: { idle: '--dry-run', deeds: { '': ['account', 'none', 'deletes every resource of the account that a filter fits'] } },
  packer: { valued: '-var -var-file -only -except', deeds: { 'build -force|--force': ['set', 'none', 'deletes the image that an earlier build made'] } },
  arc: { deeds: { destroy: stack } },
  'azd': { valued: '-e --environment -C --cwd', deeds: { down: ['environment', 'none', 'deletes the resource group of the environment {} with everything in it'], 'env delete|remove': ['set', 'costly', 'deletes the environment {}'] } },
  'spacectl env0 scalr': { deeds: { 'stack delete --destroy-resources': stack, 'stack|environment|workspace delete|destroy': stack } },
  'juju': {
    valued: '-m --model -c --controller',
    deeds: {
      'destroy-controller|kill-controller': ['account', 'none', 'destroys the controller {} with every model'],
      'destroy-model': ['environment', 'none', 'destroys the model {} with everything in it'],
      'remove-application --destroy-storage': ['service', 'none', 'removes {} with its storage'],
      'remove-application|remove-unit|remove-machine': ['service', 'costly', 'removes {}'],
    },
  },
  'bosh': { valued: '-e -d', deeds: { 'delete-deployment|deld|delete-env': stack, 'clean-up --all': ['collection', 'costly', 'deletes unused releases and disks'], 'delete-vm|delete-disk|delete-snapshots': ['service', 'none', 'deletes {}'] } },
  'knife': { deeds: { 'node|client|environment|data|role delete|bulk': ['set', 'costly', 'deletes {} from the Chef server'], '** server delete': ['service', 'none', 'deletes the server {}'] } },
  'puppetserver puppet': { deeds: { 'ca clean|revoke': ['set', 'costly', 'revokes certificates'], 'node purge|deactivate|clean': ['set', 'costly', 'removes {} from Puppet'], 'resource * * ensure=absent': ['set', 'costly', 'removes {}'] } },
};
