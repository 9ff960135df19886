import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dist } from '../node/dist.ts';

/** Of this program, as its package says. */
export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(dist, '..', 'package.json'), 'utf8')) as { version: string };
  return version;
}
