import assert from 'node:assert/strict';
import { hole, type ShellCommand } from '../../../src/core/language/operation.ts';
import { operationsIn } from '../../../src/core/language/nested.ts';

/** A command as its name and words, with what the holes hold in angle brackets. */
function spoken({ name, words }: ShellCommand): string {
  return [name, ...words.map(({ text, holes }) => {
    let index = 0;
    return text.replaceAll(hole, () => `<${holes[index++] ?? ''}>`);
  })].join(' ');
}

/** Commands that say nothing about the reader under test. */
const scenery = new Set(['get-nodes', 'write-output', 'get-childitem', 'foreach-object', 'where-object', 'write-host', 'import-module', 'get-item', 'echo', 'powershell', 'pwsh', 'cmd', 'bash', 'invoke-expression', 'start-process', 'sh', 'start', 'dir', 'set', 'invoke-command']);

/** Per script: what is underlined, the command it comes to and what it is looped over. */
type Row = readonly [script: string, ...commands: (readonly [underlined: string, command: string, over?: string])[]];

const scripts: Readonly<Record<'powershell' | 'cmd' | 'shell', readonly Row[]>> = {
  powershell: [
    ["switch -Regex ($mode) {\n  Reboot { 'restart' }\n  'stop', 'halt' { Remove-Item a }\n  { $_ -gt 1 } { Remove-Item b }\n  default { 'x' }\n}\nRemove-Item c", ['Remove-Item a', 'remove-item a'], ['Remove-Item b', 'remove-item b'], ['Remove-Item c', 'remove-item c']],
    ['# tidy up\rRemove-Item a', ['Remove-Item a', 'remove-item a']],
    ['Remove-Item -Path "C:\\a b" -Recurse -Force # rm x', ['Remove-Item -Path "C:\\a b" -Recurse -Force', 'remove-item -Path C:\\a b -Recurse -Force']],
    ['$p = "C:\\x"\nrm "$p\\y" -r', ['rm "$p\\y" -r', 'remove-item C:\\x\\y -r']],
    ['$p = Get-Item x; rm "$p\\$($p.Name)$env:X" -Confirm:$false', ['rm "$p\\$($p.Name)$env:X" -Confirm:$false', 'remove-item <$p>\\<$($p.Name)><$env:X> -Confirm:<$false>']],
    ['Get-ChildItem C:\\x | Where-Object { $_.Age -gt 3 } | Remove-Item -Rec', ['Remove-Item -Rec', 'remove-item -Rec']],
    ['foreach ($n in Get-Nodes) { kubectl delete node $n.Name }', ['kubectl delete node $n.Name', 'kubectl delete node <$n.Name>', 'Get-Nodes']],
    ['Get-Nodes | % { git.exe push --force $_ }', ['git.exe push --force $_', 'git push --force <$_>', 'Get-Nodes']],
    ['if (Test-Path x) { Remove-Item x } else { Remove-Item y } \n', ['Test-Path x', 'test-path x'], ['Remove-Item x', 'remove-item x'], ['Remove-Item y', 'remove-item y']],
    ['function Clear-All { param([string]$a = (rm q)) rm $a }', ['rm q', 'remove-item q'], ['rm $a', 'remove-item <$a>']],
    ['$o = @{ Path = "C:\\x"; Recurse = $true; Force = $false }\nRemove-Item @o', ['Remove-Item @o', 'remove-item -Path C:\\x -Recurse']],
    ['$h = @{ rm = 1; del = "x" }; $x = @("rm a", \'rm b\')'],
    ['"rm -rf x"; Write-Host "Remove-Item x"; <# rm x #> $s = \'rm x\''],
    ['$t = @"\nrm $(rm a)\n"@\n$u = @\'\nrm b\n\'@', ['rm a', 'remove-item a']],
    ['rm `\n  a `\n  -Recurse', ['rm `\n  a `\n  -Recurse', 'remove-item a -Recurse']],
    ['& "C:\\Program Files\\x\\terraform.exe" destroy -auto-approve', ['"C:\\Program Files\\x\\terraform.exe" destroy -auto-approve', 'terraform destroy -auto-approve']],
    ['Invoke-Expression "rm $x"; iex \'rm b\'', ['rm $x', 'remove-item <$x>'], ['rm b', 'remove-item b']],
    ['cmd /c "rd /s /q C:\\x"; Start-Process cmd -ArgumentList "/c rd /s /q D:\\" -Wait', ['rd /s /q C:\\x', 'rd /s /q C:\\x'], ['rd /s /q D:\\', 'rd /s /q D:\\']],
    ['try { rm a } catch [System.Exception] { rm b } finally { rm c }', ['rm a', 'remove-item a'], ['rm b', 'remove-item b'], ['rm c', 'remove-item c']],
    ['rm a 2>$null; rm b > $null && rm c || rm d', ['rm a', 'remove-item a'], ['rm b', 'remove-item b'], ['rm c', 'remove-item c'], ['rm d', 'remove-item d']],
    ['$x = if ($y) { rm a }; $z = (rm b).Count; return rm c', ['rm a', 'remove-item a'], ['rm b', 'remove-item b'], ['rm c', 'remove-item c']],
    ['Invoke-Command -ComputerName x -ScriptBlock { rm a } -AsJob', ['rm a', 'remove-item a']],
    ['rm a, "b c" -Force', ['rm a, "b c" -Force', 'remove-item a b c -Force']],
    ['npx rimraf x; sudo rm -rf /y', ['rimraf x', 'rimraf x'], ['rm -rf /y', 'rm -rf /y']],
    ['aws s3 rb s3://b --force | Out-Null', ['aws s3 rb s3://b --force', 'aws s3 rb s3://b --force'], ['Out-Null', 'out-null']],
  ],
  cmd: [
    ['@echo off\nrem del x\n:: del y\nrd /s /q "C:\\a b\\"', ['rd /s /q "C:\\a b\\"', 'rd /s /q C:\\a b\\']],
    ['set D=C:\\x\nset "E=%D%\\y"\nDEL /S/Q %E%\\*.* %TEMP%', ['DEL /S/Q %E%\\*.* %TEMP%', 'del /S /Q C:\\x\\y\\*.* <%TEMP%>']],
    ['if exist "x y" (\n  rd/s/q x\n) else (del z)\n', ['rd/s/q x', 'rd /s /q x'], ['del z', 'del z']],
    ['if not "%1"=="" del %1 & del b && del c || del d', ['del %1', 'del <%1>'], ['del b', 'del b'], ['del c', 'del c'], ['del d', 'del d']],
    ['for /d %%i in (C:\\x\\*) do rd /s /q "%%i"', ['rd /s /q "%%i"', 'rd /s /q <%%i>', 'C:\\x\\*']],
    ["for /f \"tokens=1\" %%i in ('kubectl get ns') do (kubectl delete ns %%i)", ['kubectl get ns', 'kubectl get ns'], ['kubectl delete ns %%i', 'kubectl delete ns <%%i>', "'kubectl get ns'"]],
    ['call git.exe push ^\n  --force & start "" /wait terraform destroy', ['git.exe push ^\n  --force', 'git push --force'], ['terraform destroy', 'terraform destroy']],
    ['echo del x & echo "rd y" > z', ],
    ['powershell -NoProfile -Command "Remove-Item \\"a b\\" -Recurse"', ['Remove-Item \\"a b\\" -Recurse', 'remove-item a b -Recurse']],
    ['cmd /c "rd /s /q x"\ndel a^&b', ['rd /s /q x', 'rd /s /q x'], ['del a^&b', 'del a&b']],
  ],
  shell: [
    ['powershell.exe -ExecutionPolicy Bypass -Command "Remove-Item x -Recurse"', ['powershell.exe -ExecutionPolicy Bypass -Command "Remove-Item x -Recurse"', 'powershell.exe -ExecutionPolicy Bypass -Command Remove-Item x -Recurse'], ['Remove-Item x -Recurse', 'remove-item x -Recurse']],
    ['pwsh -enc cgBtACAAYQA=', ['cgBtACAAYQA=', 'remove-item a']],
    ["cmd //c 'rd /s /q x'", ['rd /s /q x', 'rd /s /q x']],
    ["pwsh -c \"bash -c 'rm a'\"", ['rm a', 'rm a']],
  ],
};

for (const [language, rows] of Object.entries(scripts) as ['powershell' | 'cmd' | 'shell', readonly Row[]][]) {
  describe(`commands of ${language}`, () => {
    for (const [script, ...expected] of rows) {
      it(JSON.stringify(script), () => {
        const commands = operationsIn(language, script).filter((operation) => operation.kind === 'command' && !scenery.has(operation.name)) as ShellCommand[];
        const found = commands.map((command) => [command.range.of(script), spoken(command), ...(command.loop === undefined ? [] : [command.loop.over])]);
        assert.deepEqual(found.sort(), expected.map((row) => [...row]).sort());
      });
    }
  });
}
