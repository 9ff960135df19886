import { changeFactors, importance, isOff, isOn, lossOf } from '../check/configuration.ts';
import { terraform } from '../check/example.ts';
import { attributeChange, defineRule, type Judgement, resourceChange } from '../check/rule.ts';
import type { AttributeChange } from '../language/operation.ts';

/** What says where the state is kept; credentials and locks do not. */
const places = /^(?:type|bucket|key|prefix|path|container_name|storage_account_name|resource_group_name|organization|hostname|address|workspaces\..*|workspace_key_prefix|name|schema_name|secret_suffix|namespace|region)$/;

/** What says which account, region or cluster a provider talks to. */
const targets = /^(?:region|project|subscription_id|tenant_id|account_id|host|config_context|assume_role(?:\[\d+\])?\.role_arn|zone|location)$/;

/** What keeps two runs from writing the state at once. */
const locks = /^(?:dynamodb_table|use_lockfile|use_lock|lock_table|lock_address|skip_lock)$/;

function losesLock({ type, attribute, before, after, settings }: AttributeChange): boolean {
  if (type !== 'backend' || !locks.test(attribute)) return false;
  if (attribute === 'skip_lock') return isOn(after);
  const other = [...settings].some(([name, value]) => name !== attribute && locks.test(name) && name !== 'skip_lock' && !isOff(value));
  return before !== undefined && !isOff(before) && (after === undefined || isOff(after)) && !other;
}

const isKnown = ({ before, after }: AttributeChange) => before?.constant !== undefined && after?.constant !== undefined;

function judge(change: AttributeChange): Judgement | undefined {
  const { type, attribute, block } = change;
  const factors = changeFactors(change);
  if (losesLock(change)) return { effect: 'takes away the lock of Terraform\'s state: two runs at once overwrite what the other noted down, and what it made is lost from sight', target: block, factors };
  if (type === 'backend') {
    return { effect: `changes \`${attribute}\` of where Terraform keeps its state: unless the state is migrated, it knows nothing of what there is and creates all of it again`, target: block, factors };
  }
  if (type === 'provider') {
    return { effect: `turns \`${attribute}\` of \`${block}\` to another place: Terraform no longer finds what it made and creates all of it again`, target: block, factors };
  }
  const kind = importance(change);
  return {
    scope: lossOf[kind].scope,
    undo: kind === 'serving' ? 'easy' : 'costly',
    effect: `gives \`${block}\` to another provider: Terraform looks for it there, and creates an empty one when it is another region or account`,
    target: block,
    factors,
  };
}

function isAnotherPlace(change: AttributeChange): boolean {
  const { type, attribute, before, after } = change;
  if (type === 'backend') return (places.test(attribute) && before !== undefined) || losesLock(change);
  if (type === 'provider') return targets.test(attribute) && isKnown(change);
  return attribute === 'provider' && before !== undefined && after !== undefined;
}

export default defineRule({
  id: 'terraform-state-left-behind',
  title: 'Terraform loses sight of what it made',
  why: 'Terraform knows what it made by its state, and finds it through its provider. With another backend, region or account it takes everything for missing: it creates all of it again beside what there is, or fails half-way on names that are taken.',
  instead: 'Migrate the state with `terraform init -migrate-state`, and look at the plan before anything is applied: it must say "No changes".',
  blindTo: 'Settings of the backend that are given on the command line, and workspaces that are selected there.',
  blastRadius: { scope: 'environment', undo: 'easy' },
  matches: [attributeChange(isAnotherPlace), resourceChange('removed', ({ type }) => type === 'backend')],
  judge: {
    attributeChange: judge,
    resourceChange: (change) => ({
      effect: 'takes away where Terraform keeps its state: unless the state is migrated, it knows nothing of what there is and creates all of it again',
      target: change.block,
      factors: changeFactors(change),
    }),
  },
  examples: {
    bad: [
      terraform(
        'terraform {\n  backend "s3" {\n    bucket         = "state"\n    key            = "app"\n    dynamodb_table = "locks"\n  }\n}\n',
        '⟦terraform⟧ {\n  backend "s3" {\n    bucket         = "state"\n    key            = "app"\n  }\n}\n',
      ),
      terraform(
        'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "app/terraform.tfstate"\n  }\n}\n',
        'terraform {\n  backend "s3" {\n    bucket = "state"\n    ⟦key    = "application/terraform.tfstate"⟧\n  }\n}\n',
      ),
      terraform(
        'provider "aws" {\n  region = "eu-west-1"\n}\n',
        'provider "aws" {\n  ⟦region = "us-east-1"⟧\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "data" {\n  provider = aws.west\n}\n',
        'resource "aws_s3_bucket" "data" {\n  ⟦provider = aws.east⟧\n}\n',
      ),
    ],
    good: [
      terraform(
        'terraform {\n  backend "s3" {\n    bucket         = "state"\n    key            = "app"\n    dynamodb_table = "locks"\n  }\n}\n',
        'terraform {\n  backend "s3" {\n    bucket       = "state"\n    key          = "app"\n    use_lockfile = true\n  }\n}\n',
      ),
      terraform(
        'terraform {\n  backend "s3" {\n    bucket = "state"\n  }\n}\n',
        'terraform {\n  backend "s3" {\n    bucket       = "state"\n    use_lockfile = true\n  }\n}\n',
      ),
      terraform(
        'provider "aws" {\n  region = "eu-west-1"\n}\n',
        'provider "aws" {\n  region = "eu-west-1"\n  default_tags {\n    tags = { team = "web" }\n  }\n}\n',
      ),
      terraform(
        'terraform {\n  required_version = ">= 1.5"\n}\n',
        'terraform {\n  required_version = ">= 1.9"\n}\n',
      ),
    ],
  },
});
