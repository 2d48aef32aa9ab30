/** The service in the how-to about the events of cases writes each message of Pub/Sub into the chat. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { it } from "vitest";
import { blocksOf } from "../support/documents.ts";

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

it("writes each event into the chat, and answers so that Pub/Sub sends a lost one again", async (t) => {
  const [block] = blocksOf("js").filter(({ place }) => place.startsWith("docs/how-to/caseEvents.md"));
  assert.ok(block);
  const written: unknown[] = [];
  let status = 200;
  const chat = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      written.push(JSON.parse(body));
      response.writeHead(status).end();
    });
  }).listen(0, "127.0.0.1");
  t.onTestFinished(() => void chat.close());
  await once(chat, "listening");
  const port = await freePort();
  const webhook = `http://127.0.0.1:${String((chat.address() as AddressInfo).port)}/`;
  const env = { ...process.env, PORT: String(port), CHAT_WEBHOOK: webhook };
  const service = spawn(process.execPath, ["--input-type=module", "--eval", block.text], { env, stdio: "inherit" });
  t.onTestFinished(() => void service.kill());
  const send = async (body: string): Promise<number> => {
    for (let attempt = 1; ; attempt++)
      try {
        return (await fetch(`http://127.0.0.1:${String(port)}/`, { method: "POST", body })).status;
      } catch (error) {
        if (attempt === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
  };
  const data = Buffer.from('{"name":"projects/shop-dev/cases/1","state":"NEW"}').toString("base64");
  const message = JSON.stringify({ message: { data, messageId: "1" }, subscription: "case-events" });
  assert.equal(await send(message), 204);
  assert.deepEqual(written, [
    { text: 'A support case has changed: {"name":"projects/shop-dev/cases/1","state":"NEW"}' },
  ]);
  status = 500;
  assert.equal(await send(message), 502);
  assert.equal(await send("not a message"), 400);
});
