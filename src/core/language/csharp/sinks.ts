import type { Node } from 'web-tree-sitter';
import type { CallParts, Sinks } from '../code/dialect.ts';

export const csharpSinks: Sinks = {
  shell: new Set(['*#Process.Start', '*#ProcessStartInfo', '*#Command.Run', '*#Command.RunAsync', '*#Command.ReadAsync', '*#Cli.Wrap']),
  lineOf,
  builders: new Set(['WithArguments']),
  sql: new Set([
    // Entity Framework
    'ExecuteSqlRaw', 'ExecuteSqlRawAsync', 'ExecuteSqlInterpolated', 'ExecuteSqlInterpolatedAsync', 'ExecuteSql', 'ExecuteSqlAsync', 'ExecuteSqlCommand', 'ExecuteSqlCommandAsync', 'FromSqlRaw', 'FromSqlInterpolated',
    'FromSql', 'SqlQuery', 'SqlQueryRaw', 'Sql',
    // Dapper, NHibernate, ADO.NET
    'Execute', 'ExecuteAsync', 'ExecuteScalar', 'ExecuteScalarAsync', 'ExecuteReader', 'ExecuteReaderAsync', 'Query', 'QueryAsync', 'QueryFirst', 'QueryFirstAsync', 'QueryFirstOrDefault', 'QueryFirstOrDefaultAsync', 'QuerySingle',
    'QuerySingleAsync', 'QueryMultiple', 'QueryMultipleAsync', 'CreateSQLQuery', 'CreateQuery', 'ExecuteNonQuery', 'ExecuteNonQueryAsync', 'ExecuteUpdate', 'CreateCommand', 'CommandText',
  ]),
  sqlTypes: new Set([
    'SqlCommand', 'NpgsqlCommand', 'NpgsqlBatchCommand', 'MySqlCommand', 'SqliteCommand', 'SQLiteCommand', 'OracleCommand', 'OleDbCommand', 'OdbcCommand', 'SqlDataAdapter', 'NpgsqlDataAdapter', 'MySqlDataAdapter', 'CommandDefinition',
  ]),
}; // prettier-ignore

/** A program and the rest of its line: `Process.Start("cmd", "/c …")`, `new ProcessStartInfo { FileName = "rm", Arguments = "-rf x" }`. */
function lineOf({ args }: CallParts): readonly [program: Node, rest: Node] | undefined {
  const positional = args.filter(({ name }) => name === undefined);
  const given = (names: readonly string[], at: number) => args.find(({ name }) => name !== undefined && names.includes(name))?.value ?? positional[at]?.value;
  const program = given(['FileName', 'fileName', 'name'], 0);
  const rest = given(['Arguments', 'arguments', 'args', 'ArgumentList'], 1);
  return program === undefined || rest === undefined ? undefined : [program, rest];
}
