// Runs the one test of an attack in mocha. Usage: node scripts/removedTest.mjs FILE ATTACK
import { spawnSync } from 'node:child_process';
import { bundleTests } from './testing/bundle.mjs';

const [file, attack] = process.argv.slice(2);
const bundled = await bundleTests('cli', [file]);
const { status } = spawnSync(process.execPath, ['--enable-source-maps', 'node_modules/mocha/bin/mocha.js', '--no-color', '--timeout', '180000', '--fgrep', attack, ...bundled.values()], { stdio: 'inherit' });
process.exitCode = status ?? 1;
