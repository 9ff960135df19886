import { clusters } from '../catalogue/commands/clusters.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';
import { dryRun } from '../check/saferForm.ts';

export default defineRule({
  id: 'cluster-delete',
  title: 'Cluster, release or machine deleted',
  why: 'A cluster or a release takes down everything that runs in it, with volumes and addresses; machines go with their disks.',
  instead: 'Show what would go (`helm get manifest`, `--dry-run`), drain and scale down first, and keep the volumes (`Retain`, `--keep-history`).',
  blindTo: 'Which cluster the current context points to, what the release or the machine holds, and policies that keep volumes. `kubectl` has a rule of its own.',
  blastRadius: { scope: 'environment', undo: 'costly' },
  matches: toolMatchers(clusters),
  judge: { command: judgeByTable(clusters) },
  safer: [dryRun(/^helm3? (?:uninstall|delete|rollback|upgrade) /, '--dry-run')],
  examples: {
    bad: [
      shell`⟦helm uninstall shop -n prod⟧`,
      shell`⟦helm upgrade shop ./chart --force⟧`,
      shell`⟦argocd app delete shop --yes⟧`,
      shell`⟦eksctl delete cluster --name shop⟧`,
      shell`⟦kubeadm reset -f⟧`,
      shell`⟦virsh undefine db --remove-all-storage⟧`,
      shell`⟦consul kv delete -recurse shop/⟧`,
    ],
    good: [
      shell`helm uninstall shop --dry-run`,
      shell`helm list -A`,
      shell`argocd app get shop`,
      shell`eksctl get cluster`,
      shell`kind delete cluster`,
      shell`minikube delete`,
      shell`virsh list --all`,
      shell`echo "helm uninstall shop"`,
    ],
  },
});
