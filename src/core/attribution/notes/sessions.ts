import type { AiOrigin, Evidence } from '../origin.ts';
import type { AiAuthor, HumanAuthor, NotedAs } from './authoredText.ts';
import { type JsonObject, type Note, objectAt, textAt } from './note.ts';

/** Lower-case hexadecimal SHA-256 of a text. */
export type Sha256 = (text: string) => string;

/** Which evidence the lines of a session's traces have, as `t_…=observed`, with blanks between; `reported` goes without saying. */
export const evidenceKey = 'firebreak.evidence';
/** What an AI deleted: a list of path, line, key, text and how many characters of it are left out. It holds for one commit. */
export const deletionsKey = 'firebreak.deletions';

/** Gives the authors of one note their keys, and gathers what the note says of them. */
export class Sessions {
  private readonly sessions = new Map<string, JsonObject>();
  private readonly prompts = new Map<string, JsonObject>();
  private readonly humans = new Map<string, JsonObject>();
  private readonly shortened = new Map<string, string>();

  constructor(private readonly sha256: Sha256) {}

  /** The key of an author's entries, and the session that it belongs to. */
  keyOf(author: AiAuthor): { readonly key: string; readonly session: string | undefined } {
    const { noted, origin, evidence } = author;
    if (noted !== undefined) {
      const session = sessionIn(noted.key);
      const place = session === undefined ? this.prompts : this.sessions;
      const name = session ?? noted.key;
      if (!place.has(name)) place.set(name, carried(noted.metadata));
      const [, trace] = noted.key.split('::');
      if (session !== undefined && trace !== undefined) this.addEvidence(session, trace, evidence);
      return { key: noted.key, session };
    }
    const session = this.sessionOf(origin);
    const trace = `t_${this.short([origin.tool, origin.session ?? '', origin.model ?? '', evidence].join(':'))}`;
    this.addEvidence(session, trace, evidence);
    return { key: `${session}::${trace}`, session };
  }

  /** The key by which a note named a person. */
  keyOfHuman({ key, metadata }: NotedAs): string {
    this.humans.set(key, metadata);
    return key;
  }

  addAttribute(session: string, name: string, value: (before: string | undefined) => string): void {
    const known = this.sessions.get(session) ?? {};
    const attributes = objectAt(known, 'custom_attributes');
    this.sessions.set(session, { ...known, custom_attributes: { ...attributes, [name]: value(textAt(attributes, name)) } });
  }

  get metadata(): JsonObject {
    return { prompts: Object.fromEntries(this.prompts), sessions: Object.fromEntries(this.sessions), ...(this.humans.size > 0 && { humans: Object.fromEntries(this.humans) }) };
  }

  /** As git-ai names it; with the model in its name too where one session has had several. */
  private sessionOf(origin: AiOrigin): string {
    const { tool, session = '', model = 'unknown' } = origin;
    const plain = `s_${this.short(`${tool}:${session}`)}`;
    const agent = { tool, id: session, model };
    for (const name of [plain, `s_${this.short(`${tool}:${session}:${model}`)}`]) {
      const known = this.sessions.get(name);
      if (known === undefined) this.sessions.set(name, { agent_id: agent });
      if (known === undefined || textAt(objectAt(known, 'agent_id'), 'model') === model) return name;
    }
    return plain;
  }

  private addEvidence(session: string, trace: string, evidence: Evidence): void {
    if (evidence !== 'reported') this.addAttribute(session, evidenceKey, (before = '') => (before.includes(trace) ? before : `${before} ${trace}=${evidence}`.trim()));
  }

  private short(text: string): string {
    const short = this.shortened.get(text) ?? this.sha256(text).slice(0, 14);
    this.shortened.set(text, short);
    return short;
  }
}

function carried(metadata: JsonObject): JsonObject {
  const { custom_attributes: _attributes, ...rest } = metadata;
  const { [deletionsKey]: _deletions, ...attributes } = objectAt(metadata, 'custom_attributes');
  return Object.keys(attributes).length === 0 ? rest : { ...rest, custom_attributes: attributes };
}

/** The author that an entry's key names: an AI, a person, or nobody that is known here. */
export function authorNamed(key: string, note: Note): AiAuthor | HumanAuthor | undefined {
  if (key.startsWith('h_')) {
    const humans = objectAt(note.metadata, 'humans');
    return key in humans ? { kind: 'human', noted: { key, metadata: objectAt(humans, key) } } : undefined;
  }
  const session = sessionIn(key);
  if (session === undefined && !/^[0-9a-f]{7,}$/i.test(key)) return undefined;
  const metadata = session === undefined ? objectAt(objectAt(note.metadata, 'prompts'), key) : objectAt(objectAt(note.metadata, 'sessions'), session);
  const [, trace = ''] = key.split('::');
  const told = textAt(objectAt(metadata, 'custom_attributes'), evidenceKey)?.split(' ').find((each) => each.startsWith(`${trace}=`))?.slice(trace.length + 1);
  return { kind: 'ai', origin: originIn(metadata), evidence: isEvidence(told) ? told : 'reported', noted: { key, metadata } };
}

/** `s_…` of `s_…::t_…`. */
export function sessionIn(key: string): string | undefined {
  return key.startsWith('s_') ? key.split('::')[0] : undefined;
}

function originIn(metadata: JsonObject): AiOrigin {
  const agent = objectAt(metadata, 'agent_id');
  const [tool, session, model] = ['tool', 'id', 'model'].map((key) => textAt(agent, key));
  return {
    kind: 'ai',
    tool: tool === undefined || tool === '' ? 'unknown' : tool,
    ...(model !== undefined && model !== '' && model !== 'unknown' && { model }),
    ...(session !== undefined && session !== '' && { session }),
  };
}

function isEvidence(value: string | undefined): value is Evidence {
  return value === 'reported' || value === 'observed' || value === 'inferred';
}
