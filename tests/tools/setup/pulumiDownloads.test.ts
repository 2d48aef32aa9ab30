import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, utimesSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { reachesPulumiDownloads } from "../../../tools/setup/pulumiDownloads.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { timeLimits } from "../../support/timeLimits.ts";

describe("Pulumi's downloads", () => {
  const folder = temporaryFolder();
  const sockets: Socket[] = [];
  let server: Server;
  let requests = 0;
  let reply: string | undefined;
  let onRequest = () => {};
  let url: string;

  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.push(socket);
      requests += 1;
      onRequest();
      if (reply) socket.end(reply);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it("keep nobody waiting where nothing answers, and are asked once a day", async () => {
    const home = join(folder, "silent");
    const limits = timeLimits();
    onRequest = () => limits.end(3_000);
    assert.equal(await reachesPulumiDownloads(home, url), false);
    assert.deepEqual(limits.set, [3_000]);
    onRequest = () => {};
    const asked = requests;
    assert.equal(await reachesPulumiDownloads(home, url), false);
    assert.equal(requests, asked);

    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    utimesSync(join(home, "no-pulumi-downloads"), yesterday, yesterday);
    reply = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    assert.equal(await reachesPulumiDownloads(home, url), true);
  });

  it("are used if the server answers, without a note", async () => {
    const home = join(folder, "answering");
    assert.equal(await reachesPulumiDownloads(home, url), true);
    assert.equal(existsSync(home), false);
  });
});
