/** Files of packages that ship beside the bundles, each under a name of its own. */
export const grammarFiles: readonly string[];
