import { type Deed, harmless, type Tools } from './tool.ts';

const cluster: Deed = ['environment', 'none', 'deletes the cluster {} with everything that runs in it'];

/** Tools beside kubectl that install into clusters and make them. */
export const clusters: Tools = {
  'helm helm3': {
    valued: '-n --namespace --kube-context --kubeconfig -f --values --set --set-string --version --timeout --kube-apiserver --kube-token --history-max --repo --description --registry-config --repository-config --cascade --revision',
    deeds: {
      'uninstall|delete|del|un --keep-history': ['service', 'costly', 'removes everything that the release {} installed'],
      'uninstall|delete|del|un': ['service', 'costly', 'removes everything that the release {} installed, and its history'],
      'upgrade --force|--force-replace': ['service', 'costly', 'replaces the objects of {} by deleting them and making them again'],
      'rollback --force': ['service', 'costly', 'takes {} back to an earlier revision by deleting what is in the way'],
    },
  },
  helmfile: {
    valued: '-f --file -e --environment -l --selector -n --namespace --kube-context --state-values-file --state-values-set -b',
    deeds: {
      'destroy|delete|charts-delete': ['environment', 'costly', 'uninstalls every release of the helmfile'],
    },
  },
  'argocd': {
    valued: '--server --auth-token --core --grpc-web -N --app-namespace',
    deeds: {
      'app delete --cascade=false|-p=orphan': ['set', 'costly', 'makes Argo CD forget the application {}'],
      'app delete': ['service', 'costly', 'deletes the application {} and every object that it manages'],
      'appset delete': ['environment', 'costly', 'deletes the application set {} with every application of it'],
      'app delete-resource': ['set', 'costly', 'deletes objects of the application {}'],
      'app sync --prune|--force|--replace': ['service', 'costly', 'makes the cluster equal to the repository: deletes what the application {} no longer names'],
      'app rollback|terminate-op': ['service', 'easy', 'takes the application {} back'],
      'proj delete': ['set', 'costly', 'deletes the project {}'],
      'cluster rm': ['service', 'costly', 'makes Argo CD forget the cluster {}'],
      'repo rm': ['set', 'easy', 'makes Argo CD forget the repository {}'],
    },
  },
  'flux': {
    valued: '-n --namespace --context --kubeconfig',
    deeds: {
      'uninstall': ['environment', 'costly', 'removes Flux and its definitions from the cluster'],
      'delete kustomization|ks|helmrelease|hr': ['service', 'costly', 'deletes {} and every object that it manages'],
      'delete': ['set', 'costly', 'deletes {}'],
      'suspend': ['set', 'easy', 'stops the upkeep of {}'],
    },
  },
  'istioctl linkerd consul-k8s cilium': {
    deeds: {
      'uninstall --purge': ['environment', 'costly', 'removes the service mesh with all its settings from the cluster'],
      'uninstall': ['environment', 'costly', 'removes the service mesh from the cluster: what goes through it breaks'],
      'x|experimental uninstall': ['environment', 'costly', 'removes the service mesh from the cluster: what goes through it breaks'],
    },
  },
  'eksctl': {
    valued: '-r --region -p --profile -f --config-file -v',
    target: '--name -n --cluster',
    deeds: {
      'delete cluster': cluster,
      'delete nodegroup|ng|fargateprofile|addon|iamserviceaccount|iamidentitymapping|podidentityassociation': ['service', 'costly', 'deletes part of the cluster {}'],
      'drain nodegroup': ['service', 'costly', 'drives every pod off a node group of {}'],
    },
  },
  'kops': {
    valued: '--state --config',
    deeds: { 'delete cluster': cluster, 'delete -f': cluster, 'delete instancegroup|ig|instance|secret': ['service', 'costly', 'deletes {}'], 'rolling-update cluster --yes': ['service', 'easy', 'replaces the machines of the cluster {}'] },
  },
  'kubeadm': { valued: '--cri-socket --kubeconfig', deeds: { reset: ['environment', 'none', 'takes this machine out of its cluster; on a control plane the state of the cluster goes'] } },
  'k0s rke rke2 talosctl': {
    valued: '-n --nodes -e --endpoints --config',
    deeds: { 'reset|remove': ['environment', 'none', 'wipes the node and its part of the cluster'], 'cluster destroy': harmless, 'etcd remove-member|forfeit-leadership': ['service', 'costly', 'takes a member out of the store of the cluster'], 'shutdown|reboot': ['service', 'easy', 'stops the node'] },
  },
  'k3s-uninstall.sh k3s-agent-uninstall.sh rke2-uninstall.sh k3s-killall.sh': { deeds: { '': ['environment', 'none', 'removes the cluster from this machine with everything in it'] } },
  'clusterctl': { valued: '--kubeconfig -n --namespace', deeds: { 'delete --all|--include-crd|--include-namespace': ['environment', 'none', 'deletes the providers with every cluster object they own'], delete: ['environment', 'costly', 'deletes a provider of clusters'] } },
  'rancher rosa tkg tanzu': {
    valued: '--config -c --cluster --region',
    deeds: { 'clusters|cluster|namespaces|namespace|projects|project delete|rm': cluster, 'delete cluster': cluster, 'delete machinepool|idp|addon|admin|user': ['service', 'costly', 'deletes {}'], 'cluster|management-cluster delete': cluster },
  },
  'nomad': {
    valued: '-address -region -namespace -token',
    deeds: {
      'job stop -purge': ['service', 'costly', 'stops the job {} and forgets it'],
      'stop -purge': ['service', 'costly', 'stops the job {} and forgets it'],
      'job? stop': ['service', 'easy', 'stops the job {}'],
      'namespace|volume delete|deregister': ['service', 'none', 'deletes {} and what it holds'],
      'system gc': harmless,
      'node drain': ['service', 'costly', 'drives every job off the node {}'],
      'var purge': ['set', 'none', 'removes the variable {} for good'],
      'operator raft remove-peer': ['environment', 'costly', 'takes a server out of the cluster'],
    },
  },
  'consul': {
    valued: '-http-addr -token -datacenter -namespace',
    deeds: {
      'kv delete -recurse': ['collection', 'none', 'deletes every key below {}'],
      'snapshot restore': ['environment', 'none', 'overwrites the state of the whole data centre'],
      'operator raft remove-peer': ['environment', 'costly', 'takes a server out of the cluster'],
      'acl token|policy|role delete': ['set', 'costly', 'deletes {}, and locks out what relies on it'],
      'force-leave': ['service', 'costly', 'throws the node {} out of the cluster'],
      'partition|namespace delete': ['environment', 'none', 'deletes {} with everything in it'],
    },
  },
  'kn': { valued: '-n --namespace', deeds: { 'service|broker|trigger|channel delete': ['service', 'costly', 'deletes {}'] } },
  'crossplane up': { deeds: { 'uninstall|uxp uninstall': ['environment', 'costly', 'removes Crossplane from the cluster'], 'controlplane|ctp delete': cluster } },
  'longhornctl': { deeds: { 'delete|trim **': ['service', 'none', 'deletes a volume'] } },
  'rook-ceph ceph': {
    valued: '-c --conf -n --name -k --keyring --cluster',
    deeds: {
      'osd pool delete|rm': ['service', 'none', 'deletes the pool {} with every object in it'],
      'fs rm|volume': ['service', 'none', 'deletes the file system {}'],
      'osd purge|destroy|rm|out': ['service', 'costly', 'takes the disk {} out of the storage cluster'],
      'orch rm|host': ['service', 'costly', 'removes {} from the storage cluster'],
      'auth del|rm': ['set', 'costly', 'deletes the credentials of {}'],
    },
  },
  'rbd rados': {
    valued: '-p --pool -c --conf --id',
    deeds: {
      'snap purge': ['service', 'none', 'deletes every snapshot of {}'],
      'snap rm|remove': ['set', 'none', 'deletes the snapshot {}'],
      'rm|remove|trash': ['service', 'none', 'deletes the disk image {}'],
      'rmpool|purge': ['service', 'none', 'deletes the pool {} with every object in it'],
    },
  },
  'gluster': {
    deeds: {
      'volume delete|reset-brick|remove-brick': ['service', 'none', 'deletes {} or part of it'],
      'volume stop': ['service', 'easy', 'takes the volume {} off line'],
      'snapshot delete': ['service', 'none', 'deletes the snapshot {}'],
      'peer detach': ['service', 'costly', 'takes the server {} out of the storage cluster'],
    },
  },
  // Virtual machines.
  'virsh': {
    valued: '-c --connect --domain --pool',
    deeds: {
      'undefine --remove-all-storage|--storage|--wipe-storage': ['service', 'none', 'deletes the machine {} with its disks'],
      undefine: ['service', 'costly', 'deletes the definition of the machine {}'],
      'destroy|shutdown': ['service', 'easy', 'turns the machine {} off'],
      'vol-delete|vol-wipe|pool-delete': ['service', 'none', 'deletes {} and what it holds'],
      'snapshot-delete|checkpoint-delete': ['service', 'none', 'deletes a snapshot of the machine {}'],
      'snapshot-revert': ['service', 'none', 'takes the machine {} back to a snapshot, and loses what came since'],
      'net-destroy|net-undefine': ['set', 'costly', 'takes the network {} down'],
    },
  },
  'qm pct': {
    deeds: {
      'destroy': ['service', 'none', 'deletes the machine {} with its disks'],
      'stop|shutdown': ['service', 'easy', 'turns the machine {} off'],
      'delsnapshot': ['service', 'none', 'deletes a snapshot ({})'],
      'rollback': ['service', 'none', 'takes the machine back to a snapshot ({}), and loses what came since'],
    },
  },
  'lxc incus lxd': {
    deeds: {
      'delete|rm': ['service', 'none', 'deletes {} with its disk'],
      'storage volume? delete': ['service', 'none', 'deletes {} and what it holds'],
      'project delete': ['environment', 'none', 'deletes the project {}'],
      'image|profile|network|alias delete': ['set', 'costly', 'deletes {}'],
      'restore': ['service', 'none', 'takes the machine back to a snapshot ({})'],
    },
  },
  'VBoxManage vboxmanage prlctl': {
    deeds: {
      'unregistervm --delete|--delete-all': ['service', 'none', 'deletes the machine {} with its disks'],
      'closemedium --delete': ['service', 'none', 'deletes a disk'],
      'delete': ['service', 'none', 'deletes the machine {}'],
      'controlvm * poweroff': ['service', 'easy', 'turns the machine {} off'],
      'snapshot * delete|restore': ['service', 'none', 'deletes or restores a snapshot'],
    },
  },
  'multipass': { deeds: { 'delete --purge|-p': ['service', 'none', 'deletes the machine {} for good'], 'delete --all': ['collection', 'costly', 'deletes every machine'], delete: ['set', 'costly', 'deletes the machine {}'], purge: ['collection', 'none', 'removes every deleted machine for good'] } },
  'vagrant': { deeds: { destroy: ['set', 'none', 'deletes the machine {} with its disk'], 'box remove': harmless, 'snapshot delete|restore': ['set', 'none', 'deletes or restores a snapshot'] } },
  'govc': { valued: '-u -k -dc', deeds: { 'vm.destroy|datastore.rm|object.destroy|pool.destroy|cluster.rm|folder.destroy|snapshot.remove|volume.rm': ['service', 'none', 'deletes {}'], 'vm.power -off|-force': ['service', 'easy', 'turns the machine {} off'] } },
};
