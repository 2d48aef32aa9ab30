/** `care doctor` as a person runs it: on the engine's own stacks, against an organization with planted faults. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, it } from "vitest";
import { parse, stringify } from "yaml";
import type { jsonOf } from "../../care/doctor/examine.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { writeConfig } from "../../tools/stack/index.ts";
import { everything } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

type Report = ReturnType<typeof jsonOf>;

/** The quota project has all APIs that are called. */
const healthy = { ...everything, "gcp:billingProject": "ops-admin" };

const organizationName = "organizations/123456789012";

/** With mistakes, and with two things that the first stack has. */
const broken = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:organization": {
    domain: "example.com",
    administrators: ["group:gcp-billing-admins@example.com", "group:support-admins@example.com"],
    contacts: { legal: ["legal@example.com"], security: ["soc@partner.example", "security@example.com"] },
  },
  "customer-care:projects": {
    "shop-dev": {},
    "legacy-dev": { services: ["cloudsupport.googleapis.com"] },
    "gone-dev": { services: ["cloudsupport.googleapis.com"] },
    "shop-live": { services: ["cloudsupport.googleapis.com"] },
  },
  "customer-care:testCase": { project: "shop-dev" },
};

describe("care doctor", () => {
  let run: LocalRun;
  const directory = () => run.stack.workspace.workDir;

  async function care(...args: string[]) {
    const { FORCE_COLOR: _color, ...environment } = process.env;
    const child = spawn(process.execPath, [join(root, "care", "main.ts"), "doctor", "--cwd", directory(), ...args], {
      env: { ...environment, ...run.stack.workspace.envVars },
    });
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const code = child.exitCode ?? (await new Promise<number>((end) => child.once("exit", end)));
    return { output, errors: errors.replace(/^care doctor: (reading|\d+ of).*\n/gm, ""), code };
  }

  const inBrief = ({ findings }: Report) => findings.map(({ id, level, where }) => `${level} ${id} ${where}`);

  beforeAll(async () => {
    run = await localRun({ name: "doctor", config: healthy });
  });
  afterAll(() => run.close());

  it("finds nothing before the first up of a stack that will work, and writes nothing", async () => {
    const { output, errors, code } = await care();
    assert.equal(
      output,
      [
        "stack    test of customer-care",
        "caller   serviceAccount:operator@ops-admin.iam.gserviceaccount.com",
        "quota    ops-admin",
        "",
        "No problems found. Nothing blocks pulumi up.",
        "",
      ].join("\n"),
    );
    assert.deepEqual([errors, code], ["", 0]);
    const written = run.cloud.requests.filter(
      ({ method, rpc }) => method !== "GET" && !["TestIamPermissions", "GetIamPolicy", "TokenInfo"].includes(rpc),
    );
    assert.deepEqual(written, []);
  });

  it("is right: that stack's up works, and the doctor finds nothing after it", async () => {
    assert.equal((await run.up()).failed, false);
    const { output, code } = await care("--stack", "test", "--json");
    assert.deepEqual(JSON.parse(output), {
      version: 2,
      stack: "test",
      project: "customer-care",
      caller: "serviceAccount:operator@ops-admin.iam.gserviceaccount.com",
      quotaProject: "ops-admin",
      findings: [],
    });
    assert.equal(code, 0);
  });

  it("names all the planted faults of a broken organization, and no other", async () => {
    await run.stack.workspace.createStack("broken");
    await run.stack.workspace.selectStack("test");
    await writeConfig({ directory: directory(), stackName: "broken", config: broken });
    const { state } = run.cloud;
    const organization = state.organizations.get(organizationName) ?? assert.fail();
    organization.allowedContactDomains = ["@example.com"];
    organization.allowedServices = ["cloudsupport.googleapis.com", "essentialcontacts.googleapis.com"];
    organization.policy.bindings = organization.policy.bindings.filter(
      ({ role, condition }) => role !== "roles/cloudsupport.techSupportEditor" || condition !== undefined,
    );
    state.projects.get("ops-admin")?.services.delete("cloudsupport.googleapis.com");

    const { output, errors, code } = await care("--stack", "broken", "--json");
    assert.deepEqual([errors, code], ["", 1]);
    assert.deepEqual(inBrief(JSON.parse(output) as Report), [
      "error project-not-active projects/gone-dev",
      "error project-not-visible projects/shop-live",
      "error permission-missing projects/shop-dev",
      "error billing-disabled projects/legacy-dev",
      "error service-disabled projects/ops-admin",
      `error contact-domain-restricted ${organizationName}`,
      "error service-restricted projects/shop-dev",
      `error contact-exists ${organizationName}`,
      // The stack test keeps the contact, so Google refuses it here; it accepts the grant.
      `error claimed-twice ${organizationName}`,
      `warning claimed-twice ${organizationName}`,
      `note grant-exists ${organizationName}`,
    ]);
  });

  it("prints the same for people, in lines of 80 columns but for what they copy", async () => {
    const { output } = await care("--stack", "broken");
    assert.match(output, /^9 errors, 1 warning, 1 note\. See docs\/reference\/doctor\.md#what-it-reports$/m);
    assert.ok(output.includes("\n         gcloud billing projects link legacy-dev --billing-account=ACCOUNT_ID\n"));
    const long = output.split("\n").filter((line) => line.length > 80 && !/^ +(gcloud |npm |https:)/.test(line));
    assert.deepEqual(long, []);
  });

  it("has the colour of the level where requested, as on a terminal, and none elsewhere", async () => {
    assert.ok(!(await care("--stack", "broken")).output.includes("\u001b"));
    run.setEnvironment({ FORCE_COLOR: "1" });
    const { output } = await care("--stack", "broken");
    run.setEnvironment({ FORCE_COLOR: undefined });
    assert.ok(output.includes("\n\u001b[31merror\u001b[39m    projects/gone-dev [project-not-active]\n"), output);
    assert.ok(output.includes("\n\u001b[36mnote\u001b[39m     organizations/"), output);
  });

  it("leaves the stack selected that was", async () => {
    assert.equal((await run.stack.workspace.stack())?.name, "test");
  });

  it("reports the mistakes of a config, and the features that the plan does not include", async () => {
    const file = join(directory(), "Pulumi.broken.yaml");
    const { config, ...rest } = parse(await readFile(file, "utf8")) as { config: Record<string, unknown> };
    await writeFile(file, stringify({ ...rest, config: { ...config, "customer-care:plan": "basic" } }));
    const { output, code } = await care("--stack", "organization/customer-care/broken", "--json");
    const report = JSON.parse(output) as Report;
    assert.deepEqual(inBrief(report), ["error config customer-care:testCase"]);
    assert.match(report.findings[0]?.what ?? "", /^Requires Standard, Enhanced or Premium Support \(plan is basic\)/);
    assert.equal(code, 1);
  });

  it("has no credential: one finding, and no trace of the code", async () => {
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: undefined, GOOGLE_CREDENTIALS: "{nonsense" });
    const { output, errors, code } = await care("--stack", "test", "--json");
    assert.deepEqual(inBrief(JSON.parse(output) as Report), ["error credentials credentials"]);
    assert.deepEqual([errors, code], ["", 1]);
  });

  it("is refused with 2 for a stack that there is not, and for an option that there is not", async () => {
    const others = ["organization/other-project/test", "acme/customer-care/test", "other-project/test"];
    for (const name of ["nope", ...others]) {
      const { errors, code } = await care("--stack", name);
      assert.match(
        errors.replace(JSON.stringify(name), "NAME"),
        /^care doctor: there is no stack NAME; write --stack with one of (test|broken), (test|broken)\nSee docs\/reference\/errors\.md#a-command-of-care-is-wrong\n$/,
      );
      assert.equal(code, 2);
    }
    assert.equal((await care("--nope")).code, 2);
    assert.match((await care("--cwd", join(root, "docs"))).errors, /has no Pulumi\.yaml that can be read/);
  });
});
