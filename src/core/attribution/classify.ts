import type { OffsetEdit } from '../text/offsetEdit.ts';
import type { AiOrigin, Evidence, Origin } from './origin.ts';
import { isCompletion, turnOf, verdictOf, type SourceVerdict } from './sources.ts';

/** What the editor lets us see of a change besides its text. */
export interface ObservedChange {
  readonly reason?: 'undo' | 'redo' | undefined;
  /** `detailedReason` of the proposed API, just as VS Code gave it; absent where it is not enabled. */
  readonly detailedReason?: unknown;
  /** An AI has said before that it makes this change. */
  readonly reported?: AiOrigin | undefined;
  /** The change came while the editor's command that accepts an inline completion ran. */
  readonly inlineCommit?: 'full' | 'word' | 'line' | undefined;
  /** A `chat-editing-text-model` of this path was opened just before. */
  readonly chatEditing?: boolean | undefined;
  /** The stretch of the chat's work that such an edit belongs to. */
  readonly chatTurn?: string | undefined;
  /** The document's line endings are others than before. */
  readonly eolChanged?: boolean | undefined;
  /** The change came while a formatter ran. */
  readonly formatting?: boolean | undefined;
  /** The text of a paste that was announced and not seen yet. */
  readonly pasted?: string | undefined;
}

/** How to treat a change: `authored` by somebody, or one that moves text and its authors about. */
export type Classification = Authored | { readonly kind: 'undo' | 'redo' | 'takeBack' | 'eol' | 'format' };

export interface Authored {
  readonly kind: 'authored';
  readonly origin: Origin;
  readonly evidence: Evidence;
  /** Of an AI: all its edits of one turn are one insertion. */
  readonly turn?: string;
  /** It completes what a person began to type. */
  readonly isCompletion?: true;
  /** Nothing told who made it: its size did. */
  readonly isUnexplained?: true;
}

/**
 * Judges a change. An undo is an undo whatever else is known, an AI's own word comes next; then VS Code's word decides where there is one,
 * and the hints of the stable API where there is none. What nothing explains is judged by its size.
 * `edit` gives the change without the text that it puts back unchanged.
 */
export function classify(change: ObservedChange, edit: () => OffsetEdit): Classification {
  if (change.reason !== undefined) return { kind: change.reason };
  if (change.reported !== undefined) return { kind: 'authored', origin: change.reported, evidence: 'reported' };
  const verdict = verdictOf(change.detailedReason) ?? verdictOfHints(change);
  if (verdict === 'human') return human;
  if (verdict === 'bySize') return bySize(change, edit().replacements.map(({ newText }) => newText));
  if (typeof verdict === 'string') return { kind: verdict };
  const completes = change.inlineCommit !== undefined || isCompletion(change.detailedReason);
  const turn = turnOf(change.detailedReason) ?? change.chatTurn;
  return { kind: 'authored', origin: verdict, evidence: 'observed', ...(turn !== undefined && { turn }), ...(completes && { isCompletion: true }) };
}

function verdictOfHints({ eolChanged, inlineCommit, chatEditing, formatting }: ObservedChange): SourceVerdict {
  if (eolChanged === true) return 'eol';
  if (inlineCommit !== undefined) return { kind: 'ai', tool: 'inline completion' };
  if (chatEditing === true) return { kind: 'ai', tool: 'chat' };
  return formatting === true ? 'format' : 'bySize';
}

const human = { kind: 'authored', origin: { kind: 'human' }, evidence: 'inferred' } as const;

/**
 * All of one edit has one author, so its largest insertion decides. A person can paste what an AI wrote elsewhere: that a paste was
 * announced makes the finding surer, not more harmless.
 */
function bySize({ pasted }: ObservedChange, newTexts: readonly string[]): Classification {
  const large = newTexts.find(isLarge);
  if (large === undefined) return { ...human, isUnexplained: true };
  const isPaste = pasted !== undefined && withoutSpace(pasted) === withoutSpace(large);
  return { kind: 'authored', origin: { kind: 'unknown' }, evidence: isPaste ? 'observed' : 'inferred', isUnexplained: true };
}

/**
 * More than 200 characters, or more than two line breaks with over 80; white space does not count as characters. What an editor inserts
 * at a keystroke stays below: VS Code's `for` snippet has 70 characters and three breaks, its `switch` 43 and seven, an added import one break.
 * A call with its arguments over four lines lies above.
 */
function isLarge(newText: string): boolean {
  if (newText.length <= 80) return false;
  const size = withoutSpace(newText).length;
  return size > 200 || (size > 80 && newText.split('\n').length > 3);
}

/** VS Code indents a paste to fit, and adapts its line endings. */
function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
