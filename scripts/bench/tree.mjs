import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../../esbuild.mjs';
import { unpackedPackage } from '../npmPackage.mjs';
import { npmPackages } from '../realcode/packages.mjs';

const root = path.resolve(import.meta.dirname, '../..');
/** Outside of the project: what its git ignores is not checked. */
const folder = path.join(tmpdir(), 'firebreak-bench-tree');

/** Programs, libraries and tools, compiled file by file or as they were written; packages that are mostly bundles are none of them. */
const many = ['@nestjs/core', 'app-builder-lib', 'drizzle-orm', 'ember-source', 'eslint', 'fastify', 'gatsby', 'jsdom', 'knex', 'kysely', 'lodash', 'mongoose', 'npm', 'parse-server', 'pm2', 'react-native', 'react-native-reanimated', 'rxjs', 'sequelize', 'svelte', 'typeorm'];

/** What is checked, and how often: one tree full of SQL and deletes, and one of many kinds of code. */
const trees = [
  { what: 'typeorm, compiled, which is full of SQL and deletes', packages: { typeorm: '0.3.20' }, times: 5, timesOthers: 5 },
  { what: `${many.length} packages of bench:realcode`, packages: Object.fromEntries(many.map((name) => [name, npmPackages[name]])), times: 3, timesOthers: 1 },
];

/** The same JavaScript files for every tool. */
function corpus(packages) {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, version] of Object.entries(packages)) {
    const from = unpackedPackage(name, version, path.join(root, 'out/bench'));
    cpSync(from, path.join(folder, 'src', name), { recursive: true, filter: (file) => statSync(file).isDirectory() || file.endsWith('.js') });
  }
  const files = readdirSync(path.join(folder, 'src'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { files: files.length, bytes: files.reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0) };
}

/** A rule each for 200 methods, as people write them for such a tool. */
function astGrepRules() {
  const names = ['delete', 'remove', 'drop', 'destroy', 'truncate', 'clear', 'purge', 'terminate'].flatMap((verb) => Array.from({ length: 25 }, (_, index) => `${verb}${['', 'All', 'Many', 'Table', 'Database', 'Bucket', 'Stack', 'User', 'Group', 'Role', 'Key', 'Index', 'View', 'Schema', 'Column', 'Queue', 'Topic', 'Cluster', 'Volume', 'Image', 'Backup', 'Policy', 'Record', 'Zone', 'Item'][index]}`));
  const rules = path.join(folder, 'rules');
  mkdirSync(rules, { recursive: true });
  for (const [index, name] of names.entries()) writeFileSync(path.join(rules, `r${index}.yml`), `id: r${index}\nlanguage: JavaScript\nmessage: ${name}\nseverity: warning\nrule:\n  pattern: $A.${name}($$$)\n`);
  writeFileSync(path.join(folder, 'sgconfig.yml'), 'ruleDirs: [rules]\n');
  return names.length;
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
    child.once('error', reject);
    child.once('close', () => resolve((performance.now() - start) / 1000));
  });
}

async function median(command, args, count) {
  const taken = [];
  for (let index = 0; index < count; index++) taken.push(await run(command, args));
  return taken.sort((a, b) => a - b)[Math.floor(count / 2)];
}

/** `firebreak check` over trees and over four files, beside other tools on the same files. */
export async function benchTree() {
  await build();
  for (const tree of trees) await benchOne(tree);
}

async function benchOne({ what, packages, times, timesOthers }) {
  const { files, bytes } = corpus(packages);
  const rules = astGrepRules();
  const cli = path.join(root, 'dist/cli.js');
  const binary = path.join(unpackedPackage(`@ast-grep/cli-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`, '0.51.1', path.join(root, 'out/bench')), 'ast-grep');
  const eslint = path.join(root, 'node_modules/eslint/bin/eslint.js');
  const eslintConfig = path.join(folder, 'eslint.config.mjs');
  writeFileSync(eslintConfig, `export default [{ files: ['**/*.js'], rules: { 'no-restricted-syntax': ['error', 'CallExpression[callee.property.name=/^(?:delete|drop|truncate)/]'] } }];\n`);
  console.log(`\n${what}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB of JavaScript; medians of ${times} runs, of the others of ${timesOthers}, the start of each program included`);
  const say = (name, seconds) => console.log(`${name.padEnd(58)}${seconds.toFixed(2).padStart(8)} s${(files / seconds).toFixed(0).padStart(8)} files/s`);
  const own = [cli, 'check', '--scope', 'all', 'src'];
  const one = await median(process.execPath, [...own, '--threads', '1'], times);
  const all = await median(process.execPath, own, times);
  say('firebreak check, one thread', one);
  say('firebreak check, all cores', all);
  if (existsSync(binary)) {
    const theirs = await median(binary, ['scan', '--threads', '1', 'src'], timesOthers);
    const theirsAll = await median(binary, ['scan', 'src'], timesOthers);
    say(`ast-grep with ${rules} rules, one thread`, theirs);
    say(`ast-grep with ${rules} rules, all cores`, theirsAll);
    console.log(`  ${(theirs / one).toFixed(1)} times faster on one thread, ${(theirsAll / all).toFixed(1)} times on all cores`);
  }
  const linted = await median(process.execPath, [eslint, '--config', eslintConfig, 'src'], 1);
  say('ESLint with one rule', linted);
  console.log(`  ${(linted / all).toFixed(1)} times faster`);
  const four = readdirSync(path.join(folder, 'src'), { recursive: true }).filter((file) => file.endsWith('.js')).slice(0, 4);
  const few = await median(process.execPath, [cli, 'check', '--scope', 'all', ...four.map((file) => path.join('src', file))], times);
  console.log(`${'firebreak check of four files'.padEnd(58)}${(few * 1000).toFixed(0).padStart(8)} ms`);
}
