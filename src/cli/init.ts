import { UsageError } from './usageError.ts';

export interface InitOptions {
  readonly agent?: string;
  readonly policy?: boolean;
  readonly signing?: boolean;
  readonly remove?: boolean;
}

/** `firebreak init`: sets one thing up, or takes it out again. */
export async function init({ remove = false, ...wanted }: InitOptions): Promise<number> {
  const [first, ...more] = Object.keys(wanted);
  if (first === undefined || more.length > 0) throw new UsageError('init sets up one thing at a time; give --agent NAME, --policy or --signing');
  if (wanted.agent !== undefined) return (await import('./initAgent.ts')).initAgent(wanted.agent, remove);
  if (wanted.signing === true) return (await import('./initSigning.ts')).initSigning(remove);
  return (await import('./initPolicy.ts')).initPolicy(remove);
}
