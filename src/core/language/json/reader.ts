import { dataReader } from '../data/reader.ts';
import type { Reader } from '../reader.ts';
import type { ReaderOf } from '../shell/handedCode.ts';
import { jsonDocuments } from './documents.ts';

export function jsonReader(readerOf: ReaderOf): Reader {
  return dataReader(jsonDocuments, readerOf);
}
