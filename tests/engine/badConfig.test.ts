/** A config with mistakes, as a user of `pulumi preview` and `pulumi up` meets them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "vitest";
import { planAlone } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import { withoutSection } from "../support/section.ts";

const bad = {
  "customer-care:plan": "basic",
  "customer-care:valueAddedServices": ["media-cdn"],
  "customer-care:organisation": { domain: "example.com" },
  "customer-care:projects": {
    "shop-dev": { editors: ["ada@example.com", "allUsers"], administrators: ["group:a@example.com"] },
    shop: {},
    "pay-dev": null,
  },
  "customer-care:testCase": { project: "shop-dev" },
};

describe("a config with mistakes", { concurrent: true }, () => {
  for (const operation of ["preview", "up"] as const)
    it(`gets all errors at once from ${operation}, without a stack trace, and before anything is created`, async (t) => {
      const run = await localRun({ name: `badConfig-${operation}`, config: bad });
      t.onTestFinished(() => run.close());
      const { failed, messages, steps } = await run[operation]();
      assert.equal(failed, true);
      const text = messages.join("\n");
      for (const message of [
        'customer-care:organisation: "organisation" is not a key here (did you mean organization?)',
        'customer-care:projects.shop-dev.editors[0]: "ada@example.com" has no kind; write "user:ada@example.com"',
        'customer-care:projects.shop-dev.editors[1]: "allUsers" is everyone on the internet',
        "customer-care:projects.shop-dev.administrators: roles/cloudsupport.admin can be granted at the organization only",
        'customer-care:projects.shop: "shop" is not a project ID',
        "customer-care:projects.pay-dev: has no value; write {}, or a map of",
        'customer-care:valueAddedServices: "media-cdn" requires Enhanced or Premium Support (plan is basic)',
        "customer-care:testCase: requires Standard, Enhanced or Premium Support (plan is basic), because Basic Support has no Cloud Support API",
      ])
        assert.ok(text.includes(message), `not reported: ${message}\n${text}`);
      assert.doesNotMatch(text, /^\s+at .*:\d+:\d+/m);
      assert.deepEqual(steps, []);
      assert.deepEqual(run.cloud.requests, []);
    });

  it("must not be secret, since names in the state come from it", async (t) => {
    const run = await localRun({ name: "badConfig-secret", config: { "customer-care:plan": "enhanced" } });
    t.onTestFinished(() => run.close());
    const leaf = "customer-care:projects.shop-dev.editors[0]";
    await run.stack.setConfig(leaf, { value: "user:hidden@example.com", secret: true }, true);
    const { failed, messages } = await run.preview();
    const text = messages.join("\n");
    assert.equal(failed, true, text);
    assert.ok(text.includes(`${leaf}: is a secret`), text);
    assert.ok(!text.includes("hidden@example.com"));
  });

  it("has no credential in plain text, as the state would contain it", async (t) => {
    const run = await localRun({ name: "badConfig-credential", config: { "customer-care:plan": "enhanced" } });
    t.onTestFinished(() => run.close());
    await run.stack.setConfig("gcp:accessToken", { value: "ya29.planted", secret: false });
    const { failed, messages } = await run.up();
    const text = messages.join("\n");
    assert.equal(failed, true, text);
    assert.ok(text.includes("gcp:accessToken: is a credential in plain text"), text);
    assert.ok(!text.includes("ya29.planted"));
    assert.ok(!JSON.stringify(await run.stack.exportStack()).includes("ya29.planted"));
  });

  it("names a domain that has an organization", async (t) => {
    const config = {
      "customer-care:plan": "enhanced",
      "customer-care:organization": { domain: "nobody.example", editors: ["group:sre@example.com"] },
    };
    const run = await localRun({ name: "badConfig-domain", config });
    t.onTestFinished(() => run.close());
    const { failed, messages } = await run.preview();
    const text = messages.join("\n");
    assert.equal(failed, true, text);
    const message =
      'customer-care:organization.domain: this caller cannot see an organization with the domain "nobody.example"';
    assert.equal(text.split(message).length, 2, text);
    assert.doesNotMatch(text, /unhandled|error serializing|^\s+at .*:\d+:\d+/m);
  });

  it("names an organization by its own domain, not one that Google's loose search finds for it", async (t) => {
    const grants = { editors: ["group:sre@example.com"] };
    const config = {
      "customer-care:plan": "enhanced",
      "customer-care:organization": { domain: "example.com", ...grants },
    };
    const run = await localRun({ name: "badConfig-looseDomain", config });
    t.onTestFinished(() => run.close());
    const organizations = [...run.cloud.state.organizations.values()];
    for (const organization of organizations) organization.displayName = "dev.example.com";
    const { failed, messages } = await run.preview();
    const text = messages.join("\n");
    assert.equal(failed, true, text);
    const message =
      'customer-care:organization.domain: Google finds "dev.example.com" (organizations/123456789012) for "example.com", which is another organization';
    assert.equal(text.split(message).length, 2, text);
    assert.doesNotMatch(text, /unhandled|error serializing|^\s+at .*:\d+:\d+/m);

    const other = { ...organizations[0], name: "organizations/2", id: "2", displayName: "test.example.com" };
    run.cloud.state.organizations.set(other.name, other as (typeof organizations)[number]);
    const among = await run.preview();
    assert.ok(
      among.messages.join("\n").includes('this caller cannot see an organization with the domain "example.com"'),
    );

    other.displayName = "example.com";
    const found = await run.preview();
    assert.equal(found.failed, false, found.messages.join("\n"));
    assert.ok(
      found.messages.includes("organization.domain: example.com is organizations/2"),
      found.messages.join("\n"),
    );
  });

  it("has Outputs that turn out to be IDs, each reported once, without a stack trace", async (t) => {
    const program = join(import.meta.dirname, "programs", "wrongLater.ts");
    const run = await localRun({ name: "badConfig-later", config: planAlone, program });
    t.onTestFinished(() => run.close());
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    assert.deepEqual(messages.map((message) => withoutSection(message, "config")).sort(), [
      'care:folders.shop.folderId: "organizations/456789012345" is not the number of a folder; write one such as "456789012345"',
      `care:projects.dev.projectId: "Shop (development)" has a space (U+0020); write a project's ID without it, such as "shop-dev"`,
    ]);
  });
});
