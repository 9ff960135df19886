import type { Tools } from './tool.ts';

/** Tools that work on buckets and remote file stores. */
export const objectStores: Tools = {
  rclone: {
    valued: '--config --include --exclude --filter --min-age --max-age --transfers --log-file --filter-from --include-from --exclude-from',
    idle: '-n -i --interactive',
    deeds: {
      purge: ['collection', 'none', 'deletes {} with everything below it'],
      'delete --min-age': ['set', 'none', 'deletes the old files below {}'],
      delete: ['collection', 'none', 'deletes every file below {}'],
      'sync|bisync': ['set', 'none', 'makes the second of {} an exact copy: what the first does not have is deleted there'],
      cleanup: ['collection', 'none', 'deletes old versions and the trash of {}'],
    },
  },
  's3cmd': {
    valued: '-c --config --access_key --secret_key --region --host',
    idle: '-n',
    deeds: {
      'del|rm -r|--recursive': ['collection', 'none', 'deletes every object below {}'],
      'rb -r|--recursive|-f|--force': ['collection', 'none', 'deletes the bucket {} with every object in it'],
      rb: ['collection', 'easy', 'deletes the bucket {}, if it is empty'],
      'sync --delete-removed': ['set', 'none', 'deletes from {} what the source does not have'],
      'del|rm': ['object', 'none', 'deletes {}'],
      'expire|setlifecycle': ['collection', 'none', 'lets objects of {} expire'],
    },
  },
  's5cmd': {
    valued: '--profile --endpoint-url --exclude --include',
    deeds: {
      'rm|del --all-versions': ['collection', 'none', 'deletes every version of {}'],
      'rm|del': ['collection', 'none', 'deletes every object that {} fits'],
      'rb': ['collection', 'easy', 'deletes the bucket {}, if it is empty'],
      'sync --delete': ['set', 'none', 'deletes from {} what the source does not have'],
    },
  },
  'mc mcli': {
    valued: '--config-dir -C --older-than --newer-than --version-id',
    idle: '--fake',
    deeds: {
      'rm|undo -r|--recursive|--versions': ['collection', 'none', 'deletes every object below {}'],
      'rb --force': ['collection', 'none', 'deletes the bucket {} with every object in it'],
      'mirror --remove': ['set', 'none', 'deletes from {} what the source does not have'],
      'admin user|policy|group remove|rm': ['set', 'costly', 'removes {} from the object store'],
      'version suspend': ['collection', 'none', 'turns versioning off for {}'],
      'admin service stop': ['service', 'easy', 'stops the object store {}'],
    },
  },
  'b2': {
    deeds: {
      'rm -r|--recursive': ['collection', 'none', 'deletes every file below {}'],
      'bucket delete': ['collection', 'easy', 'deletes the bucket {}, if it is empty'],
      'delete-bucket': ['collection', 'easy', 'deletes the bucket {}, if it is empty'],
      'sync --delete': ['set', 'none', 'deletes from {} what the source does not have'],
    },
  },
  'swift': {
    valued: '-A -U -K --os-auth-url',
    deeds: { 'delete -a|--all': ['service', 'none', 'deletes every container of the account'], delete: ['collection', 'none', 'deletes {} with every object in it'] },
  },
  'hdfs hadoop': {
    deeds: {
      'dfs|fs -rm -r|-R -skipTrash': ['collection', 'none', 'deletes {} with everything below it, past the trash'],
      'dfs|fs -rm -r|-R|-rmr': ['collection', 'costly', 'deletes {} with everything below it'],
      'dfs|fs -rmr': ['collection', 'costly', 'deletes {} with everything below it'],
      'dfs|fs -expunge': ['collection', 'none', 'empties the trash'],
      'namenode -format': ['environment', 'none', 'formats the name node: every file of the cluster is lost'],
    },
  },
  'databricks': {
    valued: '-p --profile -t --target -o --output',
    deeds: {
      'fs rm -r|--recursive': ['collection', 'none', 'deletes {} with everything below it'],
      'workspace delete --recursive': ['collection', 'costly', 'deletes every notebook below {}'],
    },
  },
  'dbfs': { deeds: { 'rm -r|--recursive': ['collection', 'none', 'deletes {} with everything below it'] } },
};
