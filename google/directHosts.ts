/**
 * The hosts that are called without the proxy, by the rules of Go, so that the program and the gcp plugin treat `NO_PROXY` alike.
 *
 * Source: golang.org/x/net/http/httpproxy
 */
import { BlockList, isIP } from "node:net";
import { gaxios } from "google-auth-library";

/** Requests to this machine never use a proxy, regardless of NO_PROXY, because no proxy could reach it. */
const loopback = /^(localhost|127(\.\d+){3}|::1)$/;

/** Whether a URL is called without the proxy. @param noProxy The value of NO_PROXY. */
export function isDirect(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return loopback.test(host) || noProxy.split(",").some((entry) => covers(entry.trim().toLowerCase(), host, port));
}

/** Whether an entry, such as `example.com:443`, `.example.com`, `10.0.0.0/8` or `*`, covers the host. */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const family = isIP(host) === 6 ? "ipv6" : "ipv4";
  const [network = "", bits] = entry.split("/");
  if (bits !== undefined) return isIP(host) !== 0 && isInNetwork(host, family, network, bits);
  const [, bracketed, plain = bracketed ?? "", ofPort = ""] =
    isIP(entry) === 0 ? (/^(?:\[(.+)\](?=:)|([^:[]+))(?::(\d*))?$/.exec(entry) ?? []) : ["", undefined, entry];
  const name = plain.replace(/^\*(?=\.)/, "");
  if (name === "" || (ofPort !== "" && ofPort !== port)) return false;
  if (isIP(host) !== 0)
    return isIP(name) === isIP(host) && isInNetwork(host, family, name, isIP(host) === 6 ? "128" : "32");
  return name.startsWith(".") ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

function isInNetwork(host: string, family: "ipv4" | "ipv6", network: string, bits: string): boolean {
  const size = Number(bits);
  if (isIP(network) !== (family === "ipv6" ? 6 : 4) || !/^\d+$/.test(bits) || size > (family === "ipv6" ? 128 : 32))
    return false;
  const list = new BlockList();
  list.addSubnet(network, size, family);
  return list.check(host, family);
}

/** A rule of Google's library, which accepts only regular expressions for its URLs. */
export class DirectHosts extends RegExp {
  override test(url: string): boolean {
    return isDirect(new URL(url), process.env["NO_PROXY"] || process.env["no_proxy"] || "");
  }
}

const client = new gaxios.Gaxios({
  noProxy: [new DirectHosts("")],
  // The caller reads the body and judges the status, as with fetch.
  responseType: "stream",
  validateStatus: () => true,
});

/** Sends a request that is not to Google's APIs by the same rules. Node's own `fetch` ignores `HTTPS_PROXY`. */
export async function proxiedFetch(url: string, options: RequestInit): Promise<Response> {
  return client.fetch(url, options);
}
