import assert from 'node:assert/strict';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes } from './sandbox.ts';

const values = Array.from({ length: 40 }, (_, index) => `export const value${index} = compute(${index});`);
const purge = ['export async function purge(dryRun: boolean) {', '  if (dryRun) return;', '  await db.user.deleteMany({});', '}'];
const unguarded = purge.toSpliced(1, 1);
const database = ['resource "aws_db_instance" "main" {', '  identifier = "main"', '  deletion_protection = true', '}'];

/** `main` with all files, and a branch `topic` on which an agent is at work. */
async function started(): Promise<NotedRepository> {
  const repository = await NotedRepository.make();
  repository.write('purge.ts', ...purge);
  repository.write('values.ts', ...values);
  repository.write('db.tf', ...database);
  repository.commit('base');
  repository.git('switch', '--quiet', '--create', 'topic');
  return repository;
}

async function deleted(): Promise<NotedRepository> {
  const repository = await started();
  repository.agent('purge.ts', ...unguarded);
  repository.agentRemoves('db.tf');
  repository.commit('take a guard and a database away');
  return repository;
}

/** What `check --scope ai` finds in the last commit: rule, path, and the agent. */
async function found({ sandbox, folder }: NotedRepository, change = 'HEAD~..HEAD'): Promise<string[]> {
  const { findings, stderr } = await sandbox.check(['--diff', change, '--scope', 'ai'], { cwd: folder });
  assert.equal(stderr.replace(/^Checked.*\n/m, ''), '');
  return findings.map(({ rule, path, origin }) => `${rule} ${path} ${origin?.tool} ${origin?.evidence}`);
}

/** What the same finds in a clone of the team's, which has nothing but the notes. */
function foundThere(repository: NotedRepository, branch = 'topic'): Promise<string[]> {
  return found(repository.cloned(branch));
}

/** `main` goes on, above and beside what is deleted. */
function goOn(repository: NotedRepository): void {
  repository.git('switch', '--quiet', 'main');
  repository.write('purge.ts', 'import { db } from "db";', ...purge);
  repository.write('other.ts', 'other();');
  repository.commit('upstream');
}

const gone = ['resource-removed db.tf claude-code reported', 'guard-removed purge.ts claude-code reported'];

scenarios('Git', () => {
  after(removeSandboxes);

  scenario({ case: 'an agent only deletes: a guard, and a file', evidence: 'reported', result: '`check --scope ai` has both findings, here and in a clone of the team' }, async () => {
    const repository = await deleted();
    assert.deepEqual([await found(repository), await foundThere(repository)], [gone, gone]);
    assert.equal(await repository.cloned('topic').blame('purge.ts'), '?!??');
  });

  it('the gate knows whose the deletions are, in a clone of the team', async () => {
    const repository = await NotedRepository.make();
    repository.write('.firebreak/policy.yml', 'version: 1', 'targets: [refs/heads/main]', 'review: all-ai');
    repository.write('db.tf', ...database);
    repository.write('other.txt', 'one', 'two', 'three');
    repository.write('mine.txt', 'mine');
    repository.commit('base');
    repository.git('switch', '--quiet', '--create', 'topic');
    repository.agentRemoves('db.tf');
    repository.agent('other.txt', 'one', 'three');
    repository.git('rm', '--quiet', 'mine.txt');
    repository.commit();
    const clone = repository.cloned();
    const { stdout } = await repository.sandbox.run(['gate', '--base', 'origin/main', '--head', 'HEAD', '--target', 'refs/heads/main', '--format', 'json'], { cwd: clone.folder });
    const { blocked } = JSON.parse(stdout) as { blocked: { concern: { rule: string; path: string; authorship: string } }[] };
    const concerns = blocked.map(({ concern: { rule, path, authorship } }) => `${rule} ${path} ${authorship}`);
    assert.deepEqual(concerns.sort(), ['ai-change db.tf ai', 'ai-change mine.txt unknown', 'ai-change other.txt ai', 'resource-removed db.tf ai']);
  });

  scenario({ case: 'deletions of an agent, amended twice', evidence: 'reported', result: 'the amended commit has them' }, async () => {
    const repository = await deleted();
    repository.git('commit', '--quiet', '--amend', '--message=said better');
    repository.write('other.ts', 'other();');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--amend', '--no-edit');
    assert.deepEqual(await foundThere(repository), gone);
  });

  scenario({ case: 'deletions of an agent, rebased, and picked in another clone', evidence: 'reported', result: 'the new commits have them' }, async () => {
    const repository = await deleted();
    const clone = repository.cloned();
    goOn(repository);
    repository.git('switch', '--quiet', 'topic');
    repository.git('rebase', '--quiet', 'main');
    assert.deepEqual(await foundThere(repository), gone);
    await clone.hook();
    clone.git('config', 'user.name', 'R');
    clone.git('config', 'user.email', 'r@example.com');
    clone.git('switch', '--quiet', '--create', 'picked', 'HEAD~');
    clone.git('cherry-pick', 'origin/topic');
    assert.deepEqual(await foundThere(clone, 'picked'), gone);
  });

  scenario({ case: 'deletions of an agent, merged', evidence: 'reported', result: 'what was merged has them' }, async () => {
    const repository = await deleted();
    goOn(repository);
    repository.git('merge', '--quiet', '--no-edit', 'topic');
    assert.deepEqual(await foundThere(repository, 'main'), gone);
  });

  scenario({ case: 'deletions of an agent, squashed by hand and by a rebase', evidence: 'reported', result: 'the one commit has them' }, async () => {
    const repository = await deleted();
    repository.write('other.ts', 'other();');
    repository.commit('more');
    repository.git('switch', '--quiet', 'main');
    repository.git('merge', '--quiet', '--squash', 'topic');
    repository.git('commit', '--quiet', '--message=All at once');
    assert.deepEqual(await foundThere(repository, 'main'), gone);
    repository.git('switch', '--quiet', 'topic');
    repository.sandbox.gitWith({ env: { GIT_EDITOR: 'true', GIT_SEQUENCE_EDITOR: "sed -i -e '2s/pick/fixup/'" } }, 'rebase', '--quiet', '--interactive', 'HEAD~2');
    assert.deepEqual(await foundThere(repository), gone);
  });

  scenario({ case: 'deletions of an agent, reverted, and that too', evidence: 'reported', result: 'they are back, and gone again' }, async () => {
    const repository = await deleted();
    repository.git('revert', '--no-edit', 'HEAD');
    assert.deepEqual(await foundThere(repository), []);
    repository.git('revert', '--no-edit', 'HEAD');
    assert.deepEqual(await foundThere(repository), gone);
  });

  scenario({ case: 'deletions of an agent, squashed by a forge, of which only the tree is known', evidence: 'inferred', result: 'they are found among the notes of the branch' }, async () => {
    const repository = await deleted();
    goOn(repository);
    const squashed = repository.git('commit-tree', repository.git('merge-tree', '--write-tree', 'main', 'topic'), '-p', 'main', '-m', 'Add it (#1)');
    repository.git('update-ref', 'refs/heads/main', squashed);
    assert.deepEqual(await foundThere(repository, 'main'), gone.map((each) => each.replace('reported', 'inferred')));
  });

  scenario({ case: 'deletions of an agent, stashed, and popped after another commit', evidence: 'reported', result: 'the commit that has them is noted' }, async () => {
    const repository = await started();
    repository.agent('purge.ts', ...unguarded);
    repository.agentRemoves('db.tf');
    repository.git('stash', '--quiet');
    repository.write('other.ts', 'other();');
    repository.commit('between');
    repository.git('stash', 'pop', '--quiet');
    repository.commit('popped');
    assert.deepEqual(await foundThere(repository), gone);
  });

  scenario({ case: 'a person deletes a file of which an agent had deleted a part', evidence: 'none', result: 'that it is gone is not the agent\'s' }, async () => {
    const repository = await started();
    repository.agent('db.tf', ...database.slice(0, 2), '}');
    repository.commit('an agent');
    repository.git('rm', '--quiet', 'db.tf');
    repository.commit('a person');
    assert.deepEqual(await foundThere(repository), []);
  });

  scenario({ case: 'a person moves a file, and an agent deletes another', evidence: 'reported', result: 'just the deletion is the agent\'s' }, async () => {
    const repository = await started();
    repository.git('mv', 'db.tf', 'moved.tf');
    repository.agentRemoves('values.ts');
    repository.commit();
    assert.deepEqual(await foundThere(repository), ['code-removed values.ts claude-code reported']);
  });
});
