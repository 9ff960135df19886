import { dataReader } from '../data/reader.ts';
import type { Reader } from '../reader.ts';
import type { ReaderOf } from '../shell/handedCode.ts';
import { json } from './documents.ts';

export function jsonReader(readerOf: ReaderOf): Reader {
  return dataReader(json, readerOf);
}
