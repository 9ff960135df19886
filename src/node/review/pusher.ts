import { userInfo } from 'node:os';
import { atGithub } from '../../core/review/identities.ts';

/** What forges, web servers and our own word for forced commands say who pushes in. Each says a principal or an address of the policy's people; only what GitHub says is a login there. */
export const pusherVariables = ['FIREBREAK_PUSHER', 'GITHUB_USER_LOGIN', 'GITEA_PUSHER_EMAIL', 'GL_USERNAME', 'GL_USER', 'REMOTE_USER'] as const;

export interface Pusher {
  readonly name: string;
  /** A variable that names somebody, and that the repository was not told to believe. */
  readonly unbelieved?: string;
}

/**
 * Who pushes, as the server authenticated them: by the variable that whoever keeps the repository says is set there, else by the system's own account. Where a repository is a folder, or the server hands variables
 * on, whoever pushes can set any.
 */
export function authenticatedPusher(env: NodeJS.ProcessEnv, believed: string | undefined): Pusher {
  const isSet = (variable: string) => (env[variable]?.trim() ?? '') !== '';
  if (believed !== undefined && isSet(believed)) {
    const name = env[believed]?.trim() ?? '';
    return { name: believed === 'GITHUB_USER_LOGIN' ? atGithub(name) : name };
  }
  const unbelieved = believed === undefined ? pusherVariables.find(isSet) : undefined;
  return { name: userInfo().username, ...(unbelieved !== undefined && { unbelieved }) };
}
