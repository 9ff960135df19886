import type { Sample } from './sample.ts';

const imports = `import logging
import shutil
import subprocess
from datetime import timedelta

import boto3
import psycopg2

from .model import Context, Order, Result

logger = logging.getLogger(__name__)
cloudformation = boto3.client("cloudformation")
RETRIES = 3
`;

const human = (index: number) => `

def handle_order_${index}(order: Order, context: Context) -> Result:
    """Handle one order of kind ${index}; see the runbook before you change the retries."""
    started = context.clock.now()
    lines = [line for line in order.lines if line.amount > ${index % 7}]
    if not lines:
        logger.info("order %s has nothing to deliver", order.id)
        return Result(state="skipped", took=context.clock.now() - started)
    for line in lines:
        context.stock.reserve(line.article, line.amount)
        if line.total > context.limits.review:
            context.queue.push({"kind": "review", "order": order.id, "line": line})
    delivery = context.carrier.book(to=order.address, weight=sum(line.weight for line in lines))
    context.cache.delete(order.id)
    return Result(state="booked", delivery=delivery.id, took=context.clock.now() - started)
`;

const assistant = `

def clean_up_environments(stacks, connection):
    stale = [stack for stack in stacks if stack.updated_at < cutoff(timedelta(days=30))]
    cursor = connection.cursor()
    for stack in stale:
        print(f"cleaning up {stack.name}")
        cloudformation.delete_stack(StackName=stack.name)
        wait_until_gone(cloudformation, stack.name)
        shutil.rmtree(stack.folder)
        subprocess.run(f"terraform -chdir={stack.folder} destroy -auto-approve", shell=True)
        cursor.execute("DELETE FROM deployments")
        again = cloudformation.create_stack(StackName=stack.name, TemplateBody=stack.template)
        print(again["StackId"])
`;

export const python: Sample = {
  language: 'Python',
  path: 'src/orders.py',
  imports,
  human,
  assistant,
  before: assistant.replace('"DELETE FROM deployments"', '"DELETE FROM deployments WHERE id = %s"'),
  typedIn: 'cleaning up',
  newCall: ['print(again["StackId"])', '\n        archive(stack.name)'],
};
