import { Parser } from 'web-tree-sitter';
import { instantiate, type WasmInstance, type WasmModule } from './wasmModule.ts';

/**
 * The runtime brings 64 KB of stack for what its functions keep in memory, and nothing notices when it is full: to ask
 * for the parent of what nests some hundred deep made it write over its own data, after which nothing could be parsed.
 * With this much it is JavaScript's own stack that is full first, which ends in an error.
 */
const stackBytes = 16 * 1024 * 1024;

interface Pointer {
  value: number;
}

interface Imports {
  readonly env: { readonly __stack_pointer: Pointer };
}

interface Exports {
  readonly malloc: (bytes: number) => number;
}

/** Parsers that an error left half-way: to delete one, or to let it be collected, would go on in broken data. */
const lost: Parser[] = [];

let stack: { readonly pointer: Pointer; readonly top: number } | undefined;

/** Starts the parser's runtime, of which a process has one. */
export async function startParserRuntime(code: Uint8Array | WasmModule): Promise<void> {
  const made: { imports?: Imports; exports?: Exports } = {};
  await Parser.init({
    async instantiateWasm(imports: Imports, done: (instance: WasmInstance, module: WasmModule) => void) {
      const { instance, module } = await instantiate(code, imports);
      Object.assign(made, { imports, exports: instance.exports as Exports });
      done(instance, module);
    },
  });
  const { imports, exports } = made;
  // Another part of the process may have started it before.
  if (imports === undefined || exports === undefined) return;
  const base = exports.malloc(stackBytes);
  if (base === 0) throw new Error('there is no memory for the parser');
  stack = { pointer: imports.env.__stack_pointer, top: (base + stackBytes) & ~15 };
  stack.pointer.value = stack.top;
}

/** To be called when an error came out of the runtime: what it held on its stack is given up. */
export function unwindStack(): void {
  if (stack !== undefined) stack.pointer.value = stack.top;
}

/** To be called with a parser that an error came out of. */
export function abandon(parser: Parser): void {
  lost.push(parser);
  unwindStack();
}
