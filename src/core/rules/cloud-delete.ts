import { clouds } from '../catalogue/commands/clouds.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'cloud-delete',
  title: 'Cloud resource deleted from the command line',
  why: 'The resource goes with everything in it. What is created again under its name is empty, has other addresses and keys, and takes hours to become what it was.',
  instead: 'Change the stack that manages it. If it has to go, let a person run the command with the name typed out, after a snapshot was taken and a lock was looked for.',
  blindTo: 'Which project, subscription or region the command runs in, locks and deletion protection that stop it, and deletes in files that are handed over. The command line of AWS has a rule of its own.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: toolMatchers(clouds),
  judge: { command: judgeByTable(clouds) },
  examples: {
    bad: [
      shell`⟦gcloud projects delete shop-prod --quiet⟧`,
      shell`⟦gcloud --project shop sql instances delete orders⟧`,
      shell`⟦az group delete --name shop --yes --no-wait⟧`,
      shell`⟦az keyvault purge -n shop-keys⟧`,
      shell`for d in $(doctl compute droplet list --format ID); do ⟦doctl compute droplet delete "$d" -f⟧; done`,
      shell`⟦gsutil -m rm -r gs://invoices/2024⟧ && echo gone`,
      shell`⟦bq rm -r -f shop:orders⟧`,
      shell`⟦cbt -instance shop deletetable orders⟧`,
      shell`⟦aliyun ecs DeleteInstance --InstanceId i-1 --Force true⟧`,
      shell`⟦hcloud server delete web-1⟧`,
    ],
    good: [
      shell`gcloud compute instances list --filter name=delete`,
      shell`gcloud compute firewall-rules delete allow-ssh`,
      shell`az storage blob delete -c invoices -n a.pdf`,
      shell`az group delete --help`,
      shell`bq query --dry_run --replace --destination_table=shop.orders 'select 1'`,
      shell`cbt -instance shop deleterow orders r1`,
      shell`gsutil rm gs://invoices/a.pdf`,
      shell`echo "az group delete -n shop"`,
      shell`doctl compute droplet get delete`,
      shell`gcloud pubsub topics publish delete --message x`,
    ],
  },
});
