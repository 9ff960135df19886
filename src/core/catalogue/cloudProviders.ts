/** How far it reaches when a thing is deleted, and what it takes to get it back. */
export interface Kind {
  readonly scope: 'object' | 'set' | 'collection' | 'service' | 'environment' | 'account';
  readonly undo: 'easy' | 'costly' | 'none';
}

/** A cloud or platform whose clients delete things by methods that are named after them. */
export interface CloudProvider {
  readonly name: string;
  /** Modules, packages and namespaces of its clients. */
  readonly modules: RegExp;
  /** What is known better than by the name of the thing: by the end of the callee's path, without case and marks, and by what it is given; `undefined` is no loss. */
  readonly known: readonly (readonly [path: RegExp, kind: Kind | undefined, noun: string, where?: (call: Given) => boolean])[];
}

/** What a call is given, as far as it is written there. */
interface Given {
  readonly args: readonly { readonly source: string; readonly constant?: unknown }[];
}

const one: Kind = { scope: 'object', undo: 'costly' };
const many: Kind = { scope: 'set', undo: 'none' };
const all: Kind = { scope: 'collection', undo: 'none' };

/** Java's `Storage` deletes a bucket by its name, and an object by two names or an id. */
function namesBucket({ args: [first, second] }: Given): boolean {
  const isName = typeof first?.constant === 'string' || /^[\w.]*bucket[\w.]*(?:\(\))?$/i.test(first?.source ?? '');
  return isName && (second === undefined || second.source.includes('BucketSourceOption'));
}

export const googleCloud: CloudProvider = {
  name: 'Google Cloud',
  modules: /^(?:@google-cloud\/|@googleapis\/|googleapis\b|google\.cloud\b|googleapiclient\b|cloud\.google\.com\/go|google\.golang\.org\/api|com\.google\.cloud|com\.google\.api\.services|Google[.\\]Cloud|Google[.\\]Apis|google\/cloud|google\/apis|Google::(?:Cloud|Apis))/,
  known: [
    [/storage\.delete$/, all, 'bucket', namesBucket],
    [/storage\.delete$/, one, 'object'],
    [/(?:bucket|bucket\w*)\.(?:deletefiles|deleteblobs)$/, all, 'objects of the bucket'],
    [/(?:drive|calendar|gmail|tasks|people|sheets|youtube)\..*delete$/, one, 'item'],
    [/doc(?:ument)?\.delete$|collection\.doc\w*\.delete$|transaction\.delete$|batch\.delete$/, one, 'document'],
    [/(?:cryptokeyversions?\.destroy|destroycryptokeyversion)$/, { scope: 'service', undo: 'none' }, 'key version, and with it everything it encrypted'],
    [/secretversions?\.destroy$|destroysecretversion$/, many, 'version of the secret'],
    [/subscriptions?\.delete$|deletesubscription$/, { scope: 'set', undo: 'costly' }, 'subscription'],
    [/database\w*\.drop$|dropdatabase$/, { scope: 'service', undo: 'none' }, 'database with all its tables'],
    [/deletewithcontents$/, all, 'dataset with all its tables'],
    [/drop(?:by)?(?:rowrange|prefix)$|table\w*\.truncate$|deleterows$/, all, 'rows of the table'],
    [/(?:firewalls?|routes?)\.delete$|delete(?:firewall|route)$/, { scope: 'set', undo: 'costly' }, 'firewall rule or route'],
  ],
};

export const cloudProviders: readonly CloudProvider[] = [
  googleCloud,
  {
    name: 'Azure',
    modules: /^(?:@azure\/|azure\.|azure$|com\.azure|com\.microsoft\.azure|Azure\.|Microsoft\.Azure|MicrosoftAzure\\|github\.com\/Azure\/azure-sdk-for-go|azure_)/,
    known: [
      [/deletemessages?$/, undefined, ''],
      [/(?:clearmessages)$/, all, 'messages of the queue'],
      [/(?:deleteblobs|deletedocuments)$/, many, 'listed items'],
      [/purgedeleted\w+$/, { scope: 'service', undo: 'none' }, 'deleted secret or key for good'],
      [/(?:locks?|managementlocks)\.\w*delete\w*$|deleteat\w+level$/, { scope: 'service', undo: 'easy' }, 'lock that keeps it from being deleted'],
    ],
  },
  {
    name: 'Firebase',
    modules: /^(?:firebase-admin|firebase\b|@firebase\/|firebase_admin|com\.google\.firebase|@react-native-firebase\/)/,
    known: [
      [/deleteusers$/, many, 'listed accounts'],
      [/deleteuser$/, one, 'account'],
      [/bucket\.deletefiles$/, all, 'objects of the bucket'],
      [/bucket\.delete$/, all, 'bucket'],
      [/\.delete\w*$|^deletedoc$/, one, 'entry'],
    ],
  },
  {
    name: 'Supabase',
    modules: /^(?:@supabase\/|supabase\b)/,
    known: [
      [/(?:deletebucket|emptybucket)$/, all, 'storage bucket'],
      [/delete(?:aproject|project)$/, { scope: 'environment', undo: 'none' }, 'project'],
      [/delete(?:abranch|branch)$/, { scope: 'service', undo: 'none' }, 'database branch'],
      [/./, undefined, ''],
    ],
  },
  {
    name: 'Stripe',
    modules: /^stripe(?:$|[#/.])/,
    known: [
      [/customers?\.(?:del|delete)$/, many, 'customer with all subscriptions'],
      [/accounts?\.(?:del|delete)$/, { scope: 'set', undo: 'none' }, 'account'],
      [/webhookendpoints?\.(?:del|delete)$/, { scope: 'set', undo: 'costly' }, 'webhook endpoint'],
      [/(?:products?|plans?|prices?)\.(?:del|delete)$/, { scope: 'set', undo: 'costly' }, 'product'],
      [/./, undefined, ''],
    ],
  },
  { name: 'Vercel', modules: /^@vercel\/(?:sdk|client)/, known: [[/remove(?:record|projectenv)$/, { scope: 'set', undo: 'costly' }, 'record or variable'], [/deletedeployment$/, { scope: 'set', undo: 'costly' }, 'deployment']] },
  {
    name: 'Cloudflare',
    modules: /^cloudflare(?:$|[#/.])|^github\.com\/cloudflare\/cloudflare-go/,
    known: [
      [/dns\.?records\.delete$|deletednsrecord$/, { scope: 'set', undo: 'costly' }, 'DNS record'],
      [/scripts\.delete$/, { scope: 'service', undo: 'costly' }, 'worker'],
      [/namespaces\.(?:values|keys)\.\w*delete$/, one, 'entry'],
      [/cache\.purge$/, undefined, ''],
    ],
  },
  { name: 'DigitalOcean', modules: /^(?:dots-wrapper|do-wrapper|digitalocean|pydo|github\.com\/digitalocean\/godo)/, known: [] },
  { name: 'Neon', modules: /^@neondatabase\/(?:api-client|toolkit)/, known: [] },
  { name: 'MongoDB Atlas', modules: /^(?:mongodb-atlas-api-client|go\.mongodb\.org\/atlas)/, known: [] },
];

/** Methods that delete what they are called on. */
export const bareDeletes = ['delete', 'del', 'destroy', 'delete_', 'deleteIfExists', 'beginDelete', 'beginDeleteAndWait', 'begin_delete', 'deleteByName', 'deleteById', 'deleteAsync', 'deleteIfExistsAsync', 'deleteFiles', 'delete_blobs', 'beginDeleteByName', 'beginDeleteByNameAsync', 'beginDeleteById', 'beginDeleteByIdAsync', 'deleteByNameAsync', 'deleteByIdAsync', 'deleteByResourceGroup', 'deleteByResourceGroupAsync', 'deleteByIds', 'deleteWithResponse'] as const; // prettier-ignore

/** Things that clients delete by a method of their own: `deleteCluster`, `begin_delete_key`. */
export const deletedThings = [
  'Project', 'Organization', 'Folder', 'Bucket', 'Dataset', 'Table', 'Model', 'Routine', 'Cluster', 'NodePool', 'Instance', 'Database', 'Backup', 'Snapshot', 'Disk', 'Image', 'Topic', 'Subscription', 'Schema',
  'Secret', 'SecretVersion', 'Service', 'Function', 'Job', 'Queue', 'Repository', 'Package', 'Registry', 'Index', 'IndexEndpoint', 'Endpoint', 'KeyRing', 'ManagedZone', 'ServiceAccount', 'ServiceAccountKey', 'Key', 'Role',
  'Certificate', 'Environment', 'Workflow', 'Trigger', 'Lake', 'Zone', 'Entry', 'EntryGroup', 'TagTemplate', 'Fhir_store', 'FhirStore', 'DicomStore', 'Container', 'Blob', 'Blobs', 'Entity', 'Share', 'File', 'Directory',
  'FileSystem', 'Domain', 'Deployment', 'Team', 'App', 'Application', 'Droplet', 'Volume', 'Firewall', 'LoadBalancer', 'Branch', 'User', 'Users', 'Feature', 'FeatureStore', 'Featurestore', 'Pipeline', 'Site', 'Network', 'Stream',
  'Connection', 'Namespace', 'Rule', 'Document', 'Documents', 'Agent', 'AlertPolicy', 'UptimeCheckConfig', 'LogMetric', 'Sink', 'Log', 'Exclusion', 'Bot', 'Tenant', 'Group', 'Pool', 'Account', 'DnsRecord', 'Version', 'Vault', 'ResourceGroup', 'ManagementGroup', 'VirtualMachine', 'EventHub', 'ConsumerGroup', 'Collection', 'BackupVault', 'Execution', 'Device', 'DeviceRegistry', 'CryptoKey', 'Worker', 'Tunnel', 'Record',
  'BlobContainer', 'ShareDirectory', 'ShareSnapshot', 'Rule', 'Indexer', 'DataSource', 'SynonymMap', 'Skillset', 'ConfigurationSetting', 'Workspace', 'Schedule', 'Experiment', 'Permission', 'StoredProcedure', 'Item', 'VectorStore', 'Assistant', 'Tables', 'Queues', 'AppProfile', 'BackupPlan', 'BackupSchedule', 'BackupPolicy', 'RestorePlan', 'InstanceConfig', 'InstanceGroupManager', 'InstanceTemplate', 'Address', 'ForwardingRule', 'BackendService', 'UrlMap', 'TargetPool', 'Router', 'VpnTunnel', 'Subnetwork', 'HealthCheck', 'NetworkEndpointGroup', 'Reservation', 'MachineImage', 'StoragePool', 'Corpus', 'RagCorpus', 'ReasoningEngine', 'TrainingPipeline', 'Autoscaler', 'ManagedFolder', 'HmacKey', 'AuthorizedView', 'MaterializedView', 'LogicalView', 'EncryptionConfig', 'AutonomousDatabase', 'DbSystem', 'CloudExadataInfrastructure', 'Membership', 'Feature', 'Fleet', 'AttachedCluster', 'AzureCluster', 'AwsCluster', 'ReleasePipeline', 'DeliveryPipeline', 'ConnectionProfile', 'MigrationJob', 'PrivateConnection', 'Catalog', 'Asset', 'Datascan', 'Tenant', 'InspectTemplate', 'Policy', 'AccessPolicy', 'ServicePerimeter', 'Lien', 'TagKey', 'TagValue', 'Folder',
]; // prettier-ignore

/** Methods with names of their own. */
export const otherDeletes = ['deleteDoc', 'emptyBucket', 'empty_bucket', 'clearMessages', 'clear_messages', 'destroyCryptoKeyVersion', 'destroy_crypto_key_version', 'destroySecretVersion', 'destroy_secret_version', 'purgeDeletedSecret', 'purgeDeletedKey', 'purgeDeletedCertificate', 'purge_deleted_secret', 'purge_deleted_key', 'purge_deleted_certificate', 'removeRecord', 'removeProjectEnv', 'deleteAtResourceGroupLevel', 'deleteAtResourceLevel', 'DestroyCryptoKeyVersion', 'StartDeleteSecret', 'StartDeleteKey', 'StartDeleteCertificate', 'StartDeleteSecretAsync', 'StartDeleteKeyAsync', 'StartDeleteCertificateAsync', 'PurgeDeletedSecretAsync', 'PurgeDeletedKeyAsync', 'PurgeDeletedCertificateAsync', 'drop', 'dropDatabase', 'truncate', 'dropRowRange', 'drop_row_range', 'drop_by_prefix', 'DropRowRange', 'DropDatabase', 'DropAllRows', 'deleteRows', 'DeleteWithContents'] as const; // prettier-ignore
