import type { Word } from '../operation.ts';

/** Parameters that take no value, of all cmdlets and of those that remove things. */
const switches = ['recurse', 'force', 'whatif', 'confirm', 'verbose', 'debug', 'passthru', 'asjob', 'nowait', 'wait', 'allversions', 'removedata', 'removeoem', 'deletebucketcontent', 'removevhd', 'purge', 'permanent', 'hardDelete', 'includesubdirectories', 'noninteractive', 'file', 'directory', 'hidden', 'purgedata', 'deletesnapshot'].map((name) => name.toLowerCase());

/** What a command is given, by PowerShell's own rules: names in either case and shortened, values behind them or after a colon. */
export class Parameters<W extends Word = Word> {
  readonly operands: readonly W[];
  private readonly named = new Map<string, W | undefined>();
  private readonly off = new Set<string>();

  constructor(words: readonly W[]) {
    const operands: W[] = [];
    let name = '';
    for (const [index, word] of words.entries()) {
      const [, given, value] = /^-([A-Za-z]\w*)(?::(.*))?$/.exec(word.text) ?? [];
      if (given !== undefined) {
        name = given.toLowerCase();
        this.named.set(name, undefined);
        if (value !== undefined) {
          // The value stands in the same word, or behind the colon as one of its own.
          if (/^(?:false|0|\$false)$/i.test(word.source.slice(word.source.indexOf(':') + 1).trim())) this.off.add(name);
          else this.named.set(name, { ...word, text: value });
          name = '';
        } else if (switches.some((each) => each.startsWith(name)) && !/^\$(?:true|false)$/i.test(words[index + 1]?.source ?? '')) name = '';
      } else if (name !== '') {
        this.named.set(name, word);
        name = '';
      } else operands.push(word);
    }
    this.operands = operands;
  }

  /** Whether a switch is given: `-Recurse`, `-rec`, `-Recurse:$true`. */
  has(name: string): boolean {
    return [...this.named.keys()].some((given) => name.startsWith(given) && !this.off.has(given));
  }

  /** Whether a switch is given as off: `-Confirm:$false`. */
  isOff(name: string): boolean {
    return [...this.off].some((given) => name.startsWith(given));
  }

  get(...names: readonly string[]): W | undefined {
    return [...this.named].find(([given]) => names.some((name) => name.startsWith(given)))?.[1];
  }

  /** Whether a word is a value rather than a parameter's name. */
  isArgument(word: W): boolean {
    return this.operands.includes(word) || [...this.named].some(([name, value]) => value === word && 'argumentlist'.startsWith(name));
  }
}

export function parametersOf<W extends Word>(words: readonly W[]): Parameters<W> {
  return new Parameters(words);
}
