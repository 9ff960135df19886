import { kubernetesKindOf } from '../catalogue/kubernetesKinds.ts';
import { isDryRun, loopFactors, productionFactors, quoted } from '../check/factors.ts';
import type { Factor, Scope } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { dryRun } from '../check/saferForm.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, operandsOf, optionValue } from '../language/shell/options.ts';

const valued = [
  '-n', '--namespace', '--context', '--cluster', '--kubeconfig', '--user', '-s', '--server', '-l', '--selector', '--field-selector', '-f', '--filename', '-k', '--kustomize',
  '--grace-period', '--timeout', '-p', '--patch', '--type', '--replicas', '-o', '--output', '--cascade', '--as', '--token',
]; // prettier-ignore

const wider: Readonly<Record<Scope, Scope>> = { object: 'collection', set: 'service', collection: 'service', service: 'environment', environment: 'environment', account: 'account' };

/** What takes workloads down without the word. */
function stops(verb: string, words: readonly Word[], operands: readonly Word[]): Pick<Judgement, 'scope' | 'undo' | 'effect'> | undefined {
  const first = operands.map(({ text, source }) => (text.includes(hole) ? source : text)).join(' ');
  const name = first === '' ? '' : ` \`${first}\``;
  switch (verb) {
    case 'drain':
      return { scope: 'service', undo: 'easy', effect: `drives every pod off the node${name}, with what they keep on it` };
    case 'scale':
      return optionValue(words, '--replicas') === '0' ? { scope: 'service', undo: 'easy', effect: `stops every pod of${name}` } : undefined;
    case 'replace':
      return hasOption(words, '--force') ? { scope: 'set', undo: 'costly', effect: 'deletes the objects that the manifests name and makes them again' } : undefined;
    case 'apply':
      if (hasOption(words, '--prune')) return { scope: 'service', undo: 'costly', effect: 'deletes every object of the selection that the manifests no longer name' };
      return hasOption(words, '--force') ? { scope: 'set', undo: 'costly', effect: 'deletes objects that cannot be changed in place and makes them again' } : undefined;
    case 'patch':
      if (words.some(({ text }) => /"?persistentVolumeReclaimPolicy"?\s*:\s*"?Delete\b/.test(text))) return { scope: 'service', undo: 'easy', effect: `lets the volume${name} be deleted with its claim` };
      return words.some(({ text }) => /"?finalizers"?\s*:\s*(?:null|\[\s*\])/.test(text)) ? { scope: 'set', undo: 'none', effect: `takes the finalizers off${name}, which clean up or hold it back` } : undefined;
    case 'taint':
      return words.some(({ text }) => text.endsWith(':NoExecute')) ? { scope: 'service', undo: 'easy', effect: `drives pods off the node${name}` } : undefined;
    default:
      return undefined;
  }
}

function judge(operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  const [verb, ...operands] = operandsOf(words, valued);
  if (verb === undefined || operation.isScratch === true || isDryRun(words.map((word) => word.text)) || hasOption(words, '--help')) return undefined;
  if (verb.text !== 'delete') {
    const stopped = stops(verb.text, words, operands);
    return stopped === undefined ? undefined : { ...stopped, factors: factorsOf(operation) };
  }
  const factors = factorsOf(operation);
  const file = optionValue(words, '-f', '--filename', '-k', '--kustomize');
  if (file !== undefined) return deletesManifests(file, words, factors);
  if (operands.length === 0) return undefined;
  // Behind a kind stand names, whatever they hold.
  const [first] = operands.map(resourceOf);
  const resources = first?.length === 0 ? [] : operands.flatMap(resourceOf);
  const types = resources.length > 0 ? resources : (operands[0]?.text.split(',') ?? []);
  const names = operands.slice(resources.length > 0 ? 0 : 1).map((word) => (word.text.includes(hole) ? word.source : word.text)).filter((name) => name !== '');
  const kind = kubernetesKindOf(types);
  const isEverywhere = hasOption(words, '--all-namespaces') || words.some((word) => word.text === '-A');
  const isAll = isEverywhere || hasOption(words, '--all');
  const selector = optionValue(words, '-l', '--selector', '--field-selector');
  if (!isAll && selector === undefined && names.length === 0 && resources.length === 0) return undefined;
  const type = types.join(', ');
  const which = isAll ? `every ${type}${isEverywhere ? ' of every namespace' : ''}` : selector !== undefined ? `every ${type} that ${quoted(selector)} selects` : `${type} \`${names.join(', ')}\``;
  return {
    scope: isEverywhere ? 'environment' : isAll ? wider[kind.scope] : selector !== undefined && kind.scope === 'object' ? 'set' : kind.scope,
    undo: kind.undo === 'easy' && isEverywhere ? 'costly' : kind.undo,
    effect: `deletes ${resources.length === 0 ? which : names.length === 0 ? `every ${type} that it is handed` : `\`${names.join(', ')}\``}${kind.loss === '' ? '' : ` ${kind.loss}`}`,
    ...(names.length > 0 && { target: names.join(', ') }),
    factors,
  };
}

/** The kind in `ns/shop`, or in what `kubectl get ns -o name` hands over. */
function resourceOf({ text, holes }: Word): string[] {
  if (text === hole) return [/\bget\s+([a-z]\w*)/i.exec(holes[0] ?? '')?.[1] ?? 'resource'];
  return text.includes('/') ? [text.split('/')[0] ?? ''] : [];
}

function deletesManifests(file: string, words: readonly Word[], factors: readonly Factor[]): Judgement {
  const isOne = /\.(?:ya?ml|json)$/.test(file) && !file.includes('*') && !hasOption(words, '-k', '--kustomize');
  return {
    scope: isOne ? 'set' : 'collection',
    undo: 'costly',
    effect: `deletes everything that the manifests in \`${readable(file)}\` name`,
    target: readable(file),
    factors,
  };
}

function factorsOf(operation: ShellCommand): Factor[] {
  const { words } = operation;
  const isForced = hasOption(words, '--force', '--now') || optionValue(words, '--grace-period') === '0';
  return [
    ...(isForced ? [{ text: 'without waiting for it to shut down', weight: 0 } as const] : []),
    ...productionFactors(words.map((word) => word.source)),
    ...loopFactors(operation),
  ];
}

function readable(text: string): string {
  return text.replaceAll(hole, '…');
}

export default defineRule({
  id: 'kubectl-delete',
  title: 'Cluster resources deleted or stopped',
  why: 'Deleting a namespace, a volume or a definition takes everything in it along; deleting by label, file or `--all` takes more than it names.',
  instead: 'Delete one object by its name, after `--dry-run=client` showed what goes. Set volumes to `Retain`, and take workloads down one at a time.',
  blindTo: 'What the manifests in a file hold, which cluster the current context points to, and deletes through client libraries.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: ['kubectl', 'oc', 'k', 'microk8s.kubectl'].map((name) => command(name)),
  judge: { command: judge },
  safer: [dryRun(/^(?:kubectl|oc|k|microk8s\.kubectl) /, '--dry-run=client')],
  examples: {
    bad: [
      shell`kube() { kubectl --context eu "$@"; }
kube ⟦delete pvc data⟧`,
      shell`⟦kubectl delete ns $NS⟧`,
      shell`⟦kubectl delete namespace shop⟧`,
      shell`case "$1" in
  up) kubectl create ns shop ;;
  down) ⟦kubectl delete ns shop⟧ ;;
esac`,
      shell`kubectl create ns shop --dry-run=client -o yaml | kubectl apply -f -
⟦kubectl delete ns shop⟧`,
      shell`⟦kubectl --context prod -n shop delete pvc data-postgres-0⟧`,
      shell`kubectl get ns -o name | xargs ⟦kubectl delete⟧`,
      shell`⟦kubectl delete pods --all -n shop⟧ && echo gone`,
      shell`⟦kubectl delete crd certificates.cert-manager.io⟧`,
      shell`⟦kubectl delete -f manifests/⟧`,
      shell`⟦kubectl delete statefulset/postgres⟧`,
      shell`⟦kubectl drain node-1 --ignore-daemonsets --delete-emptydir-data⟧`,
      shell`⟦kubectl scale deployment web --replicas=0⟧`,
      shell`⟦kubectl patch pvc data -p '{"metadata":{"finalizers":null}}'⟧`,
    ],
    good: [
      shell`kubectl delete ns shop --dry-run=client`,
      shell`kubectl delete pod web-7d9f`,
      shell`kubectl create namespace smoke
helm test smoke -n smoke
kubectl delete ns smoke`,
      shell`kubectl get pvc --all-namespaces`,
      shell`kubectl delete --help`,
      shell`echo "kubectl delete ns shop"`,
      shell`kubectl scale deployment web --replicas=3`,
      shell`helm template . | grep 'kubectl delete ns'`,
    ],
  },
});
