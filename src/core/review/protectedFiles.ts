import { looseMatcher } from '../policy/glob.ts';

/** Whether a change to a path needs what `policyChanges` asks for: what decides what is checked, who approves, and what runs with the rights of the team or, at a mere commit or pull, of whoever works on it: git, forges, managers of hooks and of packages and direnv read these. */
export const isProtected = looseMatcher([
  '/.firebreak', 'CODEOWNERS', '.gitattributes', '.gitmodules',
  '/.github/workflows', '/.github/actions', '/.gitea/workflows', '/.forgejo/workflows', '/.gitlab-ci.yml', '/.gitlab/ci', '/.gitlab-ci',
  '/.circleci', '/.buildkite', '/.semaphore', '/.teamcity', '/.tekton', '/.woodpecker', '/.builds', '/.azure-pipelines', '/.azuredevops',
  'Jenkinsfile', 'Jenkinsfile.*', '*.jenkinsfile', 'azure-pipelines*.yml', 'azure-pipelines*.yaml', 'bitbucket-pipelines.yml', '.travis.yml', '.drone.yml', '.drone.jsonnet', '.woodpecker.yml', '.woodpecker.yaml',
  '.appveyor.yml', 'appveyor.yml', '.cirrus.yml', '.cirrus.star', 'cloudbuild*.yml', 'cloudbuild*.yaml', 'buildspec*.yml', 'buildspec*.yaml', 'codefresh.yml', 'wercker.yml', '.build.yml',
  '/.husky', '/.githooks', '/.git-hooks', 'lefthook.yml', 'lefthook.yaml', 'lefthook.toml', 'lefthook.json', '.lefthook.yml', '.lefthook.yaml', '.lefthook.toml', '.lefthook.json', '/.lefthook', '.huskyrc', '.huskyrc.*', '.overcommit.yml', '.pre-commit-config.yaml', '.pre-commit-config.yml', '.pre-commit-hooks.yaml', '.envrc',
  '.pnpmfile.cjs', '.pnpmfile.mjs', '/.yarn/releases', '/.yarn/plugins', '/node_modules/.bin',
]); // prettier-ignore
