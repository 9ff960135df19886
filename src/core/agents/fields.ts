/**
 * The fields of an untrusted object. Names are matched without case and separators: agents send `tool_name` and `toolName`, sometimes both
 * kinds in one payload. What is missing or of another type is undefined.
 */
export class Fields {
  static of(value: unknown): Fields {
    const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
    return new Fields(new Map(entries.map(([name, each]) => [plain(name), each])));
  }

  private constructor(private readonly values: ReadonlyMap<string, unknown>) {}

  with(name: string, value: unknown): Fields {
    return new Fields(new Map([...this.values, [plain(name), value]]));
  }

  /** The first of the names that there is. */
  value(...names: readonly string[]): unknown {
    for (const name of names) {
      const value = this.values.get(plain(name));
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }

  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.value(name);
      if (typeof value === 'string') return value;
    }
    return undefined;
  }

  /** A text that is not empty. */
  name(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.text(name);
      if (value !== undefined && value !== '') return value;
    }
    return undefined;
  }

  count(...names: readonly string[]): number | undefined {
    const value = this.value(...names);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }

  isTrue(...names: readonly string[]): boolean {
    return this.value(...names) === true;
  }

  isFalse(...names: readonly string[]): boolean {
    return this.value(...names) === false;
  }

  /** An object; one that is written as JSON in a text is read. */
  object(...names: readonly string[]): Fields {
    const value = this.value(...names);
    return Fields.of(typeof value === 'string' ? parsePayload(value) : value);
  }

  list(...names: readonly string[]): readonly unknown[] {
    const value = this.value(...names);
    return Array.isArray(value) ? value : [];
  }
}

function plain(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}

/** Reads JSON; control characters may stand raw inside its strings. Undefined when it is not JSON. */
export function parsePayload(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json);
  } catch {
    try {
      return JSON.parse(withEscapedControls(json));
    } catch {
      return undefined;
    }
  }
}

function withEscapedControls(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\[^])*"/g, (string) =>
     
    string.replaceAll(/[\u0000-\u001f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** A path as an agent writes it, as the platform would: Windows paths come as `/c:/repo/a.ts` and as URIs. */
export function plainPath(path: string): string {
  const decoded = path.startsWith('file://') ? decodedPath(path.slice('file://'.length)) : path;
  return /^\/[A-Za-z]:(?:[\\/]|$)/.test(decoded) ? decoded.slice(1) : decoded;
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
