/** The inline program of docs/how-to/landingZone.md, which the Automation API deploys from the installed package. */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { stripTypeScriptTypes } from "node:module";
import { readFile } from "node:fs/promises";
import { describe, it } from "vitest";
import { startCloud } from "../../tools/localCloud/index.ts";
import { pack } from "../../tools/pack/index.ts";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { holdingsOf } from "../../tools/stack/index.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { consumer } from "./consumer.ts";

describe("an inline program of the Automation API", () => {
  it("is deployed, and changes nothing more", async (t) => {
    const page = await readFile(join(root, "docs/how-to/landingZone.md"), "utf8");
    const [, text = ""] = /```ts\n(import \{ LocalWorkspace \}.*?)```/s.exec(page) ?? [];
    const engine = await engineFromEnvironment();
    const [cloud, program] = [await startCloud(), await consumer(await pack(join(home, "tests", "inline")))];
    t.onTestFinished(() => cloud.close());
    t.onTestFinished(() => program.close());
    const file = await program.write("inline.mjs", stripTypeScriptTypes(text));
    await mkdir(join(program.folder, "state"));
    const env = {
      ...process.env,
      ...engine.environment,
      ...cloud.environment,
      GOOGLE_CLOUD_UNIVERSE_DOMAIN: "emulator.invalid",
      PULUMI_BACKEND_URL: `file://${join(program.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "local",
    };
    const deploy = () => run(process.execPath, [file], { cwd: program.folder, env, timeout: 600_000 });
    for (const expected of ["first", "second"]) {
      const { code, stdout, stderr } = await deploy();
      assert.equal(code, 0, `${expected}: ${stdout}${stderr}`);
      assert.match(stdout, /succeeded/);
    }
    const { cases, grants } = holdingsOf(cloud.state);
    assert.ok(grants.includes("projects/shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com"));
    assert.equal(
      cases.filter((one) => /^projects\/shop-dev\/cases\/\d+ CLOSED$/.test(one)).length,
      1,
      cases.join("\n"),
    );
    assert.equal(cloud.requests.filter(({ rpc }) => rpc === "CreateCase").length, 1);
  });
});
