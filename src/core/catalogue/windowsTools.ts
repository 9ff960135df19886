import type { CmdletLoss } from './cmdlets.ts';

/** Programs of Windows by what follows their name, in lower case. */
export const windowsTools: Readonly<Record<string, readonly CmdletLoss[]>> = {
  vssadmin: [[/^(?:delete shadows|resize shadowstorage)/, ['service', 'none', 'deletes the shadow copies that files can be restored from']]],
  wmic: [[/\bshadowcopy\b.*\bdelete\b/, ['service', 'none', 'deletes the shadow copies that files can be restored from']], [/\bproduct\b.*\buninstall\b/, ['set', 'costly', 'uninstalls software']]],
  wbadmin: [[/^delete (?:catalog|backup|systemstatebackup)/, ['service', 'none', 'deletes backups of the machine']]],
  bcdedit: [[/^\/delete|^\/set\b.*\b(?:recoveryenabled no|bootstatuspolicy ignoreallfailures|safeboot)/, ['service', 'costly', 'changes how the machine starts and recovers']]],
  reagentc: [[/^\/disable/, ['service', 'easy', 'turns the recovery environment off']]],
  format: [[/^(?:\uE000|[a-z]:)/, ['service', 'none', 'formats a drive: everything on it is lost']]],
  diskpart: [[/^\/s\b/, ['service', 'none', 'runs a script that changes disks and partitions']]],
  cipher: [[/^\/w/, ['set', 'none', 'overwrites free space, so that nothing deleted can be had back']]],
  sdelete: [[/./, ['set', 'none', 'overwrites files so that they cannot be had back']]],
  fsutil: [[/^usn deletejournal|^volume dismount/, ['set', 'none', 'deletes the journal of a volume']]],
  wevtutil: [[/^(?:cl|clear-log)\b/, ['set', 'none', 'clears an event log']]],
  reg: [[/^delete \S+.*\/v\b/], [/^delete\b/, ['collection', 'none', 'deletes a key of the registry with everything below it']]],
  sc: [[/^(?:\\\\\S+ )?delete\b/, ['service', 'costly', 'deletes a service']]],
  net: [[/^user\b.*\/delete\b/, ['set', 'costly', 'deletes an account']], [/^stop\b/, ['service', 'easy', 'stops a service']]],
  netsh: [[/advfirewall.*\bstate off\b|firewall.*\bopmode (?:mode=)?disable\b/, ['service', 'easy', 'turns the firewall off']], [/advfirewall reset|winsock reset|int ip reset/, ['service', 'costly', 'resets the settings of the network']]],
  schtasks: [[/^\/delete\b.*\/tn \*/, ['collection', 'costly', 'deletes every scheduled task']]],
  dism: [[/\/(?:remove-package|disable-feature)/, ['service', 'easy', 'takes a part of Windows away']]],
  robocopy: [[/\/(?:mir|purge)\b/, ['set', 'costly', 'deletes from the target what the source does not have']]],
  dsrm: [[/-subtree/, ['environment', 'costly', 'takes a part of the directory away with everything in it']], [/./, ['set', 'costly', 'deletes objects of the directory']]],
  appcmd: [[/^delete\b/, ['service', 'costly', 'deletes a site or a part of it']]],
  mountvol: [[/\/d\b/, ['service', 'easy', 'takes a volume away from the system']]],
};
