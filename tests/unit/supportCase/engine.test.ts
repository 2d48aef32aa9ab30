/** Nothing is sent for an engine that has ended (components/supportCase/write.ts). */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { createCase } from "../../../components/supportCase/create.ts";
import { assertEngineAlive } from "../../../components/supportCase/write.ts";
import { deleteCase } from "../../../components/supportCase/close.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import { errorOf, states } from "./setting.ts";

describe("the engine", () => {
  const listening = async (t: TestContext) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.onTestFinished(() => void server.close());
    return { server, address: `127.0.0.1:${String((server.address() as AddressInfo).port)}` };
  };

  it("is there while it takes connections", async (t) => {
    const { server, address } = await listening(t);
    await assertEngineAlive(address);
    server.close();
    await assert.rejects(assertEngineAlive(address), /Pulumi is no longer running, so nothing more is sent/);
  });

  it("is not required where none has started the process", async () => {
    for (const argument of [undefined, "", "case", "tests/unit/supportCase/engine.test.ts"])
      await assertEngineAlive(argument);
  });

  it("that has ended has nothing more sent for it", async (t) => {
    const { server, address } = await listening(t);
    const setting = await openSetting(t, undefined, () => assertEngineAlive(address));
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    server.close();
    const { message } = await errorOf(deleteCase(name, inputs, setting));
    assert.match(message, /Pulumi is no longer running/);
    assert.equal(setting.calls("CloseCase"), 0);
    assert.deepEqual(states(setting), ["NEW"]);
  });

  for (const isKept of [true, false])
    it(`that is killed leaves ${isKept ? "a process that is silent" : "Pulumi's own process without an end of errors"}`, async () => {
      // As Pulumi's process for dynamic providers has it.
      const program = `
        import { ignoreClosedPipes } from ${JSON.stringify(new URL("../../../components/supportCase/write.ts", import.meta.url).href)};
        let errors = 0;
        process.on("uncaughtException", (error) => {
          errors += 1;
          if (errors < 20) console.error(error.stack);
        });
        ${isKept ? "ignoreClosedPipes();" : ""}
        process.once("message", async () => {
          for (let turn = 0; turn < 20; turn += 1) {
            console.log("a message");
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
          process.send(errors, () => process.exit());
        });
        process.send("ready");`;
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      const [ready] = (await once(child, "message")) as [unknown];
      assert.equal(ready, "ready");
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.send("the pipes are closed");
      const [errors] = (await once(child, "message")) as [number];
      assert.equal(errors > 0, !isKept);
    });
});
