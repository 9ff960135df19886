import path from 'node:path';

/** The folder of the bundles, beside which the grammars lie; parts that are loaded later stand in a folder of their own in it. */
export const dist = path.basename(__dirname) === 'later' ? path.dirname(__dirname) : __dirname;
