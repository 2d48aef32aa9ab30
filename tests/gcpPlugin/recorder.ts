import { createServer, request as httpRequest } from "node:http";

import type { AddressInfo } from "node:net";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";

/** A request as a plugin sent it: what the two plugins must have in common. */
export interface SentRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  /** The project whose quota pays. */
  userProject: string | undefined;
  /** The reply's HTTP code; 0 when the connection was cut. */
  status: number;
}

/** A server between a plugin and the local cloud, which notes each request whole. */
export interface Recorder {
  /** The `gcp:` configuration that leads through the recorder. */
  readonly gcpConfig: Properties;
  readonly requests: SentRequest[];
  close(): Promise<void>;
}

/** Starts a recorder before a local cloud. */
export async function startRecorder(cloud: { address: string; gcpConfig: Record<string, string> }): Promise<Recorder> {
  const requests: SentRequest[] = [];
  const server = createServer((incoming, reply) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      const url = new URL(incoming.url ?? "/", cloud.address);
      const userProject = incoming.headers["x-goog-user-project"];
      const sent: SentRequest = {
        method: incoming.method ?? "",
        path: url.pathname,
        query: Object.fromEntries([...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1))),
        body: body.length === 0 ? undefined : JSON.parse(body.toString("utf8")),
        userProject: typeof userProject === "string" ? userProject : undefined,
        status: 0,
      };
      requests.push(sent);
      const onward = httpRequest(url, { method: sent.method, headers: incoming.headers, agent: false }, (answer) => {
        sent.status = answer.statusCode ?? 0;
        reply.writeHead(sent.status, answer.headers);
        answer.pipe(reply);
      });
      // A connection that the cloud cuts is cut for the plugin, too.
      onward.on("error", () => incoming.socket.resetAndDestroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const redirect = (value: string): string => value.replace(cloud.address, address);
  return {
    gcpConfig: Object.fromEntries(Object.entries(cloud.gcpConfig).map(([key, value]) => [key, redirect(value)])),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
