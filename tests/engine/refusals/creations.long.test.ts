/** What an update creates is checked before it is created: the resource itself, and the caller's permissions. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "vitest";
import { localRun } from "../../support/localRun.ts";
import { examined } from "../../support/examination.ts";
import { writesSince } from "../../support/writes.ts";
import { keysOf, operator, projectOf, withdraw } from "./given.ts";

describe("what an update creates", () => {
  const contact = { organization: { id: "123456789012", contacts: { legal: ["legal@example.com"] } } };
  const exists =
    /customer-care:organization\.contacts: the contact legal@example\.com of organizations\/123456789012 already exists/;

  it("is looked up before it is created, and never again", async (t) => {
    const run = await localRun({
      name: "refusalsAsked",
      config: keysOf({
        config: {
          organization: { id: "123456789012", contacts: { security: ["security@example.com"] } },
          projects: { "shop-dev": { editors: ["user:ada@example.com"] } },
        },
      }),
    });
    t.onTestFinished(() => run.close());
    const asked = (first: number) =>
      run.cloud.requests
        .slice(first)
        .map(({ rpc }) => rpc)
        .filter((rpc) => /^(TestIamPermissions|GetIamPolicy|ListContacts|GetEffectivePolicy)$/.test(rpc))
        .sort();
    assert.equal((await run.preview()).failed, false);
    const perConstraint = Array.from({ length: 5 }, () => "GetEffectivePolicy");
    assert.deepEqual(asked(0), [
      ...perConstraint,
      "GetIamPolicy",
      "ListContacts",
      "TestIamPermissions",
      "TestIamPermissions",
    ]);
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    const first = run.cloud.requests.length;
    const { failed, messages, steps } = await run.preview();
    assert.deepEqual([failed, messages, steps, asked(first)], [false, [""], [], []]);

    // One that others create meanwhile, at a place that the stack has something at: the engine comes to it alone.
    await run.setConfig(
      keysOf({
        config: {
          organization: { id: "123456789012", contacts: { all: ["security@example.com", "legal@example.com"] } },
          projects: { "shop-dev": { editors: ["user:ada@example.com"] } },
        },
      }),
    );
    for (const operation of ["preview", "up"] as const) {
      const outcome = await run[operation]();
      assert.equal(outcome.failed, true, operation);
      assert.match(outcome.messages.join("\n"), exists);
    }
    const destroy = await run.pulumi("destroy", "--run-program", "--yes");
    assert.equal(destroy.failed, false, destroy.messages.join("\n"));
  });

  it("is not refused where transforms of a parent import it", async (t) => {
    const run = await localRun({
      name: "refusalsImported",
      program: join(import.meta.dirname, "..", "programs", "importing.ts"),
      config: keysOf({ config: contact }),
    });
    t.onTestFinished(() => run.close());
    const refused = await run.preview();
    assert.equal(refused.failed, true);
    assert.match(refused.messages.join("\n"), exists);
    const [there = assert.fail()] = [...run.cloud.state.contacts.values()];
    await run.setConfig({
      ...keysOf({
        config: {
          organization: {
            ...contact.organization,
            contacts: { "legal@example.com": { categories: ["legal", "suspension"] } },
          },
        },
      }),
      "importing:contact": there.name,
    });
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, messages.join("\n"));
    }
    assert.deepEqual([...run.cloud.state.contacts.keys()].length, 1);
  });

  it("is created where the contacts cannot be listed; where one exists, Google's refusal comes with the way on", async (t) => {
    const run = await localRun({ name: "refusalsUnread", config: keysOf({ config: contact }) });
    t.onTestFinished(() => run.close());
    run.cloud.faults.add({ match: { rpc: "ListContacts", times: 99 }, effect: { error: { code: 403 } } });
    const preview = await run.preview();
    assert.equal(preview.failed, false, preview.messages.join("\n"));
    const { failed, messages } = await run.up();
    assert.equal(failed, true);
    assert.match(
      messages.join("\n"),
      /^customer-care\/organization\/legal@example\.com: the contact legal@example\.com of organizations\/123456789012 already exists .*; run care adopt --stack test/m,
    );
  });

  it("needs no quota project of a person where nothing in the config demands one, and the doctor finds no error", async (t) => {
    const config = { projects: { "shop-dev": { editors: ["user:lead@example.com"] } } };
    const run = await localRun({
      name: "refusalsPerson",
      config: keysOf({ config, gcp: {} }),
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" },
    });
    t.onTestFinished(() => run.close());
    const findings = await examined(run.cloud, { config: { plan: "enhanced", ...config }, caller: "ada" });
    assert.deepEqual(
      findings.filter(({ level }) => level !== "note"),
      [],
    );
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, messages.join("\n"));
    }
  });

  it("is no error in the preview of a caller who changes nothing, and one of that caller's update", async (t) => {
    const run = await localRun({
      name: "refusalsViewer",
      config: keysOf({ config: { projects: { "shop-dev": { editors: ["user:ada@example.com"] } } } }),
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "local-auditor-token" },
    });
    t.onTestFinished(() => run.close());
    const preview = await run.preview();
    assert.deepEqual([preview.failed, preview.messages], [false, [""]]);
    const up = await run.up();
    assert.equal(up.failed, true);
    assert.match(
      up.messages.join("\n"),
      /^customer-care:projects\.shop-dev: to grant roles at projects\/shop-dev, this caller lacks /m,
    );
    assert.deepEqual(writesSince(run.cloud, 0), []);
  });

  it("may need a role that the same update grants the caller first", async (t) => {
    const run = await localRun({
      name: "refusalsGranted",
      config: keysOf({
        config: {
          projects: {
            "shop-dev": { contactAdministrators: [operator], contacts: { security: ["security@example.com"] } },
          },
        },
      }),
    });
    t.onTestFinished(() => run.close());
    withdraw(run.cloud, "roles/essentialcontacts.admin", "roles/resourcemanager.organizationAdmin");
    projectOf(run.cloud, "shop-dev").policy.bindings.push({
      role: "roles/resourcemanager.projectIamAdmin",
      members: [operator],
    });
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, messages.join("\n"));
    }
  });
});
