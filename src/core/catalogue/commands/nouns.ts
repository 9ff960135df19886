import type { Deed } from './tool.ts';

/**
 * What goes with a thing of a cloud that has a name of its own, by the last noun of the subcommand that deletes it. The
 * first that fits counts.
 */
const losses: readonly (readonly [noun: RegExp, scope: Deed[0], undo: Deed[1], loss: string])[] = [
  [/(?:^|-)(?:record|record-set|resource-record-set)$/, 'service', 'costly', ', so that the name stops resolving'],
  // Parts of something that stays, and what is made again in a minute.
  [/(?:^|-)(?:rule|tag|label|member|binding|alias|permission|version|session|token|job|build|operation|listener|route|route-table|rule-set|attachment|note|comment|invitation|extension|alert|alarm|metric|notification|event|log-entry|assignment|configuration|config|setting|profile|key-pair|ssh-key|sshkey|message|blob|object|entity|document|item|file|execution|revision|tagbinding|annotation|breakpoint|acl|lock-token|context|slot-setting|hostname|probe|peering|metadata|row|field|task|draft|access-control|firewall-rule|pool-member|fingerprint|channel|view|import|export|feature|plugin|share-token|access-point|cors|placement-group|quota|reservation|consent)$/, 'object', 'easy', ''],
  [/(?:^|-)(?:lock)$/, 'service', 'easy', ', which kept others from being deleted'],
  [/(?:^|-)(?:project|subscription|organi[sz]ation|(?<!storage-|service-|automation-|database-)account|management-group|folder|team|tenant|resource-group|group-deployment|compartment|directory-tenant|landing-zone)$/, 'environment', 'none', ' with everything in it'],
  [/(?:^|-)(?:cluster|environment|stack|deployment-stack|workspace|namespace|fleet|data-?cent(?:er|re)|managed-environment)$/, 'environment', 'none', ' with everything that runs in it'],
  [/(?:^|-)(?:database|db|instance|server|vm|vmss|droplet|linode|machine|database-account|virtual-machine|managed-instance|dbaas|mysql|postgres|redis|cache|rdb|elastic-?pool|scale-set|node-pool|nodepool|nodegroup|hypervisor|baremetal|cosmosdb|autonomous-database|db-system)$/, 'service', 'none', ' with the data on it'],
  [/(?:^|-)(?:volume|disk|file-?system|filestore|storage-account|share|key-?vault|vault|keyring|block-storage|dataset|warehouse|data-?store|lake|bucket-group|store|file-share)$/, 'service', 'none', ' and what it holds'],
  [/(?:^|-)(?:snapshot|backup|backup-vault|recovery-point|restore-point|backup-policy|backup-plan|backup-run)$/, 'service', 'none', ', a way back to lost data'],
  [/(?:^|-)(?:bucket|container|fs|table|collection|index|queue|stream|topic|log|log-group|sink|registry|repository|repo|repositorie|user-pool|catalog|schema|hub|eventhub|keyspace|feature-store|artifact|hive|event-bus|dashboard-group|archive)$/, 'collection', 'none', ' and what it holds'],
  [/(?:^|-)(?:zone|managed-zone|hosted-zone|domain|dns)$/, 'service', 'costly', ' with its records, so that names stop resolving'],
  [/(?:^|-)(?:network|vpc|vnet|subnet|load-balancer|lb|gateway|nat|router|vpn|cdn|endpoint|firewall|proxy|ip|address|floating-ip|front-?door|interconnect|private-cloud)$/, 'service', 'costly', ', which others are reached through'],
  [/(?:^|-)(?:app|webapp|functionapp|function|service|site|api|apim|worker|pipeline|trigger|scheduler|workflow|logicapp|deployment|release|space|resource|component|model|app-service|plan|appservice|containerapp)$/, 'service', 'costly', ', and whoever uses it gets errors'],
  [/(?:^|-)(?:user|role|identity|service-account|sp|group|policy|api-key|credential|certificate|cert|secret|key|access-key|client|iam|principal|connection)$/, 'set', 'costly', ', and locks out what relies on it'],
];

export function singular(noun: string): string {
  if (/(?:ss|us|dns|redis|postgres|aks|eks|gke)$/.test(noun)) return noun;
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  return noun.replace(/(?<=x|ch|sh|ss|us)es$|s$/, '');
}

/** Kubernetes services by the names that clouds give them. */
const clusters = new Set(['aks', 'eks', 'gke', 'lke', 'oke', 'ks', 'kapsule', 'doks', 'k8s', 'kubernetes', 'arohcp', 'aro', 'emr', 'dataproc', 'hdinsight']);

/** What goes with a thing, by its noun in small letters and with hyphens. */
export function lossOf(noun: string): readonly [scope: Deed[0], undo: Deed[1], loss: string] {
  const last = singular(noun);
  const [, scope, undo, loss] = losses.find(([name]) => name.test(last)) ?? [undefined, 'set', 'costly', ''];
  return [scope, undo, loss];
}

/** What deleting does to the thing that the nouns of a subcommand name: `compute instances` is an instance. */
export function deletes(nouns: readonly string[]): Deed | undefined {
  // Another verb before the word is a word of that verb's.
  const given = nouns.map((noun) => noun.toLowerCase());
  if (given.length === 0 || !given.every((noun, index) => /^[a-z][\w:-]*$/.test(noun) && (index === 0 || !otherVerbs.has(noun)))) return undefined;
  const last = singular(given.at(-1) ?? '');
  const name = clusters.has(last) ? `${last} cluster` : last.replaceAll('-', ' ');
  const [scope, undo, loss] = lossOf(clusters.has(last) ? 'cluster' : last);
  return [scope, undo, `deletes the ${name} {}${loss}`];
}

/** The same for tools that take operations by their names: `ecs DeleteInstance`. */
export function deletesByOperation(words: readonly string[]): Deed | undefined {
  const [, noun] = /^(?:Delete|Release|Terminate|Destroy)([A-Z]\w*)$/.exec(words.at(-1) ?? '') ?? [];
  return noun === undefined ? undefined : deletes([noun.replace(/(?<=[a-z])(?=[A-Z])/g, '-')]);
}

const otherVerbs = new Set(['list', 'show', 'get', 'describe', 'create', 'add', 'update', 'set', 'edit', 'import', 'export', 'publish', 'run', 'ssh', 'exec', 'call', 'invoke', 'search', 'query', 'enable', 'configure', 'config', 'help', 'login', 'auth', 'wait', 'tag', 'alpha-help', 'new', 'log']);
