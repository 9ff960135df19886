import type { ScriptGuards } from '../removal/scriptView.ts';
import { shellGuards } from '../shell/guards.ts';

/** Files of the services that run a repository's scripts. */
const pipelineFile = /(?:^|\/)\.(?:github|gitea|forgejo|gitlab|circleci|buildkite|drone|woodpecker)\b|gitlab-ci|azure-?pipelines|bitbucket-pipelines|(?:^|\/)(?:cloudbuild|buildspec)[^/]*\.ya?ml$/;

/** Lines of a pipeline that keep a step from running unasked, or to some branches. */
const pipelineGuards: ScriptGuards = {
  ...shellGuards,
  confirmation: either(shellGuards.confirmation, /^\s*(?:- +)?(?:when:\s*['"]?manual|trigger:\s*['"]?manual|if:.*(?:confirm|approv))|ManualValidation@|manual-approval/),
  environment: either(shellGuards.environment, /^\s*(?:- +)?(?:environment:(?:\s|$)|(?:if|condition|only|rules|branches):.*(?:\bref\b|ref_name|branch|\bmain\b|master|prod|stag))/i),
  permission: /^\s*(?:- +)?if:.*(?:github\.actor|sender\.login|repository_owner|author_association)/,
};

/** What holds back the scripts in a file of YAML or JSON; undefined for files whose scripts nothing around them starts. */
export function guardsOfScriptsIn(path: string): ScriptGuards | undefined {
  return pipelineFile.test(path) ? pipelineGuards : undefined;
}

function either(one: RegExp | undefined, other: RegExp): RegExp {
  return one === undefined ? other : new RegExp(`${one.source}|${other.source}`, 'i');
}
