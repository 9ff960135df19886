import { deletes } from './nouns.ts';
import { type Deed, harmless, type Tools } from './tool.ts';

const site: Deed = ['service', 'costly', 'deletes {} with its deployments and settings'];
const domain: Deed = ['set', 'costly', 'removes the domain {}, so that it stops resolving'];
const variable: Deed = ['set', 'costly', 'removes the settings {}, which nothing prints again'];
const app: Deed = ['service', 'none', 'deletes the app {} with everything attached to it'];
const database: Deed = ['service', 'none', 'deletes the database {} with its data'];

/** `api:core:incoming-phone-numbers:remove`: the last word but one is what goes. */
function removesByPath([path = '']: readonly string[]): Deed | undefined {
  const [, noun] = /:([\w-]+):(?:remove|delete)$/.exec(path) ?? [];
  if (noun === undefined) return undefined;
  return noun === 'incoming-phone-numbers' ? ['service', 'none', 'gives the phone number {} away, which others can then take'] : deletes([noun]);
}

/** Platforms that run apps, sites and databases for others. */
export const platforms: Tools = {
  heroku: {
    valued: '-r --remote --team -t',
    target: '-a --app',
    deeds: {
      'apps:destroy|apps:delete|destroy': ['service', 'none', 'deletes the app {} with its databases and add-ons'],
      'pg:reset': ['service', 'none', 'drops the database of {} and makes an empty one'],
      'pg:restore|pg:backups:restore|pg:copy|pg:push': ['service', 'none', 'overwrites the database of {}'],
      'pg:backups:delete|pg:backups:unschedule': ['service', 'none', 'deletes backups of {}, or stops making them'],
      'pg:killall|pg:kill': ['service', 'easy', 'ends the connections to the database of {}'],
      'addons:destroy|addons:remove': ['service', 'none', 'deletes an add-on of {} with its data'],
      'addons:detach': ['service', 'easy', 'takes an add-on away from {}'],
      'config:unset|config:remove': variable,
      'container:rm': ['service', 'costly', 'removes a process of {}'],
      'repo:reset|repo:purge_cache': ['service', 'costly', 'empties the Git repository of {}'],
      'repo:purge-cache': harmless,
      'ps:stop|ps:kill|dyno:stop|dyno:kill': ['service', 'easy', 'stops the processes of {}'],
      'ps:scale web=0': ['service', 'easy', 'stops the web processes of {}'],
      'maintenance:on': ['service', 'easy', 'takes {} off line'],
      'apps:rename|rename': ['service', 'costly', 'renames the app {}: its address and its Git remote stop working'],
      'domains:remove|domains:clear': domain,
      'access:remove|members:remove|access:update|members:set': ['set', 'costly', 'takes rights on {} away from somebody'],
      'clients:destroy|clients:rotate|authorizations:revoke|authorizations:destroy|keys:clear': ['set', 'costly', 'takes away credentials that others may use'],
      'features:disable|labs:disable': ['service', 'easy', 'turns a feature of {} off'],
      'spaces:destroy|pipelines:destroy|teams:destroy': ['environment', 'none', 'deletes {} with everything in it'],
      'redis:cli': harmless,
    },
  },
  'fly flyctl': {
    valued: '-a --app -c --config -t --access-token -o --org -r --region',
    deeds: {
      'apps|app destroy|delete|remove|rm': app,
      destroy: app,
      'volumes|volume|vol snapshots|snapshot destroy|delete|remove': ['service', 'none', 'deletes the snapshot {}'],
      'volumes|volume|vol destroy|delete|remove|rm': ['service', 'none', 'deletes the volume {} and what it holds'],
      'postgres|pg|mpg|mysql|redis|storage|tigris|consul|vector|kafka destroy|delete': database,
      'redis reset': ['service', 'none', 'empties the database {}'],
      'machines|machine|m destroy|remove|rm': ['service', 'costly', 'destroys the machine {}'],
      'machines|machine|m stop|kill|suspend': ['service', 'easy', 'stops the machine {}'],
      'apps|app suspend': ['service', 'easy', 'stops the app {}'],
      'secrets unset|remove|rm|delete': variable,
      'orgs|org delete': ['account', 'none', 'deletes the organisation {}'],
      'orgs|org remove': ['set', 'costly', 'removes {} from the organisation'],
      'ips|ip release|release-v4': ['service', 'none', 'gives the address {} back'],
      'certs|certificates remove|delete': domain,
      'scale count 0': ['service', 'easy', 'stops every machine of the app'],
      'ext|extensions * destroy': database,
      'wireguard|tokens **': harmless,
    },
  },
  vercel: {
    valued: '-t --token -S --scope --cwd -Q --global-config -A --local-config --team',
    idle: '-h',
    deeds: {
      'remove|rm': ['service', 'costly', 'deletes the deployments of {}'],
      'project|projects remove|rm': site,
      'domains|domain remove|rm': ['service', 'costly', 'removes the domain {} with its DNS records'],
      'domains|domain move|transfer-in': ['service', 'costly', 'moves the domain {}'],
      'dns remove|rm': ['set', 'costly', 'removes the DNS record {}'],
      'env remove|rm': variable,
      'alias remove|rm': domain,
      'blob store? remove|delete|del': ['collection', 'none', 'deletes {} from the blob store'],
      'certs remove|rm': ['set', 'costly', 'removes the certificate {}'],
      'teams remove': ['set', 'costly', 'removes {} from the team'],
      'integration|integration-resource|ir remove|rm': ['service', 'none', 'removes {} with what it stores'],
      rollback: ['service', 'easy', 'puts an earlier deployment of the project into production'],
    },
  },
  'netlify ntl': {
    valued: '--auth --filter -s --site --site-id --context --scope --from --to',
    deeds: {
      'sites:delete': site,
      'env:unset': variable,
      'env:clone': ['set', 'costly', 'overwrites the settings of another site'],
      'env:import --replace-existing|-r': ['set', 'costly', 'replaces every setting of the site'],
      'blobs:delete': harmless,
      'db:delete|database:delete': database,
    },
  },
  wrangler: {
    valued: '-c --config -e --env --cwd --account-id',
    idle: '--local',
    deeds: {
      delete: ['service', 'costly', 'deletes the worker {}'],
      'd1 delete': database,
      'd1 time-travel restore': ['service', 'none', 'overwrites the database {} with an earlier state'],
      'd1 migrations|insights|info|list|create|export **': harmless,
      'kv namespace delete': ['collection', 'none', 'deletes the key-value namespace {} with every key'],
      'kv:namespace delete': ['collection', 'none', 'deletes the key-value namespace {} with every key'],
      'kv bulk delete': ['collection', 'none', 'deletes every listed key'],
      'kv:bulk delete': ['collection', 'none', 'deletes every listed key'],
      'r2 bucket delete': ['collection', 'costly', 'deletes the bucket {}, if it is empty'],
      'r2 bucket lifecycle|lock|cors|domain|notification|catalog|sippy **': harmless,
      'queues delete': ['collection', 'none', 'deletes the queue {} with its messages'],
      'queues purge': ['collection', 'none', 'removes every message of the queue {}'],
      'vectorize delete': ['collection', 'none', 'deletes the index {}'],
      'hyperdrive|workflows|pipelines|dispatch-namespace delete': ['service', 'costly', 'deletes {}'],
      'pages project delete': site,
      'pages deployment delete': harmless,
      'secret delete': variable,
      'secret bulk': harmless,
      'secrets-store store delete': ['service', 'none', 'deletes the secrets store {}'],
    },
  },
  railway: {
    valued: '-s --service -e --environment -p --project',
    deeds: {
      'down': ['service', 'costly', 'removes the latest deployment of the service'],
      'delete': ['environment', 'none', 'deletes the project with everything in it'],
      'environment|env delete|remove|rm': ['environment', 'none', 'deletes the environment {} with its services and volumes'],
      'volume delete|remove|rm': ['service', 'none', 'deletes the volume {} with its data and its backups'],
      'volume detach': ['service', 'easy', 'takes the volume {} away from its service'],
      'service|project delete|remove|rm': site,
      'variables|variable delete|remove|rm': variable,
    },
  },
  supabase: {
    valued: '--workdir --profile --experimental --db-url -p --password',
    deeds: {
      'db reset --linked|--db-url': ['service', 'none', 'drops everything in the linked database and runs the migrations again'],
      'db reset': ['collection', 'costly', 'drops everything in the local database and runs the migrations again'],
      'db push --include-all': ['service', 'costly', 'applies every migration to the linked database'],
      'projects delete': ['environment', 'none', 'deletes the project {} with its database and files'],
      'branches delete|disable': ['service', 'none', 'deletes the branch {} with its database'],
      'functions delete': ['service', 'costly', 'deletes the function {}'],
      'secrets unset': variable,
      'storage rm -r|--recursive': ['collection', 'none', 'deletes {} with everything below it'],
      'stop --no-backup': ['collection', 'none', 'deletes the volumes of the local database'],
      'migration repair': ['set', 'costly', 'changes which migrations count as applied'],
    },
  },
  firebase: {
    valued: '-P --project --config --token -c',
    deeds: {
      'firestore:delete --all-collections': ['service', 'none', 'deletes every document of the database'],
      'firestore:delete -r|--recursive': ['collection', 'none', 'deletes {} with every document below it'],
      'firestore:delete --shallow': ['set', 'none', 'deletes the documents of {}'],
      'firestore:databases:delete': database,
      'firestore:bulkdelete': ['collection', 'none', 'deletes every document of the named collections'],
      'database:remove': ['collection', 'none', 'deletes everything at {}'],
      'database:set': ['collection', 'none', 'overwrites everything at {}'],
      'functions:delete': ['service', 'costly', 'deletes the functions {}'],
      'hosting:disable': ['service', 'easy', 'takes the site off line'],
      'hosting:sites:delete|apphosting:backends:delete': site,
      'auth:import': ['collection', 'costly', 'overwrites accounts of users'],
      'remoteconfig:rollback': ['service', 'easy', 'puts back an earlier configuration'],
      'projects:delete': ['environment', 'none', 'deletes the project {}'],
      'dataconnect:sql:migrate --force': ['service', 'none', 'changes the database so that it fits, and drops what does not'],
    },
  },
  render: { deeds: { 'services|postgres|kv delete': database, 'services suspend': ['service', 'easy', 'stops {}'] } },
  'dokku': {
    deeds: {
      'apps:destroy': app,
      'postgres:destroy|mysql:destroy|mariadb:destroy|mongo:destroy|redis:destroy|elasticsearch:destroy|rabbitmq:destroy|storage:destroy': database,
      'postgres:import|mysql:import|mongo:import|redis:import': ['service', 'none', 'overwrites the database {}'],
      'config:unset|config:clear': variable,
      'domains:remove|domains:clear': domain,
      'ps:stop': ['service', 'easy', 'stops {}'],
    },
  },
  'cf': {
    deeds: {
      'delete-org|delete-space': ['environment', 'none', 'deletes {} with everything in it'],
      'delete-service|ds|purge-service-instance': database,
      'purge-service-offering': ['environment', 'none', 'removes every instance of the service {}'],
      'delete|d': app,
      'delete-orphaned-routes|delete-route|delete-user|delete-security-group|delete-quota|delete-domain|delete-shared-domain|delete-private-domain': ['set', 'costly', 'deletes {}'],
      'stop|sp': ['service', 'easy', 'stops {}'],
    },
  },
  'neonctl neon': {
    valued: '--api-key --project-id --org-id',
    deeds: {
      'projects delete': ['environment', 'none', 'deletes the project {} with every database'],
      'branches delete': ['service', 'none', 'deletes the branch {} with its data'],
      'branches reset|restore': ['service', 'costly', 'overwrites the branch {}'],
      'databases delete': database,
      'roles delete': ['set', 'costly', 'deletes the role {}'],
    },
  },
  'pscale': {
    valued: '--org --service-token --service-token-id',
    deeds: {
      'database|db delete|rm': database,
      'branch delete|rm': ['service', 'none', 'deletes a branch with its data ({})'],
      'backup delete|rm': ['service', 'none', 'deletes a backup ({})'],
      'branch demote|safe-migrations disable?': ['service', 'easy', 'takes protection off a branch ({})'],
      'password delete|rm': ['set', 'costly', 'deletes a password ({})'],
      'deploy-request revert': ['service', 'costly', 'takes a change of the schema back ({})'],
    },
  },
  'turso': {
    deeds: {
      'db destroy': database,
      'group destroy': ['environment', 'none', 'deletes the group {} with every database in it'],
      'db|group tokens invalidate': ['set', 'costly', 'makes every token of {} useless'],
      'org destroy': ['account', 'none', 'deletes the organisation {}'],
    },
  },
  upstash: { deeds: { 'redis delete': database, 'redis reset-password': ['set', 'costly', 'changes the password of the database'] } },
  'convex': {
    deeds: {
      'import --replace|--replace-all': ['collection', 'none', 'replaces what the tables hold'],
      'env remove|rm': variable,
      'deployments delete': database,
    },
  },
  'platform upsun symfony': {
    valued: '-p --project -e --environment -A --app',
    deeds: {
      'environment:delete|environment:deactivate|cloud:environment:delete': ['environment', 'none', 'deletes the environment {} with its data'],
      'project:delete|cloud:project:delete': ['environment', 'none', 'deletes the project {}'],
      'backup:restore|snapshot:restore|backup:delete': ['service', 'none', 'overwrites an environment with a backup, or deletes one'],
      'db:delete|variable:delete|domain:delete': ['set', 'costly', 'deletes {}'],
    },
  },
  'terminus': {
    deeds: {
      'env:wipe|env:clone-content|backup:restore|import:database': ['service', 'none', 'overwrites the database and files of {}'],
      'site:delete|multidev:delete': site,
    },
  },
  'acli': { deeds: { 'api:environments:delete|api:applications:delete|api:environments:database-delete': site } },
  'ngrok tailscale cloudflared': {
    deeds: {
      'tunnel delete': ['service', 'costly', 'deletes the tunnel {}'],
      'logout|down': harmless,
    },
  },
  // Without `--live` it is what the account has for tests.
  stripe: {
    valued: '-k --api-key -d --data -e --expand -i --idempotency --stripe-account --stripe-version -p --project-name --config --color --log-level --device-name',
    deeds: {
      'subscriptions|subscription_schedules|payment_intents|setup_intents cancel': ['set', 'none', 'ends {}'],
      '** delete --live': ['collection', 'none', 'deletes {} of the account that takes the payments, with what hangs on it'],
      '** delete': ['set', 'none', 'deletes {} with what hangs on it'],
    },
  },
  twilio: { valued: '-p --profile -l --cli-log-level -o --cli-output-format', target: '--sid --path-sid', deeds: { '*': removesByPath } },
};
