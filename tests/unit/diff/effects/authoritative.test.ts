/** A binding or a policy decides who has a role, also for those whom nobody sees: whoever may lose one stops the gate. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { step } from "../../../support/previews/steps.ts";
import { changesAtHome } from "./changes.ts";

type Bindings = ReadonlyMap<string, readonly string[]>;

/** Each kind of resource that has an IAM policy, in the spellings of the provider's types. */
const places: Readonly<Record<string, Record<string, string>>> = {
  "gcp:organizations/iAM*:IAM*": { orgId: "123456789012" },
  "gcp:folder/iAM*:IAM*": { folder: "456789012345" },
  "gcp:projects/iAM*:IAM*": { project: "shop-prod" },
  "gcp:serviceaccount/iAM*:IAM*": { serviceAccountId: "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com" },
  "gcp:storage/bucketIAM*:BucketIAM*": { bucket: "prod-data" },
  "gcp:cloudrunv2/serviceIam*:ServiceIam*": { name: "web", location: "europe-west1" },
};

const roles = [
  "roles/logging.viewer",
  "roles/run.viewer",
  "roles/cloudsupport.techSupportEditor",
  "roles/cloudsupport.admin",
  "roles/owner",
];
const members = fc.subarray([
  "group:sre@example.com",
  "user:ada@example.com",
  "serviceAccount:a@p.iam.gserviceaccount.com",
]);
const place = fc.constantFrom(...Object.keys(places));
const bindings = fc
  .subarray(roles)
  .chain((some) => fc.tuple(...some.map((role) => fc.tuple(fc.constant(role), members))))
  .map((all): Bindings => new Map(all));

const policyOf = (all: Bindings) => ({
  policyData: JSON.stringify({ bindings: [...all].map(([role, some]) => ({ role, members: some })) }),
});
const bindingOf = (role: string, some: readonly string[]) => ({ role, members: some });
const typeOf = (pattern: string, kind: string) => pattern.replaceAll("*", kind);
const grantsOf = (all: Bindings) => [...all].flatMap(([role, some]) => some.map((member) => `${role} ${member}`));

function isStopped(op: string, type: string, options: Parameters<typeof step>[2]): boolean {
  const changes = changesAtHome(step(op, type, options));
  assert.equal(changes.length, 1, JSON.stringify(changes));
  return changes.some(({ kinds }) => kinds.includes("delete"));
}

describe("a binding or a policy at any resource", () => {
  it("that is created may take roles from others, and names who keeps them", () => {
    fc.assert(
      fc.property(place, bindings, fc.constantFrom(...roles), members, (pattern, all, role, some) => {
        const at = places[pattern] ?? {};
        const created = { Policy: policyOf(all), Binding: bindingOf(role, some) };
        for (const [kind, inputs] of Object.entries(created)) {
          const type = typeOf(pattern, kind);
          const [change] = changesAtHome(step("create", type, { after: { ...at, ...inputs } }));
          assert.ok(change?.kinds.includes("delete"), type);
          assert.match(change?.text ?? "", /and whoever else has (it|a role) there loses it/);
          assert.ok(!isStopped("import", type, { after: { ...at, ...inputs } }), type);
        }
      }),
    );
  });

  it("that is updated takes what it no longer has, and only then", () => {
    fc.assert(
      fc.property(place, bindings, bindings, (pattern, before, after) => {
        const at = places[pattern] ?? {};
        const [from, to] = [grantsOf(before), grantsOf(after)];
        fc.pre(JSON.stringify([...before]) !== JSON.stringify([...after]));
        const states = { before: { ...at, ...policyOf(before) }, after: { ...at, ...policyOf(after) } };
        assert.equal(
          isStopped("update", typeOf(pattern, "Policy"), states),
          from.some((grant) => !to.includes(grant)),
        );
      }),
    );
    fc.assert(
      fc.property(place, fc.constantFrom(...roles), members, members, (pattern, role, before, after) => {
        const at = places[pattern] ?? {};
        fc.pre(before.join() !== after.join());
        const states = {
          before: { ...at, ...bindingOf(role, before) },
          after: { ...at, ...bindingOf(role, after) },
        };
        assert.equal(
          isStopped("update", typeOf(pattern, "Binding"), states),
          before.some((member) => !after.includes(member)),
        );
      }),
    );
  });
});
