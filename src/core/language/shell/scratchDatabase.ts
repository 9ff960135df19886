import type { Word } from '../operation.ts';
import { operandsOf, optionValue } from './options.ts';

const valued: Readonly<Record<string, readonly string[]>> = {
  psql: ['-h', '--host', '-U', '--username', '-p', '--port', '-c', '--command', '-f', '--file', '-v', '--set', '-o', '--output', '-F', '-P', '-R'],
  mysql: ['-h', '--host', '-u', '--user', '-P', '--port', '-e', '--execute', '-S', '--socket'],
  mariadb: ['-h', '--host', '-u', '--user', '-P', '--port', '-e', '--execute', '-S', '--socket'],
  sqlite3: ['-cmd', '-init', '-separator', '-newline', '-nullvalue'],
  duckdb: ['-cmd', '-init', '-c', '-s'],
};

const forTests = /(?:^|[/_-])(?:tests?|testing)$/i;

/** Whether a client is given a database that holds nothing to lose: one in memory, or one that is called as those for tests are and stands on no host of production. */
export function isScratchDatabase(client: string, words: readonly Word[]): boolean {
  const options = Object.hasOwn(valued, client) ? valued[client] : undefined;
  if (options === undefined || words.some(({ text }) => /prod/i.test(text))) return false;
  const named = optionValue(words, '-d', '--dbname', '-D', '--database') ?? operandsOf(words, options)[0]?.text;
  return named !== undefined && (named === ':memory:' || (client !== 'sqlite3' && client !== 'duckdb' && forTests.test(named)));
}
