import * as vscode from 'vscode';
import type { Coverage } from '../../core/review/coverage.ts';
import type { RequestedFinding } from '../../core/review/request.ts';
import type { RequestState } from '../../core/review/requestState.ts';
import { landedAlthough, remarksOn } from '../../core/review/standingWords.ts';
import { collectBurst } from '../burst.ts';
import { lookOf } from '../findings/severityLook.ts';
import { plain } from '../inert.ts';
import type { RequestReference } from './requestDocument.ts';
import type { ReviewState } from './reviewState.ts';
import { findingsIn, reviewersOf, worstFirst } from './reviewWords.ts';
import { ageOf } from './stateWords.ts';

const groups = [
  { id: 'needs me', label: 'Needs Me' },
  { id: 'waiting', label: 'Waiting' },
  { id: 'stale', label: 'Stale' },
  { id: 'decided', label: 'Decided' },
] as const;

interface GroupNode {
  readonly group: RequestState['group'];
}
interface FindingNode extends RequestReference {
  readonly fingerprint: string;
}
/** Nodes are ids, since they travel as arguments of the commands in their menus. */
type Node = GroupNode | RequestReference | FindingNode;

interface Look {
  readonly icon: string;
  readonly color?: string;
  readonly words: string;
}

const looks: Readonly<Record<Coverage, Look>> = {
  covered: { icon: 'pass', color: 'testing.iconPassed', words: 'approved' },
  pending: { icon: 'eye', words: 'waits for a decision' },
  stale: { icon: 'history', color: 'problemsWarningIcon.foreground', words: 'approved once, not as it is now' },
  rejected: { icon: 'circle-slash', color: 'problemsErrorIcon.foreground', words: 'rejected' },
  unverifiable: { icon: 'unverified', color: 'problemsErrorIcon.foreground', words: 'cannot be verified' },
};

/** Whoever could give it has to see that it is no finished review. */
const owed: Look = { icon: 'warning', color: 'problemsWarningIcon.foreground', words: 'passed in an emergency, and an approval has to follow' };

/** The Reviews view: requests by what they are to whoever looks, and below each what it asks about. Its badge counts those that need them. */
export function registerReviewsTree(reviews: ReviewState, now: () => number): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<Node>('firebreak.reviews', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => (node === undefined ? groupNodes(reviews) : 'group' in node ? requestNodes(reviews, node) : 'fingerprint' in node ? [] : findingNodes(reviews, node)),
      getTreeItem: (node) => ('group' in node ? groupItem(reviews, node) : 'fingerprint' in node ? findingItem(reviews, node) : requestItem(reviews, node, now())),
      getParent: (node) => ('group' in node ? undefined : 'fingerprint' in node ? { root: node.root, id: node.id } : groupOf(reviews, node)),
    },
  });
  const burst = collectBurst<'changed'>(100, () => {
    // Records that cannot be read are told, never left out in silence.
    view.message = reviews.unreadable.map(({ ref, why }) => plain(`${ref} cannot be read: ${why}.`)).join(' ');
    view.description = reviews.olderCount === 0 ? '' : `${reviews.olderCount} older not listed`;
    const needing = requestNodes(reviews, { group: 'needs me' }).length;
    view.badge = needing === 0 ? undefined : { value: needing, tooltip: `${needing} ${needing === 1 ? 'request needs' : 'requests need'} your review` };
    changed.fire(undefined);
  });
  const discover = () => {
    if (view.visible) void reviews.discover();
  };
  discover();
  const change = () => {
    burst.add('changed');
  };
  change();
  return vscode.Disposable.from(view, changed, burst, view.onDidChangeVisibility(discover), vscode.workspace.onDidGrantWorkspaceTrust(discover), reviews.onDidChange(change));
}

function requestNodes({ all }: ReviewState, { group }: GroupNode): RequestReference[] {
  return all.flatMap(({ root, states }) => states.filter((state) => state.group === group).map(({ request: { id } }) => ({ root, id })));
}

function groupNodes(reviews: ReviewState): GroupNode[] {
  return groups.map(({ id }) => ({ group: id })).filter((node) => requestNodes(reviews, node).length > 0);
}

function groupOf(reviews: ReviewState, { root, id }: RequestReference): GroupNode | undefined {
  const state = reviews.state(root, id);
  return state && { group: state.group };
}

/** The worst first: those files are what a reviewer looks at. */
function findingNodes(reviews: ReviewState, { root, id }: RequestReference): FindingNode[] {
  return worstFirst(reviews.request(root, id)?.findings ?? []).map(({ fingerprint }) => ({ root, id, fingerprint }));
}

function groupItem(reviews: ReviewState, node: GroupNode): vscode.TreeItem {
  const isOver = node.group === 'decided';
  const label = groups.find(({ id }) => id === node.group)?.label ?? '';
  const item = new vscode.TreeItem(label, isOver ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
  item.id = node.group;
  const count = requestNodes(reviews, node).length;
  item.description = String(count);
  item.accessibilityInformation = { label: `${label}, ${count} ${count === 1 ? 'request' : 'requests'}` };
  item.contextValue = 'group';
  return item;
}

function requestItem(reviews: ReviewState, { root, id }: RequestReference, now: number): vscode.TreeItem {
  const state = reviews.state(root, id);
  // Gone between the two questions of the view; the change that took it makes the view ask again.
  if (state === undefined) return new vscode.TreeItem('');
  const { request, coverage, because, group, hasLanded, followUp, atHead } = state;
  const although = landedAlthough(state);
  const { icon, color, words } = followUp !== undefined ? owed : atHead !== undefined ? looks.stale : looks[coverage];
  const label = `${plain(request.requester.name, 40)}: ${plain(request.reason, 120)}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${root}#${id}`;
  item.description = ageOf(Date.parse(request.createdAt), now);
  item.tooltip = [
    `${plain(request.requester.name, 80)} <${plain(request.requester.email, 80)}> asks ${plain(reviewersOf(request), 200)}, for ${plain(request.targetRef, 120)}`,
    `${findingsIn(request.findings.length)}; ${words}`,
    ...(hasLanded ? [`${plain(request.targetRef, 120)} has the change${although === undefined ? '' : `, ${plain(although, 300)}`}`] : []),
    ...because.map((each) => plain(each)),
    ...remarksOn(state, now).map((each) => plain(each, 600)),
    plain(id),
  ].join('\n');
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.accessibilityInformation = { label: [label, words, findingsIn(request.findings.length), item.description].join(', ') };
  item.contextValue = `request ${group === 'needs me' ? 'mine ' : ''}${coverage}`;
  item.command = { title: 'Open', command: 'firebreak.openReview', arguments: [{ root, id }] };
  return item;
}

function findingItem(reviews: ReviewState, { root, id, fingerprint }: FindingNode): vscode.TreeItem {
  const finding = reviews.request(root, id)?.findings.find((each) => each.fingerprint === fingerprint);
  if (finding === undefined) return new vscode.TreeItem('');
  const { name, icon, color } = lookOf(finding.severity);
  const item = new vscode.TreeItem(plain(finding.title, 120));
  item.id = `${root}#${id}#${fingerprint}`;
  item.description = placeOf(finding);
  item.tooltip = plain(finding.blastRadius.description, 600);
  item.iconPath = new vscode.ThemeIcon(icon, color);
  item.accessibilityInformation = { label: `${name}: ${plain(finding.title, 120)}, ${item.description}` };
  item.contextValue = 'requestedFindingOfReview';
  item.command = { title: 'Open', command: 'firebreak.openReview', arguments: [{ root, id, path: finding.path }] };
  return item;
}

function placeOf({ path, line }: RequestedFinding): string {
  return `${plain(path, 200)}, line ${line}`;
}
