/** Google as an attacker who controls its replies: each text of a reply is hostile, or each reply is an error that echoes the request. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/**
 * - `texts`: each text that a person may have written;
 * - `all`: each text at all, names and states too;
 * - `error`: an error whose every text is hostile, and which echoes the request;
 * - `page`: a page in HTML that does;
 * - `redirect`: to a server elsewhere, which would get the credential.
 */
export type Manner = "texts" | "all" | "error" | "page" | "redirect";

export interface HostileGoogle {
  manner: Manner;
  readonly address: string;
  /** All texts that were answered in place of others. */
  readonly answered: Set<string>;
  /** What reached the server elsewhere. */
  readonly elsewhere: string[];
  close(): void;
}

/** Values that a program needs unchanged to continue. */
const needed =
  /^(name|id|projectId|projectNumber|parent|state|lifecycleState|priority|etag|nextPageToken|.*[tT]ime|role|type|kind|testCase|.*_token|token_type|accessToken|expires_?[iI]n|email|languageCode|languageTag|sizeBytes|mimeType|notificationCategorySubscriptions|members|permissions|billingAccountName|constraint|service|version|recommenderSubtype|lastRefreshTime|category|relevance|severity)$/;

function withTexts(value: unknown, change: (key: string, text: string) => string, key = ""): unknown {
  if (typeof value === "string") return change(key, value);
  if (Array.isArray(value)) return value.map((one) => withTexts(one, change, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, withTexts(child, change, name)]));
}

/**
 * @param cloud The local cloud's address, which answers the other requests.
 * @param text The hostile text.
 */
export async function hostileGoogle(cloud: string, text: string): Promise<HostileGoogle> {
  const elsewhere: string[] = [];
  const other = createServer((request, reply) => {
    elsewhere.push(JSON.stringify([request.url, request.headers]));
    reply.end("{}");
  });
  const server = createServer((request, reply) => void answer(request, reply));
  const listening = [server, other].map((one) => once(one.listen(0, "127.0.0.1"), "listening"));
  await Promise.all(listening);
  const addressOf = (one: typeof server) => `http://127.0.0.1:${String((one.address() as AddressInfo).port)}`;
  const google: HostileGoogle = {
    manner: "texts",
    address: addressOf(server),
    answered: new Set(),
    elsewhere,
    close: () => {
      for (const one of [server, other]) {
        one.closeAllConnections();
        one.close();
      }
    },
  };
  return google;

  async function answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const echo = `${request.method ?? ""} ${request.url ?? ""} ${JSON.stringify(request.headers)} ${body.toString("utf8")}`;
    const json = (status: number, value: unknown) =>
      reply.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    switch (google.manner) {
      case "error": {
        const message = `${text} ${echo}`;
        const details = [
          { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: text, metadata: { consumer: message } },
        ];
        return void json(403, { error: { code: 403, message, status: text, details } });
      }
      case "page":
        return void reply
          .writeHead(400, { "content-type": "text/html" })
          .end(`<html><title>${request.headers.authorization ?? ""}${text}</title><pre>${echo}</pre></html>`);
      case "redirect":
        return void reply.writeHead(307, { location: `${addressOf(other)}${request.url ?? ""}` }).end(echo);
    }
    const {
      host: _host,
      connection: _connection,
      "content-length": _length,
      "transfer-encoding": _coding,
      ...headers
    } = request.headers;
    const from = await fetch(`${cloud}${request.url ?? ""}`, {
      method: request.method ?? "GET",
      headers: headers as Record<string, string>,
      ...(body.length === 0 ? {} : { body }),
    });
    const replied = await from.json();
    const change = (key: string, given: string) => {
      if (google.manner === "texts" && needed.test(key)) return given;
      const changed = `${text}${given}${text}`;
      google.answered.add(changed);
      return changed;
    };
    json(from.status, withTexts(replied, change));
  }
}
