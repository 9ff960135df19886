import type { Sinks } from '../code/dialect.ts';

const programs = ['*', 'java.lang'].flatMap((module) => ['ProcessBuilder', 'ProcessBuilder.command'].map((name) => `${module}#${name}`));

/** Where the JVM's languages run commands and send SQL. Types of `java.lang` need no import, so that their module is not known. */
export const javaSinks: Sinks = {
  shell: new Set([
    ...programs, '*#Runtime.exec', 'java.lang#Runtime.exec',
    'org.apache.commons.exec#CommandLine.parse', 'org.zeroturnaround.exec#ProcessExecutor', 'org.zeroturnaround.exec#ProcessExecutor.command', 'org.zeroturnaround.exec#ProcessExecutor.commandSplit',
    'com.jcraft.jsch#ChannelExec.setCommand', 'net.schmizz.sshj.connection.channel.direct#Session.exec',
  ]), // prettier-ignore
  programs: new Set(programs),
  sql: new Set([
    // JDBC, Spring, R2DBC
    'execute', 'executeUpdate', 'executeLargeUpdate', 'executeQuery', 'prepareStatement', 'prepareCall', 'addBatch', 'update', 'batchUpdate', 'query', 'queryForObject', 'queryForList', 'queryForMap', 'sql', 'createStatement',
    // JPA, Hibernate, JDBI, jOOQ
    'createQuery', 'createNativeQuery', 'createSQLQuery', 'createMutationQuery', 'createNativeMutationQuery', 'createUpdate', 'createScript', 'fetch', 'resultQuery', 'rawQuery', 'preparedQuery', 'executeNativeQuery',
    // Android, Exposed, Cassandra, Spark
    'execSQL', 'compileStatement', 'exec', 'executeAsync',
    // Annotations of Spring Data, JPA, Room, MyBatis and JDBI
    'Query', 'NativeQuery', 'NamedQuery', 'NamedNativeQuery', 'Delete', 'Update', 'SqlUpdate', 'SqlQuery', 'SqlBatch', 'SqlScript',
  ]), // prettier-ignore
};
