/** The environment for a program that is started from here, with the certificates of which the launcher rid ours. */
export function environmentForOthers(): NodeJS.ProcessEnv {
  const { FIREBREAK_EXTRA_CA_CERTS: certificates, ...env } = process.env;
  return certificates === undefined ? env : { ...env, NODE_EXTRA_CA_CERTS: certificates };
}
