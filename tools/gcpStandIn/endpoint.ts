import { isIP } from "node:net";

/** Whether a host, in the form of `URL`, is this machine. */
function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "[::1]" || isLoopbackAddress(host);
}

/** Whether an IP address is a loopback address. */
export function isLoopbackAddress(address: string): boolean {
  return address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}

/**
 * The URL of a request or of a custom endpoint, which must be on this machine. This plugin is only for the local Google Cloud:
 * an error in the configuration must never send a request or a token to the real one.
 */
export function loopbackUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.protocol !== "http:")
    throw new Error(refusal(what, url?.origin ?? text, "is not a URL that starts with http://"));
  if (url.username !== "" || url.password !== "") throw new Error(refusal(what, url.origin, "contains a user name"));
  if (!isLoopbackHost(url.hostname)) throw new Error(refusal(what, url.origin, "is not on this machine"));
  return url;
}

function refusal(what: string, got: string, wrong: string): string {
  return (
    `${what}: ${got} ${wrong}. This is the stand-in for the gcp plugin: it calls only a local Google Cloud ` +
    `(http://127.x.x.x, http://[::1] or http://localhost). For any other install the real plugin: ` +
    `pulumi plugin install resource gcp`
  );
}
