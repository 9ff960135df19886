import { change } from '../check/example.ts';
import { productionFactors, quoted } from '../check/factors.ts';
import { defineRule, removal } from '../check/rule.ts';
import type { Removal } from '../language/operation.ts';

function judge({ source, from }: Removal) {
  return {
    effect: `runs ${quoted(from)} without ${quoted(source)}, which chose what it acts on`,
    target: from,
    factors: [{ text: 'it acted on less before', weight: 1 } as const, ...productionFactors([from])],
  };
}

export default defineRule({
  id: 'filter-removed',
  title: 'Condition on what is taken away removed',
  why: 'The call was there before, and acted on less: a condition, a prefix or an age that chose what goes is not any more, or takes in more. The code reads as tidy as before, and no test fails.',
  instead: 'Keep the condition, and count what the wider one takes in before it is deleted.',
  blindTo: 'Conditions that were written anew and take in more now, lengths of time that another file gives, and calls whose name does not say that they destroy something.',
  blastRadius: { scope: 'set', undo: 'none' },
  matches: [removal('filter')],
  judge: { removal: judge },
  examples: {
    bad: [
      // The query is still counted by the condition, and carried out without it.
      change(
        'prune.py',
        `def prune(now):\n    Session.objects.filter(expires__lt=now).delete()\n`,
        `def prune(now):\n    old = Session.objects.filter(expires__lt=now).count()\n    ⟦Session.objects.delete()⟧\n`,
      ),
      change(
        'orders.js',
        `exports.remove = (id) => knex('orders').where({ id }).del();\n`,
        `exports.remove = (id) => {\n  const query = knex('orders');\n  return ⟦query.del()⟧;\n};\n`,
      ),
      change('purge.py', `cur.execute("DELETE FROM orders WHERE state = 'draft' AND tenant = %s", (tenant,))\n`, `⟦cur.execute("DELETE FROM orders WHERE state = 'draft'")⟧\n`),
      change('src/drafts.ts', `await prisma.order.deleteMany({ where: { state: 'draft', tenantId } });\n`, `await ⟦prisma.order.deleteMany({ where: { state: 'draft' } })⟧;\n`),
      change('drafts.sql', `DELETE FROM orders WHERE tenant = 7 AND state = 'draft';\n`, `⟦DELETE FROM orders WHERE tenant = 7⟧;\n`),
      // The same, but any of them is enough.
      change('done.sql', `DELETE FROM orders WHERE done AND placed < '2020-01-01';\n`, `⟦DELETE FROM orders WHERE done OR placed < '2020-01-01'⟧;\n`),
      change(
        'src/inactive.ts',
        `await db.delete(users).where(and(eq(users.isActive, false), lt(users.seen, cutoff)));\n`,
        `await ⟦db.delete(users)⟧.where(or(eq(users.isActive, false), lt(users.seen, cutoff)));\n`,
      ),
      // What is chosen stands in a variable.
      change(
        'src/leads.ts',
        `export async function prune(orgId: string) {\n  const where = { orgId, seen: { lt: cutoff } };\n  await prisma.lead.deleteMany({ where });\n}\n`,
        `export async function prune(orgId: string) {\n  const where = { seen: { lt: cutoff } };\n  await ⟦prisma.lead.deleteMany({ where })⟧;\n}\n`,
      ),
      change(
        'leads.py',
        `def prune():\n    stale = Lead.objects.filter(owner=None, source='import')\n    stale.delete()\n`,
        `def prune():\n    stale = Lead.objects.filter(owner=None)\n    ⟦stale.delete()⟧\n`,
      ),
      change(
        'Leads.php',
        `<?php\nfunction prune() {\n  $stale = Lead::query()->where('source', 'import')->where('seen', '<', $cutoff);\n  $stale->delete();\n}\n`,
        `<?php\nfunction prune() {\n  $stale = Lead::query()->where('seen', '<', $cutoff);\n  ⟦$stale->delete()⟧;\n}\n`,
      ),
      // The option's default says how old they have to be.
      change(
        'prune.go',
        `package prune\n\nvar (\n  keepDays = flag.Int("keep-days", 90, "days to keep")\n)\n\nfunc Run(db *sql.DB) error {\n  return db.Exec("DELETE FROM events WHERE at < $1", ago(*keepDays))\n}\n`,
        `package prune\n\nvar (\n  keepDays = flag.Int("keep-days", 1, "days to keep")\n)\n\nfunc Run(db *sql.DB) error {\n  return ⟦db.Exec("DELETE FROM events WHERE at < $1", ago(*keepDays))⟧\n}\n`,
      ),
    ],
    good: [
      // How the user is found is another matter.
      change(
        'orders.rb',
        `def clear\n  user = User.where(id: 3).first\n  orders = Order.where(user: user)\n  orders.destroy_all\nend\n`,
        `def clear\n  user = User.find(3)\n  orders = Order.where(user: user)\n  orders.destroy_all\nend\n`,
      ),
      change(
        'src/leads.ts',
        `const where = { orgId, seen: { lt: cutoff } };\nawait prisma.lead.deleteMany({ where });\n`,
        `const where = { seen: { lt: cutoff }, orgId: organisation.id };\nawait prisma.lead.deleteMany({ where });\n`,
      ),
      // What chooses the records stands in a variable, or in a function or scope, that it goes through now.
      change(
        'prune.py',
        `def prune(now):\n    Session.objects.filter(expires__lt=now).delete()\n`,
        `def prune(now):\n    old = Session.objects.filter(expires__lt=now)\n    log(old.count())\n    old.delete()\n`,
      ),
      change('prune.rb', `def prune\n  User.where('seen_at < ?', 1.year.ago).delete_all\nend\n`, `def prune\n  stale = User.where('seen_at < ?', 1.year.ago)\n  stale.delete_all\nend\n`),
      change(
        'orders.js',
        `exports.remove = (id) => knex('orders').where({ id }).del();\n`,
        `exports.remove = (id) => {\n  const query = knex('orders').where({ id });\n  return query.del();\n};\n`,
      ),
      change(
        'prune.py',
        `def prune(now):\n    Session.objects.filter(expires__lt=now).delete()\n`,
        `def expired(now):\n    return Session.objects.filter(expires__lt=now)\n\ndef prune(now):\n    expired(now).delete()\n`,
      ),
      change('src/drafts.ts', `await prisma.order.deleteMany({ where: { state: 'draft', tenantId } });\n`, `const where = { state: 'draft', tenantId };\nawait prisma.order.deleteMany({ where });\n`),
      change('drafts.sql', `DELETE FROM orders WHERE tenant = 7 AND state = 'draft';\n`, `DELETE FROM orders\n WHERE state = 'draft' AND tenant = 7;\n`),
    ],
  },
});
