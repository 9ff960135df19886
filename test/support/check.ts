import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { grammarFiles } from '../../esbuild.mjs';
import type { CheckPorts } from '../../src/core/check/checkedFile.ts';
import { Checker } from '../../src/core/check/checker.ts';
import type { Finding } from '../../src/core/check/finding.ts';
import { type GrammarFile, Grammars } from '../../src/core/language/grammars.ts';
import { languageOf } from '../../src/core/language/language.ts';
import { unhurried } from '../../src/core/language/pace.ts';
import { rules } from '../../src/core/rules/index.ts';

const require = createRequire(import.meta.url);

const grammarFile = (name: GrammarFile): string => grammarFiles.find((file) => file.endsWith(`/${name}.wasm`)) ?? name;

/** The grammars as the packages ship them: unit tests need no build. */
export const ports: CheckPorts = {
  grammars: new Grammars(async (file) => readFile(require.resolve(grammarFile(file)))),
  digest: (text) => createHash('sha256').update(text).digest('hex'),
  today: () => '2026-11-29',
};

export const checker = new Checker(rules, ports);

/** What the built-in rules find in one text. */
export async function checkText(path: string, text: string, { before }: { before?: string | undefined } = {}): Promise<readonly Finding[]> {
  const [look] = await checker.check({ files: [{ path, after: { text }, ...(before !== undefined && { before: { text: before } }) }] }, () => unhurried);
  if (look?.kind !== 'findings') throw new Error(`${path} was not looked at: ${JSON.stringify(look)}`);
  return look.findings;
}

/** Whether the grammar reads the text without an error; true for languages without a grammar. */
export async function isWellFormed(path: string, text: string): Promise<boolean> {
  const language = languageOf(path);
  const parser = language === undefined ? undefined : await ports.grammars.parserFor(language);
  const tree = parser?.parse(text);
  const isWhole = tree?.rootNode.hasError !== true;
  tree?.delete();
  parser?.delete();
  return isWhole;
}
