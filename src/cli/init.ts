import { UsageError } from './usageError.ts';

export interface InitOptions {
  readonly agent?: string;
  readonly policy?: boolean;
  readonly hook?: boolean;
  readonly notes?: boolean;
  readonly server?: boolean;
  readonly bootstrapSigners?: string;
  readonly url?: string;
  readonly pusher?: string;
  readonly ci?: 'github';
  readonly package?: string;
  readonly signing?: boolean;
  readonly remove?: boolean;
}

/** `firebreak init`: sets one thing up, or takes it out again. */
export async function init({ remove = false, bootstrapSigners, url, pusher, package: source, ...wanted }: InitOptions): Promise<number> {
  const [first, ...more] = Object.keys(wanted);
  if (first === undefined || more.length > 0) throw new UsageError('init sets up one thing at a time; give --agent NAME, --policy, --signing, --hook, --notes, --server or --ci github');
  if (wanted.server !== true && (bootstrapSigners !== undefined || url !== undefined || pusher !== undefined)) throw new UsageError('--bootstrap-signers, --url and --pusher go with --server; add it');
  if (wanted.ci === undefined && source !== undefined) throw new UsageError('--package goes with --ci github; add it');
  if (wanted.agent !== undefined) return (await import('./initAgent.ts')).initAgent(wanted.agent, remove);
  if (wanted.hook === true) return (await import('./initHooks.ts')).initHook(remove);
  if (wanted.notes === true) return (await import('./initHooks.ts')).initNotes(remove);
  if (wanted.server === true) return (await import('./initServer.ts')).initServer({ remove, bootstrapSigners, url, pusher });
  if (wanted.ci !== undefined) return (await import('./initCi.ts')).initCi(remove, source);
  if (wanted.signing === true) return (await import('./initSigning.ts')).initSigning(remove);
  return (await import('./initPolicy.ts')).initPolicy(remove);
}
