/** Two resources are the same grant or contact by their inputs: whatever their names, types and components, no pair passes. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { unknownValue } from "../../../components/supportCase/properties.ts";
import { jsonOf } from "../../../care/diff/json.ts";
import { markdownOf } from "../../../care/diff/markdown.ts";
import { namedDiffs } from "../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { document, step, types } from "../../support/previews/steps.ts";
import type { WrittenStep } from "../../support/previews/steps.ts";

type Inputs = Record<string, unknown>;

const diffsOf = (...stacks: readonly (readonly WrittenStep[])[]) =>
  namedDiffs(
    stacks.flatMap((steps) =>
      readPreviews(document(steps), "test.json").map((preview) => ({ preview, stack: undefined, place: "test.json" })),
    ),
  );
const changesOf = (...steps: readonly WrittenStep[]) => jsonOf(diffsOf(steps)).stacks[0]?.changes ?? [];
const conflictsOf = (...steps: readonly WrittenStep[]) =>
  changesOf(...steps).flatMap(({ kinds }) => kinds.filter((kind) => kind.endsWith("conflict")));

const role = "roles/cloudsupport.techSupportEditor";

/** The same grant, as different resources may write it. */
const spellings: Readonly<Record<string, readonly (readonly [type: string, inputs: Inputs])[]>> = {
  project: [
    [types.projectGrant, { project: "shop-dev", role, member: "user:ada@example.com" }],
    [types.projectGrant, { project: "projects/shop-dev", role, member: "user:Ada@Example.com", condition: null }],
    [
      "gcp:projects/iAMBinding:IAMBinding",
      { project: "shop-dev", role, members: ["user:b@c.d", "user:ADA@example.com"] },
    ],
    [
      "gcp:projects/iAMPolicy:IAMPolicy",
      { project: "shop-dev", policyData: JSON.stringify({ bindings: [{ role, members: ["user:ada@example.com"] }] }) },
    ],
  ],
  folder: [
    [types.folderGrant, { folder: "456", role, member: "group:a@example.com" }],
    [types.folderGrant, { folder: "folders/456", role, member: "group:A@example.com" }],
  ],
  organization: [
    [types.organizationGrant, { orgId: "123", role, member: "domain:example.com" }],
    ["gcp:organizations/iAMBinding:IAMBinding", { orgId: "123", role, members: ["domain:example.com"] }],
  ],
  bucket: [
    ["gcp:storage/bucketIAMMember:BucketIAMMember", { bucket: "b", role, member: "user:a@b.c" }],
    ["gcp:storage/bucketIAMMember:BucketIAMMember", { bucket: "b", role, member: "user:A@b.c" }],
  ],
  contact: [
    [
      types.contact,
      { email: "ada@example.com", parent: "projects/shop-dev", notificationCategorySubscriptions: ["ALL"] },
    ],
    [types.contact, { email: "Ada@Example.com", parent: "projects/shop-dev", notificationCategorySubscriptions: [] }],
  ],
};

const place = fc.constantFrom(...Object.keys(spellings));
const spelling = (of: string) => fc.constantFrom(...(spellings[of] ?? []));
const component = fc.constantFrom("", "customer-care:index:CustomerCare$", "zone:index:Team$zone:index:Access$");
const name = fc.string({ minLength: 1, maxLength: 20, unit: "binary" });
const resource = (of: string) => fc.record({ spelling: spelling(of), component, name });

const pair = place.chain((of) =>
  fc
    .record({ gone: resource(of), there: resource(of), op: fc.constantFrom("create", "same", "update", "import") })
    .filter(({ gone, there }) => gone.name !== there.name),
);

describe("a resource that is deleted while another one is the same grant or contact", () => {
  it("is a conflict, which comes first, in one sentence without a line end", () => {
    fc.assert(
      fc.property(pair, ({ gone, there, op }) => {
        const [type, before] = gone.spelling;
        const [otherType, inputs] = there.spelling;
        const steps = [
          step("delete", gone.component + type, { before, name: gone.name }),
          step(op, there.component + otherType, {
            ...(op === "create" || op === "import" ? {} : { before: inputs }),
            after: inputs,
            name: there.name,
          }),
        ];
        const [first] = changesOf(...steps);
        assert.deepEqual(first?.kinds, ["conflict"], JSON.stringify(steps));
        assert.equal(first.urns.length, 2);
        assert.match(first.text, /^This update (would remove|fails)/);
        assert.match(markdownOf(diffsOf(steps), 65_000), /### Look at these first\n\n- \*\*Conflict:\*\* This update/);
      }),
    );
  });

  it("is none where the place, the role, the member or the condition differs, or nothing is deleted in the cloud", () => {
    const grant = { project: "shop-dev", role, member: "user:ada@example.com" };
    const gone = (options: object = {}) =>
      step("delete", types.projectGrant, { before: grant, name: "old", ...options });
    const made = (inputs: Inputs) =>
      step("create", types.projectGrant, { after: { ...grant, ...inputs }, name: "new" });
    for (const other of [
      { project: "pay-dev" },
      { role: "roles/cloudsupport.viewer" },
      { member: "group:ada@example.com" },
      { condition: { title: "now", expression: "true" } },
    ])
      assert.deepEqual(conflictsOf(gone(), made(other)), [], JSON.stringify(other));
    assert.deepEqual(conflictsOf(gone({ retainOnDelete: true }), made({})), []);
    assert.deepEqual(conflictsOf(gone(), made({})), ["conflict"]);
    // A number and an ID may be one project's.
    assert.deepEqual(conflictsOf(gone(), made({ project: "100000000001" })), ["perhaps-conflict"]);
    const component = "urn:pulumi:test::customer-care::zone:index:Project::gone";
    const written = gone();
    const withIt = { ...written, oldState: { ...written.oldState, deletedWith: component } } as WrittenStep;
    const parent = { ...step("delete", "zone:index:Project", { before: {}, name: "gone" }), urn: component };
    assert.deepEqual(conflictsOf(withIt, parent, made({})), []);
    assert.deepEqual(conflictsOf(withIt, made({})), ["conflict"]);
  });

  it("is perhaps one where a value is a secret or known later, which is not shown", () => {
    const grant = { project: "shop-dev", role, member: "user:ada@example.com" };
    const hidden = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: "user:hidden@x.y",
    };
    for (const value of ["[secret]", unknownValue, hidden])
      for (const property of ["project", "member", "role"]) {
        const steps = [
          step("delete", types.projectGrant, { before: { ...grant, [property]: value }, name: "old" }),
          step("create", types.projectGrant, { after: grant, name: "new" }),
        ];
        assert.deepEqual(conflictsOf(...steps), ["perhaps-conflict"], property);
        assert.doesNotMatch(markdownOf(diffsOf(steps), 65_000) + JSON.stringify(jsonOf(diffsOf(steps))), /hidden@/);
      }
    const all = { project: "[secret]", role: "[secret]", member: "[secret]" };
    assert.deepEqual(
      conflictsOf(
        step("delete", types.projectGrant, { before: all, name: "old" }),
        step("create", types.projectGrant, { after: all, name: "new" }),
      ),
      [],
    );
  });

  it("may be its own replacement, or a member that a binding leaves out", () => {
    const grant = { project: "shop-dev", role, member: "user:ada@example.com" };
    assert.deepEqual(
      conflictsOf(
        step("replace", types.folderGrant, {
          before: { folder: "1", role, member: "user:ada@example.com" },
          after: { folder: "1", role, member: "user:Ada@example.com" },
        }),
      ),
      ["perhaps-conflict"],
    );
    const parts = (...ops: readonly string[]) =>
      ops.map((op) =>
        step(op, types.folderGrant, { before: { ...grant, folder: "1" }, after: { ...grant, folder: "1" } }),
      );
    assert.deepEqual(conflictsOf(...parts("delete-replaced", "replace", "create-replacement")), []);
    assert.deepEqual(conflictsOf(...parts("create-replacement", "replace", "delete-replaced")), ["perhaps-conflict"]);
    assert.deepEqual(
      conflictsOf(
        step("replace", types.projectGrant, { before: grant, after: { ...grant, member: "user:b@c.d" }, name: "old" }),
        step("create", types.projectGrant, { after: grant, name: "new" }),
      ),
      ["conflict"],
    );
    const binding = (...members: string[]) => ({ project: "shop-dev", role, members });
    assert.deepEqual(
      conflictsOf(
        step("update", "gcp:projects/iAMBinding:IAMBinding", {
          before: binding("user:ada@example.com", "user:b@c.d"),
          after: binding("user:b@c.d"),
          name: "old",
        }),
        step("create", types.projectGrant, { after: grant, name: "new" }),
      ),
      ["conflict"],
    );
  });

  it("names what to run, whole, and nothing to run where a terminal would hide part of it", () => {
    const grant = { project: "shop-dev", role, member: "user:ada@example.com" };
    const text = (old: string, other: string = types.projectGrant) =>
      changesOf(
        step("delete", types.projectGrant, { before: grant, name: old }),
        step("create", other, { after: grant, name: "it's new" }),
      )[0]?.text ?? "";
    const long = `a${"b".repeat(400)}`;
    assert.ok(
      text(long).includes(
        `pulumi state rename --yes --stack test urn:pulumi:test::customer-care::${types.projectGrant}::${long} 'it'\\''s new'`,
      ),
      text(long),
    );
    assert.ok(
      text("old", `zone:index:Team$${types.projectGrant}`).includes("pulumi state delete --yes --stack test urn:"),
    );
    assert.doesNotMatch(text("a\u202eb"), /pulumi state/);
  });
});

describe("what moves from one stack to another", () => {
  const grant = { project: "shop-dev", role, member: "user:ada@example.com" };
  const gone = step("delete", types.projectGrant, { before: grant, name: "old", stack: "dev" });
  const made = (op = "create") =>
    step(op, types.projectGrant, {
      ...(op === "same" ? { before: grant } : {}),
      after: grant,
      name: "new",
      stack: "prod",
    });
  const first = (...stacks: readonly (readonly WrittenStep[])[]) =>
    jsonOf(diffsOf(...stacks)).stacks.map(({ changes }) => changes[0]);

  it("comes first in both, with the order", () => {
    for (const order of [
      [[gone], [made()]],
      [[made()], [gone]],
    ])
      for (const change of first(...order)) {
        assert.deepEqual(change?.kinds, ["moved"]);
        assert.match(
          change.text,
          /^This moves from dev to prod: .*user:ada@example\.com.* Update dev before prod: in the other order, the grant is lost\. .* run pulumi state delete --yes --stack dev urn:/,
        );
      }
  });

  it("is lost in any order where the other stack has it already", () => {
    const [change] = first([gone], [made("same")]);
    assert.deepEqual(change?.kinds, ["moved"]);
    assert.match(change.text, /^The update of dev would remove what prod keeps: .* Before it, run pulumi state delete/);
  });

  it("can be a contact, with the command that moves it if its name stays", () => {
    const contact = { parent: "projects/shop-dev", email: "ada@example.com" };
    const text = (to: string, project?: string) => {
      const old = step("delete", types.contact, { before: contact, name: "care/ada", stack: "dev" });
      const created = step("create", types.contact, { after: contact, name: to, stack: "prod" });
      const other =
        project === undefined ? created : { ...created, urn: created.urn.replace(/(::).*?(::)/, `$1${project}$2`) };
      return first([old], [other])[0]?.text ?? "";
    };
    assert.match(
      text("care/ada"),
      /Update dev before prod: in the other order, Google refuses a second contact\. .* run pulumi state move --yes --source dev --dest prod urn:[^ ]*::care\/ada before both, in any order\.$/,
    );
    assert.doesNotMatch(text("zone/ada"), /pulumi state/);
    assert.doesNotMatch(text("care/ada", "another"), /pulumi state/);
  });

  it("is nothing between two previews of one stack, or between other grants", () => {
    const other = step("create", types.projectGrant, { after: { ...grant, project: "pay-dev" }, stack: "prod" });
    assert.doesNotMatch(JSON.stringify(jsonOf(diffsOf([gone], [other]))), /"moved"/);
    const same = step("create", types.projectGrant, { after: grant, name: "new", stack: "dev" });
    assert.doesNotMatch(JSON.stringify(jsonOf(diffsOf([gone], [same]))), /"moved"/);
  });
});
