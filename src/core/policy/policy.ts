/** Least first; `check` has the same words. */
export type PolicySeverity = 'low' | 'medium' | 'high' | 'critical';

/** What a team decided, as `.firebreak/policy.yml` says it. */
export interface Policy {
  /** Principals who may be asked for a review. */
  readonly seniors: readonly string[];
  /** The addresses under which a principal commits. */
  readonly people: Readonly<Record<string, { readonly emails: readonly string[] }>>;
  /** By rule: not at all, or at least so severe. */
  readonly rules: Readonly<Record<string, 'off' | PolicySeverity>>;
  /** Globs of paths that are not checked. */
  readonly exclude: readonly string[];
}

/** Where a repository keeps it, from its root. */
export const policyPath = '.firebreak/policy.yml';

/** Of a repository that has none. */
export const noPolicy: Policy = { seniors: [], people: {}, rules: {}, exclude: [] };
