import * as z from 'zod/mini';
import { noPolicy, policySeverities } from './policy.ts';

const told = z.describe;
const text = z.string().check(z.minLength(1));
const some = z.array(text).check(z.minLength(1));
const severity = z.enum(policySeverities);
const approvals = z.int().check(z.minimum(1), z.maximum(20));
/** 90m, 24h, 14d, 2w. */
const duration = z.string().check(z.regex(/^[1-9]\d{0,3}[mhdw]$/));
const demand = z.union([z.enum(['warn', 'off']), z.strictObject({ approvals })]);

/** The file as it is written; `z.toJSONSchema` makes of it what editors complete from. */
export const policySchema = z.strictObject({
  version: z.literal(1).check(told('The version of this file.')),
  targets: z._default(some, [...noPolicy.targets]).check(told("The refs that the gate watches, such as refs/heads/main or 'refs/heads/release/*'.")),
  review: z._default(z.enum(['risky', 'all-ai', 'risky-ai']), noPolicy.review).check(told('What needs approval: risky operations; these and every change that is not known to be written by a human; or risky operations that an AI may have written (needs trustNotes: true).')),
  trustNotes: z._default(z.boolean(), noPolicy.trustNotes).check(told('Whether notes on who wrote a text count, though nobody signed them.')),
  appliesTo: z._default(z.enum(['everyone', 'non-seniors']), noPolicy.appliesTo).check(told('Whose pushes need approval; who pushes is told by the server. A senior\'s push of commits whose author or committer is no senior needs it too.')),
  seniors: z._default(z.array(text), []).check(told('Principals who may approve, as .firebreak/allowed_signers calls them.')),
  people: z._default(z.record(z.string(), z.strictObject({
    emails: z._default(z.array(text), []).check(told('The addresses under which this person commits.')),
    github: z.optional(text).check(told('The login at GitHub. It is theirs where GitHub says it; an account of the same name at another server has no rights by it: write its address under emails, or let FIREBREAK_PUSHER say the principal.')),
  })), {}).check(told('Who somebody is: nobody approves a change of their own, under whatever address.')),
  severities: z._default(z.strictObject({ critical: z.optional(demand), high: z.optional(demand), medium: z.optional(demand), low: z.optional(demand) }), {}).check(told('How many seniors approve findings of a severity; warn tells and lets pass, off does not tell.')),
  paths: z._default(z.array(z.strictObject({
    match: text.check(told('A glob of paths from the root; what Windows or macOS take for such a path is meant too.')),
    reviewers: z._default(z.array(text), []).check(told('One of these seniors is among those who approve.')),
    minimum: z.optional(severity).check(told('Findings there count as at least so severe.')),
  })), []).check(told('Paths that need more than others do; all that match hold.')),
  policyChanges: z._default(z.strictObject({ approvals }), { ...noPolicy.policyChanges }).check(told('How many seniors approve a change to .firebreak, CODEOWNERS, CI definitions, .gitattributes and .gitmodules.')),
  keys: z._default(z.strictObject({
    requireTouch: z._default(z.enum(['never', ...policySeverities]), noPolicy.keys.requireTouch).check(told('From this severity on, an approval counts only when a security key was touched for it.')),
    maxAge: z._default(duration, '14d').check(told('How long an approval holds: 24h, 14d, 2w.')),
  }), { requireTouch: noPolicy.keys.requireTouch, maxAge: '14d' }).check(told('What a signature needs, and how long it counts.')),
  rules: z._default(z.record(z.string(), z.enum(['off', ...policySeverities])), {}).check(told('By rule: off, or the severity that it has at least.')),
  exclude: z._default(z.array(text), []).check(told('Globs of paths that are not checked, written just as they are called.')),
  agents: z._default(z.strictObject({
    ask: z._default(z.enum(['never', ...policySeverities]), noPolicy.agents.ask).check(told('From this severity on, an agent asks its user before it runs a command or makes an edit.')),
    deny: z._default(z.enum(['never', ...policySeverities]), noPolicy.agents.deny).check(told('From this severity on, an agent is refused.')),
  }), { ...noPolicy.agents }).check(told('What agents whose hooks call Firebreak may do by themselves.')),
  emergency: z._default(z.strictObject({
    people: z._default(z.array(text), []).check(told('Who may pass without an approval in an emergency.')),
    followUpWithin: z._default(duration, '24h').check(told('Within which time an approval has to follow.')),
  }), { people: [], followUpWithin: '24h' }).check(told('Who may let a change pass before it is approved; an approval has to follow.')),
  forge: z._default(z.strictObject({
    github: z._default(z.strictObject({
      approvals: z._default(z.enum(['ignore', 'count']), 'ignore').check(told("Whether a senior's approval of the pull request counts, though nobody signed it: a person's, at the same commit, by the login under people.")),
    }), { approvals: 'ignore' }),
  }), { github: { approvals: 'ignore' } }).check(told('What counts of what a forge says.')),
}); // prettier-ignore

export type WrittenPolicy = z.infer<typeof policySchema>;

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Of a text that the schema let pass. */
export function millisecondsOf(written: string): number {
  return Number(written.slice(0, -1)) * (unitMs[written.slice(-1)] ?? 0);
}
