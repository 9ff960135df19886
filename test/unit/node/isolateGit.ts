import { quietEnvironment } from '../../cli/sandbox.ts';

/** Call in a `describe`: what runs git in this process sees no configuration of whoever runs the tests. */
export function isolateGit(): void {
  let outside: NodeJS.ProcessEnv;
  before(() => {
    outside = process.env;
    process.env = { ...quietEnvironment };
  });
  after(() => {
    process.env = outside;
  });
}
