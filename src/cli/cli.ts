#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { loadCompiled } from '../node/compiledCode.ts';

// V8 compiles again, better, what has run a while: a third as eagerly, for a command is mostly over before that pays. Set before anything is loaded, since what was
// compiled under other flags is not taken, and by the first thread, whose flags the others have. Only the V8 of Node 20 has the flag: others complain of it.
if (isMainThread && process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=400000');

const command = /^[a-z]{1,20}$/.exec(process.argv[2] ?? '')?.[0];

// All else stands in a bundle of its own: the half of a short run would go into compiling it, for each thread once more.
const { exports, keep, isToBeKept } = loadCompiled<typeof import('./commandLine.ts')>('commandLine', command);
const { runCommand, runThread, hurry } = exports;
if (!isToBeKept && isMainThread) hurry();

if (isMainThread) {
  process.once('exit', (code) => {
    // What was called wrongly may be no command at all.
    if (code !== 2) keep();
  });
  runCommand();
} else void runThread();
