import * as vscode from 'vscode';
import type { Digest } from '../../core/check/fingerprint.ts';
import { letsPass } from '../../core/review/decision.ts';
import type { RequestState } from '../../core/review/requestState.ts';
import type { LiveFile } from '../liveFile.ts';
import type { ReviewState } from './reviewState.ts';
import { type Standing, wordStanding } from './stateWords.ts';

/** Where the review of a finding stands that somebody looks at. */
export interface FoundStanding extends Standing {
  readonly root: string;
  readonly id: string;
  /** Shows the request, or what an approval no longer covers. */
  readonly command: 'firebreak.showRequest' | 'firebreak.showResidual';
  /** For the command: of a file that was edited since, only its own change is shown. */
  readonly argument: { readonly root: string; readonly id: string; readonly path?: string };
}

/** Undefined for a finding that nobody was asked about. */
export type FindStanding = (live: LiveFile, fingerprint: string) => FoundStanding | undefined;

export function standingsIn(reviews: ReviewState, digest: Digest): FindStanding {
  return (live, fingerprint) => {
    const { repository } = live;
    const request = reviews.requestFor(repository, fingerprint);
    if (repository === undefined || request === undefined) return undefined;
    const [{ root }, { id }] = [repository, request];
    const state = reviews.state(root, id) ?? { request, coverage: 'pending' as const, by: [], decisions: [] };
    const standing = wordStanding(state, isApprovedText(state, live, digest));
    const isEdited = standing.kind === 'stale' && state.coverage === 'covered';
    return { ...standing, root, id, command: standing.kind === 'stale' ? 'firebreak.showResidual' : 'firebreak.showRequest', argument: { root, id, ...(isEdited && { path: live.path }) } };
  };
}

/** Whether a document holds the bytes that somebody signed for, as git would store them; undefined of a closed file, which is not read again here. */
function isApprovedText({ coverage, decisions }: Pick<RequestState, 'coverage' | 'decisions'>, { uri, path }: LiveFile, digest: Digest): boolean | undefined {
  const approvals = decisions.filter(letsPass);
  if (coverage !== 'covered') return undefined;
  const text = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.getText();
  if (text === undefined) return undefined;
  const stored = [text, text.replaceAll('\r\n', '\n'), `\ufeff${text}`].map((each) => digest(each));
  return approvals.some(({ manifest }) => manifest.some((entry) => entry.path === path && entry.sha256 !== undefined && stored.includes(entry.sha256)));
}
