/** What an operation of GitHub's interface takes away. */
export interface GithubDelete {
  readonly scope: 'set' | 'collection' | 'service' | 'environment' | 'account';
  readonly undo: 'easy' | 'costly' | 'none';
  readonly noun: string;
  /** Its path, with a star for each part that names something: clients that take paths call it by this. */
  readonly path: string;
}

/** By the group and method that GitHub's clients for JavaScript give an operation of verb DELETE (docs.github.com/rest). Labels, comments, reactions and their kin are no loss. */
export const githubDeletes: Readonly<Record<string, GithubDelete>> = {
  'repos.delete': { scope: 'environment', undo: 'none', noun: 'repository with its issues, pull requests and releases', path: '/repos/*/*' },
  'orgs.delete': { scope: 'account', undo: 'none', noun: 'organization with all its repositories', path: '/orgs/*' },
  'teams.deleteInOrg': { scope: 'service', undo: 'costly', noun: 'team and the access that it gives', path: '/orgs/*/teams/*' },
  'teams.deleteLegacy': { scope: 'service', undo: 'costly', noun: 'team and the access that it gives', path: '/teams/*' },
  'enterpriseTeams.delete': { scope: 'service', undo: 'costly', noun: 'team and the access that it gives', path: '/enterprises/*/teams/*' },
  'orgs.removeMember': { scope: 'set', undo: 'costly', noun: 'member with private forks', path: '/orgs/*/members/*' },
  'orgs.removeMembershipForUser': { scope: 'set', undo: 'costly', noun: 'member with private forks', path: '/orgs/*/memberships/*' },
  'repos.deleteAnEnvironment': { scope: 'service', undo: 'none', noun: 'deployment environment with its secrets and rules', path: '/repos/*/*/environments/*' },
  'repos.deleteBranchProtection': { scope: 'service', undo: 'costly', noun: 'protection of the branch', path: '/repos/*/*/branches/*/protection' },
  'repos.deleteAdminBranchProtection': { scope: 'set', undo: 'costly', noun: 'protection of the branch from administrators', path: '/repos/*/*/branches/*/protection/enforce_admins' },
  'repos.deletePullRequestReviewProtection': { scope: 'set', undo: 'costly', noun: 'reviews that the branch requires', path: '/repos/*/*/branches/*/protection/required_pull_request_reviews' },
  'repos.removeStatusCheckProtection': { scope: 'set', undo: 'costly', noun: 'checks that the branch requires', path: '/repos/*/*/branches/*/protection/required_status_checks' },
  'repos.deleteCommitSignatureProtection': { scope: 'set', undo: 'costly', noun: 'signatures that the branch requires', path: '/repos/*/*/branches/*/protection/required_signatures' },
  'repos.deleteAccessRestrictions': { scope: 'set', undo: 'costly', noun: 'restrictions on who may push', path: '/repos/*/*/branches/*/protection/restrictions' },
  'repos.deleteRepoRuleset': { scope: 'service', undo: 'costly', noun: 'rule set that protects branches', path: '/repos/*/*/rulesets/*' },
  'repos.deleteOrgRuleset': { scope: 'account', undo: 'costly', noun: 'rule set that protects branches of all repositories', path: '/orgs/*/rulesets/*' },
  'repos.deleteRelease': { scope: 'set', undo: 'none', noun: 'release with its files', path: '/repos/*/*/releases/*' },
  'repos.deletePagesSite': { scope: 'service', undo: 'costly', noun: 'site', path: '/repos/*/*/pages' },
  'repos.deleteWebhook': { scope: 'set', undo: 'costly', noun: 'webhook', path: '/repos/*/*/hooks/*' },
  'orgs.deleteWebhook': { scope: 'set', undo: 'costly', noun: 'webhook', path: '/orgs/*/hooks/*' },
  'repos.deleteDeployKey': { scope: 'set', undo: 'costly', noun: 'deploy key', path: '/repos/*/*/keys/*' },
  'repos.disableVulnerabilityAlerts': { scope: 'set', undo: 'easy', noun: 'alerts on vulnerabilities', path: '/repos/*/*/vulnerability-alerts' },
  'git.deleteRef': { scope: 'set', undo: 'costly', noun: 'branch or tag', path: '/repos/*/*/git/refs/*' },
  'packages.deletePackageForOrg': { scope: 'service', undo: 'costly', noun: 'package with all its versions', path: '/orgs/*/packages/*/*' },
  'packages.deletePackageForUser': { scope: 'service', undo: 'costly', noun: 'package with all its versions', path: '/users/*/packages/*/*' },
  'packages.deletePackageForAuthenticatedUser': { scope: 'service', undo: 'costly', noun: 'package with all its versions', path: '/user/packages/*/*' },
  'packages.deletePackageVersionForOrg': { scope: 'set', undo: 'costly', noun: 'version of the package', path: '/orgs/*/packages/*/*/versions/*' },
  'packages.deletePackageVersionForUser': { scope: 'set', undo: 'costly', noun: 'version of the package', path: '/users/*/packages/*/*/versions/*' },
  'packages.deletePackageVersionForAuthenticatedUser': { scope: 'set', undo: 'costly', noun: 'version of the package', path: '/user/packages/*/*/versions/*' },
  'actions.deleteOrgSecret': { scope: 'service', undo: 'none', noun: 'secret of all repositories', path: '/orgs/*/actions/secrets/*' },
  'actions.deleteRepoSecret': { scope: 'set', undo: 'none', noun: 'secret of the workflows', path: '/repos/*/*/actions/secrets/*' },
  'actions.deleteEnvironmentSecret': { scope: 'set', undo: 'none', noun: 'secret of the environment', path: '/repos/*/*/environments/*/secrets/*' },
  'actions.deleteSelfHostedRunnerFromOrg': { scope: 'set', undo: 'costly', noun: 'runner', path: '/orgs/*/actions/runners/*' },
  'actions.deleteSelfHostedRunnerFromRepo': { scope: 'set', undo: 'costly', noun: 'runner', path: '/repos/*/*/actions/runners/*' },
  'apps.deleteInstallation': { scope: 'service', undo: 'costly', noun: 'installation of the app', path: '/app/installations/*' },
  'codespaces.deleteForAuthenticatedUser': { scope: 'set', undo: 'none', noun: 'codespace with what was not pushed', path: '/user/codespaces/*' },
  'codeSecurity.deleteConfiguration': { scope: 'service', undo: 'costly', noun: 'security configuration', path: '/orgs/*/code-security/configurations/*' },
  'migrations.deleteArchiveForOrg': { scope: 'set', undo: 'none', noun: 'archive of the migration', path: '/orgs/*/migrations/*/archive' },
};
