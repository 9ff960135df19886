import type { Scope, Undo } from '../check/blastRadius.ts';
import type { Clue } from '../check/clues.ts';
import { isAwsCall } from '../check/awsCalls.ts';
import { go, java, javascript, python, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { brings, collectionName, isThrowaway, lastName, optionsOf, property } from '../check/filters.ts';
import { environmentFactors, isWayBack } from '../check/places.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call, Value } from '../language/operation.ts';

interface Loss {
  readonly scope: Scope;
  readonly undo: Undo;
  readonly effect: string;
  readonly target?: string;
}
type Read = (call: Call) => Loss | undefined;

const everyKey: Loss = { scope: 'collection', undo: 'none', effect: 'removes every key of the Redis database: sessions, queues and locks with what is only cached' };
const everyDatabase: Loss = { scope: 'service', undo: 'none', effect: 'removes every key of all databases of the Redis server' };

const flushes = (loss: Loss): Read => ({ receiver }) => (receiver === undefined || /cache$/i.test(lastName(receiver)) ? undefined : loss);

/** Telemetry, logs and buffers are flushed under the same name: the receiver or the file's modules have to tell of such a store. */
const flushesStore = (loss: Loss): Read => (operation) =>
  /redis|jedis|rdb|valkey|memcache|dragonfly|client$|conn(?:ection)?$|server$|^(?:r|rc|db|kv|store)$/i.test(lastName(operation.receiver)) || brings(operation, /redis|jedis|valkey|memcache|lettuce|predis/i) ? flushes(loss)(operation) : undefined;

/** A command that is sent by its name: `sendCommand(['FLUSHALL'])`, `call('flushdb')`, `Do(ctx, "FLUSHALL")`. */
const readCommand: Read = ({ args }) => {
  const word = args.flatMap((value) => value.elements ?? [value]).find(({ constant }) => typeof constant === 'string')?.constant;
  return typeof word !== 'string' ? undefined : /^flushall$/i.test(word) ? everyDatabase : /^flushdb$/i.test(word) ? everyKey : undefined;
};

/** A list of the keys that are like something. */
const listing = /\b(?:keys|Keys|scan_iter|scanIterator|scan_each)\(\s*(?:ctx,\s*)?(?:match\s*[=:]\s*)?(["'`])(\*|[^"'`]*\*)\1/;

/** `redis.del(await redis.keys('*'))`: the keys come from a list of all. */
const readDelete: Read = ({ args, loop }) => {
  const from = [...args.map((value) => `${value.source} ${value.standsFor ?? ''}`), `${loop?.over ?? ''} ${loop?.standsFor ?? ''}`];
  const listed = from.map((written) => listing.exec(written)).find((match) => match !== null);
  return listed === undefined ? undefined : { scope: listed[2] === '*' ? 'collection' : 'set', undo: 'none', effect: `removes every Redis key like ${quoted(listed[2] ?? '')}` };
};

const isMongos = (operation: Call) => brings(operation, /mongo|motor/i);

/** `db.collection('orders')`, `client.shop.orders`, `$client->shop->orders`. */
const isCollection = (receiver: string, operation: Call) =>
  /\bcollection(?:::<[^>]*>)?\([^()]*\)$|\.collection$|(?:[gG]et_?|select)[cC]ollection(?:<\w+>)?\([^()]*\)$|[cC]ollection$/.test(receiver) || (isMongos(operation) && /^(?:\$?\w+(?:\.|->))*\$?(?:\w*db|database|client)(?:(?:\.|->)\w+|\[[^\]]+\]){1,2}$/i.test(receiver));

/** `client.getDatabase("shop").drop()`, and what has the type of a database. */
const readDropDatabase: Read = (operation) => {
  const last = operation.links.at(-1);
  const name = last?.args?.[0]?.constant;
  const isKept = /\b[gG]et_?[dD]atabase\(/.test(operation.receiverValue?.standsFor ?? '') && isMongos(operation);
  const isDatabase = isKept || (operation.imported ?? '').endsWith('MongoDatabase.drop') || (/^(?:[gG]et_?|select)?[dD](?:atabase|b)$/.test(last?.name ?? '') && last?.args !== undefined && isMongos(operation));
  return isDatabase && operation.args.length <= 1 ? { scope: 'service', undo: 'none', effect: `drops the database ${quoted(typeof name === 'string' ? name : lastName(operation.receiver))} and everything in it` } : undefined;
};

const readDrop: Read = (operation) => {
  const { receiver = '', args } = operation;
  if (args.length > 1 || !isCollection(receiver, operation)) return undefined;
  const name = collectionName(receiver) ?? lastName(receiver);
  return { scope: 'collection', undo: 'none', effect: `drops the collection ${quoted(name)} with all its documents`, target: name };
};

/** Go's `db.Collection("orders").Drop(ctx)` and `client.Database("shop").Drop(ctx)`. */
const readGosDrop: Read = ({ links, receiver = '', args, imported = '' }) => {
  const last = links.at(-1);
  const name = last?.args?.[0]?.constant;
  if (args.length > 1) return undefined;
  if (last?.name === 'Database' && last.args !== undefined) return { scope: 'service', undo: 'none', effect: `drops the database ${quoted(typeof name === 'string' ? name : '…')} and everything in it` };
  if (/mongo(?:-driver)?(?:\/v2)?(?:\/mongo)?#Database\.Drop$/.test(imported)) return { scope: 'service', undo: 'none', effect: `drops the database ${quoted(lastName(receiver))} and everything in it` };
  return last?.name === 'Collection' || imported.endsWith('mongo#Collection.Drop') || /(?:^|[a-z.])coll(?:ection)?$/i.test(receiver) ? { scope: 'collection', undo: 'none', effect: `drops the collection ${quoted(typeof name === 'string' ? name : lastName(receiver))} with all its documents` } : undefined;
};

/** Mongoid's: every collection of the database. */
const readPurge: Read = ({ receiver }) => (/^Mongoid(?:::\w+)*$/.test(receiver ?? '') ? { scope: 'service', undo: 'none', effect: 'drops every collection of the database' } : undefined);

/** Vector databases and Mongo name the collection in the call. */
const readDropCollection: Read = ({ receiver, args }) => {
  // MongoEngine's is a method of the model.
  if (receiver !== undefined && args.length === 0 && /^[A-Z]\w*$/.test(receiver)) return { scope: 'collection', undo: 'none', effect: `drops the collection of ${quoted(receiver)} with all its documents`, target: receiver };
  if (receiver === undefined || args.length === 0) return undefined;
  const named = args.flatMap((value) => [value, property(value, 'name'), property(value, 'collection_name'), property(value, 'collectionName')]).find((value) => typeof value?.constant === 'string') ?? args[0];
  const name = typeof named?.constant === 'string' ? named.constant : (named?.source ?? '');
  return { scope: 'collection', undo: 'none', effect: `drops the collection ${quoted(name)} with all it holds`, target: name };
};

/** `client.indices.delete({ index: 'logs-*' })`. */
const readIndices: Read = (operation) => {
  if (!/^indices$/i.test(lastName(operation.receiver))) return undefined;
  const index = property(optionsOf(operation), 'index') ?? operation.args[0];
  const name = indexName(index) ?? /\.index\(\s*"([^"]+)/.exec(index?.source ?? '')?.[1];
  const isWide = name !== undefined && /^(?:_all|\*)$|\*/.test(name);
  const which = name ?? index?.source ?? '';
  return isWide ? { scope: 'service', undo: 'none', effect: `deletes every index like ${quoted(which)}`, target: which } : { scope: 'set', undo: 'costly', effect: `deletes the index ${quoted(which)} with all its documents`, target: which };
};

function indexName(index: Value | undefined): string | undefined {
  const value = index?.elements?.find(({ constant }) => typeof constant === 'string' && constant.includes('*')) ?? index?.elements?.[0] ?? index;
  return typeof value?.constant === 'string' ? value.constant : undefined;
}

/** Firestore's: trees of other kinds have methods of that name too. */
const readRecursive: Read = (operation) => {
  const { receiver, args } = operation;
  if (receiver === undefined || args.length === 0 || !(/^(?:db|(?:this\.)?_?fire_?(?:store|base)\w*|database)$|firestore/i.test(receiver) || brings(operation, /fire(?:base|store)/i))) return undefined;
  return { scope: 'collection', undo: 'none', effect: `deletes ${quoted(args[0]?.source ?? '')} with all documents and collections below it` };
};

/** The root of a Firebase database, `ref().remove()`, and what lies right below it: `ref('users').remove()`. */
const readRemove: Read = (operation) => {
  const last = operation.links.at(-1);
  const path = last?.args?.[0]?.constant;
  if (last?.name !== 'ref' || last.args === undefined || operation.links.length < 2) return undefined;
  if (last.args.length === 0 || path === '/' || path === '') return { scope: 'service', undo: 'none', effect: 'removes everything in the Firebase database' };
  const isTop = typeof path === 'string' && /^\/?[\w-]+\/?$/.test(path) && brings(operation, /firebase/);
  return isTop ? { scope: 'collection', undo: 'none', effect: `removes all below ${quoted(path)} in the Firebase database`, target: path } : undefined;
};

const readCypher: Read = ({ args }) => {
  const query = args[0]?.constant;
  return typeof query === 'string' && /^\s*MATCH\s*\(\s*\w*\s*\)\s*(?:OPTIONAL\s+MATCH[^;]*?)?(?:DETACH\s+)?DELETE\b/i.test(query) ? { scope: 'service', undo: 'none', effect: 'deletes every node of the graph' } : undefined;
};

/** What is of AWS has a rule of its own. */
const readQueue: Read = (operation) => (operation.receiver === undefined || isAwsCall(operation) ? undefined : { scope: 'collection', undo: 'none', effect: `removes every job or message of ${quoted(lastName(operation.receiver))}` });
const readTopics: Read = ({ receiver }) => (receiver !== undefined && /admin/i.test(receiver) ? { scope: 'collection', undo: 'none', effect: 'deletes Kafka topics with all their messages' } : undefined);

/** Which calls empty a store, by the names that its clients give them. */
const reads: Readonly<Record<string, Read>> = {
  flushall: flushes(everyDatabase), flushAll: flushesStore(everyDatabase), FlushAll: flushesStore(everyDatabase), FLUSHALL: flushes(everyDatabase), FlushAllDatabases: flushes(everyDatabase), FlushAllDatabasesAsync: flushes(everyDatabase),
  flushdb: flushes(everyKey), flushDb: flushes(everyKey), flushDB: flushes(everyKey), FlushDB: flushes(everyKey), FLUSHDB: flushes(everyKey), FlushDatabase: flushes(everyKey), FlushDatabaseAsync: flushes(everyKey),
  sendCommand: readCommand, send_command: readCommand, execute_command: readCommand, Do: readCommand, call: readCommand, rawCommand: readCommand,
  del: readDelete, unlink: readDelete, delete: (operation) => readDelete(operation) ?? readIndices(operation), Delete: readIndices, DeleteAsync: readIndices, Del: readDelete,
  drop: (operation) => readDropDatabase(operation) ?? readDrop(operation), Drop: readGosDrop, 'purge!': readPurge, cmd: readCommand, Execute: readCommand, ExecuteAsync: readCommand, DropCollectionAsync: readDropCollection, dropCollection: readDropCollection, drop_collection: readDropCollection, DropCollection: readDropCollection, deleteCollection: readDropCollection, delete_collection: readDropCollection,
  recursiveDelete: readRecursive, recursive_delete: readRecursive, remove: readRemove, run: readCypher,
  obliterate: readQueue, purgeQueue: readQueue, queue_purge: readQueue, QueuePurge: readQueue, deleteTopics: readTopics, delete_topics: readTopics,
}; // prettier-ignore

/** What stands in a file beside names that everything has. */
const flush: readonly Clue[] = [{ alongside: ['FLUSHALL', 'FLUSHDB'] }];
const listed: readonly Clue[] = [{ text: listing }];
const indices: readonly Clue[] = [{ on: /\bindices(?:\([^()]*\))?[!?]?$/i }];
const clues: Readonly<Record<string, readonly Clue[]>> = {
  Do: flush, call: flush, cmd: flush, Execute: flush, ExecuteAsync: flush, 'purge!': [{ languages: ['ruby'] }], run: [{ text: /\bMATCH\s*\(/i }], remove: [{ on: /\bref(?:<[^<>]*>)?\s*\([^()]*\)$/ }],
  del: listed, unlink: listed, delete: [...listed, ...indices], Delete: indices, DeleteAsync: indices, Del: listed,
  drop: [{ on: /collection(?:::<[^>]*>|<\w+>)?(?:\([^()]*\))?$/i }, { text: /mongo|motor/i }],
}; // prettier-ignore

export default defineRule({
  id: 'datastore-flush',
  title: 'Store emptied',
  why: 'Everything in the store goes at once, whoever put it there: others keep their sessions, jobs and documents in the same one.',
  instead: 'Delete by the prefix or the query of what is yours, let keys expire, and give tests a store of their own.',
  blindTo: 'Which server the client is connected to, what the store is used for, and names of indexes and keys that are put together elsewhere.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: Object.keys(reads).map((name) => call(name, (operation) => reads[operation.name]?.(operation) !== undefined, clues[name])),
  judge: {
    call: (operation, place) => {
      const loss = reads[operation.name]?.(operation);
      if (loss === undefined || isThrowaway(operation) || isWayBack(operation, place)) return undefined;
      return { ...loss, scope: loss.scope, factors: [...environmentFactors(operation), ...loopFactors(operation), ...productionFactors([operation.receiver ?? '', loss.target ?? ''])] };
    },
  },
  examples: {
    bad: [
      javascript`await ⟦redis.flushall()⟧;`,
      typescript`await ⟦client.sendCommand(['FLUSHALL'])⟧;`,
      javascript`await ⟦redis.del(await redis.keys('*'))⟧;`,
      javascript`await ⟦db.collection('orders').drop()⟧;`,
      javascript`await ⟦client.indices.delete({ index: 'logs-*' })⟧;`,
      typescript`await ⟦firestore.recursiveDelete(firestore.collection('users'))⟧;`,
      javascript`await ⟦session.run('MATCH (n) DETACH DELETE n')⟧;`,
      python`⟦r.flushdb()⟧`,
      go`package tidy
func run() { ⟦rdb.FlushAll(ctx)⟧ }`,
      java`class Tidy { void run() { ⟦jedis.flushAll()⟧; } }`,
      python`from pymongo import MongoClient
⟦db.orders.drop()⟧`,
    ],
    good: [
      javascript`await redis.del(key);`,
      go`package watch
func (tc *cache) drop(path string) { tc.recursiveDelete(path, tc.head) }`,
      javascript`cache.flushAll();
reporter.flushAll();`,
      javascript`await redis.del('session:7');
stack.drop();`,
      javascript`await client.indices.create({ index: 'logs' });`,
      python`df.drop(columns=["a"])
lines.drop()`,
      javascript`await session.run('MATCH (n:Draft) WHERE n.id = $id DELETE n', { id });`,
      typescript`import Redis from 'ioredis-mock';
await redis.flushall();`,
    ],
  },
});
