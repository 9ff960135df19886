/** A client library of GitHub in another language than JavaScript: its methods that take something away, by what they are called on. */
export interface GithubClient {
  /** Modules and namespaces of it. */
  readonly modules: RegExp;
  /** `method` of what `owner` fits (any, when empty), and the operation of `githubDeletes` that it sends. */
  readonly deletes: readonly (readonly [method: string, owner: RegExp | undefined, operation: string])[];
}

const repository = /repo(?:sitory)?$/i;
const team = /team$/i;
const branch = /branch$/i;
const reference = /ref(?:erence)?$/i;
const release = /release$/i;

const objects: GithubClient['deletes'] = [
  ['delete', repository, 'repos.delete'], ['delete', team, 'teams.deleteInOrg'], ['delete', reference, 'git.deleteRef'], ['delete', release, 'repos.deleteRelease'], ['delete', /hook$/i, 'repos.deleteWebhook'],
]; // prettier-ignore

/** By the language. */
export const githubClients: Readonly<Record<string, GithubClient>> = {
  // PyGithub, by the classes of what is given back.
  python: {
    modules: /^github(?:$|[.#])/,
    deletes: [
      ...objects,
      ['delete_release', undefined, 'repos.deleteRelease'], ['remove_protection', branch, 'repos.deleteBranchProtection'], ['remove_admin_enforcement', branch, 'repos.deleteAdminBranchProtection'],
      ['remove_required_pull_request_reviews', branch, 'repos.deletePullRequestReviewProtection'], ['remove_required_status_checks', branch, 'repos.removeStatusCheckProtection'], ['remove_required_signatures', branch, 'repos.deleteCommitSignatureProtection'],
      ['delete_environment', repository, 'repos.deleteAnEnvironment'], ['delete_secret', repository, 'actions.deleteRepoSecret'], ['delete_secret', /org(?:anization)?$/i, 'actions.deleteOrgSecret'], ['remove_from_members', /org(?:anization)?$/i, 'orgs.removeMember'],
      ['remove_from_membership', /org(?:anization)?$/i, 'orgs.removeMembershipForUser'], ['disable_vulnerability_alert', repository, 'repos.disableVulnerabilityAlerts'],
    ],
  },
  // go-github, by the services of the client.
  go: {
    modules: /^github\.com\/google\/go-github\//,
    deletes: [
      ['Delete', /Repositories$/, 'repos.delete'], ['RemoveBranchProtection', undefined, 'repos.deleteBranchProtection'], ['RemoveAdminEnforcement', undefined, 'repos.deleteAdminBranchProtection'],
      ['RemovePullRequestReviewEnforcement', undefined, 'repos.deletePullRequestReviewProtection'], ['RemoveRequiredStatusChecks', undefined, 'repos.removeStatusCheckProtection'], ['DeleteEnvironment', undefined, 'repos.deleteAnEnvironment'],
      ['DeleteRuleset', /Repositories$/, 'repos.deleteRepoRuleset'], ['DeleteOrganizationRuleset', undefined, 'repos.deleteOrgRuleset'], ['DeleteRelease', undefined, 'repos.deleteRelease'], ['DisablePages', undefined, 'repos.deletePagesSite'],
      ['DeleteHook', /Repositories$/, 'repos.deleteWebhook'], ['DeleteHook', /Organizations$/, 'orgs.deleteWebhook'], ['DeleteKey', /Repositories$/, 'repos.deleteDeployKey'], ['DisableVulnerabilityAlerts', undefined, 'repos.disableVulnerabilityAlerts'],
      ['Delete', /Organizations$/, 'orgs.delete'], ['RemoveMember', /Organizations$/, 'orgs.removeMember'], ['RemoveOrgMembership', undefined, 'orgs.removeMembershipForUser'], ['DeleteTeamBySlug', undefined, 'teams.deleteInOrg'], ['DeleteTeamByID', undefined, 'teams.deleteInOrg'],
      ['DeleteRef', /Git$/, 'git.deleteRef'], ['DeleteOrgSecret', /Actions$/, 'actions.deleteOrgSecret'], ['DeleteRepoSecret', /Actions$/, 'actions.deleteRepoSecret'], ['DeleteEnvSecret', /Actions$/, 'actions.deleteEnvironmentSecret'],
      ['RemoveRunner', /Actions$/, 'actions.deleteSelfHostedRunnerFromRepo'], ['RemoveOrganizationRunner', /Actions$/, 'actions.deleteSelfHostedRunnerFromOrg'], ['DeleteInstallation', /Apps$/, 'apps.deleteInstallation'],
      ['DeletePackage', /Organizations$/, 'packages.deletePackageForOrg'], ['DeletePackage', /Users$/, 'packages.deletePackageForUser'],
    ],
  },
  // octokit.rb
  ruby: {
    modules: /^octokit|^Octokit/,
    deletes: [
      ['delete_repository', undefined, 'repos.delete'], ['delete_repo', undefined, 'repos.delete'], ['unprotect_branch', undefined, 'repos.deleteBranchProtection'], ['delete_branch', undefined, 'git.deleteRef'], ['delete_ref', undefined, 'git.deleteRef'], ['delete_reference', undefined, 'git.deleteRef'],
      ['delete_team', undefined, 'teams.deleteInOrg'], ['remove_organization_member', undefined, 'orgs.removeMember'], ['remove_org_member', undefined, 'orgs.removeMember'], ['delete_release', undefined, 'repos.deleteRelease'], ['delete_environment', undefined, 'repos.deleteAnEnvironment'],
      ['delete_actions_secret', undefined, 'actions.deleteRepoSecret'], ['remove_hook', undefined, 'repos.deleteWebhook'], ['remove_org_hook', undefined, 'orgs.deleteWebhook'], ['remove_deploy_key', undefined, 'repos.deleteDeployKey'], ['delete_installation', undefined, 'apps.deleteInstallation'],
    ],
  },
  // Octokit.net
  csharp: {
    modules: /^Octokit\b/,
    deletes: [
      ['Delete', /Repository$/, 'repos.delete'], ['DeleteBranchProtection', undefined, 'repos.deleteBranchProtection'], ['DeleteRequiredStatusChecks', undefined, 'repos.removeStatusCheckProtection'], ['DeleteReviewEnforcement', undefined, 'repos.deletePullRequestReviewProtection'],
      ['Delete', /Team$/, 'teams.deleteInOrg'], ['Delete', /Reference$/, 'git.deleteRef'], ['Delete', /Release$/, 'repos.deleteRelease'],
    ],
  },
  // org.kohsuke.github
  java: { modules: /^org\.kohsuke\.github/, deletes: [...objects, ['disableProtection', branch, 'repos.deleteBranchProtection'], ['deleteHook', undefined, 'repos.deleteWebhook']] },
  kotlin: { modules: /^org\.kohsuke\.github/, deletes: [...objects, ['disableProtection', branch, 'repos.deleteBranchProtection'], ['deleteHook', undefined, 'repos.deleteWebhook']] },
}; // prettier-ignore
