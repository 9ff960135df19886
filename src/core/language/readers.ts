import { csharpDialect } from './csharp/dialect.ts';
import { cmdReader } from './cmd/reader.ts';
import { dockerfileScripts } from './dockerfile/scripts.ts';
import { goDialect } from './go/dialect.ts';
import { graphqlReader } from './graphql/reader.ts';
import { hclReader } from './hcl/reader.ts';
import { javaDialect } from './java/dialect.ts';
import { javascriptReader } from './javascript/reader.ts';
import { jsonReader } from './json/reader.ts';
import { kotlinDialect } from './kotlin/dialect.ts';
import type { Family } from './language.ts';
import { codeReader } from './code/reader.ts';
import { makefileGuards, reachesRecipe } from './makefile/guards.ts';
import { makefileScripts } from './makefile/scripts.ts';
import { phpDialect } from './php/dialect.ts';
import { powershellReader } from './powershell/reader.ts';
import { propertiesReader } from './properties/reader.ts';
import { pythonDialect } from './python/dialect.ts';
import type { Reader } from './reader.ts';
import { rubyDialect } from './ruby/dialect.ts';
import { rustDialect } from './rust/dialect.ts';
import { crontabScripts, unitScripts } from './schedules/scripts.ts';
import type { ReaderOf } from './shell/handedCode.ts';
import { scriptFileReader } from './scriptFileReader.ts';
import { shellReader } from './shell/reader.ts';
import { sqlReader } from './sql/reader.ts';
import { yamlReader } from './yaml/reader.ts';

const readerOf: ReaderOf = (language) => readers[language];

export const readers: Readonly<Record<Family, Reader>> = {
  javascript: javascriptReader,
  shell: shellReader(readerOf),
  sql: sqlReader,
  hcl: hclReader,
  python: codeReader(pythonDialect),
  java: codeReader(javaDialect),
  kotlin: codeReader(kotlinDialect),
  csharp: codeReader(csharpDialect),
  yaml: yamlReader(readerOf),
  json: jsonReader(readerOf),
  dockerfile: scriptFileReader(dockerfileScripts, readerOf),
  makefile: scriptFileReader(makefileScripts, readerOf, makefileGuards, reachesRecipe),
  crontab: scriptFileReader(crontabScripts, readerOf),
  unit: scriptFileReader(unitScripts, readerOf),
  powershell: powershellReader,
  cmd: cmdReader,
  graphql: graphqlReader,
  properties: propertiesReader,
  go: codeReader(goDialect),
  ruby: codeReader(rubyDialect),
  php: codeReader(phpDialect),
  rust: codeReader(rustDialect),
};
