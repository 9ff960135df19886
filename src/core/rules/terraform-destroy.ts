import { loopFactors, productionFactors } from '../check/factors.ts';
import type { Factor } from '../check/blastRadius.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import { hole, type ShellCommand, type Word } from '../language/operation.ts';
import { hasOption, operandsOf, optionValue } from '../language/shell/options.ts';

/** Options that take the next word as their value. */
const valued = ['-target', '--target', '-var', '-var-file', '-state', '-backup', '-lock-timeout', '-parallelism', '--terragrunt-working-dir', '--working-dir'];

const tools = ['terraform', 'tofu', 'terragrunt', 'tf'] as const;

function judge(operation: ShellCommand): Judgement | undefined {
  const { words } = operation;
  if (hasOption(words, '-help', '--help') || words.some((word) => word.text === '-h')) return undefined;
  const [first, ...others] = operandsOf(words, valued);
  // Terragrunt runs a subcommand in each module: `run-all destroy`, `run --all destroy`.
  const isForAll = first?.text === 'run-all' || (first?.text === 'run' && hasOption(words, '--all'));
  const [subcommand, ...rest] = first?.text.startsWith('run') === true ? others : operandsOf(words, valued);
  const approved = isApproved(words);
  const factors: Factor[] = [
    ...(isForAll ? [{ text: 'in every module below', weight: 1 } as const] : []),
    ...productionFactors(words.map((word) => word.source)),
    ...loopFactors(operation),
  ];
  switch (subcommand?.text) {
    case 'destroy':
    case 'destroy-all':
      return destroys(words, approved, factors);
    case 'apply':
    case 'apply-all':
      if (hasOption(words, '-destroy', '--destroy')) return destroys(words, approved, factors);
      if (hasOption(words, '-replace', '--replace')) return replaced(optionValue(words, '-replace', '--replace') ?? '', factors);
      // A saved plan was made before, and may have been read; it is applied without a question anyway.
      if (!approved || rest.length > 0) return undefined;
      return { scope: 'service', undo: 'costly', effect: 'applies whatever the plan turns out to be, deletions and replacements too, without anybody seeing it', factors };
    case 'workspace':
      if (rest[0]?.text !== 'delete') return undefined;
      return hasOption(words, '-force', '--force')
        ? { undo: 'costly', effect: `deletes the workspace${named(rest.slice(1))} with its state, though what it made still exists`, factors }
        : { scope: 'object', undo: 'costly', effect: `deletes the workspace${named(rest.slice(1))}, if nothing is left in it`, factors };
    case 'taint':
      return rest[0] === undefined ? undefined : replaced(rest[0].text, factors);
    case 'force-unlock':
      return { scope: 'service', undo: 'costly', effect: 'takes the lock away from whoever is changing the infrastructure right now', factors };
    case 'state':
      if (rest[0]?.text === 'push') return { undo: 'costly', effect: 'overwrites the state that everybody shares', factors };
      return rest[0]?.text === 'rm' && !hasOption(words, '-dry-run') ? forgets(rest.slice(1), factors) : undefined;
    default:
      return undefined;
  }
}

function isApproved(words: readonly Word[]): boolean {
  return words.some((word) => /^--?auto-approve(?:=(?:true|1))?$/.test(word.text) || word.text === '--terragrunt-non-interactive' || word.text === '--non-interactive');
}

function destroys(words: readonly Word[], approved: boolean, factors: readonly Factor[]): Judgement {
  const target = optionValue(words, '-target', '--target');
  const question: Factor = approved ? { text: 'nobody is asked before', weight: 1 } : { text: 'it asks before it starts, where there is somebody to answer', weight: -1 };
  return {
    ...(target === undefined ? {} : { scope: 'collection', target: readable(target) }),
    effect: target === undefined ? 'destroys everything that the Terraform state knows' : `destroys \`${readable(target)}\` and what depends on it`,
    factors: [question, ...factors],
  };
}

function replaced(address: string, factors: readonly Factor[]): Judgement {
  const target = readable(address);
  return { scope: 'collection', undo: 'costly', effect: `destroys \`${target}\` with what it holds and makes a new one, at the next apply at the latest`, target, factors };
}

function forgets(addresses: readonly Word[], factors: readonly Factor[]): Judgement | undefined {
  if (addresses.length === 0) return undefined;
  const isWide = addresses.length > 1 || addresses.some(({ text }) => /^module\.[^.]+$/.test(text) || text.includes(hole) || text.includes('*'));
  const target = addresses.map(({ text }) => readable(text)).join(', ');
  return {
    scope: isWide ? 'collection' : 'set',
    undo: 'costly',
    effect: `makes Terraform forget \`${target}\`: it stays where it is, unmanaged, and the next apply makes a second one`,
    target,
    factors,
  };
}

function named(words: readonly Word[]): string {
  return words.length === 0 ? '' : ` \`${words.map(({ text }) => readable(text)).join(' ')}\``;
}

function readable(text: string): string {
  return text.replaceAll(hole, '…');
}

export default defineRule({
  id: 'terraform-destroy',
  title: 'Infrastructure destroyed',
  why: 'Takes down everything in the state, with databases and their automated snapshots, or applies a plan that nobody has read.',
  instead: 'Save a plan (`terraform plan -out=tfplan`), have it read, and apply that file. Take single resources out of the configuration, with `prevent_destroy` on everything that holds data.',
  blindTo: 'What the state holds, plans that delete without saying so on the command line, and wrappers of your own such as `make down`.',
  blastRadius: { scope: 'environment', undo: 'none' },
  matches: tools.map((tool) => command(tool)),
  judge: { command: judge },
  examples: {
    bad: [
      shell`docker run -it ⟦hashicorp/terraform:1.9 destroy -auto-approve⟧`,
      shell`terraform plan -destroy -out=all.tfplan && ⟦terraform apply all.tfplan⟧`,
      shell`⟦terraform destroy -auto-approve⟧`,
      shell`cd infra && ⟦tofu -chdir=prod destroy⟧ > log.txt`,
      shell`sudo -E ⟦terraform apply -destroy -var-file=prod.tfvars⟧`,
      shell`⟦terraform apply -auto-approve⟧`,
      shell`⟦terragrunt run-all destroy --terragrunt-non-interactive⟧`,
      shell`⟦terraform force-unlock -force 1234⟧`,
      shell`for r in $(terraform state list); do ⟦terraform state rm "$r"⟧; done`,
    ],
    good: [
      shell`terraform plan -destroy`,
      shell`terraform destroy -help`,
      shell`terraform apply tfplan`,
      shell`terraform apply -auto-approve tfplan`,
      shell`terraform apply -auto-approve=false`,
      shell`echo "run terraform destroy when you are done"`,
      shell`terraform state list # terraform state rm x`,
    ],
  },
});
