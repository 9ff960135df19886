import { queues } from '../catalogue/commands/queues.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'queue-purge',
  title: 'Queue emptied or deleted',
  why: 'Messages that nobody has worked on yet are lost without a trace: orders, mails and events that no other place has.',
  instead: 'Stop the producers and let the queue run empty, move messages aside, or set a time to live; reset offsets with `--dry-run` first.',
  blindTo: 'How many messages wait, whether they can be produced again, and which broker the command talks to.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: toolMatchers(queues),
  judge: { command: judgeByTable(queues) },
  examples: {
    bad: [
      shell`⟦tctl --ns prod namespace delete⟧`,
      shell`⟦kafka-topics.sh --bootstrap-server b:9092 --delete --topic orders⟧`,
      shell`⟦rabbitmqctl purge_queue orders⟧`,
      shell`⟦kafka-consumer-groups --bootstrap-server b:9092 --group g --reset-offsets --to-latest --topic orders --execute⟧`,
      shell`⟦celery -A shop purge -f⟧`,
      shell`⟦nats stream rm ORDERS -f⟧`,
    ],
    good: [
      shell`tctl --ns prod namespace describe`,
      shell`kafka-topics --bootstrap-server b:9092 --list`,
      shell`kafka-consumer-groups --bootstrap-server b:9092 --group g --reset-offsets --to-latest --topic orders --dry-run`,
      shell`rabbitmqctl list_queues`,
      shell`celery -A shop worker`,
      shell`nats stream info ORDERS`,
    ],
  },
});
