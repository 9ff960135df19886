import type { AiOrigin } from './origin.ts';

/** What a source that VS Code names says of an edit. */
export type SourceVerdict = AiOrigin | 'human' | 'bySize' | 'format' | 'eol' | 'takeBack';

/** Reads one metadata value: VS Code puts '$' signs before the key by how private it is. */
type Field = (key: string) => string | undefined;

/**
 * The sources of `detailedReason` (proposed API `textDocumentChangeReason`), first match wins. From VS Code's textModelEditSource.ts and
 * what 1.139 was seen to send; a source's family stands for members that a later version may bring.
 */
const verdicts: readonly (readonly [source: RegExp, verdict: SourceVerdict | ((field: Field) => SourceVerdict)])[] = [
  [/^inlineCompletion/, (field) => completion(field('extensionId'))],
  [/^Chat\.(undoEdits|reset)$/, 'takeBack'],
  [/^(Chat|inlineChat)\./, chat],
  [/^cursor$/, (field) => (field('kind') === 'paste' ? 'bySize' : 'human')],
  [/^rename$/, 'human'],
  [/^eolChange$/, 'eol'],
  [/^unknown$/, (field) => (field('name')?.startsWith('formatEdits') === true ? 'format' : 'bySize')],
  // Others' code can come through these, an AI's too, and VS Code does not tell.
  [/^(suggest|snippet|codeAction|reloadFromDisk|setValue|applyEdits)$/, 'bySize'],
];

/** `detailedReason` as VS Code gave it. Undefined when it names no source that is known here, or has another shape. */
export function verdictOf(detailedReason: unknown): SourceVerdict | undefined {
  const source = property(detailedReason, 'source');
  if (typeof source !== 'string') return undefined;
  const verdict = verdicts.find(([pattern]) => pattern.test(source))?.[1];
  return typeof verdict === 'function' ? verdict(fieldsOf(property(detailedReason, 'metadata'))) : verdict;
}

/** Names the turn of an AI's work that an edit belongs to: what it streams in many edits, or accepts in parts, is one insertion. */
export function turnOf(detailedReason: unknown): string | undefined {
  const field = fieldsOf(property(detailedReason, 'metadata'));
  return field('requestId') ?? field('requestUuid');
}

/** Whether the text was read again from disk; undefined where VS Code does not say. */
export function isReload(detailedReason: unknown): boolean | undefined {
  const source = property(detailedReason, 'source');
  return typeof source === 'string' ? source === 'reloadFromDisk' : undefined;
}

/** Whether an inline completion was accepted, in whole or in part. */
export function isCompletion(detailedReason: unknown): boolean {
  return String(property(detailedReason, 'source')).startsWith('inlineCompletion');
}

/** A completion of the editor's own, with no extension behind it, is no AI's. */
function completion(extensionId: string | undefined): SourceVerdict {
  return extensionId === undefined ? 'human' : { kind: 'ai', tool: extensionId };
}

function chat(field: Field): AiOrigin {
  const model = field('modelId');
  const session = field('sessionId');
  return { kind: 'ai', tool: field('extensionId') ?? 'chat', ...(model !== undefined && { model }), ...(session !== undefined && { session }) };
}

function fieldsOf(metadata: unknown): Field {
  return (key) => {
    const values = ['', '$', '$$', '$$$'].map((prefix) => property(metadata, prefix + key));
    return values.find((value): value is string => typeof value === 'string' && value !== '');
  };
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
