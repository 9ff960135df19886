import assert from 'node:assert/strict';
import { nameOf } from '../../../src/vscode/findings/rowWords.ts';

const cases: readonly (readonly [what: string, effect: string, target: string | undefined, matched: string, name: string | undefined])[] = [
  ['by what its effect names first', 'takes away `prevent_destroy` of `aws_db_instance.main`', 'aws_db_instance.main', '', 'prevent_destroy'],
  ['by its target, where the effect names nothing', 'deletes every item that a scan of the table gives', 'orders', 'table.delete(...)', 'orders'],
  ['by its code, where nothing has a name', 'destroys everything that the Terraform state knows', undefined, 'terraform destroy -auto-approve', 'terraform destroy -auto-approve'],
  ['by no code that would fill the row', 'deletes items of a DynamoDB table by the batch', undefined, `client.send(${'x'.repeat(60)})`, undefined],
  ['by no code of several lines', 'takes 119 lines of code away', undefined, 'const a = 1;\nconst b = 2;', undefined],
  ['by nothing, where all of it went', 'takes a test away', undefined, ' ', undefined],
  ['as what it is, in one line', 'deletes `a\u202eb\nc`', undefined, '', 'a\\u{202e}b c'],
];

describe('the name in a row of the Findings view', () => {
  for (const [what, effect, target, matched, name] of cases) {
    it(`tells a finding ${what}`, () => {
      assert.equal(nameOf({ matched, blastRadius: { scope: 'set', undo: 'none', effect, factors: [], ...(target !== undefined && { target }) } }), name);
    });
  }
});
