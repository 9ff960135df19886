import { userInfo } from 'node:os';

/**
 * Who says that they pushed, in the order of who is believed: what a forced command or a forge's own hook sets, then the web server, then the system's
 * own user. Each is a principal, an address or a login of the policy's people.
 */
const variables = ['FIREBREAK_PUSHER', 'GITEA_PUSHER_EMAIL', 'GL_USERNAME', 'GL_USER', 'REMOTE_USER'];

/** Who pushes, as the server authenticated them. */
export function authenticatedPusher(env: NodeJS.ProcessEnv): string {
  const named = variables.map((name) => env[name]?.trim()).find((value) => value !== undefined && value !== '');
  return named ?? userInfo().username;
}
