import type { Checker } from '../../core/check/checker.ts';
import type { Rule } from '../../core/check/rule.ts';
import type { Ports } from '../ports.ts';

/** The checker and its rules, loaded with the parser's code and the catalogues when they are first asked for. */
export interface Engine {
  readonly checker: Checker;
  readonly ruleOf: (id: string) => Rule | undefined;
  readonly ruleIds: readonly string[];
}

export function engineLoader(ports: Pick<Ports, 'readGrammar' | 'digest' | 'now'>): () => Promise<Engine> {
  let loading: Promise<Engine> | undefined;
  return () => (loading ??= load(ports));
}

async function load({ readGrammar, digest, now }: Pick<Ports, 'readGrammar' | 'digest' | 'now'>): Promise<Engine> {
  const { Checker, Grammars, rules } = await import('./engine.ts');
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const today = () => new Date(now()).toISOString().slice(0, 10);
  return { checker: new Checker(rules, { grammars: new Grammars(readGrammar), digest, today }), ruleOf: (id) => byId.get(id), ruleIds: [...byId.keys()] };
}
