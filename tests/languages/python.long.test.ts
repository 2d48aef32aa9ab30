/**
 * The programs of docs/how-to/otherLanguages.md in Python, with an SDK that Pulumi generates: deployed, changed by nothing, taken down.
 * Each takes two minutes, most of them for Python's packages.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TestContext } from "vitest";
import { stringify } from "yaml";
import { run as command } from "../../tools/setup/bootstrap/process.mjs";
import { holdingsOf, pluginsOf } from "../../tools/stack/index.ts";
import { blocksOf } from "../support/documents.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { config } from "./oneLife.ts";
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

const [program, inlineProgram] = blocksOf("python");

/** A stack whose folder has a Python project, its virtual environment and the library that Pulumi generates. */
async function pythonRun(t: TestContext, name: string): Promise<LocalRun> {
  const run = await localRun({ name, config });
  t.onTestFinished(() => run.close());
  const write = (file: string, text: string) => writeFile(join(run.directory, file), text);
  const runtime = { name: "python", options: { toolchain: "pip", virtualenv: "venv" } };
  await write("Pulumi.yaml", stringify({ name: "customer-care", runtime, ...pluginsOf(engine) }));
  await write("requirements.txt", `${sdk}\n`);
  const added = await command(engine.pulumi, ["package", "add", plugin, "--non-interactive"], {
    cwd: run.directory,
    env: { ...process.env, ...run.stack.workspace.envVars },
  });
  assert.equal(added.code, 0, added.stdout + added.stderr);
  return run;
}

describe("a program in Python", () => {
  it("onboards, creates its case once and closes it, and changes nothing more", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    assert.ok(program);
    const run = await pythonRun(t, "python");
    const parts = await readFile(new URL("programs/parts.py", import.meta.url), "utf8");
    await writeFile(join(run.directory, "__main__.py"), `${program.text}\n${parts}`);

    const docs = await readFile(
      join(run.directory, "sdks/customer-care/pulumi_customer_care/customer_care.py"),
      "utf8",
    );
    expect(docs).toContain("customer_care.CustomerCare(");
    expect(docs, "the examples of other languages").not.toContain("customercare.NewCustomerCare(");

    const preview = await run.preview();
    assert.equal(preview.failed, false, preview.messages.join("\n"));
    assert.ok(preview.steps.includes("create customer-care:index:SupportCase customer-care/testCase"));
    assert.deepEqual(
      run.cloud.requests.filter(({ rpc }) => rpc === "CreateCase"),
      [],
    );

    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    const outputs = await run.outputs();
    const caseName = outputs["caseName"] as string;
    const holdings = holdingsOf(run.cloud.state);
    assert.ok(holdings.cases.includes(`${caseName} CLOSED`), holdings.cases.join("\n"));
    assert.ok(holdings.contacts.includes("organizations/123456789012 finops@example.com BILLING fr"));
    assert.ok(holdings.grants.includes("projects/shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com"));
    assert.ok(
      holdings.grants.includes("projects/pay-dev roles/essentialcontacts.viewer group:auditors@example.com"),
      holdings.grants.join("\n"),
    );
    assert.deepEqual(outputs["recommendations"], ["recommender.googleapis.com"]);

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

  it("is deployed by the Automation API, and the second run changes nothing", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    assert.ok(inlineProgram);
    const run = await pythonRun(t, "pythonInline");
    await writeFile(join(run.directory, "deploy.py"), inlineProgram.text);
    for (const attempt of ["first", "second"]) {
      const { code, stdout, stderr } = await command(join(run.directory, "venv/bin/python"), ["deploy.py"], {
        cwd: run.directory,
        env: { ...process.env, ...run.stack.workspace.envVars, PULUMI_CONFIG_PASSPHRASE: "local" },
      });
      assert.equal(code, 0, `${attempt}: ${stdout}${stderr}`);
      assert.equal(stdout.trim(), "succeeded");
    }
    const writes = run.cloud.requests.flatMap(({ method, rpc }) => (method === "GET" ? [] : [rpc]));
    assert.equal(writes.filter((rpc) => rpc === "SetIamPolicy").length, 1, writes.join("\n"));
    assert.equal(writes.filter((rpc) => rpc === "CreateCase").length, 1);
    const { cases } = holdingsOf(run.cloud.state);
    assert.equal(
      cases.filter((one) => /^projects\/shop-dev\/cases\/\d+ CLOSED$/.test(one)).length,
      1,
      cases.join("\n"),
    );
  });
});
