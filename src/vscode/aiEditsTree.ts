import * as vscode from 'vscode';
import type { AiRegion } from '../core/attribution/region.ts';
import { describeOrigin } from '../core/check/originWords.ts';
import { OffsetRange } from '../core/text/offsetRange.ts';
import { collectBurst } from './burst.ts';
import { fieldsOf, parseUri } from './findings/findingReference.ts';
import { plain, plainLines } from './inert.ts';
import type { LiveFile, LiveFiles } from './liveFile.ts';
import type { InsertionReference } from './signals/markCommands.ts';
import { nameOfRoot, type Root, rootOf, rootsOf } from './workspaceRoots.ts';

/** Nodes are ids, since they travel as arguments of the commands in their menus. */
type Node = Root | FolderNode | FileNode | RegionNode;
interface FolderNode extends Root {
  /** From the root; '' for the root's own files. */
  readonly folder: string;
}
interface FileNode {
  readonly uri: string;
}
interface RegionNode extends InsertionReference {
  /** Which of the file's regions. */
  readonly index: number;
}

/** More of what was removed shows the region itself. */
const mostRemovedLines = 20;

/** The AI Edits view: how much of which folder and file an AI wrote, and in each file its regions with how that is known, and what an AI deleted. */
export function registerAiEditsTree(files: LiveFiles): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<Node>('firebreak.aiEdits', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => childrenOf([...files.all()].filter(({ regions }) => regions.length > 0), node),
      getTreeItem: (node) => itemOf(files, node),
      getParent: (node) => parentOf(files, node),
    },
  });
  const burst = collectBurst<'changed'>(200, () => {
    changed.fire(undefined);
  });
  const discover = () => {
    if (view.visible) files.discover();
  };
  discover();
  return vscode.Disposable.from(
    view,
    changed,
    burst,
    view.onDidChangeVisibility(discover),
    files.onDidChange(() => {
      burst.add('changed');
    }),
    vscode.commands.registerCommand('firebreak.showAiEdit', (argument: unknown) => showRegion(files, argument)),
  );
}

function childrenOf(known: readonly LiveFile[], node: Node | undefined): Node[] {
  if (node === undefined) return rootsOf(known);
  if ('index' in node) return [];
  if ('uri' in node) return known.filter(({ uri }) => uri.toString() === node.uri).flatMap(({ regions }) => regions.map(({ insertionId }, index) => ({ uri: node.uri, insertionId, index })));
  const within = known.filter((file) => rootOf(file).root === node.root);
  if ('folder' in node) return sorted(within.filter((file) => folderOf(file) === node.folder)).map(({ uri }) => ({ uri: uri.toString() }));
  return [...new Set(sorted(within).map(folderOf))].map((folder) => ({ root: node.root, folder }));
}

function parentOf(files: LiveFiles, node: Node): Node | undefined {
  if ('index' in node) return { uri: node.uri };
  if ('folder' in node) return { root: node.root };
  const live = 'uri' in node ? fileAt(files, node) : undefined;
  return live && { ...rootOf(live), folder: folderOf(live) };
}

function sorted(files: readonly LiveFile[]): LiveFile[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function folderOf({ path }: LiveFile): string {
  return path.replace(/\/?[^/]*$/, '');
}

function fileAt(files: LiveFiles, { uri }: FileNode): LiveFile | undefined {
  const place = parseUri(uri);
  return place && files.get(place);
}

function itemOf(files: LiveFiles, node: Node): vscode.TreeItem {
  if ('index' in node) return regionItem(fileAt(files, node), node);
  if ('uri' in node) return fileItem(fileAt(files, node), node);
  const isFolder = 'folder' in node;
  const within = [...files.all()].filter((file) => file.regions.length > 0 && rootOf(file).root === node.root && (!isFolder || folderOf(file) === node.folder));
  const name = isFolder ? (node.folder === '' ? '.' : plain(node.folder, 80)) : nameOfRoot(node);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = isFolder ? `folder ${node.root} ${node.folder}` : `root ${node.root}`;
  item.iconPath = new vscode.ThemeIcon(isFolder ? 'folder' : 'repo');
  const share = shareOf(within);
  item.description = share;
  item.tooltip = `${share} of the text of ${within.length === 1 ? 'the file' : `the ${within.length} files`} in which Firebreak knows of an AI's text`;
  item.accessibilityInformation = { label: `${name}, ${share}` };
  item.contextValue = isFolder ? 'folder' : 'root';
  return item;
}

/** `42 % AI`; what an AI only deleted is no text of it. */
function shareOf(files: readonly LiveFile[]): string {
  const all = files.reduce((sum, file) => sum + file.text().length, 0);
  const written = files.reduce((sum, { regions }) => sum + regions.reduce((length, { range }) => length + range.length, 0), 0);
  const share = all === 0 ? 0 : (100 * written) / all;
  return `${share > 0 && share < 1 ? 'under 1' : Math.round(share)} % AI`;
}

function fileItem(live: LiveFile | undefined, { uri }: FileNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.Uri.parse(uri), vscode.TreeItemCollapsibleState.Collapsed);
  const deletions = live?.regions.filter(({ removedText }) => removedText !== undefined).length ?? 0;
  item.id = uri;
  item.iconPath = vscode.ThemeIcon.File;
  item.description = live === undefined ? '' : [shareOf([live]), ...(deletions === 0 ? [] : [`${deletions} deleted`])].join(', ');
  item.accessibilityInformation = { label: `${plain(live?.path ?? uri, 120)}, ${item.description}` };
  item.contextValue = 'file';
  return item;
}

function regionItem(live: LiveFile | undefined, node: RegionNode): vscode.TreeItem {
  const region = live?.regions[node.index];
  // Gone between the two questions of the view; the change that took it makes the view ask again.
  if (live === undefined || region?.insertionId !== node.insertionId) return new vscode.TreeItem('');
  const { origin, evidence, removedText, range, insertedAt } = region;
  const text = removedText ?? live.text().slice(range.start, range.endExclusive);
  // Of the line before, an AI that adds a line wrote the break alone.
  const broken = removedText === undefined ? text.slice(0, text.length - text.trimStart().length).lastIndexOf('\n') + 1 : 0;
  const { start, end } = live.toRange(new OffsetRange(range.start + broken, range.endExclusive));
  const words = plain(text.trimStart().split('\n')[0] ?? '', 80) || '(blank)';
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const lines = last === start.line ? `${start.line + 1}` : `${start.line + 1}–${last + 1}`;
  const what = removedText === undefined ? evidence : 'deleted';
  const who = origin.kind === 'ai' ? plain(origin.tool, 40) : 'nobody said who';
  // In a narrow view the row is cut: what is short and tells most comes first.
  const item = new vscode.TreeItem(`${lines}: ${what}`);
  item.id = `${node.uri}#${node.insertionId}#${node.index}`;
  item.description = [...(removedText === undefined ? [] : [evidence]), who, words].join(', ');
  item.tooltip = [plain(describeOrigin(region)), new Date(insertedAt).toLocaleString(), ...(removedText === undefined ? [] : ['', ...plainLines(removedText).slice(0, mostRemovedLines)])].join('\n');
  item.iconPath = new vscode.ThemeIcon(removedText !== undefined ? 'trash' : origin.kind === 'ai' ? 'sparkle' : 'question', new vscode.ThemeColor('firebreak.aiTextRuler'));
  item.accessibilityInformation = { label: `${removedText === undefined ? 'Written by an AI' : 'Deleted by an AI'}: ${words}, line ${lines}, ${who}, ${evidence}` };
  item.contextValue = origin.kind === 'unknown' ? 'unknownRegion' : 'region';
  item.command = { title: 'Show', command: 'firebreak.showAiEdit', arguments: [node] };
  return item;
}

async function showRegion(files: LiveFiles, argument: unknown): Promise<void> {
  const { uri, insertionId, index } = fieldsOf(argument);
  const place = typeof uri === 'string' ? parseUri(uri) : undefined;
  const live = place && (await files.refresh(place));
  const region: AiRegion | undefined = live?.regions.find((each, at) => each.insertionId === insertionId && at === index) ?? live?.regions.find((each) => each.insertionId === insertionId);
  if (live === undefined || region === undefined) {
    void vscode.window.showInformationMessage('This text changed, and nothing of what the AI wrote is left of it.');
    return;
  }
  const editor = await vscode.window.showTextDocument(live.uri);
  const range = live.toRange(region.range);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
