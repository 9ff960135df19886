import type { Plugin } from 'esbuild';

export function whenAsked(prepared: (source: string, file: string) => string): Plugin;
