/** What a resource has in Google Cloud, by its type and its properties: how one is known under two names. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { placeOf, thingOf, thingsOf } from "../../components/formerState.ts";

const role = "roles/cloudsupport.techSupportEditor";
const ada = "user:ada@example.com";
const ofAda = (where: string) => `the grant of ${role} to ${ada} on ${where}`;
const grant = { role, member: "user:Ada@example.com" };
const condition = { title: "Until May", expression: "true" };
const policyData = (bindings: unknown) => JSON.stringify({ bindings });

describe("what a resource has", () => {
  const things: Readonly<Record<string, readonly [string, object, readonly string[]]>> = {
    "a grant on a project": [
      "gcp:projects/iAMMember:IAMMember",
      { ...grant, project: "shop-dev" },
      [ofAda("projects/shop-dev")],
    ],
    "a grant on a folder": ["gcp:folder/iAMMember:IAMMember", { ...grant, folder: "folders/4" }, [ofAda("folders/4")]],
    "a grant on an organization": [
      "gcp:organizations/iAMMember:IAMMember",
      { ...grant, orgId: "1" },
      [ofAda("organizations/1")],
    ],
    "a grant with a condition, which is another one": [
      "gcp:projects/iAMMember:IAMMember",
      { ...grant, project: "shop-dev", condition },
      [],
    ],
    "all members of a role": [
      "gcp:projects/iAMBinding:IAMBinding",
      { role, members: [ada, "group:a@example.com"], project: "shop-dev" },
      [ofAda("projects/shop-dev"), `the grant of ${role} to group:a@example.com on projects/shop-dev`],
    ],
    "all roles": [
      "gcp:organizations/iAMPolicy:IAMPolicy",
      {
        orgId: "1",
        policyData: policyData([
          { role, members: [ada] },
          { role, members: [ada], condition },
        ]),
      },
      [ofAda("organizations/1")],
    ],
    "all roles, known only later": ["gcp:projects/iAMPolicy:IAMPolicy", { project: "shop-dev" }, []],
    "a contact": [
      "gcp:essentialcontacts/contact:Contact",
      { email: "A@example.com", parent: "projects/shop-dev" },
      ["the contact a@example.com of projects/shop-dev"],
    ],
    "nothing that a component creates": ["gcp:storage/bucket:Bucket", { project: "shop-dev" }, []],
  };
  for (const [what, [type, outputs, expected]] of Object.entries(things))
    it(`is ${what}`, () => {
      assert.deepEqual(thingsOf(type, { ...outputs }), expected);
      const isOne = !/IAM(Binding|Policy)$/.test(type);
      assert.equal(thingOf(type, { ...outputs }), isOne ? expected[0] : undefined);
    });

  it("is at a place", () => {
    for (const [properties, expected] of [
      [{ project: "shop-dev", service: "a" }, "projects/shop-dev"],
      [{ folder: "folders/4" }, "folders/4"],
      [{ folder: "4" }, "folders/4"],
      [{ orgId: "1" }, "organizations/1"],
      [{ parent: "projects/shop-dev", email: "a@example.com" }, "projects/shop-dev"],
      [{}, undefined],
    ] as const)
      assert.equal(placeOf({ ...properties }), expected);
  });
});
