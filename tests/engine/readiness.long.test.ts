/** Places that an update would fail on, as the preview reports them: each once, and only certain ones are errors. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { holdingsOf } from "../../tools/stack/index.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";
import { lineOf } from "../support/section.ts";

const plan = { "customer-care:plan": "enhanced" };
const organizationName = "organizations/123456789012";
const nobody = "serviceAccount:nobody@ops-admin.iam.gserviceaccount.com";

describe("the places of a config", () => {
  let run: LocalRun;
  const grant = (projectId: string, ...roles: string[]) => {
    const { policy } = run.cloud.state.projects.get(projectId) ?? assert.fail();
    policy.bindings.push(...roles.map((role) => ({ role, members: [nobody] })));
  };
  beforeAll(async () => {
    run = await localRun({ name: "readiness", config: plan });
  });
  beforeEach(() => {
    run.cloud.reset();
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
  });
  afterAll(() => run.close());

  it("that no update can work on are each one error, with the remedy, and nothing is created", async () => {
    await run.setConfig({
      ...plan,
      "customer-care:folders": { "999": { editors: ["group:a@example.com"] } },
      "customer-care:projects": {
        "shop-dev": {},
        "shop-live": { editors: ["group:a@example.com"] },
        gone: { projectId: "gone-dev" },
        "legacy-dev": {},
        "closed-dev": {},
      },
    });
    const errors = [
      'customer-care:folders.999: the folder "999" does not exist; write the number of an existing folder',
      'customer-care:projects.shop-live: the project "shop-live" does not exist; write the ID of an existing project',
      'customer-care:projects.gone.projectId: the project "gone-dev" is marked for deletion; leave it out, or run gcloud projects undelete gone-dev',
      'customer-care:projects.legacy-dev: the project "legacy-dev" has no billing account; run gcloud billing projects link legacy-dev --billing-account=ACCOUNT_ID, or leave it out',
      'customer-care:projects.closed-dev: the billing account of the project "closed-dev", billingAccounts/0FFFFF-0FFFFF-0FFFFF, is closed; open it, link another one, or leave the project out',
    ];
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages, steps } = await run[operation]();
      const text = messages.filter((message) => !message.includes("also has editors: group:a@example.com")).join("\n");
      assert.equal(failed, true, text);
      assert.deepEqual(text.split("\n").sort(), [...errors, lineOf("place")].sort(), text);
      assert.deepEqual(steps, ["create customer-care:index:CustomerCare customer-care"]);
    }
    assert.deepEqual(
      run.cloud.requests.filter(
        ({ method, rpc }) => method !== "GET" && !/^(TestIamPermissions|GetIamPolicy)$/.test(rpc),
      ),
      [],
    );
  });

  it("that are ready take a few requests for each project, and nothing is reported", async () => {
    await run.setConfig({ ...plan, "customer-care:projects": { "shop-dev": {}, "pay-dev": {}, "shop-prod": {} } });
    const { failed, messages } = await run.preview();
    assert.deepEqual([failed, messages], [false, [""]]);
    const asked = run.cloud.requests.map(({ rpc }) => rpc).sort();
    const each = ["GetEffectivePolicy", "GetProjectBillingInfo", "TestIamPermissions"];
    assert.deepEqual(asked, [...each, ...each, ...each, "ListServices", "SearchProjects"].sort());
  });

  it("that the caller cannot see any of are one warning, as the update may be another caller's", async () => {
    await run.setConfig({ ...plan, "customer-care:projects": { "shop-dev": {}, "shop-live": {} } });
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-nobody-token" });
    const { failed, messages } = await run.preview();
    assert.deepEqual(
      [failed, messages],
      [
        false,
        [
          "customer-care: this caller cannot see any place of the config (projects/shop-dev and 1 more), so none was checked: an update by this caller would fail; grant the caller the roles that care doctor lists [project-not-visible]",
        ],
      ],
    );
  });

  it("of which the caller sees some are reported by a warning, since the others may exist", async () => {
    await run.setConfig({ ...plan, "customer-care:projects": { "shop-dev": {}, "pay-dev": {}, "shop-live": {} } });
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-nobody-token" });
    grant("shop-dev", "roles/browser");
    // Without the right to see the project, but with one that shows that it is there.
    grant("pay-dev", "roles/essentialcontacts.viewer");
    const { failed, messages } = await run.preview();
    assert.equal(failed, false);
    assert.deepEqual(messages, [
      'customer-care:projects.shop-live: the project "shop-live" does not exist, or this caller has no role on it: an update by this caller would fail; write the ID of an existing project, or grant the caller the roles that care doctor lists [project-not-visible]',
    ]);
  });

  it("are no error where Google cannot answer", async () => {
    await run.setConfig({ ...plan, "customer-care:projects": { "shop-dev": {}, "shop-live": {} } });
    for (const service of ["cloudresourcemanager.googleapis.com", "cloudbilling.googleapis.com"])
      run.cloud.faults.add({
        match: { service, times: 99 },
        effect: { error: { code: 403, reason: "SERVICE_DISABLED" } },
      });
    const { failed, messages } = await run.preview();
    assert.deepEqual([failed, messages], [false, [""]]);
  });

  it("that cannot be checked because an API does not answer are one warning", async () => {
    const editors = ["group:a@example.com"];
    await run.setConfig({ ...plan, "customer-care:projects": { "shop-dev": { editors }, "pay-dev": { editors } } });
    run.cloud.faults.add({
      match: { rpc: "TestIamPermissions", times: 99 },
      effect: { error: { code: 503, reason: "BACKEND_ERROR" } },
    });
    const { failed, messages } = await run.preview();
    assert.equal(failed, false);
    assert.deepEqual(messages.length, 1);
    assert.match(
      messages[0] ?? "",
      /^customer-care:projects\.\S+: not checked whether an update would fail here and in 1 other place: .*503.*; run pulumi preview again \[not-read\]$/,
    );
  });

  it("are of an organization that is there", async () => {
    await run.setConfig({ ...plan, "customer-care:organization": { id: "999", editors: ["group:a@example.com"] } });
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    assert.deepEqual(messages, [
      'customer-care:organization.id: the organization "999" does not exist; write the number of an existing organization\n' +
        lineOf("place"),
    ]);
    await run.setConfig({
      ...plan,
      "customer-care:organization": { id: organizationName.split("/")[1], editors: ["group:a@example.com"] },
    });
    assert.equal((await run.preview()).failed, false);
  });
});

describe("the place of a component that is used without CustomerCare", () => {
  it("is an error where it does not exist, and nothing is created", async (t) => {
    const run = await localRun({
      name: "alone",
      projectName: "alone",
      program: join(import.meta.dirname, "programs", "alone.ts"),
      config: { "alone:projectId": "shop-live" },
    });
    t.onTestFinished(() => run.close());
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages, steps } = await run[operation]();
      assert.equal(failed, true);
      const lines = new Set(messages.join("\n").split("\n"));
      for (const name of ["services", "access", "contacts", "case"])
        assert.ok(
          lines.has(`${name}:projectId: the project "shop-live" does not exist; write the ID of an existing project`),
          [...lines].join("\n"),
        );
      assert.ok(
        steps.every((step) => step.includes(" customer-care:index:")),
        steps.join("\n"),
      );
    }
    await run.setConfig({ "alone:projectId": "shop-dev" });
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    assert.deepEqual((await run.preview()).steps, []);
  });
});

describe("a place that is gone, with resources in the state", () => {
  const settings = { ...plan, "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
  const ofBoth = {
    ...settings,
    "customer-care:projects": {
      "shop-dev": { editors: ["group:a@example.com"] },
      "pay-dev": { editors: ["group:a@example.com"], contacts: { legal: ["legal@example.com"] } },
    },
  };
  const warning =
    /customer-care:projects\.pay-dev: the project "pay-dev" .*\. The state has resources there: an update that creates or changes one there fails/;

  for (const [what, remove] of [
    [
      "is marked for deletion",
      (run: LocalRun) => Object.assign(run.cloud.state.projects.get("pay-dev") ?? {}, { state: "DELETE_REQUESTED" }),
    ],
    ["does not exist", (run: LocalRun) => run.cloud.state.projects.delete("pay-dev")],
  ] as const)
    it(`as it ${what}, is no obstacle to an update, a refresh and a destroy that change nothing there`, async (t) => {
      const run = await localRun({ name: `gone-${what.replaceAll(" ", "-")}`, config: ofBoth });
      t.onTestFinished(() => run.close());
      assert.equal((await run.up()).failed, false);
      remove(run);

      const preview = await run.preview();
      assert.equal(preview.failed, false, preview.messages.join("\n"));
      assert.match(preview.messages.join("\n"), warning);
      assert.deepEqual(preview.steps, []);

      await run.setConfig({
        ...ofBoth,
        "customer-care:projects": {
          ...ofBoth["customer-care:projects"],
          "pay-dev": {
            editors: ["group:a@example.com", "group:b@example.com"],
            contacts: { legal: ["legal@example.com"] },
          },
        },
      });
      for (const operation of ["preview", "up"] as const) {
        const first = run.cloud.requests.length;
        const changed = await run[operation]();
        assert.equal(changed.failed, true, operation);
        assert.match(
          changed.messages.join("\n"),
          /customer-care:projects\.pay-dev: the project "pay-dev" (does not exist|is marked)/,
        );
        assert.deepEqual(writesSince(run.cloud, first), []);
      }
      await run.setConfig(ofBoth);

      // Of a project that is gone for good, the gcp provider can neither read nor delete anything: Google denies it.
      if (!run.cloud.state.projects.has("pay-dev")) return;
      for (const operation of ["refresh", "destroy"]) {
        const outcome = await run.pulumi(operation, "--run-program", "--yes");
        assert.equal(outcome.failed, false, outcome.messages.join("\n"));
      }
      const { deployment } = (await run.stack.exportStack()) as { deployment: { resources?: unknown[] } };
      assert.deepEqual(deployment.resources ?? [], []);
      assert.ok(!holdingsOf(run.cloud.state).grants.some((grant) => grant.endsWith(" group:a@example.com")));
    });
});
