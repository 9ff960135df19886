// The packages that the catalogue is derived from: pinned here, fetched by their registries' clients, and no dependencies of the project.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unpackedPackage } from '../npmPackage.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'out/catalogue');

const registries = { botocore: 'PyPI' };
const versions = {
  '@aws-cdk/aws-service-spec': '0.1.216',
  '@pulumi/azure': '6.40.0',
  botocore: '1.43.107',
  '@kubernetes/client-node': '2.0.1',
};

/** `botocore 1.43.107 (PyPI)`, as generated files name their source. */
export function sourceOf(name) {
  return `${name} ${versions[name]} (${registries[name] ?? 'npm'})`;
}

/** The unpacked folder of an npm package. */
export function npmPackage(name) {
  return unpackedPackage(name, versions[name], folder);
}

/** The bytes of a Python package's wheel. */
export function pythonWheel(name) {
  const find = () => (existsSync(folder) ? readdirSync(folder).find((file) => file.startsWith(`${name}-${versions[name]}`) && file.endsWith('.whl')) : undefined);
  if (find() === undefined) {
    mkdirSync(folder, { recursive: true });
    execFileSync('python3', ['-m', 'pip', 'download', `${name}==${versions[name]}`, '--no-deps', '--quiet', '--dest', folder], { stdio: 'inherit' });
  }
  return readFileSync(path.join(folder, find() ?? ''));
}
