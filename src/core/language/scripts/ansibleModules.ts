/** A module of Ansible, as the command that does what it does when it takes something away: `{name}` is a parameter, `{a|b}` the first that is given. */
export interface Module {
  readonly command: readonly string[];
  /** Values of parameters with which it does so; `state: absent` when left out. */
  readonly when?: Readonly<Record<string, string>>;
}

function module(command: string, when?: Module['when']): Module {
  return { command: command.split(' '), ...(when !== undefined && { when }) };
}

function sql(statement: string): Module {
  return { command: ['psql', '-c', statement] };
}

const yes = 'true|yes|1|on';

/** By their last names, after the documentation of their collections. */
export const ansibleModules: Readonly<Record<string, Module>> = {
  // Files, accounts and disks.
  file: module('rm -rf {path|dest|name}'),
  win_file: module('rm -rf {path}'),
  user: module('userdel -r {name}', { state: 'absent', remove: yes }),
  filesystem: module('mkfs.{fstype|type} {dev|device}', { force: yes }),
  lvol: module('lvremove {vg}/{lv|thinpool}'),
  lvg: module('vgremove {vg}'),
  parted: module('parted {device} rm {number}'),
  zfs: module('zfs destroy {name}'),
  zpool: module('zpool destroy {name}'),
  win_partition: module('parted {disk_number} rm {partition_number}'),
  // Databases and queues.
  postgresql_db: module('dropdb {name|db}'),
  postgresql_schema: sql('DROP SCHEMA {name|schema}'),
  postgresql_table: sql('DROP TABLE {name|table}'),
  postgresql_tablespace: sql('DROP TABLESPACE {name|tablespace}'),
  mysql_db: module('mysqladmin drop {name|db}'),
  mssql_db: { command: ['sqlcmd', '-Q', 'DROP DATABASE {name|db}'] },
  influxdb_database: { command: ['influx', '-execute', 'DROP DATABASE {database_name}'] },
  cassandra_keyspace: { command: ['cqlsh', '-e', 'DROP KEYSPACE {name|keyspace}'] },
  clickhouse_db: { command: ['clickhouse-client', '-q', 'DROP DATABASE {name}'] },
  mongodb_shell: { command: ['mongosh', '--eval', '{eval}'], when: {} },
  elasticsearch_index: module('curl -X DELETE localhost:9200/{name}'),
  rabbitmq_vhost: module('rabbitmqctl delete_vhost {name|vhost}'),
  rabbitmq_queue: module('rabbitmqctl delete_queue {name}'),
  // Containers and clusters.
  docker_volume: module('docker volume rm {volume_name|name}'),
  podman_volume: module('podman volume rm {name}'),
  docker_stack: module('docker stack rm {name}'),
  docker_swarm: module('docker swarm leave --force'),
  docker_compose: module('docker-compose down -v', { state: 'absent', remove_volumes: yes }),
  docker_compose_v2: module('docker-compose down -v', { state: 'absent', remove_volumes: yes }),
  k8s: module('kubectl delete {kind} {name}'),
  helm: module('helm uninstall {name|release_name}'),
  // Clouds.
  s3_bucket: module('aws s3 rb s3://{name} --force'),
  rds_instance: module('aws rds delete-db-instance --db-instance-identifier {db_instance_identifier|instance_id|id}'),
  rds_cluster: module('aws rds delete-db-cluster --db-cluster-identifier {db_cluster_identifier|cluster_id|id}'),
  ec2_instance: module('aws ec2 terminate-instances --instance-ids {instance_ids|name|filters}', { state: 'absent|terminated' }),
  ec2_vol: module('aws ec2 delete-volume --volume-id {id|name|instance}'),
  ec2_snapshot: module('aws ec2 delete-snapshot --snapshot-id {snapshot_id}'),
  ec2_vpc_net: module('aws ec2 delete-vpc --vpc-id {vpc_id|name}'),
  dynamodb_table: module('aws dynamodb delete-table --table-name {name}'),
  cloudformation: module('aws cloudformation delete-stack --stack-name {stack_name}'),
  eks_cluster: module('aws eks delete-cluster --name {name}'),
  ecs_cluster: module('aws ecs delete-cluster --cluster {name}'),
  ecs_ecr: module('aws ecr delete-repository --repository-name {name} --force'),
  efs: module('aws efs delete-file-system --file-system-id {id|name}'),
  redshift: module('aws redshift delete-cluster --cluster-identifier {identifier}'),
  elasticache: module('aws elasticache delete-cache-cluster --cache-cluster-id {name}'),
  sqs_queue: module('aws sqs delete-queue --queue-url {name}'),
  secretsmanager_secret: module('aws secretsmanager delete-secret --secret-id {name}'),
  kms_key: module('aws kms schedule-key-deletion --key-id {alias|key_id}'),
  route53: module('cli53 rrdelete {zone} {record}'),
  route53_zone: module('cli53 delete --purge {zone}'),
  azure_rm_resourcegroup: module('az group delete -n {name}'),
  azure_rm_virtualmachine: module('az vm delete -n {name}'),
  azure_rm_storageaccount: module('az storage account delete -n {name}'),
  azure_rm_sqldatabase: module('az sql db delete -n {name}'),
  azure_rm_sqlserver: module('az sql server delete -n {name}'),
  azure_rm_keyvault: module('az keyvault delete -n {vault_name|name}'),
  azure_rm_aks: module('az aks delete -n {name}'),
  azure_rm_cosmosdbaccount: module('az cosmosdb delete -n {name}'),
  azure_rm_manageddisk: module('az disk delete -n {name}'),
  azure_rm_dnszone: module('az network dns zone delete -n {name}'),
  gcp_sql_instance: module('gcloud sql instances delete {name}'),
  gcp_sql_database: module('gcloud sql databases delete {name}'),
  gcp_compute_instance: module('gcloud compute instances delete {name}'),
  gcp_compute_disk: module('gcloud compute disks delete {name}'),
  gcp_container_cluster: module('gcloud container clusters delete {name}'),
  gcp_storage_bucket: module('gcloud storage buckets delete {name}'),
  digital_ocean_droplet: module('doctl compute droplet delete {id|name}'),
  digital_ocean_database: module('doctl databases delete {id|name}'),
  hcloud_server: module('hcloud server delete {name|id}'),
  hcloud_volume: module('hcloud volume delete {name|id}'),
  proxmox: module('pct destroy {vmid|hostname}'),
  proxmox_kvm: module('qm destroy {vmid|name}'),
  github_repo: module('gh repo delete {name}'),
  gitlab_project: module('glab repo delete {name}'),
};
