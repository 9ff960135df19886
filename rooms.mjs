/**
 * Who may import whom: the one table that `eslint.config.mjs` enforces and `docs/architecture.md` explains.
 * A room is a folder; `npm` lists the packages that its files may use, `node` and `vscode` whether the platform is in reach.
 */
export const rooms = {
  'src/core/text': { rooms: [], npm: [] },
  'src/core/attribution': { rooms: ['src/core/text'], npm: ['diff', 'zod'] },
  'src/core/language': { rooms: ['src/core/text'], npm: ['web-tree-sitter', 'unbash'] },
  'src/core/catalogue': { rooms: [], npm: [] },
  'src/core/check': { rooms: ['src/core/text', 'src/core/attribution', 'src/core/language', 'src/core/catalogue'], npm: [] },
  'src/core/rules': { rooms: ['src/core/check', 'src/core/language', 'src/core/catalogue'], npm: [] },
  'src/core/policy': { rooms: ['src/core/text'], npm: ['ignore', 'yaml', 'zod'] },
  'src/core/review': { rooms: ['src/core/text', 'src/core/policy', 'src/core/check'], npm: ['yaml', 'zod'] },
  'src/core/report': { rooms: ['src/core/text', 'src/core/attribution', 'src/core/check', 'src/core/review'], npm: ['zod'] },
  'src/core/forge': { rooms: ['src/core/check', 'src/core/policy', 'src/core/review'], npm: ['zod'] },
  'src/core/agents': { rooms: ['src/core/text', 'src/core/attribution', 'src/core/check', 'src/core/policy'], npm: ['jsonc-parser'] },
  'src/node': { rooms: ['src/core/*'], npm: [], node: true },
  'src/cli': { rooms: ['src/core/*', 'src/node'], npm: ['commander', 'zod', '@modelcontextprotocol/sdk'], node: true },
  'src/vscode': { rooms: ['src/core/*'], npm: [], vscode: true },
};

/** The one file of `src/vscode` that sees the real ports: it wires them to the features. */
export const entryOfVscode = 'src/vscode/extension.ts';
