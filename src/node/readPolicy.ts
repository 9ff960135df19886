import { parsePolicy, tellErrors } from '../core/policy/parsePolicy.ts';
import { type Policy, policyPath } from '../core/policy/policy.ts';
import type { Decoded } from '../core/text/decode.ts';
import { RepositoryError } from './git.ts';

/** What a policy's text says. Throws when it is broken, with the place. */
export function policyFrom(decoded: Decoded, ruleIds?: readonly string[]): Policy {
  if ('unread' in decoded) throw new RepositoryError(`the policy ${policyPath} could not be read: ${decoded.unread}`);
  const parsed = parsePolicy(decoded.text, ruleIds);
  if ('policy' in parsed) return parsed.policy;
  throw new RepositoryError(`the policy is broken where the change starts from: ${tellErrors(parsed.errors)}; correct it and commit it`);
}
