import assert from 'node:assert/strict';
import { isRemovedByAi, withRegionOf } from '../../src/core/check/attribute.ts';
import { describeCause } from '../../src/core/check/originWords.ts';
import { rules } from '../../src/core/rules/index.ts';
import { checkText } from '../support/check.ts';
import { told, Typist } from '../support/typist.ts';
import { scenario, scenarios } from './scenario.ts';

const agent = told('Chat.applyEdits', { $extensionId: 'agent', $$requestId: 'r' });

/** What is found for a change, each with whoever made it. */
async function findingsOf(path: string, before: string, after: string, change = agent) {
  const typist = new Typist(before).replace(before, after, change);
  return (await checkText(path, after, { before })).map((finding) => withRegionOf(finding, typist.regions));
}

async function findingOf(ruleId: string, path: string, before: string, after: string) {
  return (await findingsOf(path, before, after)).find((finding) => finding.ruleId === ruleId);
}

const compared = rules.flatMap(({ id, examples }) => examples.bad.flatMap(({ path, before, text }) => (before === undefined ? [] : [{ id, path, before, text }])));

scenarios('Risk', () => {
  scenario({ case: 'an AI makes the change of any example of the rules that compare', evidence: 'observed', result: 'the finding has a region of the AI' }, async () => {
    assert.ok(compared.length > 50);
    const missed: string[] = [];
    for (const { id, path, before, text } of compared) {
      const own = (await findingsOf(path, before, text)).filter(({ ruleId }) => ruleId === id);
      assert.ok(own.length > 0, id);
      if (!own.every(({ region }) => region?.origin.kind === 'ai')) missed.push(`${id} ${path} ${JSON.stringify(text.slice(0, 80))}`);
    }
    assert.deepEqual(missed, []);
  });

  scenario({ case: 'an AI deletes a guard around a destructive call', evidence: 'observed', result: 'the finding says that an AI removed it' }, async () => {
    const before = 'export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  await store.deleteAll();\n}\n';
    const found = await findingOf('guard-removed', 'src/purge.ts', before, before.replace('  if (dryRun) return;\n', ''));
    assert.ok(found);
    assert.equal(found.region?.removedText, '  if (dryRun) return;\n');
    assert.equal(isRemovedByAi(found), true);
    assert.equal(describeCause(found), 'An AI removed this. The editor saw this deletion come from agent.');
  });

  scenario({ case: 'an AI switches a protection off', evidence: 'observed', result: 'the finding says that an AI removed it' }, async () => {
    const before = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n';
    const found = await findingOf('deletion-protection-removed', 'main.tf', before, before.replace('true', 'false'));
    assert.ok(found);
    assert.equal(isRemovedByAi(found), true);
  });

  scenario({ case: 'a person deletes a guard in a function of which an AI deleted something else', evidence: 'observed', result: 'the finding counts as the AI\'s, and does not say that the AI removed the guard' }, async () => {
    const before = 'export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  report("begin");\n  await store.deleteAll();\n}\n';
    const typist = new Typist(before).replace('  report("begin");\n', '', agent).replace('  if (dryRun) return;\n', '');
    const [found] = (await checkText('src/purge.ts', typist.text, { before })).filter(({ ruleId }) => ruleId === 'guard-removed').map((finding) => withRegionOf(finding, typist.regions));
    assert.ok(found);
    assert.equal(found.region?.removedText, '  report("begin");\n');
    assert.equal(isRemovedByAi(found), false);
  });

  scenario({ case: 'a person puts the guard back', evidence: 'none', result: 'no finding of the guard, and no region' }, async () => {
    const before = 'export async function purge(dryRun: boolean) {\n  if (dryRun) return;\n  await store.deleteAll();\n}\n';
    const typist = new Typist(before).replace('  if (dryRun) return;\n', '', agent).insertBefore('  await', '  if (dryRun) return;\n');
    assert.equal(typist.shown, before);
    const found = (await checkText('src/purge.ts', typist.text, { before })).map((finding) => withRegionOf(finding, typist.regions));
    assert.deepEqual(found.map(({ ruleId, region }) => [ruleId, region]), [['orm-delete-all', undefined]]);
  });
});
