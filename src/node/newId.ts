import { randomBytes } from 'node:crypto';
import { ulid } from '../core/review/ulid.ts';

/** A ULID: sorts by time. */
export function newId(): string {
  return ulid(Date.now(), randomBytes(10));
}
