/** Both spellings, because programs differ in which one they read. */
const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "GRPC_PROXY"];
const noProxy = "NO_PROXY";

/** Names of this machine. Some programs require brackets around an IPv6 address. */
const loopback = ["localhost", "127.0.0.1", "::1", "[::1]"];

/**
 * The variables with which programs reach this machine without the environment's proxy: the local Google Cloud, and the processes
 * of Pulumi's engine. Empty without a proxy.
 *
 * No space after a comma, because gRPC would treat it as a part of the name.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
export function withoutProxyForLoopback(environment) {
  const value = (/** @type {string} */ name) => environment[name] || environment[name.toLowerCase()];
  if (!proxies.some(value)) return {};
  /** @param {string | undefined} given */
  const extended = (given) => {
    const names = (given ?? "").split(",").map((name) => name.trim());
    return [...new Set([...names.filter((name) => name !== ""), ...loopback])].join(",");
  };
  const [upper, lower] = [environment[noProxy], environment[noProxy.toLowerCase()]];
  return { [noProxy]: extended(upper || lower), [noProxy.toLowerCase()]: extended(lower || upper) };
}
