/** Whether the way to a remote leads over a network: not for a folder, nor for this machine itself. */
export function needsNetwork(url: string): boolean {
  const [, scheme, rest = url] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url) ?? [];
  if (scheme?.toLowerCase() === 'file') return false;
  const [, host] = scheme === undefined ? (/^(?:[^/@\s]*@)?(\[[^\]]*\]|[^/\\:\s]{2,}):/.exec(rest) ?? []) : (/^(?:[^/@]*@)?(\[[^\]]*\]|[^/:]*)/.exec(rest) ?? []);
  return host !== undefined && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(host);
}
