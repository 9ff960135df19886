import { cmd, javascript, powershell, python, shell, tag, typescript } from '../check/example.ts';
import { type FileTarget, judgeTargets, listed, removed } from '../check/fileTargets.ts';
import { targetsOfWord } from '../check/loopTargets.ts';
import { isRootByDefault, type PathKind, pathKindOf, worstOf } from '../check/paths.ts';
import { windowsPathKindOf, windowsTargetsOf } from '../check/windowsTargets.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { dryRun } from '../check/saferForm.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, operandsOf, optionValue } from '../language/shell/options.ts';

function targetOf({ text, source, holes }: Word): FileTarget {
  const [held] = holes;
  if (source === '' || (text === hole && held !== undefined && /^find\s/.test(held))) return { kind: kindFedBy(held ?? ''), name: held ?? '' };
  return { kind: pathKindOf(text, holes), name: text.includes(hole) && source !== '' ? source.replace(/^(["'])(.*)\1$/, '$2') : text, ...(isRootByDefault(text, holes) && { isByDefault: true }) };
}

/** What another command lists is as wide as where it looks: `find . -name node_modules`. */
function kindFedBy(source: string): PathKind {
  const words = source.split(/\s+/).map((text) => ({ text: text.replace(/["'\\]/g, ''), holes: [] }));
  if (words[0]?.text === 'find') return kindFoundBy(words.slice(1));
  // Paths that are written down: `printf '%s\n' /srv/a /srv/b`. Of folders `ls` tells what is in them, unless it is told not to.
  const isTold = /^(?:echo|printf)$/.test(words[0]?.text ?? '') || (words[0]?.text === 'ls' && words.some(({ text }) => /^-\w*d/.test(text)));
  const paths = isTold && !/[|$`;]/.test(source) ? words.slice(1).filter(({ text }) => !/^-|%/.test(text)) : [];
  return paths.length === 0 ? 'dynamic' : worstOf(paths.map(({ text }) => pathKindOf(text)));
}

const filters = new Set([
  '-name', '-iname', '-lname', '-path', '-ipath', '-wholename', '-regex', '-mtime', '-mmin', '-ctime', '-cmin', '-atime', '-amin', '-newer', '-newermt', '-size', '-user', '-group', '-inum', '-samefile', '-empty', '-perm',
]); // prettier-ignore

function kindFoundBy(words: readonly Pick<Word, 'text' | 'holes'>[]): PathKind {
  const end = words.findIndex((word) => /^[-(!]/.test(word.text));
  const roots = words.slice(0, end === -1 ? undefined : end);
  const names = words.flatMap((word, index) => (/^-(?:i?name|i?path|wholename)$/.test(word.text) && words[index - 1]?.text !== '!' && words[index - 1]?.text !== '-not' ? (words[index + 1]?.text.split('/') ?? []) : []));
  if (words.some((word) => word.text === '-empty')) return 'scratch';
  const telling = names.filter((name) => name !== '*' && name !== '.' && name !== '');
  if (telling.length > 0 && telling.every((name) => pathKindOf(name) === 'scratch')) return 'scratch';
  const kind = roots.length === 0 ? 'here' : worstOf(roots.map((word) => pathKindOf(word.text, word.holes)));
  if (!words.some((word) => filters.has(word.text))) return kind;
  // What a pattern or an age selects is less than all, wherever it is looked for.
  return kind === 'root' || kind === 'system' ? 'absolute' : kind === 'scratch' ? 'scratch' : 'relative';
}

/** Directories too. */
function isWhole(words: readonly Word[]): boolean {
  return hasOption(words, '-r', '-R', '--recursive');
}

/** By its ending a page, a script or a log of its own: `-r` adds nothing to it. What holds data by its ending has a rule for it. */
function isOneFile(path: string): boolean {
  return /\/[^/*?{}]+\.(?:html?|css|js|mjs|json|ya?ml|toml|txt|log|md|xml|png|jpe?g|gif|svg|ico|pid|sock|lock|sh|py|deb|rpm|gz|tgz|xz|zip)$/i.test(path) && !/^\/(?:etc|boot|bin|sbin|lib|lib64|usr|sys|dev)\//.test(path);
}

/** `rm *` takes every file of a directory, which is as good as all of it. */
function takesAll(words: readonly Word[]): boolean {
  return words.some(({ text }) => /(?:^|\/)\*$/.test(text) || text === '/');
}

function isFed(words: readonly Word[]): boolean {
  return words.some(({ text, holes: [held] }) => text === hole && held !== undefined && /^find\s/.test(held));
}

function judgeCommand(operation: ShellCommand): Judgement | undefined {
  const { name, words } = operation;
  switch (name) {
    case 'rm':
      // What stands behind `:::` is handed over by `parallel`.
      return judgeTargets(operandsOf(words).filter(({ text }) => text !== ':::' && !isOneFile(text)).flatMap((word) => targetsOfWord(word, operation.loop, targetOf(word))), operation, isWhole(words) ? removed : (names) => `deletes ${listed(names)}`);
    case 'remove-item':
    case 'rd':
    case 'rmdir':
    case 'del':
    case 'erase':
      return judgeTargets(windowsTargetsOf(operation), operation);
    case '[io.directory]::delete':
    case '[microsoft.visualbasic.fileio.filesystem]::deletedirectory':
      return judgeTargets(words.slice(0, 1).map(({ text, holes, source }) => ({ kind: windowsPathKindOf(text, holes), name: text.includes(hole) ? source : text })), operation);
    case 'ansible': {
      const [, path = ''] = /\b(?:path|dest|name)=(\S+)/.exec(optionValue(words, '-a', '--args') ?? '') ?? [];
      return judgeTargets([{ kind: pathKindOf(path), name: path }], operation);
    }
    case 'find': {
      const end = words.findIndex((word) => /^[-(!]/.test(word.text));
      const where = words.slice(0, end).map((word) => word.source).join(' ') || '.';
      const isFiltered = words.some((word) => filters.has(word.text));
      const [root] = words;
      const found = { kind: kindFoundBy(words), name: where, ...(end === 1 && root !== undefined && isRootByDefault(root.text, root.holes) && { isByDefault: true as const }) };
      return judgeTargets(end === 1 && root !== undefined && !isFiltered ? targetsOfWord(root, operation.loop, found) : [found], operation, (names) => (isFiltered ? `deletes every match in ${listed(names)}` : removed(names)));
    }
    case 'rsync': {
      // The source is still there: what is lost is only what it does not have.
      const judgement = judgeTargets(operandsOf(words, ['-e', '--rsh', '--exclude', '--include', '--filter', '-f']).slice(-1).map(targetOf), operation, (names) => `deletes from ${listed(names)} what the source does not have`);
      return judgement && { ...judgement, scope: 'set', undo: 'costly' };
    }
    case 'mv': {
      const lost = operandsOf(words, ['-S', '--suffix', '-t', '--target-directory']).filter(({ text }) => text !== '/dev/null').map(targetOf);
      // For root the file takes the place of the device, and every program that writes there fills the disk.
      const judgement = judgeTargets(lost, operation, (names) => `throws ${listed(names)} away, or puts it in place of the device that everything else is thrown at`);
      return judgement && { ...judgement, scope: 'set' };
    }
    default:
      return judgeTargets(operandsOf(words, ['-n', '-s', '--iterations', '--size']).map(targetOf), operation, name === 'shred' ? (names) => `overwrites ${listed(names)}` : name === 'truncate' ? (names) => `empties ${listed(names)}` : removed);
  }
}

export default defineRule({
  id: 'recursive-delete',
  title: 'Recursive delete',
  why: 'Removes a directory and everything below it, or every file that a search finds. There is no undo and no trash.',
  instead: 'Name one directory that the same code made, check the path before (`"${dir:?}"`), move it aside instead of removing it, or delete a list of files that was printed and read first.',
  blindTo: 'What a variable holds when another file sets it, symbolic links, and directories that only their content makes valuable: a `build` folder counts as rebuildable whatever lies in it.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [
    command('rm', ({ words }) => isWhole(words) || takesAll(words) || isFed(words)),
    command('find', ({ words }) => words.some((word) => word.text === '-delete')),
    command('rsync', ({ words }) => words.some((word) => /^--del(?:ete(?:-\w+)?)?$/.test(word.text)) && !hasOption(words, '-n', '--dry-run')),
    command('mv', ({ words }) => words.some((word) => word.text === '/dev/null')),
    command('truncate', ({ words }) => /^0[A-Z]?$/.test(optionValue(words, '-s', '--size') ?? '') && words.some(({ text }) => text.includes('*'))),
    command('shred'),
    ...['remove-item', 'rd', 'rmdir', 'del', 'erase'].map((name) => command(name)),
    command('rmtree'),
    command('unlink', ({ words }) => takesAll(words)),
    command('ansible', ({ words }) => /^(?:ansible\.builtin\.)?file$/.test(optionValue(words, '-m', '--module-name') ?? '') && /\bstate=absent\b/.test(optionValue(words, '-a', '--args') ?? '')),
    { kind: 'command', name: '[io.directory]::delete', words: ['Delete'], test: ({ words }) => /^\$true$/i.test(words[1]?.source ?? '') },
    { kind: 'command', name: '[microsoft.visualbasic.fileio.filesystem]::deletedirectory', words: ['DeleteDirectory'], test: () => true },
    command('srm', ({ words }) => isWhole(words)),
    command('rimraf'),
  ],
  judge: { command: judgeCommand },
  safer: [dryRun(/^rsync /, '--dry-run')],
  examples: {
    bad: [
      tag('Makefile')`clean:
	⟦rm -rf $(HOME)/data⟧`,
      shell`bash -c "$(cat <<'EOF'
⟦rm -rf /srv/data⟧
EOF
)"`,
      shell`line=$(echo "rm -rf /srv/data"); eval "⟦$line⟧"`,
      tag('crontab')`MAILTO=ops@example.com
# m h dom mon dow
15 2 * * 0 ⟦/usr/bin/find /srv/uploads -type f -mtime +1 -delete⟧
@daily cd /srv && ⟦rm -rf data⟧`,
      tag('tidy.service')`[Unit]
Description=rm -rf /srv/data

[Service]
ExecStartPre=-⟦/bin/rm -rf /srv/data⟧
ExecStart=/bin/sh -c "⟦rm -rf /srv/uploads⟧"`,
      shell`perl -MFile::Path -e '⟦rmtree("/srv/data")⟧'`,
      shell`bash <(echo '⟦rm -rf /srv/data⟧')`,
      shell`echo ⟦cm0gLXJmIC9zcnYvZGF0YQ==⟧ | base64 -d | sudo sh`,
      shell`eval "$(base64 --decode <<< '⟦cm0gLXJmIC9zcnYvZGF0YQ==⟧')"`,
      shell`pwsh -NoProfile -EncodedCommand ⟦UgBlAG0AbwB2AGUALQBJAHQAZQBtACAALQBSAGUAYwB1AHIAcwBlACAAQwA6AFwARABhAHQAYQA=⟧`,
      shell`cat > clean.sh <<'EOF'
⟦rm -rf /srv/data⟧
EOF
bash clean.sh`,
      shell`ssh host bash -s <<'EOF'
⟦rm -rf /srv/data⟧
EOF`,
      shell`⟦rsync -a --delete build/ /srv/www/⟧`,
      shell`⟦ansible web -b -m file -a 'path=/srv/data state=absent'⟧`,
      python`import os
⟦os.execvp("rm", ["rm", "-rf", "/srv/data"])⟧`,
      typescript`⟦Bun.spawn(['rm', '-rf', '/srv/data'])⟧;`,
      typescript`⟦new Deno.Command('rm', { args: ['-rf', '/srv/data'] })⟧.spawn();`,
      powershell`⟦[System.IO.Directory]::Delete("D:\\Data", $true)⟧`,
      shell`cd /srv && sudo ⟦rm -rf $DIR⟧; echo done`,
      shell`DIR=/srv/data
bash -c "⟦rm -r \"$DIR\"⟧"`,
      shell`⟦rm -rf node_modules ~/⟧`,
      shell`for dir in build /srv/data; do ⟦rm -rf "$dir"⟧; done`,
      shell`for dir in /a /b; do ⟦find "$dir" -delete⟧; done`,
      shell`printf '%s\n' /srv/a | xargs ⟦rm -rf⟧`,
      shell`ls -d /srv/*/ | xargs ⟦rm -rf⟧`,
      shell`ls build | xargs ⟦rm -rf⟧`,
      shell`⟦rm -rf "$PWD"⟧`,
      shell`⟦rm -rf .git⟧`,
      shell`⟦rm -rf "$STEAMROOT/"*⟧`,
      shell`⟦rm -rf "${'${1:-/}'}"⟧`,
      shell`⟦find /var/uploads -mtime +30 -delete⟧`,
      shell`find . -name '*.orig' -print0 | xargs -0 ⟦rm -f⟧`,
      shell`⟦rm -rf /tmp/../etc⟧`,
      shell`⟦mv orders.csv /dev/null⟧`,
      shell`⟦truncate -s 0 data/*.csv⟧`,
      javascript`import { execSync } from 'node:child_process';
execSync('⟦rm -rf /srv/uploads⟧');`,
      powershell`⟦Remove-Item -Path "C:\Data\Uploads" -Recurse -Force⟧`,
      powershell`$work = Join-Path $root 'data'
⟦Remove-Item -Recurse -Force $work⟧`,
      powershell`Get-ChildItem $root -Recurse | ⟦Remove-Item -Force⟧`,
      cmd`⟦rmdir /s /q D:\⟧`,
      cmd`for /d %%i in (C:\Users\*) do ⟦rd /s /q "%%i"⟧`,
      cmd`⟦del /f /s /q C:\Data\*.*⟧`,
    ],
    good: [
      shell`git commit -m "$(cat <<'EOF'
Say what rm -rf /srv/data does
EOF
)"`,
      tag('crontab')`# 0 3 * * * rm -rf /srv/data
0 3 * * * rm -rf /tmp/build
30 1 * * * pg_dump shop > /backups/shop-$(date +\%F).sql`,
      tag('web.service')`[Service]
ExecStartPre=/bin/rm -rf /tmp/web
ExecStart=/usr/bin/node server.js
ExecReload=/bin/kill -HUP $MAINPID
# ExecStop=/bin/rm -rf /srv/data`,
      shell`cat > clean.sh <<'EOF'
rm -rf /srv/data
EOF
chmod +x clean.sh`,
      shell`ssh host 'cat > clean.sh' <<'EOF'
rm -rf /srv/data
EOF`,
      shell`perl -e 'unlink "a.txt"; print "rmtree"'`,
      powershell`[System.IO.Directory]::Delete($empty)`,
      python`import subprocess, tempfile
work = tempfile.mkdtemp()
subprocess.run(["rm", "-rf", work])`,
      shell`rm notes.txt *.orig`,
      shell`echo cm0gLXJmIC9zcnYvZGF0YQ== | base64 -d > clean.txt`,
      shell`echo cm0gLXJmIG5vZGVfbW9kdWxlcw== | base64 -d | sh`,
      shell`rm -rf /var/www/html/index.nginx-debian.html`,
      shell`rm -rf "$PWD/build" "$(pwd)/node_modules" .git/index.lock`,
      shell`printf '%s\n' dist build | xargs rm -rf`,
      shell`ls -1dt /tmp/build-* | xargs rm -rf`,
      shell`for ext in a b; do rm -rf conftest* conftest.$ext; done`,
      shell`rm -rf /tmp/build "$TMPDIR/x" node_modules ./dist`,
      shell`rm -rf "${'${TMPDIR:-/tmp}'}/x" "${'${1:-build}'}"`,
      shell`for dir in build dist .cache; do
  rm -rf "$dir"
done`,
      shell`work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT`,
      shell`echo "rm -rf /" # rm -rf /`,
      shell`cat > cleanup.txt <<EOF
rm -rf /srv/data
EOF`,
      shell`find . -name __pycache__ -exec rm -rf {} +`,
      shell`grep -rn 'rm -rf' . && git commit -m "no more rm -rf /"`,
      powershell`Remove-Item C:\Data\notes.txt -Force`,
      powershell`Remove-Item -Recurse "$env:TEMP\build", .\dist`,
      powershell`Remove-Item C:\Data -Recurse -WhatIf`,
      powershell`$work = Join-Path ([IO.Path]::GetTempPath()) "pack"
$other = Join-Path $env:TEMP 'unpack'
Remove-Item -Recurse -Force $work, $other`,
      cmd`del /q notes.txt & rmdir empty`,
      cmd`rd /s /q ..\Reader\Build ..\Reader\.vs`,
      cmd`rd /s /q %TEMP%\build dist node_modules`,
    ],
  },
});
