import { type Deed, harmless, type Tools } from './tool.ts';

const locked: Deed = ['set', 'costly', 'locks the account {} or lets anybody in'];

/** Accounts of machines and directories. */
export const accounts: Tools = {
  userdel: { valued: '-R --root -P', deeds: { '-r|--remove|-f|--force': ['collection', 'none', 'deletes the account {} with its home directory'], '': ['set', 'costly', 'deletes the account {}'] } },
  'deluser delgroup': { valued: '--backup-to', deeds: { '--remove-home|--remove-all-files': ['collection', 'none', 'deletes the account {} with its home directory'], '': ['set', 'costly', 'deletes the account {}'] } },
  groupdel: { valued: '-R --root', deeds: { '': ['set', 'costly', 'deletes the group {}'] } },
  usermod: { valued: '-R -g -G -d -c -s -u -e', deeds: { '-L|--lock': locked, '-e=1|-e=1970-01-01': locked } },
  passwd: { deeds: { '-d|--delete|-l|--lock|-e|--expire': locked } },
  chage: { deeds: { '-E=0': locked } },
  vipw: { deeds: { '': ['service', 'costly', 'changes the list of accounts by hand'] } },
  'dscl sysadminctl': { deeds: { '* -delete|delete': ['set', 'none', 'deletes {}'], '-deleteUser': ['collection', 'none', 'deletes an account with its home directory'] } },
  dseditgroup: { deeds: { '-o=delete': ['set', 'costly', 'deletes a group'] } },
  ldapdelete: { valued: '-H -D -w -y -b -f -h -p', idle: '-n', deeds: { '-r': ['collection', 'none', 'deletes {} with everything below it'], '': ['set', 'none', 'deletes {} from the directory'] } },
  'ipa': { deeds: { 'user-del|group-del|host-del|service-del|dnszone-del|role-del': ['set', 'costly', 'deletes {}'], 'user-disable': locked } },
  'samba-tool': { deeds: { 'user|group|computer|ou delete': ['set', 'none', 'deletes {} from the directory'], 'domain demote': ['environment', 'costly', 'takes the server out of the domain'], 'dns zonedelete': ['service', 'none', 'deletes a zone'] } },
  'smbpasswd pdbedit': { deeds: { '-x|--delete': ['set', 'costly', 'deletes the account {}'] } },
  'okta auth0': { deeds: { 'apps|apis|users|roles|organizations|tenants|actions|rules delete|rm': ['set', 'none', 'deletes {}'], 'test|quickstarts|logs **': harmless } },
  'kcadm.sh kcadm': { valued: '-r --target-realm -s -f --config', deeds: { delete: ['service', 'none', 'deletes {} with everything below it'] } },
};

/** What keeps programs and people from doing damage. */
export const safeguards: Tools = {
  setenforce: { deeds: { '0|permissive': ['service', 'easy', 'turns off what keeps services apart (SELinux)'] } },
  'aa-teardown aa-disable aa-complain': { deeds: { '': ['service', 'easy', 'turns off what keeps services apart (AppArmor)'] } },
  auditctl: { deeds: { '-D': ['service', 'easy', 'removes every rule of the audit log'], '-e=0': ['service', 'easy', 'turns the audit log off'] } },
  csrutil: { deeds: { disable: ['service', 'easy', 'turns off the protection of the system\'s files'], 'authenticated-root disable': ['service', 'easy', 'turns off the protection of the system\'s files'] } },
  spctl: { deeds: { '--master-disable|--global-disable': ['service', 'easy', 'lets any program run'] } },
  'fdesetup': { deeds: { 'disable|removerecovery': ['service', 'costly', 'turns the encryption of the disk off'] } },
  chattr: { deeds: { '-i': ['object', 'easy', 'lets {} be changed'] } },
  'gh': {
    valued: '-R --repo -d --description -h --homepage',
    target: '',
    deeds: { 'repo edit --visibility': ['service', 'none', 'changes who can see the repository {}: stars and forks go, or strangers see it'], 'ruleset **': harmless },
  },
};

/** Repositories on their servers. */
export const repositories: Tools = {
  gh: {
    valued: '-R --repo',
    deeds: {
      'repo delete': ['environment', 'none', 'deletes the repository {} with its issues, pull requests and releases'], 'repo archive': ['service', 'easy', 'makes the repository {} read-only for everybody'], 'repo rename': ['service', 'easy', 'renames the repository to {}: what refers to it by name may break'], 'repo sync --force': ['collection', 'costly', 'overwrites a branch of {} by its source'],
      'repo deploy-key|autolink delete': ['set', 'costly', 'deletes a key that others may use ({})'], 'release delete-asset': ['set', 'costly', 'deletes a file of a release ({})'], 'release delete': ['set', 'costly', 'deletes the release {} with its files'], 'cache|run|codespace|gist|label|issue|pr delete <listed>': ['set', 'none', 'deletes {}'], 'issue|project delete': ['set', 'none', 'deletes {}'],
      'cs|codespace delete --all': ['collection', 'none', 'deletes every codespace with what was not pushed'], 'workflow disable': ['set', 'easy', 'stops the workflow {}'], 'pr merge --admin': ['collection', 'costly', 'merges {} though its checks or reviews do not allow it'], 'extension|alias|cache|label|gist|auth **': harmless,
    },
  },
  glab: { valued: '-R --repo', deeds: { 'repo|project delete': ['environment', 'none', 'deletes the project {} with its issues and merge requests'], 'repo|project archive': ['service', 'easy', 'makes the project {} read-only'], 'repo|project transfer': ['service', 'costly', 'moves the project {} to others'], 'release delete': ['set', 'costly', 'deletes the release {}'], 'issue|mr|label|milestone|schedule|runner delete': ['object', 'none', 'deletes {}'], 'cluster|securefile remove|delete': ['set', 'none', 'deletes {}'] } },
  'tea bitbucket bb': { deeds: { 'repo|repos delete|rm': ['environment', 'none', 'deletes the repository {}'], 'releases|release delete': ['set', 'costly', 'deletes the release {}'] } },
  'svn': { valued: '-m --message --username --password', deeds: { 'delete|del|remove|rm': ['set', 'easy', 'deletes {} in the newest revision'], 'revert -R|--recursive': ['set', 'none', 'throws away every local change below {}'], 'cleanup --remove-unversioned': ['set', 'none', 'deletes every file that Subversion does not track'] } },
  svnadmin: { deeds: { 'hotcopy|load|recover|setrevprop': ['service', 'costly', 'changes the repository {}'] } },
  'hg': { idle: '-p --print', deeds: { 'strip': ['set', 'costly', 'removes commits ({})'], 'purge|clean --all': ['collection', 'none', 'deletes every file that Mercurial does not track, ignored ones too'], purge: ['set', 'none', 'deletes every file that Mercurial does not track'], 'update|up|checkout|co -C|--clean': ['set', 'none', 'throws away every uncommitted change'], 'revert -a|--all': ['set', 'none', 'throws away every uncommitted change'], 'push -f|--force': ['collection', 'costly', 'pushes though it makes new heads for everybody'], rollback: ['set', 'costly', 'takes the last transaction back'] } },
  'p4': { deeds: { 'obliterate -y': ['collection', 'none', 'deletes {} with its whole history'], 'client|depot|stream|branch|label -d': ['service', 'none', 'deletes {}'], revert: ['set', 'none', 'throws away the changes to {}'] } },
  'jj': { deeds: { 'abandon|op abandon': ['set', 'costly', 'throws commits away ({})'] } },
  'bfg': { deeds: { '': ['collection', 'none', 'rewrites every commit of the repository'] } },
  'git-filter-repo': { idle: '--dry-run --analyze', deeds: { '': ['collection', 'none', 'rewrites every commit of the repository and drops the old ones'] } },
};
