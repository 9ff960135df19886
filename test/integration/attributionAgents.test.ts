import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { tellWrite } from './support/agent.ts';
import { closeAll, openFile, setCursor, type, writeFile } from './support/editor.ts';
import { findingsOf } from './support/findings.ts';
import { aiTexts, firebreak } from './support/firebreak.ts';
import { failOnUnhandledRejections } from './support/rejections.ts';
import { eventually, pause } from './support/wait.ts';

const human = "import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';\nconst client = new CloudFormationClient({});\n";
const deletion = "await client.send(new DeleteStackCommand({ StackName: 'prod' }));\n";

scenarios('Hooks', () => {
  before(firebreak);
  afterEach(closeAll);
  failOnUnhandledRejections();

  scenario({ case: 'an agent writes to an open file and tells so afterwards', evidence: 'reported', result: 'its lines are the agent\'s, and what is dangerous in them is found' }, async () => {
    const file = writeFile(human);
    const editor = await openFile(file);
    writeFileSync(file, human + deletion);
    await eventually('the reload', () => editor.document.getText() === human + deletion);
    tellWrite(file, human + deletion, human);
    await eventually('the agent\'s line', async () => (await aiTexts(editor.document)).join() === deletion);
    const [found] = await eventually('a finding', async () => ((await findingsOf(editor.document)).length > 0 ? findingsOf(editor.document) : undefined));
    assert.match(found ?? '', /DeleteStackCommand/);
  });

  scenario({ case: 'an agent writes to a file that is opened later', evidence: 'reported', result: 'its lines are the agent\'s' }, async () => {
    const file = writeFile(human);
    writeFileSync(file, human + deletion);
    tellWrite(file, human + deletion, human);
    const editor = await openFile(file);
    await eventually('the agent\'s line', async () => (await aiTexts(editor.document)).join() === deletion);
  });

  scenario({ case: 'an agent writes, a person types on before it is told', evidence: 'none', result: 'nothing is claimed for a text that nobody told of' }, async () => {
    const file = writeFile(human);
    const editor = await openFile(file);
    writeFileSync(file, human + deletion);
    await eventually('the reload', () => editor.document.getText() === human + deletion);
    setCursor(editor, 0);
    await type('// mine\n');
    tellWrite(file, human + deletion, human);
    await pause(2500);
    assert.deepEqual(await aiTexts(editor.document), []);
  });
});
