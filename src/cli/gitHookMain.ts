import { gitHook } from './gitHook.ts';

// A bundle of its own: git waits for it after each commit.
void gitHook(process.argv[2], process.argv.slice(3));
