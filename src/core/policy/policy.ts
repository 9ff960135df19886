/** Least first; `check` has the same words. */
export const policySeverities = ['low', 'medium', 'high', 'critical'] as const;
export type PolicySeverity = (typeof policySeverities)[number];

/** How many seniors have to approve; `warn` tells and lets pass, `off` does not tell either. */
export type Demand = { readonly approvals: number } | 'warn' | 'off';

export interface Person {
  /** The addresses under which somebody commits. */
  readonly emails: readonly string[];
  /** The login at GitHub. */
  readonly github?: string;
}

/** Paths that need more than others do. */
export interface PathDemand {
  readonly match: string;
  /** One of them has to be among those who approve. */
  readonly reviewers: readonly string[];
  /** Findings there count as at least so severe. */
  readonly minimum?: PolicySeverity;
}

/** What a team decided, as `.firebreak/policy.yml` says it. */
export interface Policy {
  /** The refs that the gate watches, as full names; `*` stands for characters of one name, `**` for any number of names. */
  readonly targets: readonly string[];
  /** What needs approval: risky findings, these and all that an AI wrote, or only risky findings in what an AI wrote. */
  readonly review: 'risky' | 'all-ai' | 'risky-ai';
  /** Whether a note that says "a human wrote this" counts, though nobody signed it. */
  readonly trustNotes: boolean;
  /** Whose pushes need approval. */
  readonly appliesTo: 'everyone' | 'non-seniors';
  /** Principals who may approve. */
  readonly seniors: readonly string[];
  /** By principal. */
  readonly people: Readonly<Record<string, Person>>;
  readonly severities: Readonly<Record<PolicySeverity, Demand>>;
  /** All that match a path hold for it. */
  readonly paths: readonly PathDemand[];
  /** Of the policy itself, and of what else decides what is checked and run. */
  readonly policyChanges: { readonly approvals: number };
  /** From which severity on a security key has to have been touched, and how long an approval holds. */
  readonly keys: { readonly requireTouch: PolicySeverity | 'never'; readonly maxAgeMs: number };
  /** By rule: not at all, or at least so severe. */
  readonly rules: Readonly<Record<string, 'off' | PolicySeverity>>;
  /** Globs of paths that are not checked. */
  readonly exclude: readonly string[];
  /** From which severity on what an agent is about to do is put to its user, or refused. */
  readonly agents: { readonly ask: PolicySeverity | 'never'; readonly deny: PolicySeverity | 'never' };
  /** Who may pass the gate without an approval, and within which time one has to follow. */
  readonly emergency: { readonly people: readonly string[]; readonly followUpWithinMs: number };
}

/** Where a repository keeps it, from its root. */
export const policyPath = '.firebreak/policy.yml';

const hourMs = 3_600_000;

/** Of a repository that has none; a policy that is silent on something says the same. */
export const noPolicy: Policy = {
  targets: ['refs/heads/main', 'refs/heads/master'],
  review: 'risky',
  trustNotes: false,
  appliesTo: 'everyone',
  seniors: [],
  people: {},
  severities: { critical: { approvals: 1 }, high: { approvals: 1 }, medium: 'warn', low: 'warn' },
  paths: [],
  policyChanges: { approvals: 1 },
  keys: { requireTouch: 'never', maxAgeMs: 14 * 24 * hourMs },
  rules: {},
  exclude: [],
  agents: { ask: 'high', deny: 'never' },
  emergency: { people: [], followUpWithinMs: 24 * hourMs },
};
