/** How far it reaches when a thing of some kind is deleted through the client of a cloud, and what it takes to get it back. */
export interface Kind {
  readonly scope: 'object' | 'set' | 'collection' | 'service' | 'environment' | 'account';
  readonly undo: 'easy' | 'costly' | 'none';
}

/** By the last words of what a thing is called, without case and marks; the first that fits holds. */
const kinds: readonly (readonly [names: RegExp, kind: Kind])[] = [
  // Entries in something that stays, written and deleted in the ordinary course of things.
  [/(?:objectaccesscontrol|accesscontrol|acl|metadata|label|tag|comment|reaction|message|notification|entity|entities|item|row|document|doc|blob|file|object|event|session|token|record|lease|invitation|annotation|operation|job|task|execution|run|build|log|logs|permission|binding|assignment|association|rule|field|entry|attribute|link|cookie|cache|draft|version|user)$/, { scope: 'object', undo: 'costly' }],
  [/(?:organization|organisation|managementgroup|billingaccount)$/, { scope: 'account', undo: 'none' }],
  [/(?:project|resourcegroup|namespace|stack|environment|folder|team|tenant|subscriptionalias|workspace)$/, { scope: 'environment', undo: 'none' }],
  [/(?:cryptokey|cryptokeyversion|keyvault|vault|managedhsm|key|keyring|deletedsecret|deletedkey|deletedcertificate)$/, { scope: 'service', undo: 'none' }],
  [/(?:database|databaseaccount|databasecluster|dbinstance|server|serverless|cluster|managedcluster|managedinstance|sqlpool|instance|storageaccount|disk|volume|snapshot|backup|backupvault|filesystem|fileshare|share|virtualmachine|vm|scaleset|droplet|zone|managedzone|domain|site|branch)$/, { scope: 'service', undo: 'none' }],
  [/(?:app|webapp|service|containerapp|functionapp|function|gateway|loadbalancer|network|virtualnetwork|subnetwork|router|redis|cachecluster|registry|secret)$/, { scope: 'service', undo: 'costly' }],
  [/(?:dataset|table|bucket|collection|container|queue|topic|index|repository|directory|schema|keyspace|stream|feature?store|containers)$/, { scope: 'collection', undo: 'none' }],
]; // prettier-ignore

const other: Kind = { scope: 'set', undo: 'costly' };

/** `resourceGroups` and `resource_group` are of one kind. */
export function kindOfNoun(noun: string): Kind {
  const name = noun.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  const singular = name.replace(/ies$/, 'y').replace(/(ss|us)$|s$/, '$1').replace(/(ch|x|ss)e$/, '$1');
  return kinds.find(([names]) => names.test(singular) || names.test(name))?.[1] ?? other;
}
