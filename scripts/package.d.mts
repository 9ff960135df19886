export function packageExtension(options?: { folder?: string }): Promise<string>;
