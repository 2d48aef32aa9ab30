/** The sentences for a preview's errors, projects and services that no recording shows. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { markdownOf } from "../../../../care/diff/markdown.ts";
import { namedDiffs } from "../../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../../care/diff/readPreviews.ts";
import { rememberSecret } from "../../../../text/index.ts";
import { unknownValue } from "../../../../components/supportCase/properties.ts";
import { document, step, types } from "../../../support/previews/steps.ts";
import { admin, changesOf, config } from "./changes.ts";

describe("the errors of a preview", () => {
  const markdownFor = (message: string) => {
    const [preview] = readPreviews(
      document([], { config, diagnostics: [{ message, severity: "error" }] }),
      "test.json",
    );
    assert.ok(preview);
    return markdownOf(namedDiffs([{ preview, stack: undefined, place: "test.json" }]), 100_000);
  };

  it("are readable, and have no part of a credential where they are cut", () => {
    assert.match(markdownFor("1 error occurred:\n\t* Error 401"), /^1 error occurred:\n {4}\* Error 401$/m);
    const secret = "planted-token-5f2c81";
    rememberSecret(secret);
    assert.doesNotMatch(markdownFor(`${"x ".repeat(1995)}${secret}`), /planted/);
  });
});

describe("a project that joins", () => {
  const component = "customer-care:index:ProjectServices";
  const joins = (after: object) =>
    changesOf(
      step("create", component, { after: {}, name: "customer-care/projects/pay-dev" }),
      step("create", types.projectGrant, {
        after: { role: "roles/cloudsupport.techSupportEditor", member: "user:ada@example.com", ...after },
        name: "customer-care/projects/pay-dev/editors/user:ada@example.com",
      }),
    ).map(({ text }) => text);

  it("has the ID that its grants have, where it has no services", () => {
    assert.ok(joins({ project: "pay-dev" }).includes("Starts onboarding project pay-dev (billing)."));
    assert.match(joins({ project: unknownValue }).join("\n"), /onboarding project pay-dev \(its ID is known after/);
  });
});

describe("a service", () => {
  const service = { project: "shop-dev", service: "cloudsupport.googleapis.com" };
  it("that leaves the state stays enabled unless disableOnDestroy is true", () => {
    for (const before of [service, { ...service, disableOnDestroy: false }])
      assert.deepEqual(changesOf(step("delete", types.service, { before })), [
        { kinds: [], text: "Cloud Support API is no longer managed on project shop-dev, and stays enabled." },
      ]);
    assert.deepEqual(changesOf(step("delete", types.service, { before: { ...service, disableOnDestroy: true } })), [
      { kinds: ["delete"], text: "Cloud Support API is disabled on project shop-dev." },
    ]);
  });
});

describe("an operation that changes nothing", () => {
  for (const op of ["same", "read", "refresh"])
    it(`${op} is not reported`, () =>
      assert.deepEqual(changesOf(step(op, types.organizationGrant, { before: admin, after: admin })), []));
});
