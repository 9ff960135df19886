import { noPolicy, type Policy } from '../../core/policy/policy.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Repository } from '../ports.ts';

/** What the last commit holds, read when it is first asked for. */
export interface AtHead {
  /** The text at a path; undefined when there is none, or none that can be read. */
  readonly textAt: (repository: Repository, path: string) => Promise<string | undefined>;
  /** The team's policy. A broken one leaves everything to be seen, and is told. */
  readonly policyOf: (repository: Repository) => Promise<Policy>;
  readonly dispose: () => void;
}

interface Known {
  readonly texts: Map<string, Promise<string | undefined>>;
  policy: Promise<Policy> | undefined;
}

/** Watches only repositories that were asked. `moved` is told when what was read may no longer hold. */
export function readAtHead(moved: (root: string) => void, warn: (why: string) => void): AtHead {
  const repositories = new Map<string, Known>();
  const watchers: { dispose: () => void }[] = [];
  const knownOf = (repository: Repository): Known => {
    const { root } = repository;
    const before = repositories.get(root);
    if (before !== undefined) return before;
    const known: Known = { texts: new Map(), policy: undefined };
    repositories.set(root, known);
    watchers.push(
      repository.watchHead(() => {
        known.texts.clear();
        known.policy = undefined;
        moved(root);
      }),
    );
    return known;
  };
  return {
    textAt(repository, path) {
      const { texts } = knownOf(repository);
      let text = texts.get(path);
      if (text === undefined) {
        text = repository.textAtHead(path).then((decoded) => (decoded !== undefined && 'text' in decoded ? decoded.text : undefined));
        texts.set(path, text);
        text.catch(() => texts.delete(path));
      }
      return text;
    },
    policyOf(repository) {
      const known = knownOf(repository);
      known.policy ??= repository.policyAtHead().catch((error: unknown) => {
        warn(messageOf(error));
        return noPolicy;
      });
      return known.policy;
    },
    dispose() {
      for (const watcher of watchers) watcher.dispose();
    },
  };
}
