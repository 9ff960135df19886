import { type CmdletLoss, cmdletLosses, cmdletSettings, cmdletVerbs } from '../catalogue/cmdlets.ts';
import { windowsTools } from '../catalogue/windowsTools.ts';
import type { Factor } from '../check/blastRadius.ts';
import { cmd, powershell } from '../check/example.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { command, commandOf, defineRule, type Judgement } from '../check/rule.ts';
import { hole, type ShellCommand } from '../language/operation.ts';
import { type Parameters, parametersOf } from '../language/powershell/parameters.ts';

const isCmdlet = (name: string): boolean => /^[a-z]+-[a-z0-9]+$/.test(name) && cmdletVerbs.includes(name.slice(0, name.indexOf('-')));

function judge(operation: ShellCommand): Judgement | undefined {
  const { name, words } = operation;
  if (words.some(({ text }) => text === '/?')) return undefined;
  return isCmdlet(name) ? judgeCmdlet(operation) : judgeWith(windowsTools[name] ?? [], words.map((word) => word.text.toLowerCase()).join(' '), operation, undefined, []);
}

/** What names the thing that is hit, the most particular first. */
const targetParameters = ['name', 'identity', 'vm', 'database', 'bucketname', 'stackname', 'driveletter', 'number', 'path', 'id', 'resourcegroupname', 'computername'];

function judgeCmdlet(operation: ShellCommand): Judgement | undefined {
  const parameters = parametersOf(operation.words);
  if (parameters.has('whatif')) return undefined;
  const named = targetParameters.map((name) => parameters.get(name)).find((word) => word !== undefined) ?? parameters.operands[0];
  const target = named === undefined ? undefined : named.text.includes(hole) ? named.source.replace(/^(["'])(.*)\1$/, '$2') : named.text;
  const isSetting = cmdletSettings.some(([pattern]) => pattern.test(operation.name));
  const text = isSetting ? [operation.name, ...operation.words.map((word) => word.source)].join(' ').toLowerCase() : operation.name;
  return judgeWith(isSetting ? cmdletSettings.map(([name, given, loss]) => [new RegExp(`${name.source}.*${given.source}`, 's'), loss] as const) : cmdletLosses, text, operation, target, [...askedFactors(parameters), ...inputFactors(operation)]);
}

function judgeWith(table: readonly CmdletLoss[], text: string, operation: ShellCommand, target: string | undefined, factors: readonly Factor[]): Judgement | undefined {
  const loss = table.find(([pattern]) => pattern.test(text))?.[1];
  if (loss === undefined) return undefined;
  const [scope, undo, effect] = loss;
  return {
    scope,
    undo,
    effect: target === undefined ? effect : `${effect} (${quoted(target)})`,
    ...(target !== undefined && { target }),
    factors: [...factors, ...productionFactors(operation.words.map((word) => word.source)), ...loopFactors(operation)],
  };
}

function askedFactors(parameters: Parameters): Factor[] {
  return parameters.isOff('confirm') || parameters.has('force') ? [{ text: 'nobody is asked before', weight: 0 }] : [];
}

/** What comes through a pipe is one thing when it was asked for by its name. */
function inputFactors({ input }: ShellCommand): Factor[] {
  if (input === undefined) return [];
  const isOne = /\s-(?:name|identity|id|\w+name|literalpath|driveletter)\b/i.test(input) && !input.includes('*');
  return [{ text: `for each that ${quoted(input)} gives`, weight: isOne ? 0 : 1 }];
}

export default defineRule({
  id: 'windows-destroy',
  title: 'Machine, directory or cloud resource destroyed from Windows',
  why: 'Cmdlets take what comes through a pipe, and `-Force` or `-Confirm:$false` keeps them from asking. Shadow copies, backups, disks and directory objects do not come back.',
  instead: 'Run it with `-WhatIf` first, select by name rather than by a filter, and leave the question to confirm in place.',
  blindTo: 'What a pipe carries, modules of other makers, and cmdlets called by reflection or through a proxy.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: [commandOf({ words: () => cmdletVerbs, has: isCmdlet }), ...Object.keys(windowsTools).map((name) => command(name))],
  judge: { command: judge },
  examples: {
    bad: [
      powershell`⟦Set-NetFirewallProfile -All -Enabled False⟧`,
      cmd`⟦icacls D:\\Data /reset /t⟧`,
      powershell`⟦Remove-AzResourceGroup -Name shop-prod -Force⟧`,
      powershell`Get-ADUser -Filter * | ⟦Remove-ADUser -Confirm:$false⟧`,
      powershell`⟦Format-Volume -DriveLetter D -FileSystem NTFS⟧`,
      powershell`⟦Clear-Disk -Number 1 -RemoveData -Confirm:$false⟧`,
      powershell`⟦Remove-S3Bucket -BucketName logs -DeleteBucketContent -Force⟧`,
      powershell`foreach ($vm in Get-VM) { ⟦Remove-VM -VM $vm -DeletePermanently -Confirm:$false⟧ }`,
      powershell`⟦Remove-DbaDatabase -SqlInstance sql1 -Database shop⟧`,
      powershell`⟦vssadmin.exe delete shadows /all /quiet⟧`,
      cmd`⟦wmic shadowcopy delete⟧`,
      cmd`⟦reg delete HKLM\SOFTWARE\Acme /f⟧`,
      cmd`⟦format d: /q /y⟧`,
      cmd`⟦bcdedit /set {default} recoveryenabled No⟧`,
    ],
    good: [
      powershell`Set-MpPreference -ScanScheduleDay Monday`,
      cmd`robocopy C:\\Data D:\\Backup /MIR /L`,
      powershell`Remove-AzResourceGroup -Name shop -WhatIf`,
      powershell`Remove-AzStorageBlob -Container logs -Blob a.txt`,
      powershell`Get-ADUser -Filter * | Select-Object Name`,
      powershell`Write-Host "Remove-VM shop"; # Clear-Disk -Number 1`,
      powershell`Remove-Variable x; Remove-Module Az; Format-Table -AutoSize`,
      powershell`Remove-S3Object -BucketName logs -Key a.txt -Force`,
      cmd`reg query HKLM\SOFTWARE\Acme`,
      cmd`rem vssadmin delete shadows`,
      cmd`reg delete HKCU\Software\Acme /v Last /f`,
      cmd`vssadmin list shadows`,
    ],
  },
});
