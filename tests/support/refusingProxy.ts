/** A proxy that refuses all requests, and records their hosts. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface RefusingProxy {
  /** Such as `http://127.0.0.1:3128`. */
  readonly address: string;
  /** The requests that it received, such as `CONNECT api.example.com:443`. */
  readonly asked: string[];
  /** Each variable by which a program finds a proxy. */
  readonly environment: Record<string, string>;
  close(): void;
}

const variables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "GRPC_PROXY"];

export async function refusingProxy(): Promise<RefusingProxy> {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    reply.writeHead(403).end("This proxy refuses everything.");
  });
  server.on("connect", (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url ?? ""}`);
    socket.on("error", () => undefined).end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const names = variables.flatMap((name) => [name, name.toLowerCase()]);
  return {
    address,
    asked,
    environment: Object.fromEntries(names.map((name) => [name, address])),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The requests for this machine, which no proxy may get. */
export function ofThisMachine(asked: readonly string[]): string[] {
  return asked.filter((one) => /localhost|127\.\d+\.\d+\.\d+|\[?::1\]?/.test(one));
}
