import type { Sample } from './sample.ts';

const human = (index: number) => `
/** Handles one order of kind ${index}; see the runbook before you change the retries. */
export async function handleOrder${index}(order: Order, context: Context): Promise<Result> {
  const started = context.clock.now();
  const lines = order.lines.filter((line) => line.amount > ${index % 7}).map((line) => ({ ...line, total: line.amount * line.price }));
  if (lines.length === 0) {
    context.log.info(\`order \${order.id} has nothing to deliver\`, { kind: ${index} });
    return { state: 'skipped', tookMs: context.clock.now() - started };
  }
  for (const line of lines) {
    await context.stock.reserve(line.article, line.amount);
    if (line.total > context.limits.review) await context.queue.push({ kind: 'review', order: order.id, line });
  }
  const delivery = await context.carrier.book({ to: order.address, weight: lines.reduce((sum, line) => sum + line.weight, 0) });
  cache.delete(order.id);
  return { state: 'booked', delivery: delivery.id, tookMs: context.clock.now() - started };
}
`;

const assistant = `
export async function cleanUpEnvironments(stacks: Stack[], client: CloudFormationClient): Promise<void> {
  const stale = stacks.filter((stack) => stack.updatedAt < cutoff());
  for (const stack of stale) {
    console.log(\`cleaning up \${stack.name}\`);
    await client.send(new DeleteStackCommand({ StackName: stack.name }));
    await waitUntilGone(client, stack.name);
    rmSync(stack.folder, { recursive: true, force: true });
    execSync(\`terraform -chdir=\${stack.folder} destroy -auto-approve\`);
    await pool.query('DELETE FROM deployments');
    const again = await client.send(new CreateStackCommand({ StackName: stack.name, TemplateBody: stack.template }));
    console.log(again.StackId);
  }
}
`;

const imports = `import { execSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import type { Context, Order, Result, Stack } from './model';
import { cache, cutoff, pool, waitUntilGone } from './platform';
`;

export const typescript: Sample = {
  language: 'TypeScript',
  path: 'src/orders.ts',
  imports,
  human,
  assistant,
  before: assistant.replace("'DELETE FROM deployments'", "'DELETE FROM deployments WHERE id = $1'"),
  typedIn: 'cleaning up',
  newCall: ['again.StackId);', '\n    await archive(stack.name);'],
};
