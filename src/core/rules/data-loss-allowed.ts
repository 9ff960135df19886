import { safeguardOf } from '../catalogue/safeguards.ts';
import { changeFactors, importance, isOff, isOn } from '../check/configuration.ts';
import { change as changed, lines, terraform } from '../check/example.ts';
import { inProduction } from '../check/inProduction.ts';
import { attributeChange, defineRule, type Judgement } from '../check/rule.ts';
import { setTo } from '../check/saferForm.ts';
import type { AttributeChange } from '../language/operation.ts';

function judge(change: AttributeChange): Judgement | undefined {
  const { before, after, block } = change;
  const safeguard = safeguardOf(change.attribute, change.type);
  if (safeguard?.kind !== 'danger') return undefined;
  const [was, is] = safeguard.isOnByDefault === true ? [before === undefined || isOn(before), after === undefined || !isOff(after)] : [isOn(before), after !== undefined && !isOff(after)];
  if (was || !is) return undefined;
  // Anything may be suspended but what makes the copies.
  if (safeguard.does === 'stand still' && importance(change) !== 'safeguard') return undefined;
  return { effect: `lets \`${block}\` ${safeguard.does}`, target: block, factors: changeFactors(change) };
}

export default defineRule({
  id: 'data-loss-allowed',
  title: 'Deletion without a way back allowed',
  why: '`force_destroy` lets a bucket be deleted together with every object in it, and `skip_final_snapshot` lets a database go without a last copy. Nothing happens now; when the resource is destroyed or replaced, nothing is left.',
  instead: 'Leave it as it was. Empty a bucket on purpose, and keep the final snapshot: it costs little and can be deleted later.',
  blindTo: 'A resource that is created with it; the same setting inside a module from elsewhere.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [attributeChange()],
  judge: { attributeChange: (change) => judge(inProduction(change)) },
  safer: [setTo('false', (name) => (name === 'skip_final_snapshot' ? 'Keep the final snapshot' : `Turn \`${name}\` off again`))],
  examples: {
    bad: [
      terraform(
        'resource "aws_s3_bucket" "uploads" {\n  bucket = "uploads"\n}\n',
        'resource "aws_s3_bucket" "uploads" {\n  bucket = "uploads"\n  ⟦force_destroy = true⟧\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  skip_final_snapshot = false\n}\n',
        'resource "aws_db_instance" "main" {\n  ⟦skip_final_snapshot = true⟧\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n  delete_automated_backups = false\n}\n',
        '⟦resource "aws_db_instance" "main"⟧ {\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "logs" {\n}\n',
        'resource "aws_s3_bucket" "logs" {\n  ⟦force_destroy = var.force⟧\n}\n',
      ),
      terraform(
        'resource "aws_ecr_repository" "app" {\n  name = "app"\n}\n',
        'resource "aws_ecr_repository" "app" {\n  name         = "app"\n  ⟦force_delete = true⟧\n}\n',
      ),
      changed(
        'stack.ts',
        lines("import { Bucket } from 'aws-cdk-lib/aws-s3';", "new Bucket(this, 'Uploads', { versioned: true });"),
        lines("import { Bucket } from 'aws-cdk-lib/aws-s3';", "new Bucket(this, 'Uploads', { versioned: true, ⟦autoDeleteObjects: true⟧ });"),
      ),
    ],
    good: [
      terraform(
        'resource "aws_s3_bucket" "uploads" {\n  force_destroy = true\n}\n',
        'resource "aws_s3_bucket" "uploads" {\n  force_destroy = true\n  tags = { team = "web" }\n}\n',
      ),
      terraform(
        'resource "aws_s3_bucket" "uploads" {\n  force_destroy = true\n}\n',
        'resource "aws_s3_bucket" "uploads" {\n  force_destroy = false\n}\n',
      ),
      terraform(
        'resource "aws_db_instance" "main" {\n}\n',
        'resource "aws_db_instance" "main" {\n  skip_final_snapshot = false\n}\n',
      ),
      terraform('', 'resource "aws_s3_bucket" "scratch" {\n  force_destroy = true\n}\n'),
    ],
  },
});
