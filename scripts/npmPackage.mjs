import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Fetches a package that is no dependency of the project and unpacks it, once, into a folder below `folder`.
 * @returns the folder with its files
 */
export function unpackedPackage(name, version, folder) {
  const target = path.join(folder, `${name.replace(/\W+/g, '-')}-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true });
  const packed = execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder], { encoding: 'utf8' }).trim().split('\n').at(-1) ?? '';
  const archive = path.join(folder, packed);
  const unpacked = `${target}.part`;
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked);
  execFileSync('tar', ['xzf', archive, '-C', unpacked, '--strip-components=1']);
  rmSync(archive);
  renameSync(unpacked, target);
  return target;
}
