/** How far it reaches when an object of some kind is deleted from a cluster. */
export interface KubernetesKind {
  /** As the command line and manifests call it, in lower case. */
  readonly names: readonly string[];
  readonly scope: 'object' | 'set' | 'service' | 'environment';
  readonly undo: 'easy' | 'costly' | 'none';
  /** What goes with one of them. */
  readonly loss: string;
}

/** The worst first. */
const kinds: readonly KubernetesKind[] = [
  { names: ['namespace', 'namespaces', 'ns', 'project', 'projects'], scope: 'environment', undo: 'none', loss: 'and everything in it, volumes too' },
  { names: ['customresourcedefinition', 'customresourcedefinitions', 'crd', 'crds'], scope: 'environment', undo: 'none', loss: 'and every object of its kind in the cluster' },
  { names: ['persistentvolumeclaim', 'persistentvolumeclaims', 'pvc'], scope: 'service', undo: 'none', loss: 'and, where the policy says delete, the data on its volume' },
  { names: ['persistentvolume', 'persistentvolumes', 'pv'], scope: 'service', undo: 'none', loss: 'and what it holds' },
  { names: ['statefulset', 'statefulsets', 'sts'], scope: 'service', undo: 'costly', loss: 'and its pods' },
  { names: ['node', 'nodes', 'no'], scope: 'service', undo: 'costly', loss: 'from the cluster, with the pods on it' },
  { names: ['pod', 'pods', 'po', 'job', 'jobs', 'event', 'events', 'ev', 'replicaset', 'replicasets', 'rs', 'endpoints', 'lease', 'leases'], scope: 'object', undo: 'easy', loss: '' },
  { names: ['all'], scope: 'set', undo: 'costly', loss: 'workloads and services' },
];

/** Deployments, services, secrets and the rest: their manifests bring them back, after an outage. */
const other: KubernetesKind = { names: [], scope: 'set', undo: 'costly', loss: '' };

/** The worst kind among types of resources, which may say their group: `certificates.cert-manager.io`. */
export function kubernetesKindOf(types: readonly string[]): KubernetesKind {
  const names = types.map((type) => type.toLowerCase().split('.')[0] ?? '');
  return kinds.find((kind) => kind.names.some((name) => names.includes(name))) ?? other;
}
