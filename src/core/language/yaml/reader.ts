import { dataReader } from '../data/reader.ts';
import type { Reader } from '../reader.ts';
import { githubScript } from '../scripts/pipelines.ts';
import type { ReaderOf } from '../shell/handedCode.ts';
import { yaml } from './documents.ts';

export function yamlReader(readerOf: ReaderOf): Reader {
  return { ...dataReader(yaml, readerOf), holdsCode: (text) => text.toString().includes(githubScript) };
}
