#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import { loadCompiled } from '../node/compiledCode.ts';

// All else stands in a bundle of its own: the half of a short run would go into compiling it, for each thread once more.
const { exports, keep } = loadCompiled<typeof import('./commandLine.ts')>('commandLine');
const { runCommand, runThread } = exports;

if (isMainThread) {
  process.once('exit', keep);
  runCommand();
} else void runThread();
