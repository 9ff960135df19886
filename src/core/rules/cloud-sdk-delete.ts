import { wordsOf } from '../catalogue/spelling.ts';
import { cloudCallNames, cloudCallOf } from '../check/cloudCalls.ts';
import { csharp, go, java, javascript, python, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { callOf, defineRule } from '../check/rule.ts';
import { hole, type Call, type Value } from '../language/operation.ts';

/** The name or id that is deleted: the first text among the arguments and in what they hold, else what the receiver was made with. */
function targetOf({ args, imported }: Call): Value['constant'] {
  const texts = args.flatMap((arg) => [arg.constant, ...[...(arg.properties?.values() ?? [])].map(({ constant }) => constant)]);
  return texts.find((text) => typeof text === 'string' && text !== '' && !text.includes(hole)) ?? /\(([^()]+)\)\.\w+$/.exec(imported ?? '')?.[1];
}

export default defineRule({
  id: 'cloud-sdk-delete',
  title: 'Cloud resource deleted through a client',
  why: 'The resource goes with what it holds. Projects, resource groups, accounts and databases take everything below them along.',
  instead: 'Leave it to the tool that manages the resource, behind a plan that a person reads. In code, delete one thing by a name that was typed, and keep soft delete, locks and backups on.',
  blindTo: 'Which project or subscription the client talks to, wrappers of your own, and methods whose name is put together at run time.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: [callOf(cloudCallNames)],
  judge: {
    call: (call) => {
      const found = cloudCallOf(call);
      if (found === undefined) return undefined;
      const { provider, kind, noun, confidence } = found;
      const target = targetOf(call);
      const isForced = call.args.some(({ properties }) => ['force', 'delete_contents', 'deleteContents'].some((name) => properties?.get(name)?.constant === true));
      return {
        ...kind,
        effect: `deletes the ${provider.name} ${(noun.includes(' ') ? noun : wordsOf(noun)).trim()}${typeof target === 'string' ? ` ${quoted(target)}` : ''}${kind.scope === 'environment' ? ' and everything in it' : ''}`,
        ...(typeof target === 'string' && { target }),
        factors: [
          ...(isForced ? [{ text: 'even if it is not empty', weight: 1 } as const] : []),
          ...loopFactors(call),
          ...productionFactors(typeof target === 'string' ? [target] : call.args.map(({ source }) => source)),
        ],
        ...(confidence !== undefined && { confidence }),
      };
    },
  },
  examples: {
    bad: [
      typescript`import { getFirestore } from 'firebase-admin/firestore';
const snapshot = await getFirestore().collection('orders').get();
snapshot.docs.forEach((doc) => ⟦doc.ref.delete()⟧);`,
      python`from google.cloud import firestore
for doc in firestore.Client().collection('orders').stream():
    ⟦doc.reference.delete()⟧`,
      java`import com.google.cloud.storage.*;
class Buckets {
  void remove(Storage storage, String bucketName) { ⟦storage.delete(bucketName)⟧; }
}`,
      typescript`import { Storage } from '@google-cloud/storage';
const storage = new Storage();
await ⟦storage.bucket('invoices').deleteFiles({ force: true })⟧;
await ⟦storage.bucket('invoices').delete()⟧;`,
      typescript`import { BigQuery } from '@google-cloud/bigquery';
await ⟦new BigQuery().dataset('orders').delete({ force: true })⟧;`,
      javascript`const { ClusterManagerClient } = require('@google-cloud/container');
const client = new ClusterManagerClient();
await ⟦client.deleteCluster({ name: 'projects/shop/locations/eu/clusters/main' })⟧;`,
      typescript`import { google } from 'googleapis';
const sql = google.sqladmin('v1');
await ⟦sql.instances.delete({ project: 'shop', instance: 'orders' })⟧;`,
      typescript`import { ResourceManagementClient } from '@azure/arm-resources';
class Groups {
  constructor(private readonly client: ResourceManagementClient) {}
  remove() { return ⟦this.client.resourceGroups.beginDeleteAndWait('shop-prod')⟧; }
}`,
      typescript`import { BlobServiceClient } from '@azure/storage-blob';
const service = BlobServiceClient.fromConnectionString(connection);
await ⟦service.deleteContainer('invoices')⟧;
await ⟦service.getContainerClient('invoices').deleteIfExists()⟧;`,
      typescript`import { SecretClient } from '@azure/keyvault-secrets';
await ⟦new SecretClient(url, credential).purgeDeletedSecret('signing')⟧;`,
      typescript`import Cloudflare from 'cloudflare';
const client = new Cloudflare({});
await ⟦client.zones.delete({ zone_id: zone })⟧;`,
      python`from google.cloud import bigquery
client = bigquery.Client()
⟦client.delete_dataset('orders', delete_contents=True)⟧`,
      python`from azure.mgmt.resource import ResourceManagementClient
client = ResourceManagementClient(credential, subscription)
⟦client.resource_groups.begin_delete('shop')⟧`,
      csharp`using Azure.ResourceManager;
class Groups {
  async Task Remove(ArmClient client) {
    var group = (await client.GetDefaultSubscription().GetResourceGroupAsync("shop")).Value;
    await ⟦group.DeleteAsync(WaitUntil.Completed)⟧;
  }
}`,
      go`package main
import "cloud.google.com/go/storage"
func f(client *storage.Client) { ⟦client.Bucket("invoices").Delete(ctx)⟧ }`,
    ],
    good: [
      typescript`import { getFirestore } from 'firebase-admin/firestore';
const doc = await getFirestore().collection('orders').doc(id).get();
await doc.ref.delete();`,
      java`import com.google.cloud.storage.*;
class Objects {
  void remove(Storage storage, BlobId id) { storage.delete(id); }
}`,
      java`import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
class Objects {
  void remove(Storage storage) { storage.delete(BlobId.of("bucket", "a.txt")); }
}`,
      typescript`import { Storage } from '@google-cloud/storage';
const storage = new Storage();
await storage.bucket('invoices').file(name).delete();`,
      typescript`import { Storage } from '@google-cloud/storage';
const seen = new Map();
seen.delete(key);
cache.delete('bucket');`,
      typescript`import { getFirestore } from 'firebase-admin/firestore';
await getFirestore().collection('orders').doc(id).delete();`,
      typescript`import { CosmosClient } from '@azure/cosmos';
await new CosmosClient(options).database('shop').container('orders').item(id).delete();`,
      typescript`import { clusters } from './clusters';
await clusters.deleteCluster({ name: 'main' });`,
      typescript`import Stripe from 'stripe';
await new Stripe(key).subscriptionItems.del(id);`,
      csharp`using Azure.ResourceManager;
class Groups {
  async Task Remove(ArmClient client) => await cache.DeleteAsync(key);
}`,
      python`from google.cloud import storage
storage.Client().bucket('invoices').blob(name).delete()`,
      python`from azure.mgmt.dns import DnsManagementClient
class Zones:
    def run(self):
        self.delete_zone()`,
    ],
  },
});
