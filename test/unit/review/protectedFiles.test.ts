import assert from 'node:assert/strict';
import { isProtected } from '../../../src/core/review/protectedFiles.ts';

describe('protected files', () => {
  it('are what decides what is checked and run', () => {
    for (const path of ['.firebreak/policy.yml', '.firebreak/rules/x.yml', '.FIREBREAK/policy.yml', 'CODEOWNERS', '.github/CODEOWNERS', 'docs/codeowners', '.github/workflows/ci.yml', '.gitlab-ci.yml', 'deep/.gitattributes', '.gitmodules', 'Jenkinsfile', 'ci/Jenkinsfile.prod', '.circleci/config.yml', 'azure-pipelines-prod.yml', '.husky/pre-commit', '.husky/_/husky.sh', '.githooks/commit-msg', 'lefthook.yml', 'web/.pre-commit-config.yaml', '.envrc', '.pnpmfile.cjs', '.yarn/releases/yarn-4.9.1.cjs', 'node_modules/.bin/firebreak', '.firebreak./policy.yml', '.Firebreak . ./policy.yml', '.fire\u200cbreak/policy.yml', '.firebreak::$INDEX_ALLOCATION/policy.yml', 'FIREBR~1/policy.yml', '.github /workflows/ci.yml', 'CODEOWNERS.', '.gitattributes:$DATA']) assert.equal(isProtected(path), true, path);
    for (const path of ['src/a.ts', 'firebreak/policy.yml', 'docs/.firebreak.md', '.../a.ts', 'a:b/codeowners.md', 'github/workflows/ci.yml', 'src/workflows/x.yml', 'src/hooks/useAuth.ts', 'docs/husky.md', 'Makefile', 'Procfile', 'justfile', '.npmrc', '.yarnrc.yml', 'pnpm-workspace.yaml', '.yarn/cache/a.zip', 'node_modules/a/index.js', 'yarn.lock']) assert.equal(isProtected(path), false, path);
  });
});
