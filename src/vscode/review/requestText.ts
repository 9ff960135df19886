import type { RequestedFinding, ReviewRequest } from '../../core/review/request.ts';
import { plain, plainLines } from '../inert.ts';
import { reviewersOf } from './reviewWords.ts';
import { wordTime } from './stateWords.ts';
import { lookOf } from '../findings/severityLook.ts';

const includedFrom = { workTree: 'changed, not committed', buffer: 'changed, not saved' } as const;

/** A request to read, as plain text: nothing in it is a link, a picture or a command. */
export function describeRequest(request: ReviewRequest): string {
  const { id, requester, createdAt, targetRef, reason, findings, base, head, includes } = request;
  return [
    `Review request ${plain(id)}`,
    '',
    `Requested by  ${plain(requester.name)} <${plain(requester.email)}>, ${plain(wordTime(createdAt))}`,
    `Asked         ${plain(reviewersOf(request), 1000)}`,
    `Meant for     ${plain(targetRef)}`,
    `Code          ${plain(head)}`,
    `On top of     ${plain(base)}`,
    ...includes.map(({ path, from }, index) => `${index === 0 ? 'Includes      ' : '              '}${plain(path)} (${includedFrom[from]})`),
    '',
    ...describeWish(reason, findings),
    `To read it in a terminal:  firebreak show ${plain(id)}`,
    `To hand it over:           git push REMOTE refs/firebreak/requests/${plain(id)}`,
    '',
  ].join('\n');
}

/** What would be asked, where no repository can keep it. */
export function describeDraft({ findings, reviewers, reason }: Pick<ReviewRequest, 'findings' | 'reviewers' | 'reason'>): string {
  return ['Please review', '', `Asked         ${plain(reviewersOf({ reviewers }), 1000)}`, '', ...describeWish(reason, findings)].join('\n');
}

function describeWish(reason: string, findings: readonly RequestedFinding[]): string[] {
  return ['Why', ...indented(reason), '', ...findings.flatMap(describeFinding)];
}

function describeFinding({ title, path, line, severity, matched, blastRadius, fingerprint }: RequestedFinding): string[] {
  return [
    `${lookOf(severity).name}: ${plain(title)}`,
    `  ${plain(path)}, line ${line}`,
    ...wrapped(plain(blastRadius.description, 1000)).map((line) => `  ${line}`),
    '',
    ...plainLines(matched).map((code) => `    ${code}`),
    '',
    `  fingerprint ${plain(fingerprint)}`,
    '',
  ];
}

function indented(text: string): string[] {
  return plainLines(text).map((line) => `  ${line}`);
}

/** An editor does not wrap lines by itself. */
function wrapped(text: string): string[] {
  return text.match(/.{1,90}(?: |$)|.{90}/gu) ?? [];
}
