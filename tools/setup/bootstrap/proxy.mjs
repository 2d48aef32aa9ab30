/** Each by its two names: some programs read the one, some the other. */
const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "GRPC_PROXY"];
const noProxy = "NO_PROXY";

/** Names of this machine, as programs compare them: some take an address of IPv6 with its brackets. */
const loopback = ["localhost", "127.0.0.1", "::1", "[::1]"];

/**
 * What has a program reach this machine without the proxy of the environment: the local Google Cloud, and Pulumi's engine, whose
 * processes call each other. Without a proxy it is nothing.
 *
 * gRPC takes a blank after a comma for a part of the name.
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
