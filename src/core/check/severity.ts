import { type BlastRadius, type Scope, type Undo } from './blastRadius.ts';

/** Least first. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Severity follows from how far the damage reaches and what it takes to undo it; factors then move it by one step at most, or, where one outweighs all others, two down. */
const bySeverity: Readonly<Record<Scope, Readonly<Record<Undo, Severity>>>> = {
  //             easily undone    at a cost            never
  object:      { easy: 'low',     costly: 'low',       none: 'low' },
  set:         { easy: 'low',     costly: 'medium',    none: 'medium' },
  collection:  { easy: 'medium',  costly: 'high',      none: 'high' },
  service:     { easy: 'medium',  costly: 'high',      none: 'critical' },
  environment: { easy: 'high',    costly: 'critical',  none: 'critical' },
  account:     { easy: 'high',    costly: 'critical',  none: 'critical' },
}; // prettier-ignore

export function severityOf(blastRadius: Pick<BlastRadius, 'scope' | 'undo' | 'factors'>): Severity {
  const base = severities.indexOf(bySeverity[blastRadius.scope][blastRadius.undo]);
  const weights = blastRadius.factors.map(({ weight }) => weight);
  const steps = weights.includes(-2) ? -2 : Math.sign(weights.reduce<number>((total, weight) => total + weight, 0));
  return severities[Math.max(0, Math.min(severities.length - 1, base + steps))] ?? 'critical';
}

export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(threshold);
}
