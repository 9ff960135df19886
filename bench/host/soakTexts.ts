/** What the soak writes in a language: lines that are all alike to it but for a number. */
export interface Language {
  readonly ending: string;
  /** The lines before all others. */
  readonly start: string;
  /** What a line of nothing but words begins with. */
  readonly comment: string;
  readonly filler: (number: number) => string;
  /** What Firebreak finds, in one line. */
  readonly operation: (number: number) => string;
  /** What every such line holds, and no other. */
  readonly marks: RegExp;
}

const slashes = (number: number) => `// line ${number} `;
const hash = (number: number) => `# line ${number} `;

export const languages: readonly Language[] = [
  {
    ending: 'ts',
    start: "import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';\nconst client = new CloudFormationClient({});\n",
    comment: '//',
    filler: slashes,
    operation: (number) => `await client.send(new DeleteStackCommand({ StackName: 'prod${number}' }));`,
    marks: /new DeleteStackCommand/,
  },
  { ending: 'py', start: 'import shutil\n', comment: '#', filler: hash, operation: (number) => `shutil.rmtree('/srv/data${number}')`, marks: /shutil\.rmtree/ },
  { ending: 'sh', start: '#!/bin/sh\n', comment: '#', filler: hash, operation: (number) => `terraform -chdir=stack${number} destroy -auto-approve`, marks: /terraform .*destroy/ },
  { ending: 'sql', start: '', comment: '--', filler: (number) => `-- line ${number} `, operation: (number) => `DROP TABLE orders${number};`, marks: /DROP TABLE/ },
  { ending: 'js', start: "const fs = require('node:fs');\n", comment: '//', filler: slashes, operation: (number) => `fs.rmSync('/srv/data${number}', { recursive: true, force: true });`, marks: /fs\.rmSync/ },
  { ending: 'rb', start: '', comment: '#', filler: hash, operation: (number) => `User${number}.delete_all`, marks: /delete_all/ },
];
