import { kubernetesKindOf } from '../catalogue/kubernetesKinds.ts';
import { kubernetesOperations } from '../catalogue/kubernetesOperations.ts';
import { snakeCase, spelling, wordsOf } from '../catalogue/spelling.ts';
import { csharp, go, java, javascript, python, rust, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { callOf, defineRule, type Judgement, type NameTable } from '../check/rule.ts';
import { hole, type Call } from '../language/operation.ts';

const client = /^@kubernetes\/client-node|^kubernetes(?:_asyncio)?\b|^io\.kubernetes|^io\.fabric8\.(?:kubernetes|openshift)|^k8s\.io\/client-go|^sigs\.k8s\.io\/controller-runtime|^KubernetesClient|^k8s\b|^kubeclient|^Kubeclient|^kube(?:$|[#:_])/;

/** `delete…` and `deleteCollection…` of the generated clients, and the two methods of Go's typed one. */
const names: NameTable = {
  words: (family) => {
    const things = kubernetesOperations.trim().split(' ');
    const methods = things.flatMap((thing) => [`delete${thing}`, `deleteCollection${thing}`]);
    if (family === 'go') return ['Delete', 'DeleteCollection', 'DeleteAllOf'];
    if (family === 'rust') return ['delete', 'delete_collection'];
    if (family === 'csharp') return methods.map((method) => method.replace('delete', 'Delete')).flatMap((method) => [`${method}Async`, method]);
    if (family === 'java' || family === 'kotlin') return ['delete', ...methods];
    return family === 'python' || family === 'ruby' ? [...methods, ...methods.map((method) => method.replace('Namespaced', ''))].map(snakeCase) : methods;
  },
  has: (name) => /^delete_?(?:collection)?/i.test(name),
};

function judge(call: Call): Judgement | undefined {
  const isGo = call.language === 'go';
  const isFluent = (call.language === 'java' || call.language === 'kotlin') && call.name === 'delete';
  const isOfClient = call.imported !== undefined && client.test(call.imported);
  if (!isOfClient && !call.modules.some((module) => client.test(module))) return undefined;
  const given = isGo ? objectGiven(call) : undefined;
  const thing = isFluent ? thingOfChain(call) : call.language === 'rust' ? thingOfApi(call) : isGo ? (given ?? (call.links.at(-1)?.name ?? '').replace(/s$/, '')) : thingOf(call.name);
  // A method of Go's says nothing by its name: what it is called on has to be a group of the client's.
  if (thing === undefined || (isGo && given === undefined && !call.links.some(({ name }) => /V\d|^Kubernetes|lientset|Client/.test(name)))) return undefined;
  const isMany = /^delete_?(?:collection|allof)/i.test(call.name) || (isFluent && !call.links.some(({ name }) => chosen.has(name)));
  const kind = kubernetesKindOf([thing, `${thing.toLowerCase()}s`]);
  const [inputs] = call.args.flatMap(({ properties }) => properties ?? []);
  // A controller deletes what it made itself: only what holds the data of others counts there.
  if (isDryRun(call) || (given !== undefined && !isMany && kind.scope !== 'service' && kind.scope !== 'environment')) return undefined;
  const name = inputs?.get('name') ?? call.args.find(({ constant }) => typeof constant === 'string');
  const target = typeof name?.constant === 'string' && !name.constant.includes(hole) && !isMany ? name.constant : undefined;
  const selects = ['labelSelector', 'label_selector', 'fieldSelector', 'field_selector'].some((key) => inputs?.has(key)) || call.links.some(({ name }) => /^with(?:Label|Field|Selector)/.test(name));
  return {
    scope: !isMany ? kind.scope : kind.scope === 'object' ? (selects ? 'set' : 'collection') : kind.scope === 'set' ? 'service' : 'environment',
    undo: isMany && kind.undo === 'easy' ? 'costly' : kind.undo,
    effect: `deletes ${isMany ? `every ${wordsOf(thing)}${selects ? ' that is selected' : ''}` : `the ${wordsOf(thing)}${target === undefined ? '' : ` ${quoted(target)}`}${kind.loss === '' ? '' : ` ${kind.loss}`}`}`,
    ...(target !== undefined && { target }),
    factors: [...loopFactors(call), ...productionFactors(call.args.map(({ source }) => source))],
    ...(!isOfClient && { confidence: 'medium' }),
  };
}

/** `PersistentVolumeClaim` of `deleteCollectionNamespacedPersistentVolumeClaim`; undefined for methods that the clients do not have. */
function thingOf(method: string): string | undefined {
  const name = spelling(method).replace(/^delete(?:collection)?/, '').replace(/(?:withhttpmessages)?async$/, ''); // prettier-ignore
  return things().find((each) => spelling(each) === name || spelling(`Namespaced${each}`) === name);
}

/** What the clients delete, in the singular: `PersistentVolumeClaim`. */
function things(): string[] {
  return kubernetesOperations.trim().split(' ').map((each) => each.replace(/^(?:Namespaced|Cluster(?=CustomObject))/, '')); // prettier-ignore
}

/** Links of fabric8's client that choose one object. */
const chosen = new Set(['withName', 'resource', 'load', 'withItem']);

/** fabric8's client: `client.persistentVolumeClaims().inNamespace("a").delete()`; undefined where the chain names nothing of the cluster. */
function thingOfChain({ links }: Call): string | undefined {
  const plurals = links.filter(({ args }) => args !== undefined).map(({ name }) => spelling(name).replace(/ies$/, 'y').replace(/(?<=ss)es$|s$/, '')); // prettier-ignore
  return things().find((each) => plurals.includes(spelling(each)));
}

/** Rust's `Api<Namespace>`, as far as the function says what it is of. */
function thingOfApi({ preceding = '', args }: Call): string | undefined {
  if (!args.some(({ source }) => /DeleteParams|^&?dp$/.test(source))) return undefined;
  return [...preceding.matchAll(/\bApi(?:::)?<\s*(?:\w+::)*(\w+)\s*>/g)].at(-1)?.[1];
}

/** The kind of the object that controller-runtime's client is given: `c.Delete(ctx, &corev1.Namespace{…})`. */
function objectGiven({ args }: Call): string | undefined {
  const [, object] = args;
  return /^&(?:\w+\.)?(\w+)\{/.exec(object?.standsFor ?? object?.source ?? '')?.[1];
}

function isDryRun({ args }: Call): boolean {
  return args.some(({ constant, properties }) => constant === 'All' || ['dryRun', 'dry_run', 'DryRun'].some((key) => properties?.has(key) === true));
}

export default defineRule({
  id: 'kubernetes-client-delete',
  title: 'Cluster resources deleted by a program',
  why: 'Deleting a namespace, a volume or a definition takes everything in it along; `deleteCollection` takes all that a selector lets through.',
  instead: 'Delete one object by its name, after a dry run showed what goes. Leave namespaces, volumes and definitions to a person.',
  blindTo: 'Which cluster the client talks to, custom resources whose kind is put together at run time, and operators that delete what their owner references name.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: [callOf(names)],
  judge: { call: judge },
  examples: {
    bad: [
      typescript`import * as k8s from '@kubernetes/client-node';
const config = new k8s.KubeConfig();
const core = config.makeApiClient(k8s.CoreV1Api);
await ⟦core.deleteNamespace({ name: 'shop' })⟧;`,
      javascript`const { CoreV1Api } = require('@kubernetes/client-node');
async function wipe(api = new CoreV1Api()) {
  await ⟦api.deleteCollectionNamespacedPersistentVolumeClaim({ namespace: 'shop' })⟧;
}`,
      typescript`import { AppsV1Api } from '@kubernetes/client-node';
const remove = (apps: AppsV1Api) => ⟦apps.deleteNamespacedStatefulSet({ name: 'postgres', namespace: 'shop' })⟧;`,
      python`from kubernetes import client, config
v1 = client.CoreV1Api()
⟦v1.delete_namespace(name='shop')⟧`,
      go`package main
import "k8s.io/client-go/kubernetes"
func f(clientset *kubernetes.Clientset) {
	⟦clientset.CoreV1().Namespaces().Delete(ctx, "shop", metav1.DeleteOptions{})⟧
}`,
      java`import io.kubernetes.client.openapi.apis.CoreV1Api;
class Wipe {
  void run(CoreV1Api api) { ⟦api.deletePersistentVolume("data")⟧.execute(); }
}`,
      java`import io.fabric8.kubernetes.client.KubernetesClient;
class Wipe {
  void run(KubernetesClient client) { ⟦client.namespaces().withName("shop").delete()⟧; }
}`,
      csharp`using k8s;
class Wipe { Task Run(Kubernetes client) => ⟦client.CoreV1.DeleteNamespaceAsync("shop")⟧; }`,
      rust`use kube::{api::DeleteParams, Api};
async fn wipe(volumes: Api<PersistentVolume>) { ⟦volumes.delete("data", &DeleteParams::default())⟧.await; }`,
      go`package main
import "sigs.k8s.io/controller-runtime/pkg/client"
func f(c client.Client) { ⟦c.DeleteAllOf(ctx, &corev1.Secret{}, client.InNamespace("shop"))⟧ }`,
    ],
    good: [
      typescript`import * as k8s from '@kubernetes/client-node';
const core = new k8s.KubeConfig().makeApiClient(k8s.CoreV1Api);
await core.deleteNamespacedPod({ name, namespace: 'shop' });`,
      typescript`import * as k8s from '@kubernetes/client-node';
const core = new k8s.KubeConfig().makeApiClient(k8s.CoreV1Api);
await core.deleteNamespace({ name: 'shop', dryRun: 'All' });
seen.delete(name);`,
      java`import io.fabric8.kubernetes.client.KubernetesClient;
class Tidy {
  void run(KubernetesClient client) { client.pods().withName("shop-1").delete(); }
}`,
      go`package main
import "sigs.k8s.io/controller-runtime/pkg/client"
func f(c client.Client) { c.Delete(ctx, &corev1.ConfigMap{}) }`,
      typescript`import { shops } from './shops';
shops.deleteNamespace({ name: 'a' });`,
      go`package main
import "k8s.io/client-go/kubernetes"
func f() { cache.Delete(key) }`,
    ],
  },
});
