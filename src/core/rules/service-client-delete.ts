import { anywhere, type Clue } from '../check/clues.ts';
import { type ClientDeed, type ServiceClient, serviceClients } from '../catalogue/serviceClients.ts';
import { go, java, javascript, python, typescript } from '../check/example.ts';
import { loopFactors, productionFactors } from '../check/factors.ts';
import { isThrowaway } from '../check/filters.ts';
import { environmentFactors, isWayBack } from '../check/places.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call } from '../language/operation.ts';

interface Found {
  readonly client: ServiceClient;
  readonly deed: ClientDeed;
  readonly isResolved: boolean;
}

const names = [...new Set(serviceClients.flatMap(({ deeds }) => Object.keys(deeds)))];

/** Names that everything has count beside a word of one of their clients. */
const common = new Set(['destroy', 'Destroy', 'remove', 'delete', 'Delete', 'del', 'purge', 'prune', 'empty', 'drain', 'all', 'rm', 'vacuum', '_delete']);
const clientWords = ['pulumi', 'terraform', 'cdktf', 'toolkit-lib', 'docker', 'dockerode', 'pinecone', 'weaviate', 'algoliasearch', 'typesense', 'solr', 'pysolr', 'amqp', 'amqplib', 'nats', 'bull', 'bullmq', 'celery', 'consul', 'etcd', 'etcd3', 'clientv3', 'gitlab', 'gitbeaker', 'keycloak', 'auth0', 'databricks', 'delta', 'deltalake', 'hdfs', 'hadoop', 'fsspec', 's3fs', 'gcsfs', 'pika', 'kombu', 'bunny', 'rabbitmq', 'python_terraform']; // prettier-ignore

const modulesAnywhere = new Map(serviceClients.map((client) => [client, anywhere(client.modules)]));

/** Each of its clients is brought in or named by the text. */
function cluesOf(name: string): Clue[] {
  const clients = serviceClients.filter(({ deeds }) => Object.hasOwn(deeds, name));
  return clients.flatMap((client) => {
    const text = modulesAnywhere.get(client);
    return text === undefined ? [] : [{ ...(common.has(name) && { alongside: clientWords }), text }];
  });
}

const isOfProject = /^(?:\.|@\/|~\/|\*#)/;

/** By where the callee comes from; else, for one whose origin is not known, by the clients that the file brings in. */
function deedOf(call: Call): Found | undefined {
  const { imported, modules, name, receiver, constructed } = call;
  if (constructed || receiver === undefined) return undefined;
  for (const client of serviceClients) {
    const deed = Object.hasOwn(client.deeds, name) ? client.deeds[name] : undefined;
    if (deed === undefined) continue;
    const isResolved = imported !== undefined && client.modules.test(imported.replace(/^\*#/, ''));
    // What everything has has to be done to something of the client's.
    const isTelling = !common.has(name) || deed.on !== undefined || deed.given !== undefined;
    const isBesides = isTelling && (imported === undefined || isOfProject.test(imported)) && modules.some((module) => client.modules.test(module));
    if ((isResolved || isBesides) && isMeant(deed, call)) return { client, deed, isResolved };
  }
  return undefined;
}

function isMeant({ on, given, unless }: ClientDeed, { args, links, imported = '' }: Call): boolean {
  const written = args.map(({ source, standsFor }) => standsFor ?? source).join(', ');
  const paths = [links.map(({ name }) => name).join('.'), imported.replace(/\([^()]*\)/g, '').replace(/\.[^.]*$/, '')]; // prettier-ignore
  return (on === undefined || paths.some((path) => on.test(path))) && (given === undefined || given.test(written)) && unless?.test(written) !== true;
}

export default defineRule({
  id: 'service-client-delete',
  title: 'Deleted through the client of a service',
  why: 'Brokers, search engines, registries and tools for infrastructure delete whole queues, indexes, volumes and stacks in one call, and ask nobody.',
  instead: 'Leave what others rely on to the tool that manages it. In code, delete one thing by a name that was typed, and only what the same code made.',
  blindTo: 'Which server the client talks to, wrappers of your own, and services whose clients are not in the catalogue.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: names.map((name) => call(name, (operation) => deedOf(operation) !== undefined, cluesOf(name))),
  judge: {
    call: (operation, place) => {
      const found = deedOf(operation);
      if (found === undefined || isThrowaway(operation)) return undefined;
      const { client, deed, isResolved } = found;
      // What takes down an environment is called so, too.
      if (deed.scope !== 'environment' && isWayBack(operation, place)) return undefined;
      const target = operation.args.find(({ constant }) => typeof constant === 'string')?.constant;
      return {
        scope: deed.scope,
        undo: deed.undo,
        effect: `deletes ${deed.loss} (${client.name})`,
        ...(typeof target === 'string' && target !== '' && { target }),
        factors: [...environmentFactors(operation), ...loopFactors(operation), ...productionFactors([operation.receiver ?? '', ...operation.args.map(({ source }) => source)])],
        ...(!isResolved && { confidence: 'low' as const }),
      };
    },
  },
  examples: {
    bad: [
      typescript`import { LocalWorkspace } from '@pulumi/pulumi/automation';
const stack = await LocalWorkspace.selectStack({ stackName: 'prod', workDir: '.' });
await ⟦stack.destroy({ onOutput: console.log })⟧;`,
      python`import docker
client = docker.from_env()
⟦client.volumes.prune()⟧`,
      javascript`const Docker = require('dockerode');
const docker = new Docker();
await ⟦docker.getVolume('data').remove()⟧;`,
      python`from minio import Minio
client = Minio('storage.example.com')
⟦client.remove_bucket('invoices')⟧`,
      go`package main
import "github.com/hashicorp/terraform-exec/tfexec"
func wipe(tf *tfexec.Terraform) error { return ⟦tf.Destroy(ctx)⟧ }`,
      javascript`const amqp = require('amqplib');
const channel = await (await amqp.connect(url)).createChannel();
await ⟦channel.deleteQueue('orders')⟧;`,
      java`import com.rabbitmq.client.Channel;
class Tidy { void run(Channel channel) { ⟦channel.queuePurge("orders")⟧; } }`,
    ],
    good: [
      typescript`import { LocalWorkspace } from '@pulumi/pulumi/automation';
const stack = await LocalWorkspace.selectStack({ stackName: 'prod', workDir: '.' });
await stack.preview();
window.destroy();`,
      python`import docker
client = docker.from_env()
client.containers.prune()
container.remove()`,
      javascript`const chart = new Chart(canvas);
chart.destroy();`,
      python`import fsspec
fs = fsspec.filesystem('s3')
fs.rm('data/one.csv')`,
    ],
  },
});
