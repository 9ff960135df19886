import { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation, Word } from '../operation.ts';
import { sqlStatementsIn } from '../sql/statements.ts';

/** Statements that no command of a shell begins with. */
const sql = /^(?:drop\s+(?:table|database|schema|user|role|tablespace|keyspace|materialized\s+view|owned)\s|truncate\s+(?:table\s+)?["`\w.[\]]+\s*(?:;|cascade|restart|$)|delete\s+from\s|update\s+\S+\s+set\s|alter\s+table\s)/i;
const redis = /^(?:flushall|flushdb)(?:\s+(?:async|sync))?\s*;?$|^config\s+set\s+\S+\s+\S+$|^(?:script|function)\s+flush\s*$|^shutdown\s+nosave$/i;
const mongo = /^(?:use\s+\w+\s*;?\s*)?db(?:\.[\w$]+|\[[^\]\n]+\]|\.getCollection\([^()\n]*\)|\.getSiblingDB\([^()\n]*\))*\.\w+\s*\(/;

/** By which the rules' own words do not find such a text. */
export const bareWords: readonly string[] = ['flushall', 'flushdb', 'nosave', 'appendonly', 'dropDatabase', 'deleteMany', 'getCollectionNames'];

/** What somebody typed who left out the client that takes it: a text that is no shell script but the statement of a database's own language. */
export function bareClientOperationsIn(text: string): readonly Operation[] | undefined {
  const start = text.length - text.trimStart().length;
  const bare = text.trim();
  // Of several lines the last says by its `;` that they are no shell's.
  if (sql.test(bare) && (!bare.includes('\n') || bare.endsWith(';'))) return sqlStatementsIn(text);
  const range = OffsetRange.ofLength(start, bare.replace(/(?<!\s)\s*;$/, '').length);
  if (redis.test(bare)) return [commandOf('redis-cli', range.of(text).split(/\s+/), range)];
  return mongo.test(bare) ? [commandOf('mongosh', ['--eval', range.of(text)], range)] : undefined;
}

function commandOf(name: string, texts: readonly string[], range: OffsetRange): Operation {
  const words = texts.map((text): Word => ({ range, source: text, text, holes: [] }));
  return { kind: 'command', name, words, range, address: [], resolution: 'name' };
}
