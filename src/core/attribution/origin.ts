export interface AiOrigin {
  readonly kind: 'ai';
  readonly tool: string;
  readonly model?: string;
  readonly session?: string;
}

/** Who brought a text into being. An unknown origin is never taken for human. */
export type Origin = AiOrigin | { readonly kind: 'human' } | { readonly kind: 'tool'; readonly name: string } | { readonly kind: 'unknown' };

/** How an origin is known: an agent or a note said so, the editor showed it, or it was guessed from the shape of the edit. */
export type Evidence = 'reported' | 'observed' | 'inferred';
