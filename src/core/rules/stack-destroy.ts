import { stacks } from '../catalogue/commands/stacks.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'stack-destroy',
  title: 'Stack destroyed',
  why: 'Takes down everything that a stack holds, databases and storage too, and forgets how it was put together.',
  instead: 'Preview first and have the preview read; take single resources out of the configuration; protect what holds data.',
  blindTo: 'What the stack holds, what its resources do when they are removed (retain, snapshot), and scripts of your own around the tool. Terraform has a rule of its own.',
  blastRadius: { scope: 'environment', undo: 'none' },
  matches: toolMatchers(stacks),
  judge: { command: judgeByTable(stacks) },
  examples: {
    bad: [
      shell`⟦pulumi destroy --yes --stack prod⟧`,
      shell`⟦cdk destroy --all --force⟧`,
      shell`⟦sam delete --stack-name shop --no-prompts⟧`,
      shell`npx ⟦serverless remove --stage prod⟧`,
      shell`⟦eb terminate shop-prod --force⟧`,
      shell`⟦azd down --purge --force⟧`,
      shell`⟦pulumi state delete urn:pulumi:prod::db⟧`,
    ],
    good: [
      shell`pulumi preview`,
      shell`pulumi destroy --preview-only`,
      shell`cdk diff`,
      shell`sam list stack-outputs`,
      shell`serverless deploy`,
      shell`echo "cdk destroy"`,
    ],
  },
});
