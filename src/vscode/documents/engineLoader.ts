import type { Checker } from '../../core/check/checker.ts';
import type { Rule } from '../../core/check/rule.ts';
import type { Suppressed, SuppressionText } from '../../core/check/suppressionText.ts';
import type { Ports } from '../ports.ts';

/** The checker and its rules, loaded with the parser's code and the catalogues when they are first asked for. */
export interface Engine {
  readonly checker: Checker;
  readonly ruleOf: (id: string) => Rule | undefined;
  readonly ruleIds: readonly string[];
  readonly canBeSuppressed: (path: string, firstLine: string, editorId: string) => boolean;
  readonly suppressionText: (suppressed: Suppressed, reason: string) => Promise<SuppressionText | undefined>;
}

export function engineLoader(ports: Pick<Ports, 'readGrammar' | 'madeWords' | 'digest' | 'now'>): () => Promise<Engine> {
  let loading: Promise<Engine> | undefined;
  return () => (loading ??= load(ports));
}

async function load({ readGrammar, madeWords, digest, now }: Pick<Ports, 'readGrammar' | 'madeWords' | 'digest' | 'now'>): Promise<Engine> {
  const { Checker, Grammars, rules, canBeSuppressed, suppressionText } = await import('./engine.ts');
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const grammars = new Grammars(readGrammar);
  const today = () => new Date(now()).toISOString().slice(0, 10);
  return {
    checker: new Checker(rules, { grammars, digest, today, madeWords }),
    ruleOf: (id) => byId.get(id),
    ruleIds: [...byId.keys()],
    canBeSuppressed,
    suppressionText: (suppressed, reason) => suppressionText(suppressed, reason, grammars),
  };
}
