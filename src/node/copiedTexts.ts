import { canBeCopied } from '../core/attribution/copiedText.ts';
import type { JournalEvent } from '../core/attribution/journal.ts';
import type { Departed } from '../core/attribution/departedTexts.ts';
import type { Traces } from '../core/attribution/reconcile.ts';
import { sha256Hex } from './digest.ts';

type BroughtBy = Traces['broughtBy'];

/** What events brought, and the texts that they copied as a whole. @param copyOf such a text as it was elsewhere before, with its authors; undefined for none */
export async function withCopies(events: readonly JournalEvent[], moved: BroughtBy, copyOf: (text: string, at: number) => Promise<Departed | undefined>): Promise<BroughtBy> {
  const copies = new Map<JournalEvent, Departed>();
  for (const event of events) {
    const text = wholeTextOf(event);
    const copy = text === undefined || !canBeCopied(text) ? undefined : await copyOf(text, event.at);
    if (copy !== undefined) copies.set(event, copy);
  }
  if (copies.size === 0) return moved;
  return (event) => {
    const copy = copies.get(event);
    return [...(copy === undefined ? [] : [copy]), ...(moved?.(event) ?? [])];
  };
}

/** The text that an event says an AI wrote as a whole where there was none. */
function wholeTextOf(event: JournalEvent): string | undefined {
  if (event.by.kind !== 'ai') return undefined;
  if ('wrote' in event) return event.text !== undefined && event.wrote.includes(event.text) ? event.text : undefined;
  const [[start, oldText, newText] = [1, '', ''], ...others] = event.replacements;
  return start === 0 && oldText === '' && others.length === 0 && event.before === sha256Hex('') ? newText : undefined;
}
