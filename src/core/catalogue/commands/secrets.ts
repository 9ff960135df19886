import { type Deed, harmless, type Tools } from './tool.ts';

const secret: Deed = ['set', 'none', 'deletes the secret {}, which nothing prints again'];

/** Tools that keep secrets, keys and certificates. */
export const secrets: Tools = {
  'gpg gpg2': { valued: '--homedir --keyserver -u -r', deeds: { '--delete-secret-keys|--delete-secret-key|--delete-secret-and-public-key|--delete-secret-and-public-keys': ['service', 'none', 'deletes the private key {}: nobody can read what it encrypted'], '--delete-keys|--delete-key': ['object', 'easy', 'deletes the public key {}'], '--gen-revoke|--quick-revoke-uid': harmless } },
  'vault bao': {
    valued: '-address -namespace -mount -ca-cert -format -field -mode',
    deeds: {
      'kv metadata delete': ['set', 'none', 'deletes the secret {} with every version'], 'kv destroy': ['set', 'none', 'destroys versions of the secret {}'], 'kv delete': ['set', 'costly', 'deletes the newest version of the secret {}'], 'kv rollback|undelete': harmless,
      'secrets disable': ['service', 'none', 'deletes every secret below {}'], 'secrets move': ['service', 'costly', 'moves every secret of {}'], 'auth disable': ['service', 'none', 'removes the way to sign in {} with all it allowed'],
      'audit disable': ['service', 'costly', 'turns off the record of who did what'], 'lease revoke -prefix|-force': ['service', 'costly', 'takes back every credential below {}'], 'lease revoke': ['set', 'costly', 'takes back the credential {}'],
      'token revoke -self': harmless, 'token revoke': ['set', 'costly', 'takes a token back'], 'policy delete': ['set', 'costly', 'deletes the policy {}'], 'namespace delete': ['environment', 'none', 'deletes the namespace {} with every secret in it'],
      delete: ['set', 'none', 'deletes {}'], 'operator seal': ['service', 'costly', 'seals the vault: nothing can be read until enough people open it'], 'operator rekey|rotate|raft|generate-root': ['service', 'costly', 'changes how the vault is opened, or its cluster'], 'transit delete': ['service', 'none', 'deletes a key, and with it everything it encrypted'],
    },
  },
  op: { valued: '--account --vault --session --category', deeds: { 'item|document delete|remove|rm': ['set', 'costly', 'deletes the item {}'], 'vault delete|remove|rm': ['service', 'none', 'deletes the vault {} with everything in it'], 'user|group delete|suspend|remove|rm': ['set', 'costly', 'removes {}'], 'connect server|vault|token delete|revoke': ['service', 'costly', 'takes access away from what uses {}'] } },
  'bw rbw lpass': { deeds: { 'delete|remove|rm': ['set', 'none', 'deletes {} from the password safe'], 'purge': ['service', 'none', 'deletes everything in the password safe'] } },
  'pass gopass': { deeds: { 'rm|remove|delete -r|--recursive': ['collection', 'none', 'deletes every password below {}'], 'rm|remove|delete': ['set', 'costly', 'deletes the password {}'], init: ['service', 'costly', 'encrypts every password for {} instead of who had the key'] } },
  'aws-vault': { deeds: { 'remove|rm|clear': ['set', 'costly', 'deletes the stored credentials of {}'] } },
  'chamber': { valued: '-b --backend', deeds: { delete: secret } },
  doppler: { valued: '-p --project -c --config -t --token --scope', deeds: { 'secrets delete': secret, 'projects|environments|configs delete': ['service', 'none', 'deletes {} with its secrets'], 'configs tokens revoke': ['set', 'costly', 'takes a token back'] } },
  infisical: { valued: '--env --path --projectId --token', deeds: { 'secrets delete': secret, 'secrets folders delete': ['collection', 'none', 'deletes a folder with its secrets'] } },
  'phase akeyless bws ksm keeper': { deeds: { 'secrets|secret|project delete|remove': secret, 'delete|delete-item|delete-items|rm': secret } },
  'dotenv-vault dotenvx': { deeds: { 'ext rotate': harmless } },
  berglas: { deeds: { delete: secret } },
  credstash: { deeds: { delete: secret } },
  conjur: { deeds: { 'policy load|replace|update --replace|--delete': ['service', 'none', 'replaces a policy, and drops what it no longer names'] } },
  'gh': { valued: '-R --repo -o --org -e --env -a --app -u --user', deeds: { 'secret delete|remove|set:delete': secret, 'variable delete|remove': ['set', 'costly', 'deletes the variable {}'], 'ssh-key|gpg-key delete': ['set', 'costly', 'deletes the key {}'] } },
  'glab': { valued: '-R --repo -g --group -s --scope', deeds: { 'variable delete|remove': secret, 'ssh-key delete': ['set', 'costly', 'deletes the key {}'], 'token revoke': ['set', 'costly', 'takes the token {} back'] } },
  'circleci travis buildkite-agent': { deeds: { 'context remove-secret|delete|delete-context': secret, 'env unset|clear': secret, 'secret delete': secret } },
  keytool: { valued: '-keystore -storepass -alias -storetype', target: '-alias', deeds: { '-delete': ['set', 'none', 'deletes the key or certificate {} from the key store'] } },
  'certbot certbot-auto': { target: '--cert-name', valued: '--cert-path --reason -d', deeds: { revoke: ['set', 'none', 'revokes the certificate {}: browsers no longer trust it'], delete: ['set', 'costly', 'deletes the certificate {}'] } },
  'step': { deeds: { 'ca revoke': ['set', 'none', 'revokes the certificate {}'], 'ca provisioner|admin|policy remove': ['service', 'costly', 'takes away who may ask for certificates'] } },
  'openssl': { deeds: { 'ca -revoke': ['set', 'none', 'revokes a certificate'] } },
  'cfssl easyrsa': { deeds: { revoke: ['set', 'none', 'revokes the certificate {}'], 'init-pki|soft|hard': ['service', 'none', 'deletes the whole certificate authority'] } },
  'ssh-add': { deeds: { '-D': ['object', 'easy', 'makes the agent forget every key'] } },
  'keyctl': { deeds: { 'clear|purge|revoke|invalidate': ['set', 'costly', 'deletes keys of the kernel ({})'] } },
  'security': { deeds: { 'delete-keychain': ['service', 'none', 'deletes the key chain {}'], 'delete-generic-password|delete-internet-password|delete-certificate|delete-identity': ['set', 'none', 'deletes an entry of the key chain'] } },
  'kadmin kadmin.local': { deeds: { 'delprinc|delete_principal|delpol': ['set', 'costly', 'deletes {}, and locks out what signs in with it'] } },
  'kdb5_util': { deeds: { 'destroy': ['service', 'none', 'deletes the whole Kerberos database'] } },
  'tpm2_clear tpm2_evictcontrol': { deeds: { '': ['service', 'none', 'deletes keys of the security chip: what they encrypt cannot be read again'] } },
  'ykman': { deeds: { 'piv|openpgp|fido|oath|otp reset|delete': ['set', 'none', 'deletes keys of the token'] } },
  'kubeseal sops': { deeds: { '--rotate|rotate': harmless } },
};
