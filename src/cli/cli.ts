#!/usr/bin/env node
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { loadCompiled } from '../node/compiledCode.ts';
import { dist } from '../node/dist.ts';

// All else stands in a bundle of its own: the half of a short run would go into compiling it, for each thread once more.
const { exports, keep } = loadCompiled(path.join(dist, 'later', 'commandLine.js'), path.join(dist, 'compiled', `commandLine-${process.version}-${process.arch}`));
const { runCommand, runThread } = exports as typeof import('./commandLine.ts');

if (isMainThread) {
  process.once('exit', keep);
  runCommand();
} else void runThread();
