import { matchesGlob } from '../policy/glob.ts';
import { looseName } from '../text/looseName.ts';

/** What decides what is checked, who approves, and what runs with the rights of the team or, at a mere commit or pull, of whoever works on it: git, forges, managers of hooks and direnv read these. */
const globs = [
  '/.firebreak', 'CODEOWNERS', '.gitattributes', '.gitmodules',
  // Windows has short names for long ones.
  '/firebr~?', 'codeow~?', 'gitatt~?', 'gitmod~?', '/github~?', '/gitlab~?', '/circle~?', '/githoo~?',
  '/.github/workflows', '/.github/actions', '/.gitea/workflows', '/.forgejo/workflows', '/.gitlab-ci.yml', '/.gitlab/ci', '/.gitlab-ci',
  '/.circleci', '/.buildkite', '/.semaphore', '/.teamcity', '/.tekton', '/.woodpecker', '/.builds', '/.azure-pipelines', '/.azuredevops',
  'Jenkinsfile', 'Jenkinsfile.*', '*.jenkinsfile', 'azure-pipelines*.yml', 'azure-pipelines*.yaml', 'bitbucket-pipelines.yml', '.travis.yml', '.drone.yml', '.drone.jsonnet', '.woodpecker.yml', '.woodpecker.yaml',
  '.appveyor.yml', 'appveyor.yml', '.cirrus.yml', '.cirrus.star', 'cloudbuild*.yml', 'cloudbuild*.yaml', 'buildspec*.yml', 'buildspec*.yaml', 'codefresh.yml', 'wercker.yml', '.build.yml',
  '/.husky', '/.githooks', '/.git-hooks', 'lefthook.yml', 'lefthook.yaml', 'lefthook.toml', 'lefthook.json', '.lefthook.yml', '.lefthook.yaml', '.lefthook.toml', '.lefthook.json', '/.lefthook', '.huskyrc', '.huskyrc.*', '.overcommit.yml', '.pre-commit-config.yaml', '.pre-commit-config.yml', '.pre-commit-hooks.yaml', '.envrc',
].map((glob) => glob.toLowerCase()); // prettier-ignore

/** Whether a change to a path needs what `policyChanges` asks for. What some systems that read it overlook in a name does not matter: case, dots and spaces at the end, what follows a colon, characters without a width. */
export function isProtected(path: string): boolean {
  const lower = path.toLowerCase();
  const loose = lower.split('/').map((name) => looseName(name.replace(/(?<=.):.*$/s, ''))).join('/');
  return globs.some((glob) => matchesGlob(lower, glob) || (loose !== lower && matchesGlob(loose, glob)));
}
