import type { Clue } from '../check/clues.ts';
import { csharp, go, java, javascript, kotlin, php, python, ruby, rust, tag, typescript } from '../check/example.ts';
import { type FileTarget, judgeTargets, listed, listingClue, removed, targetOfListing } from '../check/fileTargets.ts';
import { targetsOfValue } from '../check/loopTargets.ts';
import { isInTest } from '../check/places.ts';
import { call, defineRule, type Judgement, type Place } from '../check/rule.ts';
import type { Family } from '../language/language.ts';
import type { Call, Value } from '../language/operation.ts';

type Test = (call: Call) => boolean;

const isTrue = (value: Value | undefined): boolean => value?.constant === true;
/** `{ recursive: true }`, `recursive: true`, or `true` at a place. */
const isRecursive = ({ args }: Call, at: number): boolean => isTrue(args[at]) || args.some(({ properties }) => isTrue(properties?.get('recursive')));
const isRecursiveInNode: Test = (operation) => isRecursive(operation, 1) && operation.args.length > 1;

const isIn = (...languages: readonly Family[]): Test => ({ language }) => languages.includes(language);
const isOf = (type: RegExp): Test => ({ imported, receiver }) => type.test(imported?.slice(imported.indexOf('#') + 1) ?? `${(receiver ?? '').replace(/^\\/, '')}.`);

/** Classes whose methods of these names take a directory with all that is in it. */
const isOfFiles = isOf(/^(?:File|FileUtils|PathUtils|MoreFiles|Filesystem|Storage|FileSystem)\b/);
const isOfRubysFiles: Test = (operation) => operation.language === 'ruby' && (operation.receiver === undefined || operation.receiver === 'FileUtils');

/** Deletes of one file, which a loop makes one of many. */
const isOnFile: Test = (operation) => {
  const { language, imported, receiver = '', args } = operation;
  if (imported === undefined) return language === 'php' ? receiver === '' : language === 'javascript' ? /^(?:fs|fsp|fsPromises)\b/.test(receiver) : args.length === 0;
  return /^(?:os#(?:remove|unlink|Remove)|pathlib#|node:fs|\*#(?:File|Files|FileInfo|FileUtils|Path)\b|java\.(?:io|nio\.file)#|std#fs|tokio#fs)/.test(imported);
};

/** `for root, dirs, files in os.walk(path): for name in files: …` lists in the outer loop. */
const listingAround = ({ loop }: Call) => targetOfListing(loop) ?? targetOfListing(loop?.around);

const isInListing: Test = (operation) => listingAround(operation) !== undefined && isOnFile(operation);

/** One file is no tree, but without some of them the machine does not start. */
const systemFile = /^(?:\/(?:etc|boot|bin|sbin|lib|lib64|usr|sys|dev)\/|[A-Za-z]:[\\/]Windows[\\/])/;
const isOfSystem: Test = (operation) => isOnFile(operation) && systemFile.test(String(pathsOf(operation)[0]?.constant ?? ''));

/** The visitor of `Files.walkFileTree` that deletes each directory when it has seen all that is in it. */
const isVisitor: Test = ({ address }) => address.at(-1) === 'postVisitDirectory';

const ofObject = /^(?:deleteRecursively|rmtree|unlink|delete|deleteIfExists|Delete)$/;

/** The paths that a call is given, or is called on. */
function pathsOf({ name, args, imported, receiverValue }: Call): readonly Value[] {
  const path = args.find(({ constant, properties }) => typeof constant !== 'boolean' && properties === undefined);
  if (ofObject.test(name) && path === undefined) return receiverValue === undefined ? [] : [receiverValue];
  const given = imported?.startsWith('shelljs#') === true || name === 'array_map' ? args.slice(1) : args.slice(0, 1);
  return given.flatMap((value) => value.elements ?? [value]);
}

function judge(operation: Call, place: Place): Judgement | undefined {
  const listing = operation.name === 'array_map' ? targetOfListing({ over: operation.args[1]?.source ?? '', range: operation.range }) : isOnFile(operation) ? listingAround(operation) : undefined;
  const targets = targetsOf(operation);
  // What is made again stays that when there is one for each of a list.
  if (listing !== undefined && targets.length > 0 && targets.every(({ kind }) => kind === 'scratch')) return undefined;
  const judgement = listing === undefined ? judgeTargets(targets, operation, isOfSystem(operation) ? (names) => `deletes ${listed(names)}` : removed) : judgeListing(listing);
  if (judgement === undefined) return undefined;
  // What a test clears away, the test made.
  return isInTest(operation, place) ? { ...judgement, factors: [...(judgement.factors ?? []), { text: 'it stands in a test', weight: -1 }] } : judgement;
}

function targetsOf(operation: Call): readonly FileTarget[] {
  const targets = pathsOf(operation).flatMap((value) => targetsOfValue(value, operation.loop)).map((target) => (target.kind === 'dynamic' && isInTemporary(target, operation) ? { ...target, kind: 'scratch' as const } : target));
  // What one program or package keeps in a folder of its own, the machine starts without.
  if (isOfSystem(operation)) return targets.map(({ name }) => ({ kind: /^\/etc\/[^/]+\//.test(name) ? 'relative' : 'system', name }));
  return isVisitor(operation) ? [{ kind: 'dynamic', name: 'the directory that is walked' }] : targets;
}

/** The variable that a path begins with: `dir`, `${dir}/x`, `path.join(dir, "x")`. */
const headOfPath = /^(?:\$\{(\w+)\}|(?:\w+\.)*[jJ]oin\(\s*([a-z_]\w*)\s*,|([a-z_]\w*)$)/;

const makesTemporary = /mkdtemp|mktmpdir|MkdirTemp|TempDirectory|TemporaryDirectory|tempdir\(/;
/** A path is put together from others in so few steps. */
const mostSteps = 4;

/** Below a directory that the same function made for the time being: `dir = mkdtempSync(…)`, `Dir.mktmpdir { |dir| … }`, `with TemporaryDirectory() as dir`. */
function isInTemporary({ name }: FileTarget, { preceding = '' }: Call): boolean {
  const [, held, joined, bare] = headOfPath.exec(name) ?? [];
  let head = held ?? joined ?? bare;
  for (let steps = 0; head !== undefined && steps < mostSteps; steps++) {
    const given = [...preceding.matchAll(new RegExp(`(?<![\\w.$])${head}\\s*(?::\\s*\\w+\\s*)?:?=(?![=>~])([^\\n;]*)|(?<![^\\n;])([^\\n;]*)(?:\\{|\\bdo)\\s*\\|\\s*${head}\\b|\\bwith\\s+(?!\\s)([^\\n;]*)\\bas\\s+${head}\\b|\\bfor\\s+${head}\\s+in\\s+([^\\n;]*)`, 'g'))].at(-1);
    const written = given?.slice(1).find((each: string | undefined) => each !== undefined) ?? '';
    if (makesTemporary.test(written)) return true;
    head = /^\W*(?!\W)(?:(?:[\w.]*\b(?:Path|join|resolve|Join|Combine)|new\s+\w+)\(\s*)*([a-z_]\w*)/.exec(written)?.[1];
  }
  return false;
}

/** The loop is what the delete is about, and no second reason against it. */
function judgeListing(listing: FileTarget): Judgement | undefined {
  return judgeTargets([listing], {}, (names) => `deletes a file for each that is found in ${listed(names)}`);
}

const single = ['remove', 'unlink', 'unlinkSync', 'delete', 'deleteIfExists', 'Delete', 'Remove', 'rm', 'rmSync', 'rm_f', 'remove_file'];
/** What the text shows beside them. Of JavaScript's only those of its module for files count. */
const singleClues: readonly Clue[] = [listingClue, { text: /["'`](?:\/(?:etc|boot|bin|sbin|lib|lib64|usr|sys|dev)\b|[A-Za-z]:[\\/]+Windows)/ }].flatMap((clue) => [
  { ...clue, languages: ['python', 'java', 'kotlin', 'csharp', 'go', 'ruby', 'php', 'rust'] },
  { ...clue, languages: ['javascript'], alongside: ['fs', 'fsp', 'fsPromises'] },
]); // prettier-ignore
const node = ['node:fs#', 'node:fs#promises.', 'node:fs/promises#'];

export default defineRule({
  id: 'file-tree-delete',
  title: 'Directory deleted with all that is in it',
  why: 'Removes a directory and everything below it, or every file that a search finds. There is no undo and no trash.',
  instead: 'Delete in a directory that the same code made, check that the path is set and lies where it has to, move it aside instead of removing it, or delete a list of files that was logged first.',
  blindTo: 'What a variable holds when another file sets it, which path a function is given where it is called (it is judged as unknown, where the delete stands), symbolic links, and directories that only their content makes valuable: a `build` folder counts as rebuildable whatever lies in it. A name such as `tmpDir` is believed.',
  blastRadius: { scope: 'collection', undo: 'none' },
  weighsTests: true,
  matches: [
    // JavaScript
    ...node.flatMap((module) => ['rm', 'rmSync', 'rmdir', 'rmdirSync'].map((name) => call(`${module}${name}`, isRecursiveInNode))),
    ...['remove', 'removeSync'].map((name) => call(name, (operation) => operation.receiver === 'Deno' && isRecursiveInNode(operation), [{ on: /\bDeno$/ }])),
    ...['remove', 'removeSync', 'emptyDir', 'emptyDirSync'].map((name) => call(`fs-extra#${name}`)),
    ...['default', 'sync', 'rimraf', 'rimrafSync'].map((name) => call(`rimraf#${name}`)),
    ...['default', 'sync', 'deleteAsync', 'deleteSync'].map((name) => call(`del#${name}`)),
    call('shelljs#rm', ({ args }) => /^-\w*[rR]/.test(String(args[0]?.constant))),
    // Python, Ruby
    call('shutil#rmtree'),
    call('rmtree', isIn('python', 'ruby'), [{ languages: ['python', 'ruby'] }]),
    ...['rm_rf', 'rm_r', 'remove_dir', 'remove_entry', 'remove_entry_secure'].map((name) => call(name, isOfRubysFiles)),
    call('rm', (operation) => operation.receiver === 'dbutils.fs' && isRecursive(operation, 1), [{ on: /\bdbutils\.fs$/ }]),
    // Go, Rust
    call('os#RemoveAll'),
    call('remove_dir_all', isIn('rust')),
    // PHP, Java and its kin
    ...['deleteDirectory', 'cleanDirectory', 'deleteDirectoryContents', 'deleteQuietly', 'forceDelete'].map((name) => call(name, isOfFiles)),
    call('remove', isOf(/^Filesystem\.remove$/), [{ text: /\bFilesystem\b/ }]),
    call('array_map', ({ args }) => args[0]?.constant === 'unlink' && targetOfListing({ over: args[1]?.source ?? '', range: args[0].range }) !== undefined),
    call('deleteRecursively', (operation) => isIn('java', 'kotlin')(operation) && operation.address.at(-1) !== operation.name),
    call('delete', (operation) => isVisitor(operation) && isOf(/^Files\.delete$/)(operation), [{ alongside: ['postVisitDirectory'] }]),
    call('delete', (operation) => isTrue(operation.args[1]) && isOf(/^(?:Distributed|Local)?FileSystem\./)(operation) && isIn('java', 'kotlin')(operation), [{ languages: ['java', 'kotlin'], text: /FileSystem\b/ }]),
    // C#
    call('*#Directory.Delete', (operation) => isRecursive(operation, 1), [{ alongside: ['Directory'] }]),
    call('*#DirectoryInfo.Delete', (operation) => isRecursive(operation, 0), [{ alongside: ['DirectoryInfo'] }]),
    ...['os#remove', 'os#unlink', ...single].map((callee) => call(callee, (operation) => isInListing(operation) || isOfSystem(operation), singleClues)),
  ],
  judge: { call: judge },
  examples: {
    bad: [
      tag('Example.vue')`<template><button @click="rmSync('/srv')">Clear</button></template>
<script setup lang="ts">
import { rmSync } from 'node:fs';
const clear = (folder: string) => ⟦rmSync(folder, { recursive: true })⟧;
</script>`,
      tag('Example.svelte')`<script>
  import { rmSync } from 'node:fs';
  ⟦rmSync('/srv/uploads', { recursive: true })⟧;
</script>
<p>{rmSync}</p>`,
      python`import shutil
for name in ["build", "/srv/uploads"]:
    ⟦shutil.rmtree(name)⟧`,
      python`import shutil
for name in ["build", "dist"]:
    ⟦shutil.rmtree(user.folder)⟧`,
      javascript`import { rmSync } from 'node:fs';
⟦rmSync('/srv/uploads', { recursive: true, force: true })⟧;`,
      typescript`import fs from 'fs-extra';
await ⟦fs.remove(userFolder)⟧;`,
      typescript`await ⟦Deno.remove(userFolder, { recursive: true })⟧;`,
      python`import shutil
⟦shutil.rmtree(f"/srv/users/{name}")⟧`,
      javascript`const fs = require('fs');
exports.clear = (folder) => ⟦fs['rm' + 'Sync'](folder, { recursive: true, force: true })⟧;`,
      javascript`const fs = require('fs');
const op = 'rm' + 'Sync';
⟦fs[op]('/srv/uploads', { recursive: true })⟧;`,
      python`import shutil
⟦getattr(shutil, "rm" + "tree")(user.folder)⟧`,
      python`import shutil
drop = getattr(shutil, "rmtree")
def clear(user):
    ⟦drop(user.folder)⟧`,
      ruby`require 'fileutils'
⟦FileUtils.send(:rm_rf, user.folder)⟧`,
      python`from pathlib import Path
root = Path("/srv/uploads")
for path in root.rglob("*"):
    ⟦path.unlink()⟧`,
      python`import os
⟦os.remove("/etc/fstab")⟧`,
      ruby`require 'fileutils'
⟦FileUtils.rm_rf(user.folder)⟧`,
      ruby`users.map { |dir| ⟦FileUtils.rm_rf(File.join(dir, 'pack'))⟧ }`,
      ruby`Dir.glob('/srv/uploads/*').each { |path| ⟦File.delete(path)⟧ }`,
      php`<?php
use Illuminate\Support\Facades\File;
⟦File::deleteDirectory($user->folder)⟧;`,
      php`<?php
⟦array_map('unlink', glob('/srv/uploads/*'))⟧;`,
      go`package main

import "os"

func clear(dir string) error { return ⟦os.RemoveAll(dir)⟧ }`,
      rust`fn clear(user: &User) -> std::io::Result<()> {
    ⟦std::fs::remove_dir_all(&user.folder)⟧
}`,
      java`import org.apache.commons.io.FileUtils;
class Users { void clear(File home) throws IOException { ⟦FileUtils.deleteDirectory(home)⟧; } }`,
      java`import java.nio.file.*;
class Users { void clear(Path home) throws IOException { Files.walk(home).sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(⟦File::delete⟧); } }`,
      kotlin`fun clear(user: User) { ⟦File("/srv/users", user.name).deleteRecursively()⟧ }`,
      csharp`using System.IO;
⟦Directory.Delete(user.Folder, true)⟧;
⟦new DirectoryInfo(@"C:\Shares\Users").Delete(recursive: true)⟧;`,
    ],
    good: [
      java`class Files { boolean deleteRecursively(File root) { for (File child : root.listFiles()) deleteRecursively(child); return root.delete(); } }`,
      go`package main

import ("os"; "path/filepath")

func clear(dir, id string) error {
	tmpToDelete := filepath.Join(dir, id+".deleted")
	return os.RemoveAll(tmpToDelete)
}`,
      php`<?php
foreach (glob("{$this->cacheDir}/*") as $file) unlink($file);`,
      javascript`import { rmSync } from 'node:fs';
rmSync('notes.txt');`,
      typescript`import { rm } from 'node:fs/promises';
import os from 'node:os';
await rm(path.join(os.tmpdir(), 'upload'), { recursive: true });`,
      javascript`const fs = require('fs');
const op = 'read' + 'FileSync';
fs[op]('/srv/uploads', { recursive: true });
const handlers = { rmSync() {} };
handlers['rm' + 'Sync']();
handlers[kind](folder, { recursive: true });`,
      python`import shutil
getattr(shutil, "copy" + "tree")(a, b)
getattr(shutil, name)(user.folder)
size = getattr(shutil, "rmtree", None)`,
      ruby`require 'fileutils'
FileUtils.send(:mkdir_p, user.folder)
queue.send(:rm_rf)`,
      javascript`import { rimraf } from 'rimraf';
await rimraf(['dist', 'coverage']);`,
      javascript`import { rmSync } from 'node:fs';
for (const dir of ['dist', 'coverage', '.turbo']) rmSync(dir, { recursive: true });
['build', 'out'].forEach((dir) => rmSync(new URL(dir, import.meta.url), { recursive: true }));`,
      python`import shutil
from pathlib import Path
for folder in ["build", "dist"]:
    shutil.rmtree(folder)
for name in ("build", "dist"):
    shutil.rmtree(ROOT / name)
for path in ROOT.rglob("__pycache__"):
    shutil.rmtree(path)
for pattern in ["**/__pycache__", "dist"]:
    for path in Path(".").glob(pattern):
        shutil.rmtree(path)
DOCS = HERE / "_build"
shutil.rmtree(DOCS)`,
      go`package main

import "os"

func clean() {
	for _, dir := range []string{"bin", "dist"} {
		os.RemoveAll(dir)
	}
}`,
      rust`fn main() {
    let out_dir = std::env::var("OUT_DIR").unwrap();
    let dest = Path::new(&out_dir).join("gen");
    std::fs::remove_dir_all(&dest).unwrap();
    let other = PathBuf::from(std::env::var("OUT_DIR").unwrap()).join("gen");
    std::fs::remove_dir_all(&other).unwrap();
}`,
      ruby`%w[build dist].each { |dir| FileUtils.rm_rf(dir) }`,
      python`import shutil, tempfile
work = tempfile.mkdtemp()
shutil.rmtree(work)
shutil.rmtree("build", ignore_errors=True)
with tempfile.TemporaryDirectory() as scratch:
    shutil.rmtree(scratch)`,
      python`import os
os.remove(path)
os.rmdir("/srv/empty")`,
      ruby`Dir.mktmpdir { |dir| FileUtils.rm_rf(File.join(dir, 'pack')) }
Dir.mktmpdir('pack') do |work|
  FileUtils.rm_rf(work)
end`,
      python`import os, shutil, tempfile
work = tempfile.mkdtemp()
shutil.rmtree(os.path.join(work, "pack"))`,
      ruby`FileUtils.rm_rf(Dir.mktmpdir)
FileUtils.rm_rf(Rails.root.join('tmp/cache'))
File.delete(upload.path)`,
      php`<?php
unlink($upload->path);
File::delete($upload->path);
$model->forceDelete();`,
      go`package main

import ("os"; "path/filepath")

func build() {
	dir, _ := os.MkdirTemp("", "build")
	defer os.RemoveAll(dir)
	os.RemoveAll(filepath.Join(os.TempDir(), "x"))
	os.Remove("notes.txt")
}`,
      rust`fn main() { let dir = tempfile::tempdir().unwrap(); std::fs::remove_dir_all(dir.path()).unwrap(); std::fs::remove_file("notes.txt").unwrap(); }`,
      java`class Build { @TempDir Path tempDir; void clear(File upload) { FileUtils.deleteDirectory(tempDir.toFile()); upload.delete(); for (User user : users.findAll()) users.delete(user); } }`,
      kotlin`fun clear() { File("build").deleteRecursively(); createTempDirectory().toFile().deleteRecursively() }`,
      csharp`using System.IO;
Directory.Delete(path);
Directory.Delete(Path.Combine(Path.GetTempPath(), "upload"), true);
File.Delete(upload.Path);`,
    ],
  },
});
