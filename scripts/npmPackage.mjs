import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Fetches a package that is no dependency of the project and unpacks it, once, into a folder below `folder`.
 * @returns the folder with its files
 */
export function unpackedPackage(name, version, folder) {
  const target = path.join(folder, `${name.replace(/\W+/g, '-')}-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true });
  const unpacked = `${target}.part`;
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked);
  unpackInto(name, version, unpacked);
  renameSync(unpacked, target);
  return target;
}

/** Fetches a package of the npm registry and unpacks its files into an empty folder. */
export function unpackInto(name, version, target) {
  execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', target], { stdio: ['ignore', 'ignore', 'pipe'] });
  for (const archive of readdirSync(target)) {
    execFileSync('tar', ['xzf', path.join(target, archive), '-C', target, '--strip-components=1', '--no-same-owner']);
    rmSync(path.join(target, archive));
  }
}
