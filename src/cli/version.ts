import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dist } from '../node/dist.ts';

/** Firebreak's own, as its package says. */
export function version(): string {
  return (JSON.parse(readFileSync(path.join(dist, '..', 'package.json'), 'utf8')) as { version: string }).version;
}
