import { userInfo } from 'node:os';
import { atGithub } from '../../core/review/identities.ts';

/**
 * Who says that they pushed, in the order of who is believed: what a forced command or a forge's own hook sets, then the web server, then the system's
 * own user. Each is a principal or an address of the policy's people; only what GitHub says is a login there.
 */
const variables = ['FIREBREAK_PUSHER', 'GITHUB_USER_LOGIN', 'GITEA_PUSHER_EMAIL', 'GL_USERNAME', 'GL_USER', 'REMOTE_USER'];

/** Who pushes, as the server authenticated them. */
export function authenticatedPusher(env: NodeJS.ProcessEnv): string {
  const variable = variables.find((name) => (env[name]?.trim() ?? '') !== '');
  const named = variable === undefined ? undefined : env[variable]?.trim();
  if (variable === 'GITHUB_USER_LOGIN' && named !== undefined) return atGithub(named);
  return named ?? userInfo().username;
}
