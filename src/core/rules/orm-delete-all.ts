import type { Clue } from '../check/clues.ts';
import { csharp, go, java, javascript, kotlin, php, python, ruby, typescript } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { brings, isAlwaysTrue, isNarrowed, isThrowaway, lastName } from '../check/filters.ts';
import { keptQueryClue, keptQueryOf } from '../check/keptQuery.ts';
import { environmentFactors } from '../check/places.ts';
import { call, defineRule } from '../check/rule.ts';
import type { Call } from '../language/operation.ts';

type Test = (call: Call) => boolean;

const isOpen: Test = ({ links, next }) => !isNarrowed(links) && !isNarrowed(next);

/** `User`, `Shop::Order`, `models.User`, `db.User`: a class, and not an object of one. */
const isModel = /^(?:\w+(?:\.|::|\\))*[A-Z]\w*$/;

/** Django: `User.objects.all().delete()`; MongoEngine's manager has a `delete` of its own. */
const isDjangosAll: Test = (operation) => {
  const { links, language } = operation;
  if (language !== 'python') return false;
  // Buckets of boto3 have `objects` too.
  if (brings(operation, /^boto3\b/) && !brings(operation, /^(?:django|mongoengine)\b/)) return false;
  if (links.length === 2 && links[1]?.name === 'objects' && isModel.test(links[0]?.name ?? '')) return (links[1].args ?? []).length === 0;
  const manager = links.findIndex(({ name, args }) => args === undefined && (name === 'objects' || /_(?:set|manager|objects)$/.test(name)));
  const behind = links.slice(manager + 1);
  return manager !== -1 && behind.length > 0 && behind.every(({ name, args = [] }) => ['all', 'get_queryset', 'using', 'select_for_update', 'order_by'].includes(name) || (['filter', 'exclude'].includes(name) && args.length === 0));
};

/** `update` and `_raw_delete` of the same. */
const updatesDjangosAll: Test = (operation) => operation.args.length > 0 && isDjangosAll(operation);

/** ActiveRecord: `User.delete_all`, `User.all.destroy_all`. */
function isRailsModel({ links, receiver = '' }: Call): boolean {
  const [model, ...others] = links;
  return isModel.test(receiver) || (isModel.test(model?.name ?? '') && others.every(({ name, args = [] }) => /^(?:all|unscoped|with_deleted|find_each|in_batches)$/.test(name) || (name === 'where' && isAlwaysTrue(args))));
}
const isRailsAll: Test = (operation) => operation.args.length === 0 && isRailsModel(operation);
const updatesRailsAll: Test = (operation) => operation.args.length > 0 && isRailsModel(operation);

/** Eloquent: `User::query()->delete()`, `DB::table('users')->delete()`. */
const isLaravelsAll: Test = (operation) => {
  const { links, args } = operation;
  const isQuery = links.some(({ name, args: given }) => given !== undefined && (name === 'query' || name === 'newQuery' || name === 'all' || name === 'table' || name === 'withTrashed')) && /^(?:DB|[A-Z]\w*)$/.test(links[0]?.name.replace(/^\\/, '') ?? '');
  return args.length === 0 && isQuery && isOpen(operation);
};

const isRepository = /(?:[rR]epo(?:sitory)?|Dao|DAO|[mM]apper|[sS]tore)\b(?:\(\))?$/;

/** Spring Data: `orders.deleteAll()`; with arguments it deletes just those. */
const isSpringsAll: Test = (operation) => operation.args.length === 0 && (isOfRepository(operation) || isOfClass(operation));
const isOfRepository: Test = (operation) => isRepository.test(operation.receiver ?? '') || /#\w*(?:Repository|Dao|DAO)\./.test(operation.imported ?? '') || (operation.receiver !== undefined && !/^(?:this|super)$/.test(operation.receiver) && brings(operation, /^(?:org\.springframework\.data|io\.micronaut\.data|jakarta\.data)\b/));
const isOfClass: Test = ({ receiver = '' }) => /^[A-Z]\w*$/.test(receiver) && !/^(?:Files?|Paths?|Director(?:y|ies))|(?:Utils?|Helper|Cache|Cookies?)$/.test(receiver);

/** Entity Framework: `db.Users.ExecuteDelete()`, `db.Users.RemoveRange(db.Users)`. What a variable holds is known where it got it; a parameter may be narrowed already. */
const executesOnAll: Test = (operation) => operation.receiver !== undefined && isOpen(operation) && !/\b(?:Where|Take|from)\b/.test(operation.receiver) && (!/^[a-z]\w*$/.test(operation.receiver) || isOfAllKept(operation) || isDeclaredSet(operation));
const isDeclaredSet: Test = ({ receiver = '', preceding = '' }) => new RegExp(`\\bDbSet<\\w+>\\s+${receiver}\\b`).test(preceding);
const removesRangeOfAll: Test = ({ args, receiver = '' }) => args.length === 1 && (args[0]?.source === receiver || /^(?:this\.)?_?\w*(?:db|[cC]ontext|ctx)\w*\.[A-Z]\w*(?:\.ToList\(\))?$/i.test(args[0]?.source ?? ''));

/** TypeORM: `repository.clear()`; and what truncates by its name. */
const clearsRepository: Test = ({ args, receiver = '', imported = '' }) => (args.length === 0 && (/^typeorm#Repository\.clear$/.test(imported) || /(?:[rR]epo(?:sitory)?|getRepository\([^()]*\))$/.test(receiver))) || (args.length === 1 && /(?:[mM]anager|\bem)$/.test(receiver) && isModel.test(args[0]?.source ?? ''));
const truncates: Test = (operation) => {
  const { args, receiver = '', links } = operation;
  const isTables = isModel.test(receiver) || (args.length === 0 && brings(operation, /sequelize/)) || links.some(({ name, args: given }) => given !== undefined && /^(?:knex|db|trx|table|query)(?:\(\))?$/.test(name));
  // A text is truncated to a number of characters.
  return isTables && args.every(({ constant }) => typeof constant !== 'number') && args.every(({ properties, constant, elements }) => properties !== undefined || constant !== undefined || elements !== undefined) && !/^(?:Math|String|Str|Number|Text|BigDecimal|Date|Time|Duration|Utils?|_|File|Stringable)$/.test(receiver);
};

/** GORM: a session that allows it, or a condition that is always true. */
const deletesGormsAll: Test = ({ links, args, receiver = '', preceding = '' }) => {
  const isOfModel = args.length >= 1 && /^&?(?:\w+\.)?\w+\{\}$/.test(args[0]?.source ?? '');
  const allows = links.some(({ name, args: given = [] }) => (name === 'Session' && /AllowGlobalUpdate:\s*true/.test(given[0]?.source ?? '')) || (name === 'Where' && isTrue(given[0]?.constant)));
  const isAllowed = /^\w+$/.test(receiver) && new RegExp(`\\b${receiver}\\s*:?=[^\\n]*\\.Session\\([^\\n]*AllowGlobalUpdate:\\s*true`).test(preceding);
  return isOfModel && (allows || isAllowed || (args.length === 2 && isTrue(args[1]?.constant)));
};

/** `Unscoped()` and `forceDelete` take rows for good that a soft delete keeps; one that is found by its key is one. */
const deletesGormsForGood: Test = ({ links, args }) => links.some(({ name, args: given }) => name === 'Unscoped' && given !== undefined) && /^&?\[?\]?(?:\w+\.)?[A-Z]\w*\{\}$/.test(args[0]?.source ?? '') && args.length === 1 && !isByKey(links);
const deletesLaravelsForGood: Test = ({ links, args }) => args.length === 0 && isModel.test(links[0]?.name.replace(/^\\/, '') ?? '') && links.slice(1).some(({ name, args: given }) => given !== undefined && !/^(?:find\w*|first\w*|sole)$/.test(name)) && !links.some(({ name }) => /^(?:find\w*|first\w*|sole)$/.test(name)) && !isByKey(links);

/** `where('id', $id)`, `Where("id = ?", id)`. */
function isByKey(links: Call['links']): boolean {
  return links.some(({ name, args = [] }) => /^where/i.test(name) && typeof args[0]?.constant === 'string' && /^\w*(?:id|uuid|key|email|slug)\b\s*(?:=\s*\?|$)/i.test(args[0].constant) && !(typeof args[1]?.constant === 'string' && /^(?:[<>!]|like)/i.test(args[1].constant)));
}

/** ent: `client.User.Delete().Exec(ctx)`; SQLBoiler: `models.Users().DeleteAll(ctx, db)`. */
const deletesEnts: Test = (operation) => operation.args.length === 0 && /^[A-Z]\w*$/.test(operation.links.at(-1)?.name ?? '') && /^ExecX?$/.test(operation.next[0]?.name ?? '');
const deletesBoilers: Test = ({ links, args }) => args.length >= 1 && args.length <= 2 && links.at(-1)?.args?.length === 0 && /^[A-Z]\w*s$/.test(links.at(-1)?.name ?? '');

/** Django: `for order in Order.objects.all(): order.delete()`; Rails: `Order.find_each { |order| order.destroy }`. */
const deletesEach: Test = ({ loop, receiver = '', args, language }) => args.length === 0 && /^\w+$/.test(receiver) && ((language === 'python' && /^(?:\w+\.)*[A-Z]\w*\.objects\.all\(\)(?:\.iterator\(\))?$/.test(loop?.over ?? '')) || (language === 'ruby' && ((/^(?:\w+::)*[A-Z]\w*(?:\.all)?$/.test(loop?.over ?? '') && !/^(?:Dir|ENV|[A-Z\d_]+)$/.test(loop?.over ?? '')) || isOfEveryFile(loop?.over ?? ''))));

/** `User.all.each(&:destroy)`, `bucket.files.each(&:delete)`: a method handed to what goes through all. */
const handsDelete: Test = ({ language, args, links, receiver = '' }) => language === 'ruby' && args.some(({ properties }) => /^:(?:destroy|delete|really_destroy)!?$/.test(properties?.get('&')?.source ?? '')) && (isOfEveryFile(receiver) || (isModel.test(links[0]?.name ?? '') && links.slice(1).every(({ name, args: given = [] }) => given.length === 0 && /^(?:all|unscoped|with_deleted|find_each|in_batches)$/.test(name)) && !/^(?:Dir|ENV|Set|Array|Hash)$/.test(receiver)));
/** `[Order, Customer].each(&:destroy_all)`, `ApplicationRecord.descendants.each(&:delete_all)`. */
const handsDeleteAll: Test = ({ language, args, receiver = '' }) => language === 'ruby' && args.some(({ properties }) => /^:(?:destroy|delete)_all$/.test(properties?.get('&')?.source ?? '')) && (/^\[\s*[A-Z][\w:]*(?:\s*,\s*[A-Z][\w:]*)*\s*,?\s*\]$/.test(receiver) || /\.(?:descendants|subclasses)$/.test(receiver));

/** Hibernate and JPA: `cb.createCriteriaDelete(Order.class)` that nobody gives a condition. */
const isOpenCriteria: Test = ({ preceding = '', following = '', next }) => {
  const [, kept] = /(?<!\w)(\w+)\s*=\s*[\w.()]*$/.exec(preceding) ?? [];
  return !next.some(({ name }) => name === 'where') && (kept === undefined || !new RegExp(`\\b${kept}\\s*\\.\\s*(?:\\w+\\([^;]*\\)\\s*\\.\\s*)*where\\(`).test(following));
};

const isOfEveryFile = (receiver: string) => /(?:^|\.)files(?:\.all)?$/.test(receiver);

/** `for (const each of await prisma.user.findMany()) await prisma.user.delete({ where: { id: each.id } })`. */
const allFound = /^(?:await\s+)?([\w$.]+)\.(?:findMany|findAll|find|all)\(\s*(?:\{\s*\})?\s*\)$/;
const deletesEachFound: Test = ({ loop, receiver = '', language, preceding = '' }) => {
  if (language !== 'javascript' || loop === undefined) return false;
  const kept = /^[\w$]+$/.test(loop.over) ? new RegExp(`\\b(?:const|let|var)\\s+${loop.over.replaceAll('$', '\\$')}\\s*=\\s*([^;\\n]+)`).exec(preceding)?.[1] : undefined;
  const owner = allFound.exec((kept ?? loop.over).trim())?.[1];
  return owner !== undefined && (owner === receiver || (/^[\w$]+$/.test(receiver) && isModel.test(owner)));
};
const findsAll: Clue = { languages: ['javascript'], text: /\.\s*(?:findMany|findAll|find|all)\(\s*(?:\{\s*\})?\s*\)/ };

function isTrue(condition: unknown): boolean {
  return typeof condition === 'string' && /^\s*(?:1\s*=\s*1|true|1)\s*$/i.test(condition);
}

/** Diesel's `diesel::delete(users)`, sea-orm's `Entity::delete_many()`. */
const deletesDiesels: Test = (operation) => /^diesel(?:::|#)/.test(operation.imported ?? '') && operation.args.length === 1 && !/\.(?:filter|find)\(/.test(operation.args[0]?.source ?? '');

/** Peewee: `User.delete().execute()`. */
const deletesPeewees: Test = (operation) => operation.args.length === 0 && isModel.test(operation.receiver ?? '') && operation.next.some(({ name }) => name === 'execute' || name === 'exec') && isOpen(operation);

/** `orders = Order.objects.all()` and, later, `orders.delete()`. */
const isOfAllKept: Test = (operation) => keptQueryOf(operation)?.isNarrowedSometimes === false;

const isDeletingAll: Test = (operation) => isDjangosAll(operation) || deletesEach(operation) || deletesEachFound(operation) || (operation.args.length === 0 && isOfAllKept(operation)) || (operation.args.length === 0 && (isLaravelsAll(operation) || deletesPeewees(operation))) || deletesDiesels(operation);

/** What the text shows of the above. */
const djangos: Clue = { languages: ['python'], text: /(?:\bobjects|_(?:set|manager|objects))\s*[.(?!:-]/ };
const clues: readonly Clue[] = [
  djangos, keptQueryClue, findsAll, { languages: ['ruby'] }, { text: /\bdiesel\b/ }, { on: /\b[A-Z]\w*$/, given: /^\s*\)/ },
  { on: /\b(?:DB|[A-Z]\w*)\s*(?:\.|::|->)[^;]*$|->\s*(?:query|newQuery|table)\s*\([^;]*$/, given: /^\s*\)/ },
]; // prettier-ignore
const clearing: readonly Clue[] = [{ on: /[rR]epo(?:sitory)?$|getRepository\([^()]*\)$/ }, { text: /\btypeorm\b/, given: /^\s*\)/ }, { on: /(?:[mM]anager|\bem)$/, given: /^\s*(?:[\w.:\\]*[.:\\])?[a-z\d_]*[A-Z]\w*\s*(?:,\s*)?\)/ }];
const truncating: readonly Clue[] = [{ on: /(?<![\w$])(?:[\w$]+(?:\.|::|\\))*[A-Z]\w*$/ }, { text: /sequelize/, given: /^\s*\)/ }, { on: /\b(?:knex|db|trx|table|query)\s*(?:<[^<>]*>)?\([^;]*$/ }];

/** `Order` where the repository is declared as an `OrderRepository`. */
function entityOf({ receiver = '', preceding = '', above = '' }: Call): string | undefined {
  const name = /^(?:this\.)?(\w+)$/.exec(receiver)?.[1];
  return name === undefined ? undefined : new RegExp(`\\b([A-Z]\\w*)(?:Repository|Repo|Dao|DAO)\\s+${name}\\b|\\b${name}\\s*:\\s*([A-Z]\\w*)(?:Repository|Repo|Dao|DAO)\\b`).exec(above + preceding)?.slice(1).find((each) => Boolean(each));
}

function modelOf(operation: Call): string {
  const { receiver = '', links, args, preceding = '', language, imported } = operation;
  // GORM is given an empty record of the model, TypeORM's repository is asked for by it.
  const [, record] = language === 'go' ? (/^&?(?:\[\])?(?:\w+\.)?(\w+)\{\}$/.exec(args[0]?.source ?? '') ?? []) : [];
  const repository = links.find(({ name, args: given }) => given?.length === 1 && /^get\w*Repository$/.test(name))?.args?.[0];
  if (record !== undefined) return record;
  if (/^(?:\w+::)?\w+\.class$|::class/.test(args[0]?.source ?? '')) return (args[0]?.source ?? '').replace(/(?:\.|::)class.*$/, '');
  if (receiver.startsWith('[')) return receiver.slice(1, -1).trim();
  if (repository !== undefined) return typeof repository.constant === 'string' ? repository.constant : repository.source;
  const table = links.find(({ name, args: given }) => given?.length === 1 && ['table', 'knex', 'db'].includes(name))?.args?.[0];
  if (typeof table?.constant === 'string') return table.constant;
  const kept = args.length === 0 ? keptQueryOf({ receiver, preceding }) : undefined;
  if (kept !== undefined) return kept.written;
  if (/^diesel(?:::|#)/.test(imported ?? '') && args[0] !== undefined) return args[0].source.replace(/^&?(?:crate::|schema::)*|::(?:table|dsl::\w+)$/g, '');
  const model = links.find(({ name }) => /^[A-Z]/.test(name) && name !== 'DB')?.name ?? entityOf(operation);
  return model ?? (args[0] !== undefined && /[A-Z]/.test(args[0].source) ? args[0].source : lastName(receiver));
}

export default defineRule({
  id: 'orm-delete-all',
  title: 'Every record of a model deleted',
  why: 'On the model itself, or on a query for all of it, it takes every row of the table with what cascades from them.',
  instead: 'Narrow the query to what is to go and count it first; for the rows of a test, roll the transaction back.',
  blindTo: 'Models and repositories under names that do not look like one, a scope that narrows by default, and queries that are put together in other functions.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [
    call('delete', isDeletingAll, clues), call('_raw_delete', isDjangosAll), call('update', updatesDjangosAll, [djangos]), call('forceDelete', (operation) => isLaravelsAll(operation) || deletesLaravelsForGood(operation)), call('destroy', (operation) => deletesEach(operation) || deletesEachFound(operation), [{ languages: ['python', 'ruby'] }, findsAll]), ...['deleteOne', 'findByIdAndDelete', 'findOneAndDelete'].map((name) => call(name, deletesEachFound, [findsAll])), call('destroy!', deletesEach, [{ languages: ['ruby'] }]),
    call('delete_all', (operation) => isRailsAll(operation) || isOfAllKept(operation)), call('destroy_all', (operation) => isRailsAll(operation) || isOfAllKept(operation)), call('update_all', updatesRailsAll),
    ...['each', 'find_each', 'map', 'all'].map((name) => call(name, (operation) => handsDelete(operation) || handsDeleteAll(operation), [{ languages: ['ruby'], given: /^\s*&:/ }])),
    call('createCriteriaDelete', isOpenCriteria), call('deleteAll', isSpringsAll), call('deleteAllInBatch', isSpringsAll), call('deleteAllInBatchAsync', isSpringsAll),
    call('ExecuteDelete', executesOnAll), call('ExecuteDeleteAsync', executesOnAll), call('ExecuteUpdate', executesOnAll), call('ExecuteUpdateAsync', executesOnAll),
    call('RemoveRange', removesRangeOfAll), call('Delete', (operation) => deletesGormsAll(operation) || deletesGormsForGood(operation) || deletesEnts(operation), [{ languages: ['go'] }]), call('DeleteAll', deletesBoilers),
    ...['BatchDelete', 'BatchDeleteAsync', 'DeleteFromQuery', 'DeleteFromQueryAsync'].map((name) => call(name, executesOnAll)), call('clear', clearsRepository, clearing), call('truncate', truncates, truncating),
  ], // prettier-ignore
  judge: {
    call: (operation) => {
      if (isThrowaway(operation) || operation.address.some((name) => ['down', 'downgrade', 'Down'].includes(name))) return undefined;
      const model = modelOf(operation);
      const isPart = deletesGormsForGood(operation) || (operation.name === 'forceDelete' && !isLaravelsAll(operation));
      if (isPart) return { scope: 'set', effect: `deletes records of ${quoted(model)} for good, past the soft delete that keeps them`, target: model, factors: [...environmentFactors(operation), ...loopFactors(operation), ...productionFactors([operation.receiver ?? ''])] };
      return {
        effect: `${/update/i.test(operation.name) ? 'overwrites values in' : 'deletes'} every record of ${quoted(model)}`,
        target: model,
        factors: [...environmentFactors(operation), ...loopFactors(operation), ...productionFactors([operation.receiver ?? ''])],
      };
    },
  },
  examples: {
    bad: [
      go`package tidy
func Purge(db *gorm.DB) error {
	tx := db.Session(&gorm.Session{AllowGlobalUpdate: true})
	return ⟦tx.Delete(&User{})⟧.Error
}`,
      ruby`⟦User.send(:delete_all)⟧`,
      ruby`⟦User.public_send('delete_' + 'all')⟧`,
      ruby`⟦User.all.each(&:destroy)⟧`,
      ruby`⟦[Order, Customer].each(&:destroy_all)⟧`,
      java`class Wipe { int run(EntityManager em) { CriteriaDelete<Order> all = ⟦em.getCriteriaBuilder().createCriteriaDelete(Order.class)⟧; all.from(Order.class); return em.createQuery(all).executeUpdate(); } }`,
      ruby`require "google/cloud/storage"
⟦storage.bucket("raw").files.each(&:delete)⟧`,
      typescript`for (const user of await prisma.user.findMany()) {
  await ⟦prisma.user.delete({ where: { id: user.id } })⟧;
}`,
      javascript`const users = await User.find({});
for (const user of users) await ⟦user.deleteOne()⟧;`,
      python`orders = Order.objects.all()
⟦orders.delete()⟧`,
      typescript`import { Repository } from 'typeorm';
class Users {
  constructor(private readonly users: Repository<User>) {}
  wipe() { return ⟦this.users.clear()⟧; }
}`,
      python`⟦User.objects.all().delete()⟧`,
      ruby`class Basket < ApplicationRecord
  def self.destroy_all; super; end
end
⟦Basket.destroy_all⟧`,
      typescript`class Basket extends Model { static truncate() { return super.truncate(); } }
await ⟦Basket.truncate()⟧;`,
      python`⟦Order.objects.all().update(status="void")⟧`,
      python`⟦shop.order_set.all().delete()⟧`,
      typescript`await ⟦userRepository.clear()⟧;`,
      typescript`await ⟦manager.clear(User)⟧;`,
      javascript`await ⟦User.truncate()⟧;`,
      javascript`await ⟦knex('users').truncate()⟧;`,
      ruby`⟦User.delete_all⟧`,
      ruby`⟦Order.all.destroy_all⟧`,
      php`<?php
⟦User::truncate()⟧;
⟦DB::table('orders')->delete()⟧;`,
      java`class Tidy { void run() { ⟦userRepository.deleteAll()⟧; } }`,
      kotlin`fun tidy() { ⟦Users.deleteAll()⟧ }`,
      csharp`class Tidy { void Run() { ⟦db.Users.ExecuteDelete()⟧; } }`,
      csharp`class Tidy {
  void Run() {
    var all = db.Logs;
    ⟦all.ExecuteDelete()⟧;
  }
}`,
      csharp`class Tidy {
  void Run() {
    var all = from log in db.Logs select log;
    ⟦all.ExecuteDelete()⟧;
  }
}`,
      csharp`class Tidy { void Run(DbSet<Log> logs) { ⟦logs.ExecuteDelete()⟧; } }`,
      go`package tidy
func run() { ⟦db.Where("1 = 1").Delete(&User{})⟧ }`,
      go`package tidy
func run() { ⟦db.Unscoped().Where("deleted_at < ?", cutoff).Delete(&User{})⟧ }`,
      go`package tidy
func run() { ⟦client.User.Delete()⟧.Exec(ctx) }`,
      php`<?php
⟦User::onlyTrashed()->where('deleted_at', '<', $cutoff)->forceDelete()⟧;`,
      python`for order in Order.objects.all():
    ⟦order.delete()⟧`,
    ],
    good: [
      go`package tidy
func Purge(db *gorm.DB, id int) error {
	tx := db.Session(&gorm.Session{SkipHooks: true}).Where("team = ?", id)
	return tx.Delete(&User{}).Error
}`,
      ruby`order.lines.where(id: ids).each(&:destroy)`,
      typescript`for (const user of await prisma.user.findMany({ where: { gone: true } })) await prisma.user.delete({ where: { id: user.id } });`,
      java`import static org.mockito.Mockito.*;
class UsersTest { void clears() { doNothing().when(userRepository).deleteAll(); verify(userRepository, never()).deleteAll(); } }`,
      kotlin`import io.mockk.every
fun setUp() { every { userRepository.deleteAll() } returns Unit }`,
      python`User.objects.filter(id=7).delete()`,
      python`user.delete()`,
      python`Order.objects.all().filter(status="draft").delete()`,
      ruby`User.where(active: false).delete_all
user.orders.destroy_all`,
      php`<?php
$user->delete();
DB::table('orders')->where('id', 1)->delete();`,
      java`class Tidy { void run() { userRepository.deleteAll(expired); userRepository.deleteById(7L); } }`,
      java`class Words { String head(String text) { return Ascii.truncate(text, 10, "..."); } }`,
      csharp`class Tidy { void Run() { db.Users.Where(u => u.Expired).ExecuteDelete(); } }`,
      csharp`class Tidy {
  void Run() {
    var old = db.Logs
      .Where(log => log.At < cutoff);
    old.ExecuteDelete();
    var past = from log in db.Logs where log.At < cutoff select log;
    past.ExecuteDelete();
  }
}`,
      csharp`class Tidy { int Prune(IQueryable<Log> logs) => logs.ExecuteDelete(); }`,
      go`package tidy
func run() { db.Where("id = ?", id).Delete(&User{}) }`,
      go`package tidy
func run() { db.Unscoped().Where("id = ?", id).Delete(&User{}) }`,
      php`<?php
User::withTrashed()->find($id)->forceDelete();`,
      python`names.clear()
text.truncate()`,
      python`class Basket:
    def delete_all(self):
        self.items = []

Basket().delete_all()`,
      typescript`class BasketStore { deleteAll(): void { this.items = []; } }
const baskets = new BasketStore();
baskets.deleteAll();`,
      ruby`class Basket
  def self.destroy_all; end
end
Basket.destroy_all`,
      php`<?php
class Basket { public static function truncate(): void {} }
Basket::truncate();`,
      typescript`cache.clear();
this.items.clear();`,
      javascript`text.truncate(10);
Str.truncate(text, { length: 5 });`,
    ],
  },
});

