import { change } from '../check/example.ts';
import { productionFactors, quoted } from '../check/factors.ts';
import { defineRule, removal } from '../check/rule.ts';
import type { GuardKind, Removal } from '../language/operation.ts';

/** What each kind of guard did, in words that follow its text. */
const guards: Readonly<Record<Exclude<GuardKind, 'errorHandling' | 'filter'>, { readonly did: string; readonly weight: 0 | 1 }>> = {
  dryRun: { did: 'which let it be tried without doing it', weight: 1 },
  confirmation: { did: 'which asked before it was done', weight: 1 },
  environment: { did: 'which kept it to some environments', weight: 1 },
  permission: { did: 'which let only some do it', weight: 1 },
  setting: { did: 'which let it run only where somebody turned it on', weight: 1 },
  limit: { did: 'which kept it small', weight: 0 },
  presence: { did: 'which stopped it when nothing was named', weight: 0 },
  backup: { did: 'which kept a copy first', weight: 1 },
  condition: { did: 'which stopped it where that does not hold', weight: 1 },
  transaction: { did: 'which took all of it back when a part failed', weight: 0 },
};

const kinds = Object.keys(guards) as (keyof typeof guards)[];

function judge({ removed, source, from }: Removal) {
  const guard = kinds.find((kind) => kind === removed);
  if (guard === undefined) return undefined;
  const { did, weight } = guards[guard];
  return {
    effect: `runs ${quoted(from)} without ${quoted(source)}, ${did}`,
    target: from,
    factors: [...(weight === 1 ? [{ text: 'it was guarded before', weight } as const] : []), ...productionFactors([from])],
  };
}

export default defineRule({
  id: 'guard-removed',
  title: 'Guard around a destructive call removed',
  why: 'The call was there before; what kept it from doing harm is not any more. A change like this reads like tidying up, and no test fails.',
  instead: 'Keep the guard where it was, or put it into a function of its own that the call still goes through.',
  blindTo: 'Guards in another file that this one called, steps that are told by no usual word, conditions that were written anew and hold more often now, and calls whose name does not say that they destroy something.',
  blastRadius: { scope: 'set', undo: 'none' },
  matches: kinds.map((kind) => removal(kind)),
  judge: { removal: judge },
  examples: {
    bad: [
      change(
        'src/purge.ts',
        `export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  await store.deleteAll();\n}\n`,
        `export async function purge() {\n  await ⟦store.deleteAll()⟧;\n}\n`,
      ),
      change(
        'cleanup.py',
        `def cleanup(bucket):\n    if os.environ["APP_ENV"] == "production":\n        raise RuntimeError("not here")\n    bucket.objects.all().delete()\n`,
        `def cleanup(bucket):\n    ⟦bucket.objects.all().delete()⟧\n`,
      ),
      change(
        'src/users.ts',
        `async function removeUsers(ids) {\n  const ok = await confirm('Delete ' + ids.length + ' users?');\n  if (!ok) return;\n  for (const id of ids) await users.destroy(id);\n}\n`,
        `async function removeUsers(ids) {\n  for (const id of ids) await ⟦users.destroy(id)⟧;\n}\n`,
      ),
      change(
        'main.go',
        `package main\nfunc Run(db *DB) error {\n  if err := backupDatabase(db); err != nil {\n    return err\n  }\n  return db.DropTables()\n}\n`,
        `package main\nfunc Run(db *DB) error {\n  return ⟦db.DropTables()⟧\n}\n`,
      ),
      change(
        'src/prune.ts',
        `export const prune = () => db.transaction(async (tx) => {\n  await tx.deleteOrders();\n  await tx.deleteItems();\n});\n`,
        `export const prune = async () => {\n  await ⟦tx.deleteOrders()⟧;\n  await ⟦tx.deleteItems()⟧;\n};\n`,
      ),
      // The parameter that is left guards nothing.
      change(
        'src/purge.ts',
        `export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  await store.deleteAll();\n}\n`,
        `export async function purge(dryRun: boolean) {\n  await ⟦store.deleteAll()⟧;\n}\n`,
      ),
      change(
        'src/purge.ts',
        `export async function purge(dryRun: boolean) {\n  if (dryRun) {\n    return;\n  }\n  await store.deleteAll();\n}\n`,
        `export async function purge(dryRun: boolean) {\n  if (dryRun) {\n    report();\n  }\n  await ⟦store.deleteAll()⟧;\n}\n`,
      ),
      change(
        'src/purge.ts',
        `export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  await store.deleteAll();\n}\n`,
        `export async function purge(dryRun: boolean) {\n  // if (dryRun) return;\n  await ⟦store.deleteAll()⟧;\n}\n`,
      ),
      change(
        'Carts.java',
        `class Carts {\n  @Transactional\n  @PreAuthorize("hasRole('ADMIN')")\n  void clear() {\n    store.deleteAll();\n  }\n}\n`,
        `class Carts {\n  @Transactional\n  void clear() {\n    ⟦store.deleteAll()⟧;\n  }\n}\n`,
      ),
      change(
        'clear.ps1',
        `$answer = Read-Host "Sure?"\nif ($answer -ne "yes") { return }\nRemove-AzResourceGroup -Name shop -Force\n`,
        `⟦Remove-AzResourceGroup -Name shop -Force⟧\n`,
      ),
      change('src/sessions.ts', `await sessions.destroy({ before: cutoff, dryRun: true });\n`, `await ⟦sessions.destroy({ before: cutoff, dryRun: false })⟧;\n`),
      change(
        'wipe.sh',
        `read -p "Really? " answer\n[ "$answer" = yes ] || exit 1\npg_dump shop > before.sql\ndropdb shop\n`,
        `⟦dropdb shop⟧\n`,
      ),
      change(
        'routes.js',
        `router.delete('/carts', requireAdmin, async (request, response) => {\n  await carts.deleteMany({ shop });\n});\n`,
        `router.delete('/carts', async (request, response) => {\n  await ⟦carts.deleteMany({ shop })⟧;\n});\n`,
      ),
      change(
        'Purge.kt',
        `fun purge(ids: List<Long>) {\n  require(ids.size <= 100) { "too many" }\n  store.deleteAll(ids)\n}\n`,
        `fun purge(ids: List<Long>) {\n  ⟦store.deleteAll(ids)⟧\n}\n`,
      ),
      change(
        '.github/workflows/down.yml',
        `on: workflow_dispatch\njobs:\n  down:\n    environment: production\n    steps:\n      - run: terraform destroy -auto-approve\n`,
        `on: workflow_dispatch\njobs:\n  down:\n    steps:\n      - run: ⟦terraform destroy -auto-approve⟧\n`,
      ),
      change('Makefile', `wipe:\n\t@read -p "Sure? " ok && [ "$$ok" = y ]\n\tdropdb shop\n`, `wipe:\n\t⟦dropdb shop⟧\n`),
      change(
        'drop.py',
        `def drop(name, dry_run=True):\n    if dry_run:\n        return\n    client.delete_cluster(name)\n`,
        `def drop(name, dry_run=False):\n    if dry_run:\n        return\n    ⟦client.delete_cluster(name)⟧\n`,
      ),
      change(
        'prune.py',
        `MAX_DELETE = 10\ndef prune(ids):\n    if len(ids) > MAX_DELETE:\n        raise TooMany()\n    client.terminate(ids)\n`,
        `MAX_DELETE = 100_000\ndef prune(ids):\n    if len(ids) > MAX_DELETE:\n        raise TooMany()\n    ⟦client.terminate(ids)⟧\n`,
      ),
      change(
        'wipe.ts',
        `async function wipe() {\n  if (process.env.NODE_ENV !== 'production') {\n    await store.dropAll();\n  }\n}\n`,
        `async function wipe() {\n  if (process.env.NODE_ENV !== 'production' || process.env.FORCE) {\n    await ⟦store.dropAll()⟧;\n  }\n}\n`,
      ),
      change('drop.sh', `DRY_RUN=\${DRY_RUN:-true}\n[ "$DRY_RUN" = true ] && exit 0\ndropdb shop\n`, `DRY_RUN=\${DRY_RUN:-false}\n[ "$DRY_RUN" = true ] && exit 0\n⟦dropdb shop⟧\n`),
      // The function is there, and nobody calls it.
      change(
        'wipe.sh',
        `read -r -p "Which? " answer\n[[ "$answer" == "$TARGET_ENV" ]] || exit 1\nrm -rf /srv/data\n`,
        `ask() {\n  read -r -p "Which? " answer\n  [[ "$answer" == "$1" ]]\n}\n⟦rm -rf /srv/data⟧\n`,
      ),
      change('clean.sh', `set -eu\nrm -rf "\${DATA:?}/cache"\n`, `set -eu\n⟦rm -rf "$DATA/cache"⟧\n`),
      // It holds where it did not.
      change(
        'wipe.py',
        `def wipe(store, dry_run):\n    if dry_run:\n        return\n    store.delete_all()\n`,
        `def wipe(store, dry_run):\n    if not dry_run:\n        return\n    ⟦store.delete_all()⟧\n`,
      ),
      change(
        'wipe.ts',
        `if (process.env.NODE_ENV === 'production') throw new Error('not here');\nawait store.dropAll();\n`,
        `if (process.env.NODE_ENV !== 'production') throw new Error('not here');\nawait ⟦store.dropAll()⟧;\n`,
      ),
      change(
        'wipe.ts',
        `if (process.env.NODE_ENV === 'production') throw new Error('not here');\nawait store.dropAll();\n`,
        `if (process.env.NODE_ENV === 'test') throw new Error('not here');\nawait ⟦store.dropAll()⟧;\n`,
      ),
      // Out of what stands around a function without a name nothing leads any more.
      change(
        'wipe.ts',
        `export async function wipe(dryRun: boolean) {\n  if (dryRun) {\n    report();\n    return;\n  }\n  await store.transaction(async (tx) => {\n    await tx.deleteMany({ old: true });\n  });\n}\n`,
        `export async function wipe(dryRun: boolean) {\n  if (dryRun) {\n    report();\n  }\n  await store.transaction(async (tx) => {\n    await ⟦tx.deleteMany({ old: true })⟧;\n  });\n}\n`,
      ),
      change(
        'routes.ts',
        `export const admin = Router();\nadmin.post('/carts', async (req, res) => {\n  if (!req.user?.isAdmin) return res.sendStatus(403);\n  await carts.deleteMany({ shop });\n});\n`,
        `export const admin = Router();\nadmin.post('/carts', async (req, res) => {\n  await ⟦carts.deleteMany({ shop })⟧;\n});\n`,
      ),
      change(
        'wipe.ts',
        `if (isProduction() && !flags.force) process.exit(1);\nawait store.dropAll();\n`,
        `if (isProduction() && flags.strict && !flags.force) process.exit(1);\nawait ⟦store.dropAll()⟧;\n`,
      ),
      change('tidy.sql', `BEGIN;\nDELETE FROM carts WHERE age > 90;\nDELETE FROM items WHERE cart IS NULL;\nCOMMIT;\n`, `⟦DELETE FROM carts WHERE age > 90⟧;\n⟦DELETE FROM items WHERE cart IS NULL⟧;\n`),
      change('logs.sql', `DELETE FROM logs WHERE at < now() LIMIT 1000;\n`, `⟦DELETE FROM logs WHERE at < now()⟧;\n`),
      change('src/first.ts', `await store.deleteObjects(keys.slice(0, 100));\n`, `await ⟦store.deleteObjects(keys)⟧;\n`),
      // Brought in, it asks nobody anything.
      change(
        'orders.js',
        `const { requireAdmin } = require('./auth');\nrouter.delete('/orders', requireAdmin, async (request, response) => {\n  await orders.deleteMany({ shop });\n});\n`,
        `const { requireAdmin } = require('./auth');\nrouter.delete('/orders', async (request, response) => {\n  await ⟦orders.deleteMany({ shop })⟧;\n});\n`,
      ),
    ],
    good: [
      // The same, told the other way round.
      change(
        'wipe.ts',
        `export async function wipe(dryRun: boolean) {\n  if (!dryRun) {\n    await store.dropAll();\n  } else {\n    report();\n  }\n}\n`,
        `export async function wipe(dryRun: boolean) {\n  if (dryRun) {\n    report();\n  } else {\n    await store.dropAll();\n  }\n}\n`,
      ),
      change(
        'wipe.ts',
        `export async function wipe(dryRun: boolean) {\n  if (!dryRun) {\n    await store.dropAll();\n  }\n}\n`,
        `export async function wipe(dryRun: boolean) {\n  if (dryRun) return;\n  await store.dropAll();\n}\n`,
      ),
      change(
        'wipe.ts',
        `if (process.env.NODE_ENV === 'prod') throw new Error('not here');\nawait store.dropAll();\n`,
        `if (process.env.NODE_ENV === 'production') throw new Error('not here');\nawait store.dropAll();\n`,
      ),
      change(
        'Carts.java',
        `class Carts {\n  @Transactional\n  void clear(long shop) {\n    items.deleteByShop(shop);\n    carts.deleteByShop(shop);\n  }\n}\n`,
        `class Carts {\n  void clear(long shop) {\n    tx.executeWithoutResult(status -> {\n      items.deleteByShop(shop);\n      carts.deleteByShop(shop);\n    });\n  }\n}\n`,
      ),
      change('src/sessions.ts', `await sessions.destroy({ before: cutoff, dryRun: true });\n`, `const options = { before: cutoff, dryRun: true };\nawait sessions.destroy(options);\n`),
      change('drop.py', `def drop(name, dry_run=False):\n    if not dry_run:\n        client.delete_cluster(name)\n`, `def drop(name, dry_run: bool = True):\n    if not dry_run:\n        client.delete_cluster(name)\n`),
      change('prune.py', `MAX_DELETE = 10\nif len(ids) > MAX_DELETE:\n    raise TooMany()\nclient.terminate(ids)\n`, `MAX_DELETE = 20\nif len(ids) > MAX_DELETE:\n    raise TooMany()\nclient.terminate(ids)\n`),
      change('wipe.py', `if env == "production":\n    raise Refused()\nstore.drop_all()\n`, `if env == "production" or env == "staging":\n    raise Refused()\nstore.drop_all()\n`),
      // A question that was put into a function, which is given what it is about.
      change(
        'wipe.sh',
        `set -e\nread -r -p "Which? " answer\n[[ "$answer" == "$TARGET_ENV" ]] || exit 1\nrm -rf /srv/data\n`,
        `set -e\nask() {\n  local answer\n  read -r -p "Which? " answer\n  [[ "$answer" == "$1" ]]\n}\nask "$TARGET_ENV" || exit 1\nrm -rf /srv/data\n`,
      ),
      // What is only said, kept under a path or put together destroys nothing.
      change('src/say.rs', `fn say(name: &str) {\n    if env != "production" {\n        println!("delete {name}");\n    }\n}\n`, `fn say(name: &str) {\n    println!("delete {name}");\n}\n`),
      change('say.py', `import sys\ndef say(name):\n    if os.environ["ENV"] == "production":\n        return\n    sys.stdout.write(f"would delete {name}")\n`, `import sys\ndef say(name):\n    sys.stdout.write(f"would delete {name}")\n`),
      change('Fail.java', `class Fail {\n  void run(String env) {\n    if ("production".equals(env)) return;\n    throw new IllegalStateException("could not delete it");\n  }\n}\n`, `class Fail {\n  void run(String env) {\n    throw new IllegalStateException("could not delete it");\n  }\n}\n`),
      change('Check.kt', `fun run(names: List<String>, confirmed: Boolean) {\n  require(confirmed)\n  check(names.isNotEmpty()) { "nothing to delete" }\n}\n`, `fun run(names: List<String>, confirmed: Boolean) {\n  check(names.isNotEmpty()) { "nothing to delete" }\n}\n`),
      change('routes.js', `router.post('/purge', async (request, response) => {\n  response.json(await carts.find().where({ old: true }));\n});\n`, `router.post('/purge', async (request, response) => {\n  response.json(await carts.find());\n});\n`),
      change('ask.sh', `[ "$TARGET_ENV" = production ] && exit 1\nread -r -p "Delete it? " answer\nterraform plan -destroy -out=plan\n`, `read -r -p "Delete it? " answer\nterraform plan -destroy -out=plan\n`),
      change('wipe.sh', `read -p "Really? " answer\nrm -rf /srv/data\n`, `read -rp "Really? " reply\nrm -rf /srv/data\n`),
      // What went with its job guarded nothing else.
      change(
        '.github/workflows/down.yml',
        `jobs:\n  ship:\n    environment: production\n    steps:\n      - run: ./ship.sh\n  down:\n    steps:\n      - run: terraform destroy -auto-approve\n`,
        `jobs:\n  down:\n    steps:\n      - run: terraform destroy -auto-approve\n`,
      ),
      change('build.sh', `set -x\nrm -rf dist\n`, `rm -rf dist\n`),
      change(
        'src/purge.ts',
        `export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  await store.deleteAll();\n}\n`,
        `export async function purge(dryRun: boolean) {\n  if (!dryRun) {\n    await store.deleteAll();\n  }\n}\n`,
      ),
      change(
        'src/users.ts',
        `async function removeUser(id) {\n  if (!(await confirm('Sure?'))) return;\n  await users.destroy(id);\n}\n`,
        `async function askFirst() {\n  if (!(await confirm('Sure?'))) throw new Stopped();\n}\nasync function removeUser(id) {\n  await askFirst();\n  await users.destroy(id);\n}\n`,
      ),
      change('src/purge.ts', `function purge(dryRun) {\n  if (dryRun) {\n    console.log('would delete');\n    return;\n  }\n  store.deleteAll();\n}\n`, `function purge(dryRun) {\n  if (dryRun) {\n    return;\n  }\n  store.deleteAll();\n}\n`),
      change('src/say.ts', `if (confirmed) console.log('deleted');\n`, `console.log('deleted');\n`),
      change('src/list.ts', `if (items.includes(item)) items.remove(item);\n`, `items.remove(item);\n`),
      change('src/purge.ts', `await store.deleteAll();\n`, `if (dryRun) return;\nawait store.deleteAll();\n`),
      change('src/purge.ts', `if (dryRun) return;\nawait store.deleteAll();\n`, `console.log('done');\n`),
      change('clean.py', `def f(x):\n    if dry_run:\n        return\n    x.delete()\n`, `def f(y):\n    # renamed\n    if dry_run:\n        return None\n    y.delete()\n`),
    ],
  },
});
