import { hole, type SqlStatement } from '../language/operation.ts';
import type { Factor } from './blastRadius.ts';
import { loopFactors, productionFactors } from './factors.ts';
import { isWayBack } from './places.ts';
import type { Place } from './rule.ts';

/** Whether nothing that was there before is touched: scratch things, rehearsals, the way back of a migration. */
export function isMoot(statement: SqlStatement, place: Place): boolean {
  return statement.isScratch || statement.isRolledBack || isWayBack(statement, place);
}

/** What the text around a statement says of its danger, whatever it does. */
export function statementFactors(statement: SqlStatement): Factor[] {
  const { target, routine, unguarded } = statement;
  return [
    ...(target.includes(hole) ? [{ text: 'which one is only known when it runs', weight: 0 } as const] : []),
    ...(routine === undefined ? [] : [{ text: `it runs when \`${routine}\` is called`, weight: -1 } as const]),
    ...(unguarded === undefined ? [] : [{ text: `\`${unguarded}\` stands before it`, weight: 0 } as const]),
    ...(/(?:^|[._"`[])_?(?:te?mp|scratch)(?:_|["`\]]?$)|_te?mp["`\]]?$/i.test(target) ? [{ text: 'its name says that it is temporary', weight: -1 } as const] : []),
    ...productionFactors([target]),
    ...loopFactors(statement),
  ];
}
