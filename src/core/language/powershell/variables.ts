import { hole } from '../operation.ts';
import type { Meaning } from '../shell/words.ts';

const assignment = /(?:\[[\w.[\]]+\]\s*)?\$(?:\{([^}]*)\}|((?:\w+:)?\w+))\s*(\+|-|\*|\?\?)?=(?!=)/y;

/** What a script sets variables to, in the order of the text; one that is set to different values is known at run time only. */
export class Variables {
  private readonly values = new Map<string, Meaning | undefined>();
  private readonly tables = new Map<string, readonly Meaning[]>();

  assignmentAt(text: string, at: number): { name: string; behind: number; isAdded: boolean } | undefined {
    assignment.lastIndex = at;
    const match = assignment.exec(text);
    return match === null ? undefined : { name: keyOf(match[1] ?? match[2] ?? ''), behind: at + match[0].length, isAdded: match[3] !== undefined };
  }

  set(name: string, meaning: Meaning | undefined, source: string): void {
    const known = this.values.get(name);
    const isOther = this.values.has(name) && known?.text !== meaning?.text;
    // What is set to nothing is set to something elsewhere.
    this.values.set(name, isOther || meaning?.text === '' ? undefined : meaning);
    if (source.startsWith('@{')) this.tables.set(name, parametersIn(source));
  }

  valueOf(name: string): Meaning | undefined {
    return this.values.get(keyOf(name));
  }

  /** The parameters that `@name` stands for. */
  splat(name: string): readonly Meaning[] {
    return this.tables.get(keyOf(name)) ?? [];
  }
}

const temporary = /^(?:Join-Path\s+(?:-Path\s+)?)?\(?\s*(?:\[(?:System\.)?IO\.Path\]::GetTemp(?:Path|FileName)\(\)|New-TemporaryFile\b|\$env:(?:TEMP|TMP|TMPDIR)\b)/i;

/** What an expression for a path among the temporary ones stands for: something there. */
export function temporaryPath(source: string): Meaning | undefined {
  return temporary.test(source) ? { text: hole, pieces: [], holes: ['$env:TEMP'] } : undefined;
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/^(?:script|global|local|private):/, '');
}

/** The entries of a hashtable as parameters: `@{ Path = 'x'; Recurse = $true }` is `-Path x -Recurse`. */
function parametersIn(source: string): Meaning[] {
  const word = (text: string, holes: readonly string[] = []): Meaning => ({ text, pieces: [], holes });
  return [...source.matchAll(/["']?(?<!\w)(\w+)["']?[ \t]*=[ \t]*(?:'([^']*)'|"([^"$`]*)"|([^\n;}]*))/g)].flatMap(([, key = '', single, double, other = '']) => {
    const written = other.trim();
    if (/^\$false$/i.test(written)) return [];
    if (/^\$true$/i.test(written)) return [word(`-${key}`)];
    const text = single ?? double;
    return [word(`-${key}`), text === undefined ? word(hole, [written]) : word(text)];
  });
}
