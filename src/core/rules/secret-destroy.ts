import { secrets } from '../catalogue/commands/secrets.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'secret-destroy',
  title: 'Secret or key destroyed',
  why: 'What a lost key encrypted is lost too; a deleted secret stops whatever signs in with it, and nothing prints it again.',
  instead: 'Add the new version first, switch over, and delete the old one when nothing has used it for a while; keep a copy where only few can read it.',
  blindTo: 'Who uses the secret, copies elsewhere, and how long a vault keeps what was deleted. Secrets of clouds count as cloud resources.',
  blastRadius: { scope: 'set', undo: 'none' },
  matches: toolMatchers(secrets),
  judge: { command: judgeByTable(secrets) },
  examples: {
    bad: [
      shell`⟦vault secrets disable kv/⟧`,
      shell`⟦vault kv metadata delete kv/shop⟧`,
      shell`⟦gpg --batch --yes --delete-secret-keys ABCD⟧`,
      shell`⟦gh secret delete API_KEY⟧`,
      shell`⟦op vault delete shop⟧`,
      shell`⟦vault lease revoke -prefix aws/⟧`,
    ],
    good: [
      shell`vault kv get kv/shop`,
      shell`gh secret list`,
      shell`gpg --list-secret-keys`,
      shell`gh secret set API_KEY < key`,
      shell`vault token revoke -self`,
      shell`echo "vault secrets disable kv/"`,
      shell`ssh-keygen -R example.com`,
    ],
  },
});
