/** What is said of changes that no recording shows. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jsonOf } from "../../../cli/diff/json.ts";
import { namedDiffs } from "../../../cli/diff/namedDiffs.ts";
import { readPreviews } from "../../../cli/diff/readPreviews.ts";
import { document, step, types } from "./steps.ts";
import type { WrittenStep } from "./steps.ts";

const changesOf = (...steps: WrittenStep[]) => changesIn(document(steps));

function changesIn(text: string) {
  const [preview] = readPreviews(text, "test.json");
  assert.ok(preview);
  const [stack] = jsonOf(namedDiffs([{ preview, stack: undefined, place: "test.json" }])).stacks;
  return (stack?.changes ?? []).map(({ kinds, text }) => ({ kinds, text }));
}

const admin = { orgId: "123456789012", role: "roles/cloudsupport.admin", member: "group:admins@example.com" };

describe("a grant", () => {
  it("that was there is taken over, and nobody is granted anything", () =>
    assert.deepEqual(changesOf(step("import", types.organizationGrant, { after: admin })), [
      {
        kinds: ["organization"],
        text: "group:admins@example.com has Support Account Administrator on organization 123456789012 already, and the stack takes it over (IAM).",
      },
    ]));

  it("that is kept on its deletion is not taken from anyone", () =>
    assert.deepEqual(changesOf(step("delete", types.organizationGrant, { before: admin, retainOnDelete: true })), [
      {
        kinds: ["organization"],
        text: "group:admins@example.com keeps Support Account Administrator on organization 123456789012, but the stack no longer manages it (IAM).",
      },
    ]));

  it("that is replaced is lost by one and had by another", () =>
    assert.deepEqual(
      changesOf(
        step("replace", types.organizationGrant, {
          before: admin,
          after: { ...admin, member: "user:new@example.com" },
        }),
      ),
      [
        {
          kinds: ["admin-grant", "admin-removal", "organization", "replace"],
          text: "group:admins@example.com loses Support Account Administrator on organization 123456789012, and user:new@example.com gets Support Account Administrator on organization 123456789012 (IAM).",
        },
      ],
    ));

  it("under a condition says so", () => {
    const condition = { title: "for now", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
    const grant = {
      project: "shop-dev",
      role: "roles/cloudsupport.techSupportEditor",
      member: "user:ada@example.com",
      condition,
    };
    const [change] = changesOf(step("create", types.projectGrant, { after: grant }));
    assert.match(change?.text ?? "", /Tech Support Editor, where request\.time < .* holds, on project shop-dev/);
  });

  it("of a role that is none of the guide's is counted, and nothing is said of it", () =>
    assert.deepEqual(
      changesOf(
        step("delete", types.projectGrant, { before: { project: "shop-dev", role: "roles/owner", member: "user:a" } }),
      ),
      [{ kinds: ["delete"], text: "gcp:projects/iAMMember:IAMMember: 1 deleted." }],
    ));
});

describe("a service", () => {
  const service = { project: "shop-dev", service: "cloudsupport.googleapis.com" };
  it("that leaves the state stays enabled unless disableOnDestroy says otherwise", () => {
    for (const before of [service, { ...service, disableOnDestroy: false }])
      assert.deepEqual(changesOf(step("delete", types.service, { before })), [
        { kinds: [], text: "Cloud Support API is no longer managed on project shop-dev, and stays enabled." },
      ]);
    assert.deepEqual(changesOf(step("delete", types.service, { before: { ...service, disableOnDestroy: true } })), [
      { kinds: ["delete"], text: "Cloud Support API is disabled on project shop-dev." },
    ]);
  });
});

describe("a contact", () => {
  const contact = (email: string, categories: string[], parent = "projects/shop-dev") => ({
    after: { email, notificationCategorySubscriptions: categories, languageTag: "en", parent },
    name: email,
  });
  const gone = (email: string, categories: string[]) => ({ before: contact(email, categories).after, name: email });
  const kinds = (...steps: WrittenStep[]) => changesOf(...steps).map((change) => change.kinds.join());

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
  it("is told as such where the preview tells all that stays the same", () =>
    assert.match(
      first({ changeSummary: { delete: 1 } }),
      /^Nobody of the stack is told of legal at folder 1 any more; the last was a@/,
    ));
  it("is told as perhaps the last where the preview does not, or failed", () => {
    const diagnostics = [{ severity: "error", message: "wrong" }];
    for (const rest of [{}, { changeSummary: { delete: 1, same: 1 } }, { changeSummary: { delete: 1 }, diagnostics }])
      assert.match(
        first(rest),
        /^Perhaps nobody of the stack is told of legal at folder 1 any more: a@example\.com was,/,
      );
  });
});

describe("a real case", () => {
  const inputs = { parent: "projects/shop-dev", displayName: "Down", priority: "P1", channel: "chat", language: "ja" };
  it("that is open and leaves the state is closed", () =>
    assert.deepEqual(
      changesOf(
        step("delete", types.supportCase, {
          before: { ...inputs, testCase: false },
          beforeOutputs: { name: "projects/shop-dev/cases/1", state: "IN_PROGRESS_GOOGLE_SUPPORT" },
        }),
      ),
      [
        {
          kinds: ["case-close"],
          text: "The real case projects/shop-dev/cases/1 (IN_PROGRESS_GOOGLE_SUPPORT) for project shop-dev is closed, since the stack no longer has it (cases).",
        },
      ],
    ));

  it("that a test case becomes is another case", () => {
    const [change] = changesOf(
      step("replace", types.supportCase, {
        before: { ...inputs, testCase: true },
        beforeOutputs: { name: "projects/shop-dev/cases/1", state: "CLOSED" },
        after: { ...inputs, testCase: false, keepOpen: true },
        replaceReasons: ["testCase", "__proto__"],
      }),
    );
    assert.deepEqual(change?.kinds, ["real-case", "replace"]);
    assert.match(
      change?.text ?? "",
      /since it becomes a test case or a real one and __proto__\. The real case Down is created/,
    );
  });
});

describe("an operation that changes nothing", () => {
  for (const op of ["same", "read", "refresh"])
    it(`${op} is not told`, () =>
      assert.deepEqual(
        changesOf(
          step(op, types.organizationGrant, { before: admin, after: admin }),
          step("same", "pulumi:pulumi:Stack", {}),
        ),
        [],
      ));
});
