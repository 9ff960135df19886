import type { Scope, Undo } from '../check/blastRadius.ts';
import type { Clue } from '../check/clues.ts';
import { csharp, java, javascript, lines, php, python, tag, typescript } from '../check/example.ts';
import { productionFactors, quoted } from '../check/factors.ts';
import { brings, isThrowaway, lastName, optionsOf, property } from '../check/filters.ts';
import { environmentFactors, isWayBack } from '../check/places.ts';
import { call, defineRule, type Place } from '../check/rule.ts';
import type { Call, Value } from '../language/operation.ts';

type Loss = readonly [scope: Scope, undo: Undo, effect: string];
type Read = (call: Call) => Loss | undefined;

const everyTable: Loss = ['service', 'none', 'drops every table of the database with its rows'];
const isTrue = (value: Value | undefined) => value?.constant === true;

const hasNoArguments = ({ args }: Call) => args.length === 0;

/** Of a database or a connection to one, by its name. */
const isDatabase = ({ receiver = '' }: Call) => /(?:^|[a-z_])(?:db|database|connection|conn|datasource|schema|generator|orm|sequelize|client|mongo\w*|metadata)$|getSchemaGenerator|getConnection/i.test(lastName(receiver));

const readSync: Read = (operation) => {
  const options = operation.args[0];
  if (isTrue(property(options, 'force'))) return /^[A-Z]/.test(lastName(operation.receiver)) && !/^Sequelize$/.test(lastName(operation.receiver)) ? ['collection', 'none', `drops the table of \`${lastName(operation.receiver)}\` and makes it again, empty`] : everyTable;
  return isTrue(property(options, 'alter')) ? ['set', 'none', 'changes tables until they fit the models, and drops columns that these do not have'] : undefined;
};

const readDataSource: Read = (operation) => {
  const options = optionsOf(operation);
  if (options === undefined || [property(options, 'database'), property(options, 'type')].some((value) => value?.constant === ':memory:' || value?.constant === 'sqljs')) return undefined;
  if (isTrue(property(options, 'dropSchema'))) return ['service', 'none', 'drops the schema each time it connects'];
  return isTrue(property(options, 'synchronize')) && property(options, 'type') !== undefined ? ['set', 'none', 'changes tables on each start until they fit the entities, and drops columns that these do not have'] : undefined;
};

/** SQLAlchemy: `users.drop(engine)`, `User.__table__.drop(bind=engine)`. */
const dropsTable = (operation: Call) => operation.language === 'python' && brings(operation, /^sqlalchemy|^app|^\./) && operation.args.some((value) => /^(?:\w+\.)*(?:\w*engine|conn(?:ection)?|bind)\b/.test(value.source) || property(value, 'bind') !== undefined);

const resets = /^(?:flush|reset_db|migrate:fresh|migrate:reset|migrate:refresh|db:wipe|db:drop|db:reset)\b/;

/** Django's `sqlflush` only prints what it would send, and so does a plan; faked migrations are only noted down. */
const readCommand: Read = ({ args }) => {
  if (args.some((value) => isTrue(property(value, 'fake')) || isTrue(property(value, 'plan')))) return undefined;
  const words = args.flatMap(({ constant }) => (typeof constant === 'string' ? [constant] : []));
  const isZero = words[0] === 'migrate' && words.includes('zero');
  if (isZero) return ['collection', 'none', `takes every migration of the app ${quoted(words[1] ?? '')} back, with its tables`];
  return resets.test(words[0] ?? '') ? ['service', 'none', `empties the database (\`${words.join(' ')}\`)`] : undefined;
};

/** Which calls take all tables away, and what each leaves. */
const reads: Readonly<Record<string, Read>> = {
  sync: readSync,
  synchronize: ({ args, receiver }) => (receiver !== undefined && isTrue(args[0]) ? everyTable : undefined),
  drop: (operation) => (dropsTable(operation) ? ['collection', 'none', `drops the table \`${lastName(operation.receiver)}\` with its rows`] : operation.receiver === 'SchemaUtils' ? ['collection', 'none', 'drops tables with all their rows'] : hasNoArguments(operation) && /^sequelize$/i.test(lastName(operation.receiver)) ? everyTable : undefined),
  dropDatabase: (operation) => (operation.receiver === undefined || operation.receiver === 'this' ? undefined : ['service', 'none', 'drops the database and everything in it']),
  drop_database: (operation) => (operation.receiver === undefined && !brings(operation, /sqlalchemy_utils/) ? undefined : ['service', 'none', 'drops the database and everything in it']),
  DropDatabase: () => ['service', 'none', 'drops the database and everything in it'],
  refreshDatabase: (operation) => (isDatabase(operation) ? everyTable : undefined),
  dropSchema: (operation) => (/schema$|generator|getSchemaGenerator/i.test(lastName(operation.receiver)) && operation.args.every(({ properties }) => properties !== undefined) ? everyTable : undefined),
  rollback: ({ links, args }) => (links.at(-1)?.name === 'migrate' && isTrue(args.at(-1)) ? ['service', 'none', 'takes every migration back, with the tables they made'] : undefined),
  drop_all: (operation) => (operation.receiver === undefined ? undefined : everyTable),
  downgrade: ({ args }) => (args.at(-1)?.constant === 'base' ? ['service', 'none', 'takes every migration back, with the tables they made'] : undefined),
  _drop_databases: () => everyTable,
  drop_all_tables: (operation) => (isTrue(property(optionsOf(operation), 'with_all_data')) ? everyTable : undefined),
  NewDropTable: ({ args }) => (args.length === 0 ? ['collection', 'none', 'drops the table of a model with its rows'] : undefined),
  NewTruncateTable: ({ args }) => (args.length === 0 ? ['collection', 'none', 'removes every row of the table of a model'] : undefined),
  call_command: readCommand,
  DataSource: readDataSource,
  createConnection: readDataSource,
  forRoot: readDataSource,
  invoke: ({ receiver = '' }) => (/Rake::Task\[['"]db:(?:drop|reset|purge|schema:load|migrate:reset|truncate_all)/.test(receiver) ? everyTable : undefined),
  EnsureDeleted: () => ['service', 'none', 'drops the database and everything in it'],
  EnsureDeletedAsync: () => ['service', 'none', 'drops the database and everything in it'],
  DropAll: (operation) => (isDatabase(operation) ? everyTable : undefined),
  dropAll: ({ receiver }) => (/liquibase/i.test(receiver ?? '') ? everyTable : undefined),
  clean: (operation) => (/^(?:flyway|getFlyway)$/i.test(lastName(operation.receiver)) && hasNoArguments(operation) ? everyTable : undefined),
  setProperty: ({ args }) => readSetting(args),
  cleanOnValidationError: ({ args }) => (isTrue(args[0]) ? cleans : undefined),
  cleanDisabled: ({ args }) => (args[0]?.constant === false ? mayClean : undefined),
  setCleanOnValidationError: ({ args }) => (isTrue(args[0]) ? cleans : undefined),
  setCleanDisabled: ({ args }) => (args[0]?.constant === false ? mayClean : undefined),
  applySetting: ({ args }) => readHibernate(args),
  call: (operation) => (operation.receiver === 'Artisan' ? readCommand(operation) : undefined),
};

const cleans: Loss = ['service', 'none', 'lets Flyway drop every object of the schema when a migration does not validate'];
const mayClean: Loss = ['service', 'none', 'lets Flyway drop every object of the schema'];

function readSetting([key, value]: readonly Value[]): Loss | undefined {
  const name = typeof key?.constant === 'string' ? key.constant.replace(/[-_.]/g, '').toLowerCase() : '';
  const isSet = String(value?.constant ?? '');
  if (name.endsWith('flywaycleanonvalidationerror') && isSet === 'true') return cleans;
  if (name.endsWith('flywaycleandisabled') && isSet === 'false') return mayClean;
  return readHibernate([key, value].filter((each) => each !== undefined));
}

function readHibernate([key, value]: readonly Value[]): Loss | undefined {
  const isSetting = typeof key?.constant === 'string' && /hbm2ddl\.auto$|schema-generation\.database\.action$|ddl-auto$/.test(key.constant);
  return isSetting && typeof value?.constant === 'string' && /^(?:create|create-drop|drop|create-only|drop-and-create)$/.test(value.constant) ? ['service', 'none', `drops every table when the application starts or stops (\`${value.constant}\`)`] : undefined;
}

/** Settings of a profile that no deployed application has, by the file's name or by the document's own word. */
function isOfDevelopment({ language, preceding = '' }: Call, { path }: Place): boolean {
  if (language !== 'properties' && language !== 'yaml') return false;
  return /-(?:dev|development|local|test|tests|it|ci|h2|demo)\.\w+$/.test(path) || /\bon-profile\s*[:=]\s*["']?(?:dev|local|test)\b/.test(preceding);
}

/** What stands in a file beside names that everything has. */
const dataSource: readonly Clue[] = [{ alongside: ['dropSchema', 'synchronize'] }];
const commands: readonly Clue[] = [{ text: /\b(?:flush|reset_db|migrate:(?:fresh|reset|refresh)|db:(?:wipe|drop|reset)|zero)\b/ }];
const clues: Readonly<Record<string, readonly Clue[]>> = {
  call: [{ on: /\bArtisan$/ }], invoke: [{ alongside: ['Rake'] }], clean: [{ alongside: ['flyway', 'getFlyway'] }], setProperty: [{ alongside: ['auto', 'action', 'flyway', 'FLYWAY'] }], applySetting: [{ alongside: ['auto', 'action'] }],
  sync: [{ text: /\b(?:force|alter)["']?\s*[:,}]/ }], synchronize: [{ on: /./, given: /^\s*(?:true\b|[A-Za-z_$])/ }],
  drop: [{ languages: ['python'], given: /engine|conn|bind/ }, { on: /\bSchemaUtils$|sequelize(?:\([^()]*\))?[!?]?$/i }],
  rollback: [{ on: /\bmigrate$/ }], downgrade: [{ text: /["'`]base["'`]/ }], call_command: commands, DataSource: dataSource, createConnection: dataSource, forRoot: dataSource,
}; // prettier-ignore

export default defineRule({
  id: 'schema-recreated',
  title: 'All tables dropped by the program itself',
  why: 'It is meant for tests and first steps. Pointed at a database with data it takes all of it, in the time of one start.',
  instead: 'Change the schema by migrations. Where tests need it, let it refuse any database whose name is not one of a test.',
  blindTo: 'Which database the connection goes to, settings in files other than those of Spring and Hibernate, and options that are computed.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: Object.keys(reads).map((name) => call(name, (operation) => reads[operation.name]?.(operation) !== undefined, clues[name])),
  judge: {
    call: (operation, place) => {
      const loss = reads[operation.name]?.(operation);
      if (loss === undefined || isThrowaway(operation) || isWayBack(operation, place) || isOfDevelopment(operation, place)) return undefined;
      const [scope, undo, effect] = loss;
      return { scope, undo, effect, factors: [...environmentFactors(operation), ...productionFactors([operation.receiver ?? ''])] };
    },
  },
  examples: {
    bad: [
      javascript`await ⟦sequelize.sync({ force: true })⟧;`,
      javascript`await ⟦User.sync({ force: true })⟧;`,
      typescript`await ⟦dataSource.synchronize(true)⟧;`,
      typescript`export const source = ⟦new DataSource({ type: 'postgres', url, dropSchema: true })⟧;`,
      typescript`await ⟦mongoose.connection.dropDatabase()⟧;`,
      typescript`await ⟦orm.schema.dropSchema()⟧;`,
      python`⟦Base.metadata.drop_all(engine)⟧`,
      python`⟦call_command('flush', interactive=False)⟧`,
      csharp`class Start { void Run() { ⟦context.Database.EnsureDeleted()⟧; } }`,
      java`class Start { void run() { ⟦configuration.setProperty("hibernate.hbm2ddl.auto", "create-drop")⟧; } }`,
      php`<?php
⟦Artisan::call('migrate:fresh')⟧;`,
      tag('src/main/resources/application.properties')`spring.datasource.url=jdbc:postgresql://db/shop
⟦spring.jpa.hibernate.ddl-auto=create-drop⟧`,
      tag('src/main/resources/application.yml')`${lines('spring:', '  jpa:', '    hibernate:', '      ⟦ddl-auto: create⟧')}`,
      tag('src/main/resources/application-prod.yml')`${lines('spring:', '  flyway:', '    ⟦clean-on-validation-error: true⟧')}`,
      tag('flyway.conf')`⟦flyway.cleanDisabled=false⟧`,
      java`class Start { void run() { ⟦Flyway.configure().dataSource(url, user, password).cleanDisabled(false)⟧.load().clean(); } }`,
      tag('src/main/resources/META-INF/persistence.xml')`<properties>⟦<property name="hibernate.hbm2ddl.auto" value="create"/>⟧</properties>`,
    ],
    good: [
      tag('src/main/resources/application.properties')`spring.flyway.clean-disabled=true`,
      javascript`await sequelize.sync();`,
      typescript`export const source = new DataSource({ type: 'postgres', url, synchronize: false });`,
      typescript`export const source = new DataSource({ type: 'sqlite', database: ':memory:', dropSchema: true });`,
      javascript`import { MongoMemoryServer } from 'mongodb-memory-server';
await mongoose.connection.dropDatabase();`,
      javascript`const sequelize = new Sequelize('sqlite::memory:');
await sequelize.sync({ force: true });`,
      tag('src/main/resources/application.properties')`# spring.jpa.hibernate.ddl-auto=create-drop
spring.jpa.hibernate.ddl-auto=validate`,
      tag('src/test/resources/application.properties')`spring.jpa.hibernate.ddl-auto=create-drop`,
      tag('src/main/resources/application.properties')`spring.datasource.url=jdbc:h2:mem:shop
spring.jpa.hibernate.ddl-auto=create-drop`,
      tag('src/main/resources/application-dev.yml')`spring.jpa.hibernate.ddl-auto: create-drop`,
      python`Base.metadata.create_all(engine)`,
      python`call_command("sqlflush")
call_command("migrate", "shop", "zero", fake=True)`,
      javascript`await folder.sync({ recursive: true });
emitter.call('flush');`,
    ],
  },
});
