import path from 'node:path';
import { isBuiltin } from 'node:module';
import { entryOfVscode, rooms } from '../../rooms.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const fromRoot = (file) => path.relative(root, file).split(path.sep).join('/');
const roomOf = (file) => Object.keys(rooms).find((room) => file.startsWith(`${room}/`));
const allows = (patterns, room) => patterns.some((p) => (p.endsWith('/*') ? room.startsWith(p.slice(0, -1)) : p === room));
const packageOf = (name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');

/** Why `file` may not import `name`, or undefined when it may. */
function refusal(file, name) {
  const room = roomOf(file);
  if (room === undefined) return `${file} lies in no room; rooms.mjs lists them`;
  const rights = rooms[room];
  if (name === 'vscode') return rights.vscode ? undefined : `${room} may not import vscode`;
  if (isBuiltin(name)) return rights.node ? undefined : `${room} may not import Node's modules`;
  if (!name.startsWith('.')) return rights.npm.includes(packageOf(name)) ? undefined : `${room} may not import the package ${packageOf(name)}`;
  const target = roomOf(fromRoot(path.resolve(root, path.dirname(file), name)));
  if (target === undefined) return `${name} lies in no room; rooms.mjs lists them`;
  if (target === room || allows(rights.rooms, target)) return undefined;
  if (file === entryOfVscode && target === 'src/node') return undefined;
  return `${room} may not import ${target}`;
}

const roomsRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = fromRoot(context.filename);
    if (!file.startsWith('src/')) return {};
    const look = (node) => {
      if (node.source?.type !== 'Literal') return;
      const why = refusal(file, String(node.source.value));
      if (why !== undefined) context.report({ node: node.source, message: `${why} (rooms.mjs).` });
    };
    return { ImportDeclaration: look, ExportNamedDeclaration: look, ExportAllDeclaration: look, ImportExpression: look };
  },
};

const impure = new Set(['process', 'Buffer', 'setTimeout', 'setInterval', 'setImmediate', 'performance', 'crypto', 'fetch', 'console', 'require', '__dirname']);
const impureMember = new Set(['Date.now', 'Math.random']);

const pureCore = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    if (!fromRoot(context.filename).startsWith('src/core/')) return {};
    const report = (node, what) => context.report({ node, message: `core is pure: ${what} comes in as an argument or a port.` });
    return {
      'Program:exit'(node) {
        for (const reference of context.sourceCode.getScope(node).through) {
          if (impure.has(reference.identifier.name) && reference.isValueReference !== false) report(reference.identifier, reference.identifier.name);
        }
      },
      MemberExpression(node) {
        const name = `${node.object.name ?? ''}.${node.property.name ?? ''}`;
        if (impureMember.has(name)) report(node, name);
      },
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'the time');
      },
    };
  },
};

export const roomsPlugin = { rules: { rooms: roomsRule, 'pure-core': pureCore } };
