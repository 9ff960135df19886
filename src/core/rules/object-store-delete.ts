import { objectStores } from '../catalogue/commands/objectStores.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';
import { dryRun } from '../check/saferForm.ts';

export default defineRule({
  id: 'object-store-delete',
  title: 'Stored objects deleted',
  why: 'Objects below a prefix go at once and in great number; without versioning there is no way back.',
  instead: 'List what would go first (`--dry-run`), let a lifecycle rule with a waiting time delete it, and keep versioning on.',
  blindTo: 'Whether the bucket keeps versions, which remote a name stands for in the configuration, and what lies below the prefix.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: toolMatchers(objectStores),
  judge: { command: judgeByTable(objectStores) },
  safer: [dryRun(/^rclone /, '--dry-run')],
  examples: {
    bad: [
      shell`⟦rclone purge remote:invoices⟧`,
      shell`⟦rclone sync ./public remote:site⟧`,
      shell`⟦s3cmd del --recursive s3://invoices/2024/⟧`,
      shell`⟦mc rm --recursive --force store/invoices⟧`,
      shell`⟦databricks fs rm -r dbfs:/mnt/orders⟧`,
      shell`⟦hdfs dfs -rm -r -skipTrash /data/orders⟧`,
    ],
    good: [
      shell`rclone sync --dry-run ./public remote:site`,
      shell`rclone copy ./public remote:site`,
      shell`s3cmd del s3://invoices/a.pdf`,
      shell`mc ls store/invoices`,
      shell`databricks fs rm dbfs:/tmp/a.csv`,
      shell`hdfs dfs -ls -R /data`,
    ],
  },
});
