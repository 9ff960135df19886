import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unpackInto } from '../npmPackage.mjs';
import { debianPackages, debianRelease, debianSources, npmPackages } from './packages.mjs';

/**
 * Fetches the packages that are not there yet, each into a folder of its own below `folder`, by the clients of their registries.
 * One that is not to be had is told and left out; what is there beside them is removed.
 */
export function fetchPackages(folder) {
  mkdirSync(folder, { recursive: true });
  const wanted = [
    ...Object.entries(npmPackages).map(([name, version]) => ({ name, version, unpack: unpackInto })),
    ...Object.entries(debianSources).map(([name, version]) => ({ name, version, unpack: unpackDebianSource })),
    ...Object.entries(debianPackages).map(([name, version]) => ({ name, version, unpack: unpackDebianPackage })),
  ].map((each) => ({ ...each, target: path.join(folder, `${each.name.replace(/^@/, '').replaceAll('/', '-')}-${each.version.replace(/^\d+:/, '')}`) }));
  const targets = new Set(wanted.map(({ target }) => target));
  for (const name of readdirSync(folder)) if (!targets.has(path.join(folder, name))) rmSync(path.join(folder, name), { recursive: true });
  const missing = wanted.filter(({ target }) => !existsSync(target));
  if (missing.length > 0) console.log(`Fetching ${missing.length} of ${wanted.length} packages into ${folder}.`);
  for (const { name, version, unpack, target } of missing) {
    const unfinished = `${target}.part`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    try {
      unpack(name, version, unfinished, path.dirname(folder));
      renameSync(unfinished, target);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      console.error(`${name} ${version} is left out: ${error.message}`);
    }
  }
}

/** The sources as their authors published them, without what Debian adds. */
function unpackDebianSource(name, version, target, workFolder) {
  fetchDebian(['source', '--download-only', '--tar-only'], name, version, target, workFolder);
  for (const archive of readdirSync(target)) {
    const component = /\.orig-(.+)\.tar\.\w+$/.exec(archive)?.[1];
    if (/\.tar\.\w+$/.test(archive)) unpack(target, archive, path.join(target, component ?? ''));
    else rmSync(path.join(target, archive));
  }
}

function unpackDebianPackage(name, version, target, workFolder) {
  fetchDebian(['download'], name, version, target, workFolder);
  for (const archive of readdirSync(target)) {
    run('dpkg-deb', ['--extract', archive, '.'], target);
    rmSync(path.join(target, archive));
  }
}

function fetchDebian(command, name, version, target, workFolder) {
  const fetch = (what) => run('apt-get', [...aptOptions(workFolder), '--quiet', ...command, what], target);
  try {
    fetch(`${name}=${version}`);
  } catch {
    // A mirror may hold the current version of a release alone.
    fetch(name);
  }
}

function unpack(folder, archive, target) {
  mkdirSync(target, { recursive: true });
  run('tar', ['xf', archive, '-C', target, '--strip-components=1', '--no-same-owner'], folder);
  rmSync(path.join(folder, archive));
}

/** apt with lists of its own, so that the machine's stay as they are: packages and their sources, of the mirror that it takes them from. */
function aptOptions(workFolder) {
  const folder = path.join(workFolder, 'apt');
  const list = path.join(folder, 'sources.list');
  const options = [
    ['Dir::Etc::sourcelist', list],
    ['Dir::Etc::sourceparts', '/dev/null'],
    ['Dir::State::lists', path.join(folder, 'lists')],
    ['Dir::Cache', path.join(folder, 'cache')],
    ['APT::Sandbox::User', 'root'],
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  if (existsSync(list)) return options;
  const targets = run('apt-get', ['indextargets', '--format', '$(IDENTIFIER) $(RELEASE) $(REPO_URI)']).split('\n');
  const mirror = targets.map((line) => line.split(' ')).find(([identifier, release]) => identifier === 'Packages' && release === debianRelease)?.[2];
  if (mirror === undefined) throw new Error(`apt takes no packages from Debian ${debianRelease} on this machine; add a mirror of it to its sources`);
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(path.join(folder, part), { recursive: true });
  writeFileSync(list, ['deb', 'deb-src'].map((kind) => `${kind} ${mirror} ${debianRelease} main\n`).join(''));
  try {
    run('apt-get', [...options, 'update', '--quiet']);
  } catch (error) {
    rmSync(list);
    throw error;
  }
  return options;
}

function run(command, args, cwd) {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  } catch (error) {
    throw new Error(`\`${command} ${args.join(' ')}\` failed: ${error.stderr?.trim() || error.message}`, { cause: error });
  }
}
