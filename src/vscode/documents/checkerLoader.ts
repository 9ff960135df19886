import type { Checker } from '../../core/check/checker.ts';
import type { Rule } from '../../core/check/rule.ts';
import type { Ports } from '../ports.ts';

/** Loads the checker, and with it the parser's code, when it is first asked for. */
export function checkerLoader(ports: Pick<Ports, 'readGrammar' | 'digest'>, rules: readonly Rule[]): () => Promise<Checker> {
  let loading: Promise<Checker> | undefined;
  return () => (loading ??= load(ports, rules));
}

async function load({ readGrammar, digest }: Pick<Ports, 'readGrammar' | 'digest'>, rules: readonly Rule[]): Promise<Checker> {
  const { Checker, Grammars } = await import('./engine.ts');
  return new Checker(rules, { grammars: new Grammars(readGrammar), digest });
}
