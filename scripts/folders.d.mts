export function findProgram(names: readonly string[], otherFolders?: readonly string[]): string | undefined;
