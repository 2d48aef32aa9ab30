/**
 * Accepts only requests from programs on this machine. Web pages are rejected, even with a host name that resolves to the
 * loopback (DNS rebinding), because they could read and change the state.
 */
import { BlockList, isIP } from "node:net";
import type { FastifyInstance } from "fastify";
import { ApiError } from "./errors.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** The headers with which a browser identifies the origin of a request. */
interface Headers {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly "sec-fetch-site"?: string | string[] | undefined;
}

/** The reason for a rejection; undefined if the request is accepted. */
export function refusalOf({ host = "", origin, "sec-fetch-site": site }: Headers): string | undefined {
  if (!isLocalHost(host))
    return `the Host ${JSON.stringify(host)} is not a loopback address; use http://127.0.0.1 and the port`;
  if (origin !== undefined && origin !== `http://${host}`)
    return `the Origin ${JSON.stringify(origin)} is not the local cloud's own; no web page may call it`;
  if (site !== undefined && site !== "same-origin" && site !== "none")
    return `it comes from another site (Sec-Fetch-Site ${JSON.stringify(site)}); no web page may call it`;
  return undefined;
}

function isLocalHost(host: string): boolean {
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === "localhost" || isLoopback(hostname.replace(/^\[|\]$/g, ""));
}

/** Rejects all requests from elsewhere. */
export function refuseOtherCallers(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    const reason = refusalOf(request.headers);
    if (reason === undefined) return;
    const error = new ApiError("PERMISSION_DENIED", `The local cloud refuses the request: ${reason}.`);
    await reply.code(error.code).send(error.body());
  });
}
