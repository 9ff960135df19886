import { type Deed, harmless, type Tools } from './tool.ts';

const reset: Deed = ['service', 'none', 'drops every table of the configured database and makes them anew'];
const undone: Deed = ['collection', 'none', 'takes migrations back, with the columns and tables they made'];
const dropped: Deed = ['service', 'none', 'drops the configured database'];
const emptied: Deed = ['service', 'none', 'deletes every row of every table'];

/** The rake tasks of Rails, which `rails` and `rake` both run. */
const rails: Tools[string] = {
  valued: '-f --rakefile -C --directory -I --libdir -E',
  deeds: {
    'db:drop|db:drop:all|db:drop:_unsafe|db:drop:primary': dropped,
    'db:reset|db:migrate:reset|db:schema:load|db:structure:load|db:setup|db:purge|db:purge:all|db:schema:load:all|db:test:purge:all': reset,
    'db:truncate_all|db:seed:replant': emptied,
    'db:rollback|db:migrate:down|db:migrate:redo': undone,
    'db:environment:set': ['service', 'easy', 'changes which environment the database counts as, which guards production'],
    'tmp:clear|assets:clobber|log:clear|assets:clean': harmless,
    'db:fixtures:load': ['service', 'none', 'replaces the rows of tables by test data'],
    'destroy|d': harmless,
    'searchkick:reindex:all|elasticsearch:import:all': harmless,
    'db:mongoid:drop|db:mongoid:purge|mongoid:drop': dropped,
  },
};

/** Migration tools, object-relational mappers and what else changes the schema of the configured database. */
export const migrations: Tools = {
  prisma: {
    valued: '--schema --config',
    deeds: {
      'migrate reset': reset,
      'db push --force-reset': reset,
      'db push --accept-data-loss': ['collection', 'none', 'changes the schema of the configured database and drops what does not fit'],
      'db push': ['collection', 'easy', 'changes the schema of the configured database without a migration'],
      'db execute': ['set', 'costly', 'runs an SQL script on the configured database'],
      'migrate resolve': ['set', 'costly', 'changes which migrations count as applied'],
    },
  },
  'drizzle-kit': {
    valued: '--config --dialect --url --schema',
    deeds: {
      'push --force': ['service', 'none', 'changes the schema of the configured database and drops what does not fit, without asking'],
      'push:pg|push:mysql|push:sqlite|push': ['collection', 'easy', 'changes the schema of the configured database without a migration'],
      'drop': ['set', 'costly', 'deletes a migration'],
    },
  },
  'typeorm typeorm-ts-node-commonjs typeorm-ts-node-esm': { valued: '-d --dataSource -c --connection', deeds: { 'schema:drop': reset, 'schema:sync': ['collection', 'none', 'changes the schema of the configured database and drops what no entity names'], 'migration:revert': undone, 'cache:clear': harmless } },
  'sequelize sequelize-cli': { valued: '--env --config --url --name', deeds: { 'db:drop': dropped, 'db:migrate:undo:all': reset, 'db:migrate:undo': undone, 'db:seed:undo|db:seed:undo:all': ['collection', 'none', 'deletes the rows that seeds made'] } },
  'mikro-orm': { deeds: { 'schema:drop|schema:fresh|migration:fresh|database:drop': reset, 'schema:update --run': ['collection', 'none', 'changes the schema of the configured database and drops what no entity names'], 'migration:down': undone } },
  'knex objection': { valued: '--knexfile --env --client --connection', deeds: { 'migrate:rollback --all': reset, 'migrate:rollback|migrate:down': undone, 'migrate:unlock|migrate:forcefreemigrationslock': ['set', 'costly', 'takes the lock off the migrations'] } },
  'node-pg-migrate db-migrate migrate-mongo': { valued: '--config -e --env -d', deeds: { 'down|redo|reset': undone, 'db:drop': dropped } },
  'kysely umzug': { deeds: { 'migrate:rollback|migrate:down|down': undone } },
  'ace adonis': { deeds: { 'migration:fresh|migration:refresh|migration:reset|db:wipe': reset, 'migration:rollback': undone, 'db:truncate': emptied } },
  'strapi directus payload medusa': { deeds: { 'transfer|import|database:rollback': ['service', 'none', 'overwrites the contents of the configured database'], 'migrate:fresh|migrate:reset|migrate:refresh': reset, 'migrate:down': undone } },
  'wp': {
    valued: '--path --url --user --ssh --http',
    deeds: {
      'db reset|clean': reset, 'db drop': dropped, 'db import': ['service', 'none', 'overwrites tables of the site by {}'],
      'site empty': ['service', 'none', 'deletes every post, comment and link of the site'],
      'site delete': ['service', 'none', 'deletes a site of the network with its tables'],
      'search-replace': ['collection', 'costly', 'changes a text in every table of the site'],
      'post|user|comment|term delete --all|--force <listed>': ['collection', 'none', 'deletes {}'],
      'post|comment|term delete <listed>': ['collection', 'costly', 'deletes {}'],
      'plugin|theme|language delete|uninstall --all': ['service', 'costly', 'deletes every plugin or theme with its settings'],
    },
  },
  'drush': { deeds: { 'sql:drop|sql-drop': reset, 'sql:sync|sql-sync|rsync': ['service', 'none', 'overwrites a database or files of another site'], 'site:install|site-install|si': reset, 'entity:delete': ['collection', 'none', 'deletes every entity of {}'] } },
  rails,
  rake: rails,
  'manage.py': {
    valued: '--settings --database --pythonpath',
    deeds: {
      flush: emptied, reset_db: dropped, sqlflush: harmless, 'migrate * zero': ['collection', 'none', 'takes every migration of the app {} back, with its tables'],
      'delete_all|truncate|clear_data|wipe': emptied, 'remove_stale_contenttypes': ['collection', 'none', 'deletes what belongs to models that are gone'],
      'clear_index|rebuild_index|search_index': ['collection', 'costly', 'deletes the search index'],
    },
  },
  'django-admin': { valued: '--settings --database --pythonpath', deeds: { flush: emptied, 'migrate * zero': ['collection', 'none', 'takes every migration of the app {} back, with its tables'] } },
  'alembic': { valued: '-c --config -n --name -x', deeds: { 'downgrade --sql': harmless, 'downgrade base': reset, downgrade: ['collection', 'none', 'takes migrations back to {}, with the columns and tables they made'], stamp: ['set', 'costly', 'changes which migrations count as applied'] } },
  'flask': { valued: '--app -A', deeds: { 'db downgrade': undone, 'db stamp': ['set', 'costly', 'changes which migrations count as applied'], 'drop-db|drop_db|init-db|reset-db|dropdb': reset } },
  'aerich': { deeds: { downgrade: undone } },
  'artisan': {
    valued: '--database --path --seeder --queue --connection',
    idle: '--pretend',
    deeds: {
      'migrate:fresh|migrate:refresh|migrate:reset|db:wipe': reset, 'migrate:rollback': undone, 'queue:flush|queue:clear|horizon:clear': ['collection', 'none', 'removes the waiting or failed jobs of the queue'],
      'telescope:clear|telescope:prune|cache:clear|config:clear|route:clear|view:clear|optimize:clear': harmless, 'scout:flush|scout:delete-index|scout:delete-all-indexes': ['collection', 'costly', 'deletes the search index of {}'],
      'model:prune': ['set', 'none', 'deletes old rows'], 'down': ['service', 'easy', 'takes the site off line'], 'tenants:migrate-fresh': reset, 'backup:clean': ['service', 'costly', 'deletes old backups'], 'key:generate --force': ['service', 'none', 'replaces the key of the app, and with it everything it encrypted'],
    },
  },
  'console doctrine': {
    valued: '-e --env --em --connection',
    deeds: {
      'doctrine:database:drop|d:d:d': dropped, 'doctrine:schema:drop --force': reset, 'doctrine:schema:drop --full-database': reset, 'doctrine:schema:update --force': ['collection', 'none', 'changes the schema of the configured database, and drops what no entity names'],
      'doctrine:fixtures:load --append': harmless, 'doctrine:fixtures:load': emptied, 'doctrine:migrations:migrate first|prev': undone, 'doctrine:mongodb:schema:drop': reset, 'orm:schema-tool:drop': reset,
    },
  },
  'phinx': { valued: '-e --environment -c --configuration', deeds: { 'rollback': undone } },
  'cake': { deeds: { 'migrations rollback': undone, 'schema_cache clear': harmless } },
  'spark': { deeds: { 'migrate:rollback|migrate:refresh': undone } },
  'mix': { deeds: { 'do ** ecto.drop|ecto.drop,': dropped, 'do ** ecto.reset|ecto.reset,': reset, 'ecto.drop': dropped, 'ecto.reset': reset, 'ecto.rollback': undone, 'ecto.load --force': reset } },
  'diesel': { valued: '--database-url --config-file --migration-dir', deeds: { 'database reset|drop': reset, 'migration revert|redo': undone } },
  'sqlx': { valued: '-D --database-url --source', deeds: { 'database|db drop|reset': reset, 'migrate revert': undone } },
  'sea-orm-cli': { valued: '-u --database-url -d', deeds: { 'migrate fresh|refresh|reset': reset, 'migrate down': undone } },
  'goose': { valued: '-dir -table', deeds: { '* * reset|down-to': reset, '* * down|redo': undone, 'reset|down-to': reset, 'down|redo': undone } },
  'migrate': { valued: '-path -source -database -lock-timeout -prefetch', deeds: { drop: dropped, down: undone, force: ['set', 'costly', 'changes which migrations count as applied'] } },
  'dbmate': { valued: '-u --url -e --env -d --migrations-dir -s', deeds: { drop: dropped, 'rollback|down': undone } },
  'tern soda buffalo sql-migrate bun-migrate': { deeds: { 'reset': reset, 'drop': dropped, 'down|pop': undone } },
  'hasura': { valued: '--endpoint --admin-secret --project --database-name', deeds: { 'metadata clear': ['service', 'costly', 'removes the configuration of the API'], 'migrate delete --all': ['collection', 'costly', 'forgets every migration'], 'migrate apply --down': undone, 'seed apply': harmless } },
  'flyway': { valued: '-configFiles', deeds: { 'clean': reset, '** clean': reset, undo: undone, 'baseline|repair': ['set', 'easy', 'changes which migrations count as applied'] } },
  'liquibase': { valued: '--url --username --password --changelog-file --defaults-file', deeds: { '** drop-all|dropall': reset, 'drop-all|dropall': reset, 'rollback-sql|rollbacksql|future-rollback-sql': harmless, 'rollback|rollback-count|rollbackcount|rollback-to-date|rollback-one-changeset': undone, 'changelog-sync|clear-checksums': ['set', 'easy', 'changes which migrations count as applied'] } },
  'dotnet-ef': { valued: '-p --project -s --startup-project -c --context', deeds: { 'database drop': dropped, 'database update 0': reset } },
  'dotnet': { valued: '-p --project -s --startup-project -c --context', deeds: { 'ef database drop': dropped, 'ef database update 0': reset } },
  atlas: { valued: '-u --url --env --to --dev-url -c --config --dir', deeds: { 'schema clean': reset, 'schema apply --auto-approve': ['collection', 'none', 'changes the schema of the configured database and drops what the files do not name, without asking'], 'migrate down': undone } },
  'mvn mvnw': { valued: '-P -f -pl -s', deeds: { '** flyway:clean|liquibase:dropall': reset, 'flyway:clean|liquibase:dropall': reset, 'liquibase:rollback|flyway:undo': undone } },
  'gradle gradlew': { valued: '-p -b -c', deeds: { '** flywayclean|dropall': reset, 'flywayclean|dropall': reset, 'flywayundo|rollback|rollbackcount': undone } },
  'sqitch': { valued: '-t --target -C', deeds: { revert: undone, rebase: undone } },
  'skeema': { deeds: { 'push --allow-unsafe': ['collection', 'none', 'drops tables and columns that the files do not name'] } },
  'yoyo': { deeds: { 'rollback|reapply': undone } },
  'bench': { valued: '--site', deeds: { 'drop-site': dropped, 'reinstall': reset, 'restore': ['service', 'none', 'overwrites the database of the site'] } },
  'odoo-bin click-odoo-dropdb': { deeds: { 'db drop': dropped } },
  magento: { deeds: { 'setup:uninstall': reset, 'setup:rollback': ['service', 'none', 'overwrites the site by a backup'], 'maintenance:enable': ['service', 'easy', 'takes the site off line'] } },
  'occ': { deeds: { 'user:delete': ['set', 'none', 'deletes the account {} with its files'], 'trashbin:cleanup|versions:cleanup --all-users|trashbin:cleanup': ['collection', 'none', 'empties the trash'], 'maintenance:mode --on': ['service', 'easy', 'takes the site off line'] } },
};

/** Clients and servers' own tools of databases. SQL given to them is read as SQL. */
export const databases: Tools = {
  dropdb: { valued: '-h --host -p --port -U --username --maintenance-db', hasScratch: true, deeds: { '-i|--interactive': ['service', 'costly', 'drops the database {}, after it asked'], '': ['service', 'none', 'drops the database {} and everything in it'] } },
  dropuser: { valued: '-h --host -p --port -U --username', deeds: { '': ['set', 'costly', 'drops the user {}, and locks out what signs in with it'] } },
  'pg_restore': { valued: '-h --host -p --port -U --username -d --dbname -j --jobs -t --table -n --schema', idle: '-l --list', deeds: { '-c|--clean': ['service', 'none', 'drops what the database holds before it restores {}'] } },
  'pg_resetwal pg_resetxlog': { idle: '-n', deeds: { '': ['service', 'none', 'throws away the transaction log of the database server, with what was not yet written'] } },
  'pg_dropcluster': { deeds: { '': ['service', 'none', 'deletes the database server {} with all its databases'] } },
  'pg_ctl pg_ctlcluster': { valued: '-D -m -l -o -w', deeds: { 'stop': ['service', 'easy', 'stops the database server'], '* * stop': ['service', 'easy', 'stops the database server'] } },
  'mysqladmin mariadb-admin': { valued: '-h --host -P --port -u --user -S', deeds: { '** drop': ['service', 'none', 'drops the database {} and everything in it'], drop: ['service', 'none', 'drops the database {} and everything in it'], shutdown: ['service', 'easy', 'stops the database server'], 'flush-hosts|flush-logs': harmless } },
  'redis-cli valkey-cli keydb-cli': {
    valued: '-h -p -s -a -u -n -r -i --user --pass --cacert --cert --key -x --sni',
    deeds: {
      'flushall': ['service', 'none', 'deletes every key of every database of the server'],
      'flushdb': ['service', 'none', 'deletes every key of the database'],
      'shutdown': ['service', 'easy', 'stops the server'],
      'debug segfault|reload|panic': ['service', 'easy', 'crashes the server'],
      'config set appendonly no': ['service', 'costly', 'stops writing the data to disk'], 'config set save *': ([points]) => (points === '' ? ['service', 'costly', 'stops writing the data to disk'] : undefined),
      'config resetstat|rewrite': harmless,
      'cluster reset': ['service', 'none', 'takes the node out of the cluster with its keys'],
      'replicaof|slaveof': ['service', 'none', 'replaces everything that the server holds by what {} has'],
      'del|unlink <listed>': ['collection', 'none', 'deletes the keys {}'],
      'xtrim|ltrim': ['collection', 'none', 'cuts {} off'],
      'function flush': ['set', 'costly', 'deletes every function of the server'],
      'script flush': harmless,
      'acl deluser': ['set', 'costly', 'deletes the user {}'],
      '--cluster fix|del-node|reset': ['service', 'costly', 'changes which nodes hold the keys'],
    },
  },
  'etcdctl etcdutl': {
    valued: '--endpoints --cacert --cert --key --user --password --dial-timeout',
    deeds: {
      'del --prefix|--from-key': ['service', 'none', 'deletes every key below {}'],
      'del|rm -r|--recursive': ['service', 'none', 'deletes every key below {}'],
      'member remove': ['environment', 'costly', 'takes the member {} out of the cluster'],
      'snapshot restore': ['environment', 'none', 'overwrites the state of the cluster'],
      'user|role delete': ['set', 'costly', 'deletes {}'],
      'rmdir': ['collection', 'none', 'deletes {}'],
    },
  },
  'influx': {
    valued: '-t --token -o --org --host -c --active-config --org-id',
    target: '-b --bucket -n --name',
    deeds: { 'bucket delete': ['collection', 'none', 'deletes the bucket {} with its measurements'], 'delete': ['collection', 'none', 'deletes the points of a span of time from {}'], 'org delete': ['account', 'none', 'deletes the organisation {}'], 'restore --full': ['service', 'none', 'overwrites everything that the server holds'], 'user|auth|task|dashboards delete': ['set', 'costly', 'deletes {}'] },
  },
  influxd: { valued: '-db -newdb -shard -rp -newrp -host --bolt-path', deeds: { restore: ['service', 'none', 'overwrites what the server holds by a backup'], 'inspect delete-tsm': ['collection', 'none', 'deletes measurements from the files of the server'], 'recovery user|auth **': harmless } },
  'cockroach': { valued: '--host --url --certs-dir', deeds: { 'node decommission|drain': ['service', 'costly', 'takes a node out of the cluster'], 'quit': ['service', 'easy', 'stops the server'] } },
  'nodetool': { valued: '-h --host -p --port -u -pw', deeds: { 'clearsnapshot --all': ['service', 'none', 'deletes every snapshot'], 'clearsnapshot': ['service', 'none', 'deletes snapshots'], 'decommission|removenode|assassinate': ['service', 'costly', 'takes a node out of the cluster'], 'drain|stopdaemon|disablegossip': ['service', 'easy', 'stops the node'], 'cleanup': harmless, 'truncatehints': ['set', 'costly', 'throws away writes that other nodes still miss'] } },
  'mongorestore': { valued: '-h --host --port -u -p -d --db -c --collection --uri --archive --nsInclude --nsExclude', deeds: { '--drop': ['service', 'none', 'drops each collection before it restores it'] } },
  'mongoimport': { valued: '-h --host --port -u -p -d --db -c --collection --uri --file --type', target: '-c --collection', deeds: { '--drop': ['collection', 'none', 'drops the collection {} before it imports'] } },
  'couchdb fauna neo4j-admin cypher-shell': { valued: '-u -p -a -d --database --from-path', deeds: { 'database load --overwrite-destination': ['service', 'none', 'overwrites the database {}'], 'load --force': ['service', 'none', 'overwrites a database'], 'delete-database': dropped } },
  'elasticdump': { deeds: { '--deleteAll --output': ['collection', 'none', 'empties the index before it writes'] } },
  'curator_cli': { deeds: { 'delete_indices|delete-indices|delete_snapshots|delete-snapshots': ['collection', 'none', 'deletes every index or snapshot that the filter fits'] } },
  'elasticsearch-node elasticsearch-shard': { deeds: { 'unsafe-bootstrap|detach-cluster|remove-corrupted-data|repurpose': ['environment', 'none', 'throws away part of the state of the cluster'] } },
  'pt-archiver': { deeds: { '--purge': ['collection', 'none', 'deletes the rows that it selects'] } },
  'zkCli.sh zkcli zkCli zookeeper-shell zookeeper-shell.sh': { valued: '-server -timeout', deeds: { '** deleteall|rmr': ['collection', 'none', 'deletes {} with every node below it'] } },
  'hbase': { deeds: { 'org.apache.hadoop.hbase.mapreduce.deletetable|clean': ['service', 'none', 'deletes what HBase stores'] } },
};
