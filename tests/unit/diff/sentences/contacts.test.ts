/** The sentences for contacts that no recording shows. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { unknownValue } from "../../../../components/supportCase/properties.ts";
import { document, step, types } from "../../../support/previews/steps.ts";
import type { WrittenStep } from "../../../support/previews/steps.ts";
import { changesIn, changesOf } from "./changes.ts";

describe("a contact", () => {
  const contact = (email: string, categories: string[], parent = "projects/shop-dev") => ({
    after: { email, notificationCategorySubscriptions: categories, languageTag: "en", parent },
    name: email,
  });
  const gone = (email: string, categories: string[]) => ({ before: contact(email, categories).after, name: email });
  const kinds = (...steps: WrittenStep[]) => changesOf(...steps).map((change) => change.kinds.join());

  it("is perhaps at the organization where its place is unknown", () => {
    for (const parent of ["[secret]", unknownValue])
      assert.deepEqual(kinds(step("create", types.contact, contact("a@example.com", ["SECURITY"], parent))), [
        "organization",
      ]);
  });

  it("that another one follows in its category is not the last", () =>
    assert.deepEqual(
      kinds(
        step("delete", types.contact, gone("a@example.com", ["SECURITY"])),
        step("create", types.contact, contact("b@example.com", ["SECURITY"])),
      ).sort(),
      ["", "delete"],
    ));

  it("is not the last where one of all categories is left", () =>
    assert.deepEqual(
      kinds(
        step("delete", types.contact, gone("a@example.com", ["SECURITY"])),
        step("create", types.contact, contact("b@example.com", ["ALL"])),
      ).sort(),
      ["", "delete"],
    ));

  it("is the last where the other one is at another place", () =>
    assert.deepEqual(
      kinds(
        step("delete", types.contact, gone("a@example.com", ["SECURITY"])),
        step("create", types.contact, contact("b@example.com", ["SECURITY"], "projects/pay-dev")),
      ).sort(),
      ["", "delete", "last-contact"],
    ));
});

describe("the last contact of a category", () => {
  const before = { email: "a@example.com", notificationCategorySubscriptions: ["LEGAL"], parent: "folders/1" };
  const steps = [step("delete", types.contact, { before })];
  const first = (rest: Parameters<typeof document>[1]) => changesIn(document(steps, rest))[0]?.text ?? "";
  it("is reported as such if the preview lists unchanged resources", () =>
    assert.match(
      first({ changeSummary: { delete: 1, same: 1 } }),
      /^No contact of the stack is notified of legal at folder 1 any more; the last was a@/,
    ));
  it("is reported as perhaps the last if the preview does not, or failed", () => {
    const diagnostics = [{ severity: "error", message: "wrong" }];
    for (const rest of [
      {},
      { changeSummary: { delete: 1, same: 2 } },
      { changeSummary: { delete: 1, same: 1 }, diagnostics },
    ])
      assert.match(
        first(rest),
        /^Perhaps no contact of the stack is notified of legal at folder 1 any more: a@example\.com was,/,
      );
  });
});
