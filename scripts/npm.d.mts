export function runNpm(args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<string>;
