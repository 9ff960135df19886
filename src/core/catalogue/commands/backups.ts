import { harmless, type Tools } from './tool.ts';

/** Tools that make backups and throw them away. */
export const backups: Tools = {
  restic: {
    valued: '-r --repo --repository-file -p --password-file --password-command --host --tag --path --keep-last -l --keep-hourly -H --keep-daily -d --keep-weekly -w --keep-monthly -m --keep-yearly -y --keep-within --keep-tag -o --option',
    idle: '-n',
    deeds: {
      'forget --prune|--unsafe-allow-remove-all': ['collection', 'none', 'deletes the backups that the options do not keep, and their data'], forget: ['set', 'none', 'forgets the backups {} that the options do not keep'],
      prune: ['set', 'none', 'deletes the data that no backup refers to'], 'key remove': ['set', 'costly', 'removes a key of the backups'], unlock: harmless, 'rewrite --forget': ['collection', 'none', 'replaces backups by others with less in them'], 'repair snapshots --forget': ['collection', 'none', 'replaces backups by what can be read of them'],
    },
  },
  borg: {
    valued: '-a --glob-archives -P --prefix --keep-last --keep-hourly --keep-daily --keep-weekly --keep-monthly --keep-yearly --keep-within -r --repo --rsh',
    idle: '-n',
    deeds: { 'delete|rdelete|repo-delete': ['service', 'none', 'deletes the backups {}'], prune: ['collection', 'none', 'deletes the backups that the options do not keep'], compact: ['set', 'none', 'frees what deleted backups left'], 'recreate': ['collection', 'none', 'writes backups anew with less in them'], 'check --repair': ['collection', 'costly', 'repairs the backups, and drops what it cannot read'] },
  },
  borgmatic: { deeds: { 'prune|delete|repo-delete|rdelete': ['collection', 'none', 'deletes backups that the configuration does not keep'] } },
  velero: {
    valued: '-n --namespace --kubeconfig --kubecontext -l --selector',
    deeds: { 'backup|backups delete': ['service', 'none', 'deletes the backups {} with the snapshots of their volumes'], 'delete backup|backups': ['service', 'none', 'deletes the backups {} with the snapshots of their volumes'], 'schedule|schedules delete|pause': ['service', 'costly', 'stops the regular backups {}'], 'delete schedule|schedules': ['service', 'costly', 'stops the regular backups {}'], 'backup-location|snapshot-location delete': ['service', 'costly', 'makes Velero forget where the backups {} lie'], 'restore|delete **': harmless, 'uninstall': ['environment', 'costly', 'removes Velero from the cluster, and with it the backups it makes'] },
  },
  'duplicity duply': { valued: '--archive-dir --name --encrypt-key', deeds: { 'remove-older-than|remove-all-but-n-full|remove-all-inc-of-but-n-full --force': ['collection', 'none', 'deletes old backups'], 'cleanup --force': ['set', 'none', 'deletes files that no backup needs'], '* purge|purgefull|purgeincr --force': ['collection', 'none', 'deletes old backups'] } },
  duplicati: { deeds: { 'delete|purge|purge-broken-files': ['collection', 'none', 'deletes backups, or files in them'] } },
  kopia: { deeds: { 'snapshot|snap delete --delete': ['set', 'none', 'deletes the backups {}'], 'snapshot expire --delete': ['collection', 'none', 'deletes the backups that the policy does not keep'], 'policy delete|remove': ['set', 'costly', 'removes how long the backups of {} are kept'], 'blob|content delete|rm': ['collection', 'none', 'deletes parts of backups'], 'maintenance run': harmless } },
  pgbackrest: { valued: '--stanza --set --repo --type', deeds: { 'stanza-delete': ['service', 'none', 'deletes every backup of the database'], expire: ['collection', 'none', 'deletes the backups that are not kept'], 'restore --delta|--force': ['service', 'none', 'overwrites the database by a backup'], stop: ['service', 'easy', 'stops backups'] } },
  barman: { deeds: { delete: ['service', 'none', 'deletes the backup {}'], 'cron|check|list-backup': harmless } },
  'wal-g wal-e': { valued: '--config', deeds: { 'delete --confirm': ['collection', 'none', 'deletes backups of the database ({})'], 'delete everything': ['collection', 'easy', 'lists every backup, which `--confirm` deletes'], 'delete': harmless, 'st|storage rm|delete': ['collection', 'none', 'deletes {} from the store of the backups'] } },
  'rdiff-backup': { deeds: { '--remove-older-than|--force': ['collection', 'none', 'deletes old backups'], 'remove|regress': ['collection', 'none', 'deletes backups'] } },
  tarsnap: { valued: '-f --keyfile --cachedir', target: '-f', deeds: { '-d|--nuke': ['collection', 'none', 'deletes the backups {}'], '--nuke': ['service', 'none', 'deletes every backup'] } },
  'timeshift': { deeds: { '--delete-all': ['service', 'none', 'deletes every snapshot of the system'], '--delete': ['set', 'none', 'deletes a snapshot of the system'], '--restore': ['service', 'costly', 'takes the system back to a snapshot'] } },
  'proxmox-backup-client proxmox-backup-manager pvesm': { deeds: { 'snapshot|group|backup forget|remove': ['set', 'none', 'deletes the backup {}'], forget: ['set', 'none', 'deletes the backup {}'], 'prune|prune-backups': ['collection', 'none', 'deletes the backups that are not kept'], 'datastore|remove|free remove?': ['service', 'none', 'deletes {} of the store'] } },
  'xtrabackup mariabackup': { deeds: { '--move-back|--copy-back --force-non-empty-directories': ['service', 'none', 'overwrites the database by a backup'] } },
  duplicacy: { valued: '-id -r -t -keep -storage', idle: '-dry-run -d', deeds: { prune: ['collection', 'none', 'deletes the backups that the options do not keep'] } },
  bup: { deeds: { 'rm|gc|prune-older --unsafe': ['collection', 'none', 'deletes backups, and what no other backup needs'] } },
  'bconsole': { deeds: { 'delete|purge|prune': ['collection', 'none', 'deletes backups'] } },
  'longhorn k10tools': { deeds: { '** delete|prune': ['service', 'none', 'deletes backups'] } },
};
