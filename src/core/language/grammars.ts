import { Language, Parser } from 'web-tree-sitter';
import type { LanguageId } from './language.ts';
import { startParserRuntime } from './parserRuntime.ts';
import type { WasmModule } from './wasmModule.ts';

/** The files that parsing needs: the parser's runtime and one per grammar. */
export type GrammarFile = 'web-tree-sitter' | `tree-sitter-${GrammarName}`;

type GrammarName =
  | 'c_sharp' | 'go' | 'java' | 'javascript' | 'json' | 'kotlin' | 'php'
  | 'python' | 'ruby' | 'rust' | 'terraform' | 'tsx' | 'typescript' | 'yaml'; // prettier-ignore

/** Where the WebAssembly of the parser's runtime and of the grammars comes from: the disk, or the network of a browser. Who need not wait for others compiles it, too. */
export type ReadGrammar = (file: GrammarFile) => Promise<Uint8Array | WasmModule>;

/** Languages that tree-sitter reads; shell and SQL have parsers of their own that need no file. */
const grammarOf: Readonly<Partial<Record<LanguageId, GrammarFile>>> = {
  javascript: 'tree-sitter-javascript',
  typescript: 'tree-sitter-typescript',
  tsx: 'tree-sitter-tsx',
  hcl: 'tree-sitter-terraform',
  python: 'tree-sitter-python',
  java: 'tree-sitter-java',
  kotlin: 'tree-sitter-kotlin',
  csharp: 'tree-sitter-c_sharp',
  yaml: 'tree-sitter-yaml',
  json: 'tree-sitter-json',
  go: 'tree-sitter-go',
  ruby: 'tree-sitter-ruby',
  php: 'tree-sitter-php',
  rust: 'tree-sitter-rust',
};

/** Loads the runtime and each grammar once, when first asked. */
export class Grammars {
  private runtime: Promise<void> | undefined;
  private readonly languages = new Map<GrammarFile, Promise<Language>>();

  constructor(private readonly read: ReadGrammar) {}

  /** A parser of its own for the caller to delete, or undefined for a language that needs none. Fails when a file cannot be loaded; the next call tries again. */
  async parserFor(language: LanguageId): Promise<Parser | undefined> {
    return (await this.parsersFor(language))?.();
  }

  /** The same for who cannot say beforehand how many it needs. */
  async parsersFor(language: LanguageId): Promise<(() => Parser) | undefined> {
    const file = grammarOf[language];
    if (file === undefined) return undefined;
    this.runtime ??= this.loadRuntime();
    await this.runtime;
    let loading = this.languages.get(file);
    if (loading === undefined) {
      loading = this.read(file).then((read) => (read instanceof Uint8Array ? Language.load(read) : Language.loadSync(read)));
      this.languages.set(file, loading);
      loading.catch(() => this.languages.delete(file));
    }
    const grammar = await loading;
    return () => new Parser().setLanguage(grammar);
  }

  private async loadRuntime(): Promise<void> {
    try {
      await startParserRuntime(await this.read('web-tree-sitter'));
    } catch (error) {
      this.runtime = undefined;
      throw error;
    }
  }
}
