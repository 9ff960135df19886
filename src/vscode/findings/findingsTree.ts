import * as vscode from 'vscode';
import { describe } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import { describeCause } from '../../core/check/originWords.ts';
import { type Severity, severities } from '../../core/check/severity.ts';
import { collectBurst } from '../burst.ts';
import { plain } from '../inert.ts';
import type { LiveFile, LiveFiles } from '../liveFile.ts';
import type { FindStanding } from '../review/findStanding.ts';
import type { ReviewState } from '../review/reviewState.ts';
import { nameOfRoot, type Root, rootOf, rootsOf } from '../workspaceRoots.ts';
import { type FindingReference, parseUri, referenceTo } from './findingReference.ts';
import { nameOf } from './rowWords.ts';
import { lookOf } from './severityLook.ts';

/** Nodes are ids, since they travel as arguments of the commands in their menus. */
type Node = Root | SeverityNode | FileNode | FindingReference;
interface FileNode {
  readonly uri: string;
}
interface SeverityNode {
  readonly severity: Severity;
}

type Grouping = 'file' | 'severity';
const groupingKey = 'firebreak.findingsBy';

/** The Findings view: repositories, in each its files, open or closed, and in each its findings in the order of the text; or the findings by their severity. */
export function registerFindingsTree(files: LiveFiles, reviews: ReviewState, standingOf: FindStanding, memory: vscode.Memento): vscode.Disposable {
  const tree = new FindingsTree(files, standingOf, memory.get<unknown>(groupingKey) === 'severity' ? 'severity' : 'file');
  const view = vscode.window.createTreeView<Node>('firebreak.findings', { showCollapseAll: true, treeDataProvider: tree });
  const burst = collectBurst<'changed'>(100, () => {
    const { unreadable } = reviews;
    // Records that cannot be read are told, never left out in silence.
    view.message = unreadable.map(({ ref, why }) => plain(`${ref} cannot be read: ${why}.`)).join(' ');
    tree.change();
  });
  const change = () => {
    burst.add('changed');
  };
  const group = (by: Grouping) => async () => {
    tree.grouping = by;
    change();
    await Promise.all([memory.update(groupingKey, by), vscode.commands.executeCommand('setContext', groupingKey, by)]);
  };
  const discover = () => {
    if (view.visible) files.discover();
  };
  void vscode.commands.executeCommand('setContext', groupingKey, tree.grouping);
  discover();
  return vscode.Disposable.from(
    view,
    tree,
    burst,
    vscode.commands.registerCommand('firebreak.groupFindingsBySeverity', group('severity')),
    vscode.commands.registerCommand('firebreak.groupFindingsByFile', group('file')),
    view.onDidChangeVisibility(discover),
    files.onDidChange(change),
    reviews.onDidChange(change),
  );
}

class FindingsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly files: LiveFiles,
    private readonly standingOf: FindStanding,
    public grouping: Grouping,
  ) {}

  change(): void {
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }

  getChildren(node?: Node): Node[] {
    const found = [...this.files.all()].filter(({ findings }) => findings.length > 0).sort((a, b) => (a.path < b.path ? -1 : 1));
    if (node === undefined) return this.grouping === 'file' ? rootsOf(found) : severityNodes(found);
    if ('root' in node) return found.filter((file) => rootOf(file).root === node.root).map(({ uri }) => ({ uri: uri.toString() }));
    const within = 'severity' in node ? found : found.filter(({ uri }) => !isFinding(node) && uri.toString() === node.uri);
    const isWanted = ({ severity }: Finding) => !('severity' in node) || severity === node.severity;
    return within.flatMap((live) => live.findings.filter(isWanted).map((finding) => referenceTo(live, finding)));
  }

  getParent(node: Node): Node | undefined {
    if ('root' in node || 'severity' in node) return undefined;
    const live = this.fileOf(node);
    if (!isFinding(node)) return live && rootOf(live);
    if (this.grouping === 'file') return { uri: node.uri };
    const severity = live && findingOf(live, node)?.severity;
    return severity && { severity };
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ('root' in node) return rootItem(node, this.countIn((file) => rootOf(file).root === node.root));
    if ('severity' in node) return severityItem(node, this.countIn(() => true, node.severity));
    return isFinding(node) ? this.findingItem(node) : fileItem(this.fileOf(node), node);
  }

  private countIn(isWanted: (file: LiveFile) => boolean, severity?: Severity): number {
    const findings = [...this.files.all()].filter(isWanted).flatMap((file) => file.findings);
    return findings.filter((finding) => severity === undefined || finding.severity === severity).length;
  }

  private fileOf({ uri }: FileNode | FindingReference): LiveFile | undefined {
    const place = parseUri(uri);
    return place && this.files.get(place);
  }

  private findingItem(node: FindingReference): vscode.TreeItem {
    const live = this.fileOf(node);
    const finding = live && findingOf(live, node);
    // Gone between the two questions of the view; the change that took it makes the view ask again.
    if (live === undefined || finding === undefined) return new vscode.TreeItem('');
    const standing = this.standingOf(live, finding.fingerprint);
    const isAsked = standing?.kind === 'requested' || standing?.kind === 'approved';
    const { icon, color, name: severity } = lookOf(finding.severity);
    const place = describePlace(live, finding);
    const operation = capitalised(plain(finding.blastRadius.effect, 120));
    const line = live.toRange(finding.range).start.line + 1;
    // A narrow view has to show the place, and what tells the row from others, before it cuts it.
    const name = nameOf(finding);
    const item = new vscode.TreeItem(this.grouping === 'file' ? `${line}: ${name ?? operation}` : `${plain(live.path.replace(/^.*\//, ''), 40)}:${line}`);
    item.id = `${node.uri}#${node.fingerprint}`;
    item.description = this.grouping === 'severity' && name !== undefined ? `${name} · ${operation}` : this.grouping === 'file' && name === undefined ? '' : operation;
    const cause = describeCause(finding);
    item.tooltip = [
      `${plain(live.path, 120)}:${line}`,
      `${plain(finding.title)}: ${plain(`${describe(finding.blastRadius)}.`, 600)}`,
      ...(cause === undefined ? [] : [plain(cause)]),
      ...(standing === undefined ? [] : [`${standing.words}.`]),
    ].join('\n');
    item.iconPath = new vscode.ThemeIcon(standing?.kind === 'approved' ? 'pass' : isAsked ? 'eye' : icon, color);
    item.accessibilityInformation = { label: [`${severity}: ${operation}`, plain(live.path, 80), place, standing?.words ?? 'no review requested'].join(', ') };
    item.contextValue = isAsked ? 'requestedFinding' : 'finding';
    item.command = { title: 'Show', command: 'firebreak.showFinding', arguments: [node] };
    return item;
  }
}

function isFinding(node: FileNode | FindingReference): node is FindingReference {
  return 'fingerprint' in node;
}

function findingOf({ findings }: LiveFile, { fingerprint }: FindingReference): Finding | undefined {
  return findings.find((finding) => finding.fingerprint === fingerprint);
}

/** The worst first. */
function severityNodes(files: readonly LiveFile[]): SeverityNode[] {
  const there = new Set(files.flatMap(({ findings }) => findings.map(({ severity }) => severity)));
  return severities.filter((severity) => there.has(severity)).reverse().map((severity) => ({ severity }));
}

function operations(count: number): string {
  return `${count} risky ${count === 1 ? 'operation' : 'operations'}`;
}

function rootItem(node: Root, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(nameOfRoot(node), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `root ${node.root}`;
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('repo');
  item.accessibilityInformation = { label: `${nameOfRoot(node)}, ${operations(count)}` };
  item.contextValue = 'root';
  return item;
}

function severityItem({ severity }: SeverityNode, count: number): vscode.TreeItem {
  const { name, icon, color } = lookOf(severity);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `severity ${severity}`;
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon(icon, color);
  item.accessibilityInformation = { label: `${name}, ${operations(count)}` };
  item.contextValue = 'severity';
  return item;
}

function fileItem(live: LiveFile | undefined, { uri }: FileNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.Uri.parse(uri), vscode.TreeItemCollapsibleState.Expanded);
  const folder = live?.path.replace(/\/?[^/]*$/, '') ?? '';
  const suppressed = live?.suppressed.length ?? 0;
  item.id = uri;
  item.description = [plain(folder), ...(suppressed === 0 ? [] : [`${suppressed} suppressed`])].filter((part) => part !== '').join(', ');
  item.iconPath = vscode.ThemeIcon.File;
  item.accessibilityInformation = { label: `${plain(live?.path ?? uri, 120)}, ${operations(live?.findings.length ?? 0)}${suppressed === 0 ? '' : `, ${suppressed} suppressed`}` };
  item.contextValue = 'file';
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
