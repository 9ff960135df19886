import { type Family, type LanguageId, familyOf } from '../language/language.ts';
import { kindsOf, ownWords } from '../language/openView.ts';
import type { Operation } from '../language/operation.ts';
import { WordScan } from '../language/scan.ts';
import type { Wanted } from '../language/view.ts';
import type { Judgement, Rule } from './rule.ts';

/** Rules, prepared for looking operations up: which words to look for in a language, and what to make of what is found. */
export class RuleSet {
  private readonly wantedBy = new Map<Family, Wanted>();

  constructor(readonly rules: readonly Rule[]) {}

  wanted(language: LanguageId): Wanted {
    const family = familyOf(language);
    let wanted = this.wantedBy.get(family);
    if (wanted === undefined) {
      const kinds: readonly string[] = kindsOf[family];
      const matchers = this.rules.flatMap((rule) => rule.matches).filter((matcher) => kinds.includes(matcher.kind));
      wanted = {
        words: new WordScan([...matchers.flatMap((matcher) => matcher.words), ...ownWords[family]]),
        imported: new Set(matchers.flatMap((matcher) => matcher.imported ?? [])),
      };
      this.wantedBy.set(family, wanted);
    }
    return wanted;
  }

  /** What the rules make of an operation; several may see different dangers in one. */
  judge(operation: Operation): { rule: Rule; operation: Operation; judgement: Judgement }[] {
    return this.rules.flatMap((rule) => {
      const judgement = judgeWith(rule, operation);
      return judgement === undefined ? [] : [{ rule, operation, judgement }];
    });
  }
}

function judgeWith(rule: Rule, operation: Operation): Judgement | undefined {
  switch (operation.kind) {
    case 'call':
      return rule.matches.some((matcher) => matcher.kind === 'call' && matcher.test(operation)) ? rule.judge.call?.(operation) : undefined;
    case 'command':
      return rule.matches.some((matcher) => matcher.kind === 'command' && matcher.test(operation)) ? rule.judge.command?.(operation) : undefined;
    case 'statement':
      return rule.matches.some((matcher) => matcher.kind === 'statement' && matcher.test(operation)) ? rule.judge.statement?.(operation) : undefined;
    case 'attributeChange':
      return rule.matches.some((matcher) => matcher.kind === 'attributeChange' && matcher.test(operation)) ? rule.judge.attributeChange?.(operation) : undefined;
  }
}
