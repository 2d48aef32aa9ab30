/** Each error that the program reports about a config or its Node, `care doctor` reports too: `care doctor && pulumi up` stops at the doctor. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { care } from "../support/care.ts";
import { planAlone } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const good = {
  "customer-care:plan": "enhanced",
  "customer-care:projects": { "shop-dev": {} },
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
};

/** Each is refused by the program. */
const refused: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "no plan": { ...good, "customer-care:plan": "" },
  "keys, members and the plan": {
    "customer-care:plan": "basic",
    "customer-care:valueAddedServices": ["media-cdn"],
    "customer-care:organisation": { domain: "example.com" },
    "customer-care:projects": { "shop-dev": { editors: ["ada@example.com", "allUsers"] }, "pay-dev": null },
    "customer-care:testCase": { project: "shop-dev" },
    "customer-car:plan": "basic",
  },
  attachments: {
    ...good,
    "customer-care:testCase": { project: "shop-dev", attachments: ["no.txt", "../outside.txt", "Pulumi.yaml"] },
  },
  "the gcp provider's flag": { ...good, "gcp:userProjectOverride": "maybe" },
  "the gcp provider's list": { ...good, "gcp:impersonateServiceAccountDelegates": "bot" },
  "a credential in plain text": { ...good, "gcp:credentials": "{plain}" },
  "the config and the gcp provider": { ...good, "customer-care:plan": "gold", "gcp:userProjectOverride": "maybe" },
  "the file of a fleet": { ...good, "customer-care:fleet": { shards: 2 } },
};

describe("care doctor, of a config that the program refuses:", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "doctorConfig", config: planAlone });
  });
  afterAll(() => run.close());

  async function doctor(environment: Readonly<Record<string, string>> = {}) {
    const { workDir, envVars } = run.stack.workspace;
    const args = [join(root, "care/main.ts"), "doctor", "--cwd", workDir, "--stack", run.stack.name, "--json"];
    const env = { ...process.env, ...envVars, ...environment };
    return new Promise<{ readonly code: unknown; readonly report: ReturnType<typeof jsonOf> }>((resolve) => {
      execFile(process.execPath, args, { cwd: "/", env }, (error, stdout) => {
        resolve({ code: error?.code ?? 0, report: JSON.parse(stdout) as ReturnType<typeof jsonOf> });
      });
    });
  }

  for (const [what, config] of Object.entries(refused))
    it(what, async () => {
      await run.setConfig(config);
      const { failed, messages } = await run.preview();
      assert.equal(failed, true);
      const lines = messages.flatMap((message) => message.split("\n")).filter((line) => /^[\w-]+:[\w[".]/.test(line));
      const { code, report } = await doctor();
      const found = report.findings.map(({ id, level, where, what: sentence }) => {
        assert.deepEqual([id, level], ["config", "error"]);
        return `${where}: ${sentence.replace(/\.$/, "")}`.toLowerCase();
      });
      assert.deepEqual(found.sort(), [...new Set(lines.map((line) => line.toLowerCase()))].sort());
      assert.ok(found.length > 0);
      assert.equal(code, 1);
    });

  it("a key without a value, which the engine rejects before the program runs", async () => {
    await run.setConfig({ ...good, "customer-care:organization": "" });
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    assert.match(messages.join("\n"), /'organization' must be of type 'object'/);
    const { report } = await doctor();
    assert.deepEqual(
      report.findings.map(({ where, what: sentence }) => `${where}: ${sentence}`),
      ["customer-care:organization: Has no value; write {}, or remove the key."],
    );
    const { code, stderr } = await care(run, ["report"]);
    assert.equal(code, 2);
    assert.match(stderr, /organization: has no value; .*\nSee docs\/reference\/errors\.md#the-config-is-invalid$/m);
  });

  it("a Node that is too old for the program, whichever Node runs care", async () => {
    await run.setConfig(good);
    assert.deepEqual((await doctor()).report.findings, []);
    const { code, report } = await doctor({ CUSTOMER_CARE_MACHINE_NODE: "20.20.2" });
    assert.deepEqual(
      [code, report.findings.map(({ id, what: sentence }) => [id, sentence])],
      [1, [["node-too-old", "The program needs Node 22.18 or later, and this is Node 20.20.2."]]],
    );
  });
});
