import * as vscode from 'vscode';
import { describe } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import { describeCause } from '../../core/check/originWords.ts';
import { collectBurst } from '../burst.ts';
import { plain } from '../inert.ts';
import type { LiveFile, LiveFiles } from '../liveFile.ts';
import type { ReviewState } from '../review/reviewState.ts';
import { reviewersOf } from '../review/reviewWords.ts';
import { type FindingReference, parseUri, referenceTo } from './findingReference.ts';
import { lookOf } from './severityLook.ts';

/** Nodes are ids, since they travel as arguments of the commands in their menus. */
type Node = FileNode | FindingReference;
interface FileNode {
  readonly uri: string;
}

/** The Findings view: files, open or closed, and in each its findings in the order of the text. */
export function registerFindingsTree(files: LiveFiles, reviews: ReviewState): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<Node>('firebreak.findings', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => (node === undefined ? fileNodes(files) : isFinding(node) ? [] : findingsIn(files, node)),
      getTreeItem: (node) => (isFinding(node) ? findingItem(files, reviews, node) : fileItem(files, node)),
      getParent: (node) => (isFinding(node) ? { uri: node.uri } : undefined),
    },
  });
  const burst = collectBurst<'changed'>(100, () => {
    const { unreadable } = reviews;
    // Records that cannot be read are told, never left out in silence.
    view.message = unreadable.map(({ ref, why }) => plain(`${ref} cannot be read: ${why}.`)).join(' ');
    changed.fire(undefined);
  });
  const change = () => {
    burst.add('changed');
  };
  const discover = () => {
    if (view.visible) files.discover();
  };
  discover();
  return vscode.Disposable.from(view, changed, burst, view.onDidChangeVisibility(discover), files.onDidChange(change), reviews.onDidChange(change));
}

function isFinding(node: Node): node is FindingReference {
  return 'fingerprint' in node;
}

function fileOf(files: LiveFiles, { uri }: Node): LiveFile | undefined {
  const place = parseUri(uri);
  return place && files.get(place);
}

function fileNodes(files: LiveFiles): Node[] {
  return [...files.all()]
    .filter(({ findings }) => findings.length > 0)
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ uri }) => ({ uri: uri.toString() }));
}

function findingsIn(files: LiveFiles, node: FileNode): Node[] {
  const live = fileOf(files, node);
  return live?.findings.map((finding) => referenceTo(live, finding)) ?? [];
}

function fileItem(files: LiveFiles, node: FileNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.Uri.parse(node.uri), vscode.TreeItemCollapsibleState.Expanded);
  const folder = fileOf(files, node)?.path.replace(/\/?[^/]*$/, '') ?? '';
  item.id = node.uri;
  item.description = plain(folder);
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = 'file';
  return item;
}

function findingItem(files: LiveFiles, reviews: ReviewState, node: FindingReference): vscode.TreeItem {
  const live = fileOf(files, node);
  const finding = live?.findings.find(({ fingerprint }) => fingerprint === node.fingerprint);
  // Gone between the two questions of the view; the change that took it makes the view ask again.
  if (live === undefined || finding === undefined) return new vscode.TreeItem('');
  const request = reviews.requestFor(live.repository, finding.fingerprint);
  const { icon, color } = lookOf(finding.severity);
  const item = new vscode.TreeItem(capitalised(plain(finding.blastRadius.effect, 120)));
  item.id = `${node.uri}#${node.fingerprint}`;
  item.description = describePlace(live, finding);
  const cause = describeCause(finding);
  item.tooltip = [
    `${plain(finding.title)}: ${plain(`${describe(finding.blastRadius)}.`, 600)}`,
    ...(cause === undefined ? [] : [plain(cause)]),
    ...(request === undefined ? [] : [`Review requested from ${plain(reviewersOf(request))}.`]),
  ].join('\n');
  item.iconPath = new vscode.ThemeIcon(request === undefined ? icon : 'eye', color);
  item.contextValue = request === undefined ? 'finding' : 'requestedFinding';
  item.command = { title: 'Show', command: 'firebreak.showFinding', arguments: [node] };
  return item;
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** `prod, line 12` */
function describePlace({ toRange }: LiveFile, { blastRadius, range }: Finding): string {
  const line = `line ${toRange(range).start.line + 1}`;
  return blastRadius.target === undefined ? line : `${plain(blastRadius.target, 60)}, ${line}`;
}
