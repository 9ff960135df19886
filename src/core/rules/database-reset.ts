import { databases, migrations } from '../catalogue/commands/databases.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { loopFactors, productionFactors } from '../check/factors.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import type { ShellCommand } from '../language/operation.ts';
import { optionValue } from '../language/shell/options.ts';

const tools = { ...migrations, ...databases };
const judgeTool = judgeByTable(tools);

/** Frameworks keep a database of their own for tests, which these choose. Laravel is none of them: without a file of settings for tests it takes those of production. */
const testEnvironment = /^(?:--?e(?:nv(?:ironment)?)?=|(?:\w+_)?ENV(?:IRONMENT)?=)(?:test|testing)$/i;

function isForTests({ name, words, settings = [] }: ShellCommand): boolean {
  if (name === 'artisan') return false;
  const named = optionValue(words, '--env', '--environment', '-e');
  return [...settings, ...words.map(({ text }) => text)].some((text) => testEnvironment.test(text)) || /^(?:test|testing)$/i.test(named ?? '');
}

const mongoShells = ['mongosh', 'mongo'];

/** What the shells of MongoDB are told to do, most first. */
const mongoDeeds: readonly (readonly [RegExp, Judgement])[] = [
  [/\.dropDatabase\s*\(/, { scope: 'service', effect: 'drops the database and everything in it' }],
  [/\.drop\s*\(\s*\)/, { scope: 'collection', effect: 'drops a collection with all its documents' }],
  [/\.(?:deleteMany|remove)\s*\(\s*(?:\{\s*\}\s*)?\)/, { scope: 'collection', effect: 'deletes every document of a collection' }],
  [/\.deleteMany\s*\(/, { scope: 'set', effect: 'deletes every document that a filter fits' }],
  [/\.(?:shutdownServer|replSetReconfig)\s*\(|rs\.(?:remove|reconfig)\s*\(/, { scope: 'service', undo: 'easy', effect: 'stops the server or changes who holds its data' }],
];

function judgeMongo(operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  const script = optionValue(words, '--eval', '-e');
  const found = script === undefined ? undefined : mongoDeeds.find(([pattern]) => pattern.test(script));
  return found === undefined ? undefined : { ...found[1], factors: [...productionFactors(words.map((word) => word.source)), ...loopFactors(operation)] };
}

/** Nodes that no label, property or WHERE chooses. */
const everyNode = /\bMATCH\s*\(\s*\w*\s*\)(?!\s*-|\s*<-)(?:(?!\bWHERE\b)[\s\S])*\bDELETE\b/i;

function judgeCypher({ words, input = '' }: ShellCommand): Judgement | undefined {
  return [...words.map(({ text }) => text), input].some((text) => everyNode.test(text)) ? { effect: 'deletes every node of the graph, with its relations' } : undefined;
}

function judge(operation: ShellCommand): Judgement | undefined {
  if (mongoShells.includes(operation.name)) return judgeMongo(operation);
  if (operation.name === 'cypher-shell') return judgeCypher(operation);
  return isForTests(operation) ? undefined : judgeTool(operation);
}

export default defineRule({
  id: 'database-reset',
  title: 'Database reset by its tools',
  why: 'Migration tools and clients drop or empty the database that the configuration points to; a wrong environment variable makes that the one in production.',
  instead: 'Write a forward migration; keep `reset`, `fresh` and `drop` for a database whose address is spelled out in the same line; take a dump first.',
  blindTo: 'Which database the configuration points to, what a migration does when it is taken back, and tasks of your own that call these tools.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: [...toolMatchers(tools), ...mongoShells.map((name) => command(name))],
  judge: { command: judge },
  examples: {
    bad: [
      shell`echo "list; ⟦drop 'orders'⟧" | hbase shell -n`,
      shell`hbase shell <<'EOF'
⟦truncate 'orders'⟧
EOF`,
      shell`⟦cypher-shell "MATCH (n) DETACH DELETE n"⟧`,
      shell`⟦db.orders.drop()⟧`,
      shell`⟦FLUSHALL⟧`,
      shell`RAILS_ENV=production ⟦rails db:drop⟧`,
      shell`php ⟦artisan migrate:fresh --env=testing⟧`,
      shell`npx ⟦prisma migrate reset --force⟧`,
      shell`⟦prisma db push --accept-data-loss⟧`,
      shell`bundle exec ⟦rails db:drop db:create⟧`,
      shell`php ⟦artisan migrate:fresh --seed⟧`,
      shell`python ⟦manage.py flush --no-input⟧`,
      shell`⟦redis-cli -h cache FLUSHALL⟧`,
      shell`⟦redis-cli CONFIG SET save ""⟧`,
      shell`⟦dropdb shop⟧`,
      shell`createdb "$DB" || true
⟦dropdb "$DB"⟧`,
      shell`if [ "$1" = up ]; then createdb shop; else ⟦dropdb shop⟧; fi`,
      shell`⟦pg_restore --clean -d shop shop.dump⟧`,
      shell`⟦mongosh "$URL" --eval 'db.dropDatabase()'⟧`,
      shell`⟦etcdctl del --prefix /shop⟧`,
      shell`⟦alembic downgrade base⟧`,
      shell`⟦mvn -P prod flyway:clean⟧`,
    ],
    good: [
      shell`echo "scan 'drop', {LIMIT => 1}" | hbase shell -n`,
      shell`hbase shell <<'EOF'
alter 'orders', {NAME => 'cf', VERSIONS => 5}
EOF`,
      shell`cypher-shell "MATCH (n:Order {id: 1}) DETACH DELETE n"`,
      shell`RAILS_ENV=test rails db:drop db:create`,
      shell`NODE_ENV=test npx sequelize db:drop`,
      shell`db.orders.find()`,
      shell`npx prisma migrate deploy`,
      shell`prisma generate && prisma migrate status`,
      shell`bundle exec rails db:migrate`,
      shell`php artisan migrate --pretend`,
      shell`python manage.py migrate`,
      shell`redis-cli GET flushall`,
      shell`redis-cli CONFIG SET save "900 1"`,
      shell`dropdb --if-exists shop_test`,
      shell`DB=smoke_$$
createdb "$DB"
trap 'dropdb "$DB"' EXIT`,
      shell`mongosh --eval 'db.orders.find().count()'`,
      shell`alembic upgrade head`,
      shell`echo "prisma migrate reset"`,
    ],
  },
});
