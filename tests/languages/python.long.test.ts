/**
 * The program of docs/how-to/otherLanguages.md in Python, with an SDK that Pulumi generates: deployed, changed by nothing, taken down.
 * It takes two minutes, most of them for Python's packages.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, it } from "vitest";
import { stringify } from "yaml";
import { run as command } from "../../tools/setup/bootstrap/process.mjs";
import { holdingsOf } from "../../tools/stack/index.ts";
import { blocksOf } from "../support/documents.ts";
import { localRun } from "../support/localRun.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { plugin, whyNoPackages } from "./packages.ts";

const engine = await engineFromEnvironment();
const whyNot = (await whyNoPackages()) ?? (await whyNoPython());

/** The one that has the host's protocol. */
const sdk = "pulumi==3.259.0";

async function whyNoPython(): Promise<string | undefined> {
  if (!existsSync(join(dirname(engine.pulumi), "pulumi-language-python")))
    return "the engine that was found has no Python language host (pulumi-language-python) next to it";
  const { code } = await command("python3", ["-c", "import venv, ensurepip"]).catch(() => ({ code: 1 }));
  return code === 0 ? undefined : "there is no Python 3 with venv here";
}

describe("a program in Python", () => {
  it("onboards, makes its case once and closes it, and changes nothing more", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    const [program] = blocksOf("python");
    assert.ok(program);
    const run = await localRun({
      name: "python",
      config: { "gcp:userProjectOverride": "true", "gcp:billingProject": "shop-dev" },
    });
    t.onTestFinished(() => run.close());
    const write = (file: string, text: string) => writeFile(join(run.directory, file), text);
    const runtime = { name: "python", options: { toolchain: "pip", virtualenv: "venv" } };
    await write("Pulumi.yaml", stringify({ name: "customer-care", runtime }));
    await write("requirements.txt", `${sdk}\n`);
    const parts = await readFile(new URL("programs/parts.py", import.meta.url), "utf8");
    await write("__main__.py", `${program.text}\n${parts}`);
    const added = await command(engine.pulumi, ["package", "add", plugin, "--non-interactive"], {
      cwd: run.directory,
      env: { ...process.env, ...run.stack.workspace.envVars },
    });
    assert.equal(added.code, 0, added.stdout + added.stderr);

    const preview = await run.preview();
    assert.equal(preview.failed, false, preview.messages.join("\n"));
    assert.ok(preview.steps.includes("create customer-care:index:SupportCase customer-care/testCase"));
    assert.deepEqual(
      run.cloud.requests.filter(({ rpc }) => rpc === "CreateCase"),
      [],
    );

    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    const caseName = up.outputs["caseName"]?.value as string;
    const holdings = holdingsOf(run.cloud.state);
    assert.ok(holdings.cases.includes(`${caseName} CLOSED`), holdings.cases.join("\n"));
    assert.ok(holdings.contacts.includes("organizations/123456789012 finops@example.com BILLING fr"));
    assert.ok(holdings.grants.includes("projects/shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com"));
    assert.ok(
      holdings.grants.includes("projects/pay-dev roles/essentialcontacts.viewer group:auditors@example.com"),
      holdings.grants.join("\n"),
    );
    assert.deepEqual(up.outputs["recommendations"]?.value, ["recommender.googleapis.com"]);

    assert.deepEqual((await run.preview()).steps, []);
    assert.equal((await run.refresh()).failed, false);
    assert.deepEqual((await run.preview()).steps, []);
    assert.equal((await run.destroy()).failed, false);
    const calls = run.cloud.requests.map(({ rpc }) => rpc);
    assert.equal(calls.filter((rpc) => rpc === "CreateCase").length, 1);
    assert.equal(calls.filter((rpc) => rpc === "CloseCase").length, 1);
    const token = run.cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? "";
    assert.ok(token !== "" && !(await run.stateText()).includes(token), "the token is in the state");
  });
});
