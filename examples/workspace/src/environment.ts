import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';

const cloudFormation = new CloudFormationClient({ region: 'eu-west-1' });
const templateUrl = 'https://templates.example.com/environment.yml';

export interface Environment {
  name: string;
  createdAt: Date;
  isProduction: boolean;
}

/** Every environment, production among them. */
export async function listEnvironments(): Promise<Environment[]> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  return Stacks.map(toEnvironment);
}

export async function createEnvironment(name: string): Promise<void> {
  const Tags = [{ Key: 'owner', Value: 'tidepool' }];
  await cloudFormation.send(new CreateStackCommand({ StackName: name, TemplateURL: templateUrl, Tags }));
}

/** Closes the environment of one pull request. Production is never closed this way. */
export async function closePullRequest(number: number): Promise<void> {
  await cloudFormation.send(new DeleteStackCommand({ StackName: `pr-${number}` }));
}

function toEnvironment(stack: Stack): Environment {
  const name = stack.StackName ?? '';
  return { name, createdAt: stack.CreationTime ?? new Date(0), isProduction: name === 'prod' };
}

// clean up old environments
