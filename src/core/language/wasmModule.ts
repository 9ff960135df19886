declare const isCompiled: unique symbol;

/** WebAssembly that is compiled. */
export interface WasmModule {
  readonly [isCompiled]: true;
}

/** What imports are given to, and what it exports is left to who knows it. */
export interface WasmInstance {
  readonly exports: unknown;
}

/** What is used of it: to TypeScript it comes with a browser's page. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: WasmInstance; readonly module: WasmModule }>;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: object) => WasmInstance;
};

/** Compiles at once: nobody else has a turn meanwhile. */
export function compileNow(bytes: Uint8Array): WasmModule {
  return new WebAssembly.Module(bytes);
}

export async function instantiate(code: Uint8Array | WasmModule, imports: object): Promise<{ readonly instance: WasmInstance; readonly module: WasmModule }> {
  return code instanceof Uint8Array ? WebAssembly.instantiate(code, imports) : { instance: new WebAssembly.Instance(code, imports), module: code };
}
