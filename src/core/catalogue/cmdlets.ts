type Scope = 'object' | 'set' | 'collection' | 'service' | 'environment' | 'account';
type Undo = 'easy' | 'costly' | 'none';

/** What the cmdlets of a kind do, by their names in lower case; the first that fits counts, and one without a loss is harmless. */
export type CmdletLoss = readonly [names: RegExp, loss?: readonly [scope: Scope, undo: Undo, effect: string]];

/** The verbs of cmdlets that the tables below know, by which they are found in a text. */
export const cmdletVerbs: readonly string[] = ['remove', 'clear', 'format', 'initialize', 'reset', 'uninstall', 'disable', 'stop', 'restart', 'unregister', 'dismount', 'revoke', 'restore', 'request', 'set', 'search'];

/** Cmdlets that do harm with some values only: names, what has to stand behind in lower case, and what that does. */
export const cmdletSettings: readonly (readonly [name: RegExp, given: RegExp, loss: readonly [scope: Scope, undo: Undo, effect: string]])[] = [
  [/^set-mppreference\b/, /-disable\w+\s+(?:\$true|1)\b/, ['service', 'easy', 'turns the protection against malware off']],
  [/^set-netfirewallprofile\b/, /-enabled:?\s+(?:\$?false|0)\b/, ['service', 'easy', 'turns the firewall off']],
  [/^stop-process\b/, /\b(?:sqlservr|mysqld|postgres|oracle|mongod|redis-server|w3wp|httpd|nginx|tomcat\w*|store|vmms|lsass|svchost)\b/, ['service', 'easy', 'ends a server that others rely on, with what it had not written']],
  [/^search-mailbox\b/, /-deletecontent\b/, ['collection', 'none', 'deletes mail of people']],
  [/^set-azvirtualnetwork\w*\b|^set-service\b/, /-startuptype:?\s+disabled\b/, ['service', 'easy', 'does not start a service with the machine any more']],
  [/^set-adaccountpassword\b|^set-aduser\b/, /-enabled:?\s+\$false\b/, ['set', 'costly', 'locks an account']],
];

/** One thing among many, or what only describes or connects others. */
const parts = /(?:object|tag|tags|tagging|rule|rules|record|recordset|resourcerecord|member|membership|property|itemproperty|variable|module|event|job|session|pssession|pssessionconfiguration|psdrive|psbreakpoint|alias|typedata|cache|policyattachment|permission|assignment|attachment|association|config|configuration|setting|settings|subscription|attribute|version|entry|message|alarm|metricalarm|listener|ipconfig|ipaddress|address|blob|route|parameter|endpointconnection|networkinterface|nic|template|condition|filter|extension|type|function|history|item|link)s?$/;

/** What cmdlets of PowerShell, of Windows Server and of cloud services take away, after their documentation. */
export const cmdletLosses: readonly CmdletLoss[] = [
  [/^(?:format-volume|clear-disk|reset-physicaldisk|remove-partition|remove-virtualdisk|remove-storagepool|initialize-disk|remove-physicaldisk|remove-volume)$/, ['service', 'none', 'wipes a disk or volume and what it holds']],
  [/^(?:clear-recyclebin|clear-eventlog|remove-eventlog|limit-eventlog)$/, ['set', 'none', 'empties what is kept to look back at']],
  [/^(?:disable-computerrestore|remove-wb\w+|remove-dpm(?:recoverypoint|backup\w*)|remove-vbr(?:backup|restorepoint|repository|snapshot)\w*|remove-volumeshadowcopy)$/, ['service', 'none', 'takes away what the machine could be restored from']],
  [/^remove-(?:vmsnapshot|vmcheckpoint|snapshot)$/, ['set', 'none', 'deletes snapshots of a virtual machine']],
  [/^restore-(?:vmsnapshot|vmcheckpoint)$/, ['service', 'none', 'takes a virtual machine back, and loses what came since']],
  [/^remove-(?:vm|vmhost|scvirtualmachine|datastore|vapp|inventory|datacenter|resourcepool)$/, ['service', 'none', 'removes virtual machines or what they run on']],
  [/^stop-(?:vm|azvm|azvmss|ec2instance|rdsdbinstance|computer|cluster|clustergroup|clusternode)$/, ['service', 'easy', 'stops machines that others may be using']],
  [/^disable-(?:netfirewallrule|bitlocker|bitlockerautounlock)$|^disable-netfirewall\w*$/, ['service', 'easy', 'turns off what keeps strangers out']],
  [/^remove-(?:netfirewallrule|netnat|netroute|netipaddress)$/, ['service', 'costly', 'takes away what lets the machine be reached, or keeps others out']],
  [/^remove-dnsserver(?:resourcerecord|forwarder|conditionalforwarderzone)$/, ['service', 'costly', 'deletes records: names stop resolving']],
  [/^restart-computer$/, ['service', 'easy', 'restarts the machine']],
  [/^remove-ad(?:organizationalunit|forest|domain\w*|trust|replicationsite\w*)$|^uninstall-addsdomaincontroller$/, ['environment', 'costly', 'takes a part of the directory away with everything in it']],
  [/^remove-(?:ad(?:user|computer|group|object|serviceaccount)|localuser|localgroup|mg(?:user|group|application|serviceprincipal)|azuread(?:user|group|application|serviceprincipal|msapplication)|azad(?:user|group|application|serviceprincipal)|msol(?:user|group|serviceprincipal)|cmdevice|cmuser)$/, ['set', 'costly', 'deletes accounts or groups of the directory']],
  [/^remove-(?:gpo|msoldomain|azureaddomain|mgdomain)$/, ['service', 'costly', 'takes away a domain or a policy that others depend on']],
  [/^remove-(?:mailbox|remotemailbox|mailuser|publicfolder|team|unifiedgroup|spo?site|sposite|spweb|spsite|pnptenantsite|pnplist|spodeletedsite)$/, ['collection', 'costly', 'deletes what people keep there']],
  [/^remove-(?:mailboxdatabase|sp\w*database|spwebapplication)$/, ['service', 'none', 'deletes a store of what people keep there']],
  [/^remove-(?:dbadatabase\w*|sqldatabase|sqlavailability(?:group|database)|dbadbsnapshot|dbadbtable)$/, ['service', 'none', 'drops a database and everything in it']],
  [/^remove-(?:dnsserverzone|dhcpserverv4scope|dhcpserverv6scope)$/, ['service', 'costly', 'takes names or addresses away that the network depends on']],
  [/^remove-(?:website|webapppool|iissite|webapplication|service|smbshare|cluster|clustergroup|clusternode|nlbcluster)$/, ['service', 'costly', 'takes a service away']],
  [/^(?:disable-netadapter|stop-service|uninstall-windowsfeature|remove-windowsfeature|disable-windowsoptionalfeature)$/, ['service', 'easy', 'turns off what others may depend on']],
  [/^(?:remove-azresourcegroup|remove-azurermresourcegroup|remove-az(?:resourcegroup|subscription|managementgroup)deploymentstack|remove-azmanagementgroup)$/, ['environment', 'none', 'deletes a resource group and everything in it']],
  [/^remove-az(?:urerm|ure)?resourcelock$/, ['service', 'easy', 'removes a lock that keeps resources from being deleted']],
  [/^remove-(?:cfnstack|cfnstackset|ebenvironment|ebapplication|orgaccount|orgorganization)$|^stop-ebenvironment$/, ['environment', 'none', 'deletes a stack or environment and everything in it']],
  [/^request-kmskeydeletion$|^remove-kms(?:importedkeymaterial|customkeystore)$/, ['service', 'none', 'deletes a key: what it encrypts can no longer be read']],
  [/^remove-(?:k8s\w*|kube\w*)$/, ['set', 'costly', 'deletes objects of a cluster']],
  [/^remove-az(?:urerm|ure)?(?:storageblob|storagefile|datalakegen2item|sqldatabase(?:auditing|long)\w*)$/],
  [new RegExp(`^remove-(?:az|gc|s3|ec2|rds|ddb|eks|ecs|ecr|lm|sqs|sns|iam|r53|efs|sec|cwl|es|os|rs|elc?|bak|msk|docdb|nept|cgip|cfd?|as|kin|gl|dyn|ct|apigw|ag)\\w*?${parts.source}`)],
  [/^remove-(?:az(?!dos)(?:urerm|ure)?\w+|gc[a-z]+)$/, ['service', 'costly', 'deletes a cloud resource and what it holds']],
  [/^remove-(?:s3bucket|ec2(?:instance|volume|snapshot|vpc|image|natgateway|transitgateway\w*)|rds\w+|ddb(?:table|backup)|eks\w+|ecs(?:cluster|service)|ecr(?:repository|repositorypublic)|lmfunction|sqsqueue|snstopic|iam(?:user|role|policy)|r53hostedzone|efs(?:filesystem|mounttarget)|sec(?:secret)|cwlloggroup|(?:es|os)domain|rscluster\w*|elcc?\w*cluster|ecreplicationgroup|eccachecluster|bak\w+|mskcluster|docdb\w+|nept\w+|cgipuserpool|cfdistribution|as(?:autoscalinggroup)|kinstream|dmsreplication\w*|mqbroker|dsdirectory|fsx\w+|wks\w+|ct(?:trail))$/, ['service', 'none', 'deletes a cloud resource and what it holds']],
];
