import assert from 'node:assert/strict';
import { classify, type Classification, type ObservedChange } from '../../../src/core/attribution/classify.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { told } from '../../support/typist.ts';

const call = 'await client.send(\n  new DeleteStackCommand({\n    StackName: stackName,\n    RetainResources: [],\n  }),\n);\n';
const long = 'x'.repeat(201);
const block = 'const total = sum(values);\n'.repeat(40);
const forSnippet = 'for (let index = 0; index < array.length; index++) {\n\tconst element = array[index];\n\t\n}';
const switchSnippet = 'switch (key) {\n\tcase value:\n\t\t\n\t\tbreak;\n\n\tdefault:\n\t\tbreak;\n}';
const addedImport = "import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';\n";
const copilot = { $nes: false, $extensionId: 'github.copilot', $extensionVersion: '1.0.0', $$requestUuid: 'r', $$languageId: 'typescript' };
const chat = { $modelId: 'copilot/gpt-5', $extensionId: 'github.copilot-chat', $extensionVersion: '1', $$languageId: 'sql', $$sessionId: 's1', $$requestId: 'r', $$mode: 'agent' };
const cursor = (kind: string, detailedSource?: string): ObservedChange => told('cursor', { kind, detailedSource });
const named = (name: string): ObservedChange => told('unknown', { name });

/** One row of the reference page: what was done, what is inserted, what VS Code says of it, and what that is taken for; then without VS Code's word. */
type Row = readonly [action: string, inserted: string, detailed: ObservedChange, meaning: string, hints: ObservedChange, meaningByHints: string];
const rows: readonly Row[] = [
  ['type a character', 'x', cursor('type', 'keyboard'), 'human', {}, 'human'],
  ['type a bracket that closes itself', '{}', cursor('type', 'keyboard'), 'human', {}, 'human'],
  ['press Enter between braces', '\n    \n', cursor('type', 'keyboard'), 'human', {}, 'human'],
  ['delete to the left', '', cursor('executeCommand', 'deleteLeft'), 'human', {}, 'human'],
  ['delete a line', '', named('editor.action.deleteLines'), 'human', {}, 'human'],
  ['indent, comment, move or duplicate a line', '// await client.send(command);\n', cursor('executeCommands', 'editor.action.commentLine'), 'human', {}, 'human'],
  ['duplicate a block', block, cursor('executeCommands', 'editor.action.copyLinesDownAction'), 'human', {}, 'unknown inferred'],
  ['compose by an input method', '日本語', cursor('compositionType'), 'human', {}, 'human'],
  ['paste a little', 'client.send(command)', cursor('paste'), 'human', { pasted: 'client.send(command)' }, 'human'],
  ['paste much', block, { ...cursor('paste'), pasted: block }, 'unknown observed', { pasted: block }, 'unknown observed'],
  ['paste much from the menu', block, cursor('paste'), 'unknown inferred', {}, 'unknown inferred'],
  ['cut', '', cursor('cut'), 'human', {}, 'human'],
  ['accept an inline completion', call, told('inlineCompletionAccept', copilot), 'ai github.copilot observed', { inlineCommit: 'full' }, 'ai inline completion observed'],
  ['accept a short one', '];', told('inlineCompletionAccept', copilot), 'ai github.copilot observed', { inlineCommit: 'full' }, 'ai inline completion observed'],
  ['accept a completion of no extension', call, told('inlineCompletionAccept', { $nes: false }), 'human', {}, 'unknown inferred'],
  ['accept a word', 'await', told('inlineCompletionPartialAccept', { type: 'word', ...copilot }), 'ai github.copilot observed', { inlineCommit: 'word' }, 'ai inline completion observed'],
  ['accept a line', 'await f();\n', told('inlineCompletionPartialAccept', { type: 'line', ...copilot }), 'ai github.copilot observed', { inlineCommit: 'line' }, 'ai inline completion observed'],
  ['accept by mouse', call, told('inlineCompletionAccept', copilot), 'ai github.copilot observed', {}, 'unknown inferred'],
  ['pick a suggestion', 'console.log()', told('suggest', { $extensionId: 'vscode.typescript' }), 'human', {}, 'human'],
  ['pick a suggestion that is a whole function', block, told('suggest', { $extensionId: 'some.ai' }), 'unknown inferred', {}, 'unknown inferred'],
  ['have an import added', addedImport, named('suggestController.additionalTextEdits.sync'), 'human', {}, 'human'],
  ['let a chat edit', call, told('Chat.applyEdits', chat), 'ai github.copilot-chat copilot/gpt-5 s1 observed', { chatEditing: true }, 'ai chat observed'],
  ['let the inline chat edit', call, told('inlineChat.applyEdits', { $modelId: 'm', $extensionId: 'e' }), 'ai e m observed', { chatEditing: true }, 'ai chat observed'],
  ['let a chat edit in a way yet unknown', 'x', told('Chat.streamEdits'), 'ai chat observed', {}, 'human'],
  ['undo a chat edit', '', told('Chat.undoEdits'), 'takeBack', {}, 'human'],
  ['reset a chat edit', '', told('Chat.reset'), 'takeBack', {}, 'human'],
  ['run a workspace edit', call, told('unknown'), 'unknown inferred', {}, 'unknown inferred'],
  ['run a small workspace edit', 'renamed', named('pushEditOperation'), 'human', {}, 'human'],
  ['run a text editor edit', call, named('MainThreadTextEditor'), 'unknown inferred', {}, 'unknown inferred'],
  ['run a workspace edit that an AI reported', 'rm -rf /', { ...told('unknown'), reported: { kind: 'ai', tool: 'demo' } }, 'ai demo reported', { reported: { kind: 'ai', tool: 'demo' } }, 'ai demo reported'],
  ['insert a loop snippet', forSnippet, told('snippet'), 'human', {}, 'human'],
  ['insert a switch snippet', switchSnippet, told('snippet'), 'human', {}, 'human'],
  ['insert a large snippet', block, told('snippet'), 'unknown inferred', {}, 'unknown inferred'],
  ['run a small code action', 'const ', told('codeAction', { $kind: 'quickfix', $extensionId: 'e' }), 'human', {}, 'human'],
  ['run a large code action', block, told('codeAction', { $kind: 'quickfix', $extensionId: 'e' }), 'unknown inferred', {}, 'unknown inferred'],
  ['format', '    ', named('formatEditsCommand'), 'format', { formatting: true }, 'format'],
  ['add the final newline', '\n', named('insertFinalNewLine'), 'human', {}, 'human'],
  ['reload a file with large news from disk', block, told('reloadFromDisk'), 'unknown inferred', {}, 'unknown inferred'],
  ['reload a file with small news from disk', 'x', told('reloadFromDisk'), 'human', {}, 'human'],
  ['rename a symbol', 'renamed', told('rename', { $$$oldName: 'a', $$$newName: 'renamed' }), 'human', {}, 'human'],
  ['change the line endings', block, told('eolChange'), 'eol', { eolChanged: true }, 'eol'],
  ['undo', call, { ...told('applyEdits'), reason: 'undo' }, 'undo', { reason: 'undo' }, 'undo'],
  ['redo', call, { ...told('applyEdits'), reason: 'redo' }, 'redo', { reason: 'redo' }, 'redo'],
  ['set the whole value', long, told('setValue'), 'unknown inferred', {}, 'unknown inferred'],
];

describe('classify', () => {
  for (const [action, inserted, detailed, meaning, hints, meaningByHints] of rows) {
    it(`${action}: ${meaning} by VS Code's word, ${meaningByHints} by hints`, () => {
      assert.equal(inWords(classify(detailed, () => OffsetEdit.insert(0, inserted))), meaning);
      assert.equal(inWords(classify(hints, () => OffsetEdit.insert(0, inserted))), meaningByHints);
    });
  }

  it("lets VS Code's word decide against the hints", () => {
    const hints: ObservedChange = { inlineCommit: 'full', chatEditing: true, formatting: true };
    assert.equal(inWords(classify({ ...hints, ...cursor('type') }, () => OffsetEdit.insert(0, 'x'))), 'human');
  });

  it('does not count many small replacements as a large one', () => {
    const everywhere = new OffsetEdit(Array.from({ length: 400 }, (_, at) => ({ range: OffsetRange.empty(at), newText: 'ab' })));
    assert.equal(inWords(classify({}, () => everywhere)), 'human');
  });

  it('takes a paste for one even when its indentation was fitted', () => {
    assert.equal(inWords(classify({ pasted: block.replaceAll('\n', '\r\n') }, () => OffsetEdit.insert(0, block.replaceAll('const', '  const')))), 'unknown observed');
    assert.equal(inWords(classify({ pasted: 'something else' }, () => OffsetEdit.insert(0, block))), 'unknown inferred');
  });

  const strange: readonly unknown[] = [
    null, 0, '', 'Chat.applyEdits', [], {}, { source: null }, { source: 7, metadata: {} }, { source: { toString: 'Chat.applyEdits' } }, { source: '' },
    { source: 'aSourceOfTheFuture', metadata: { $extensionId: 'e' } }, Object.create({ source: 'Chat.applyEdits' }) as unknown,
  ];
  for (const [index, detailedReason] of strange.entries()) {
    it(`lets the hints decide where VS Code's word is strange (${index})`, () => {
      assert.equal(inWords(classify({ detailedReason, inlineCommit: 'full' }, () => OffsetEdit.insert(0, 'x'))), 'ai inline completion observed');
    });
  }

  const strangeMetadata: readonly unknown[] = [undefined, null, 7, 'x', [], { $extensionId: 7 }, { $extensionId: '' }, { $extensionId: { value: 'e' }, $modelId: null }];
  for (const [index, metadata] of strangeMetadata.entries()) {
    it(`does without metadata of a strange shape (${index})`, () => {
      assert.equal(inWords(classify({ detailedReason: { source: 'Chat.applyEdits', metadata } }, () => OffsetEdit.insert(0, 'x'))), 'ai chat observed');
      assert.equal(inWords(classify({ detailedReason: { source: 'inlineCompletionAccept', metadata } }, () => OffsetEdit.insert(0, 'x'))), 'human');
      assert.equal(inWords(classify({ detailedReason: { source: 'cursor', metadata } }, () => OffsetEdit.insert(0, 'x'))), 'human');
    });
  }
});

function inWords(classification: Classification): string {
  if (classification.kind !== 'authored') return classification.kind;
  const { origin, evidence } = classification;
  if (origin.kind === 'human') return 'human';
  return [...Object.values<string>({ ...origin }), evidence].join(' ');
}
