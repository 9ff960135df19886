// The part of the AWS SDK that this sample uses, so that the editor knows it without anything installed.
declare module '@aws-sdk/client-cloudformation' {
  export interface Stack {
    StackName?: string;
    StackStatus?: string;
    CreationTime?: Date;
    Tags?: { Key?: string; Value?: string }[];
  }

  export class CloudFormationClient {
    constructor(configuration: { region?: string });
    send(command: DescribeStacksCommand): Promise<{ Stacks?: Stack[] }>;
    send(command: CreateStackCommand | DeleteStackCommand): Promise<object>;
  }

  export class DescribeStacksCommand {
    private readonly kind: 'describe';
    constructor(input: { StackName?: string });
  }

  export class CreateStackCommand {
    private readonly kind: 'create';
    constructor(input: { StackName: string; TemplateURL: string; Tags?: { Key: string; Value: string }[] });
  }

  export class DeleteStackCommand {
    private readonly kind: 'delete';
    constructor(input: { StackName: string });
  }
}
