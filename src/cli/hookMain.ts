import { hook } from './hook.ts';

// A bundle of its own: an agent waits for it at each write, and all else of the command line would have to be loaded.
hook(process.argv[2]);
