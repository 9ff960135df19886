import { dataReader } from '../data/reader.ts';
import type { Reader } from '../reader.ts';
import type { ReaderOf } from '../shell/handedCode.ts';
import { yaml } from './documents.ts';

export function yamlReader(readerOf: ReaderOf): Reader {
  return dataReader(yaml, readerOf);
}
