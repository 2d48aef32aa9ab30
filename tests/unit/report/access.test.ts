/** Who has a role, in the report on random organizations: its rows agree with the grants at the place and above. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import fc from "fast-check";
import { isOpen } from "../../../care/report/report.ts";
import type { Row } from "../../../care/report/report.ts";
import { roleNames, roles, taskIn, words } from "../../../guide/index.ts";
import type { RoleName } from "../../../guide/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { reportOn } from "../../support/report/reportOn.ts";

/** By place: the places above it. */
const above = {
  "organizations/123456789012": [],
  "folders/456789012345": ["organizations/123456789012"],
  "projects/shop-dev": ["folders/456789012345", "organizations/123456789012"],
  "projects/ops-admin": ["organizations/123456789012"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type PlaceName = keyof typeof above;

const placeNames = Object.keys(above) as PlaceName[];
const members = ["user:ada@example.com", "group:care@example.com"];
const conditions = {
  ended: "request.time < timestamp('2020-01-01T00:00:00Z')",
  ends: "request.time < timestamp('2999-01-01T00:00:00Z')",
  other: "resource.name.startsWith('x')",
} as const;

const grants = fc.array(
  fc.record({
    at: fc.constantFrom(...placeNames),
    roleName: fc.constantFrom(...roleNames),
    member: fc.constantFrom(...members),
    condition: fc.constantFrom(undefined, undefined, "ended", "ends", "other"),
  }),
  { minLength: 2, maxLength: 6 },
);

const given = fc.record({
  grants,
  // Each role at one level only, because the config refuses a grant that is inherited.
  asked: fc.dictionary(
    fc.constantFrom("editors", "contactAdministrators", "contactViewers"),
    fc.record({
      level: fc.constantFrom("organization", "folder", "project"),
      members: fc.constantFrom(["user:eve@example.com"], members),
    }),
  ),
  denied: fc.subarray([...placeNames]),
});

type Given = typeof given extends fc.Arbitrary<infer Value> ? Value : never;

function policyAt({ state }: Cloud, place: string) {
  const [, id = ""] = place.split("/");
  const found = state.organizations.get(place) ?? state.folders.get(place) ?? state.projects.get(id);
  return (found ?? assert.fail(place)).policy;
}

function plant(cloud: Cloud, { grants: wanted, denied }: Given): void {
  const own: readonly string[] = Object.values(roles).map(({ role }) => role);
  for (const place of placeNames) {
    const policy = policyAt(cloud, place);
    policy.bindings = policy.bindings.filter(({ role }) => !own.includes(role));
  }
  for (const { at, roleName, member, condition } of wanted)
    policyAt(cloud, at).bindings.push({
      role: roles[roleName].role,
      members: [member],
      ...(condition === undefined ? {} : { condition: { title: condition, expression: conditions[condition] } }),
    });
  for (const place of denied)
    cloud.faults.add({
      match: { path: `${place}:getIamPolicy`, times: 1000 },
      effect: { error: { code: 403, status: "PERMISSION_DENIED" } },
    });
}

function configOf({ asked }: Given) {
  const at = (wanted: string) =>
    Object.fromEntries(
      Object.entries(asked).flatMap(([key, { level, members: all }]) => (level === wanted ? [[key, all]] : [])),
    );
  return {
    plan: "enhanced",
    organization: { id: "123456789012", ...at("organization") },
    folders: { "456789012345": at("folder") },
    projects: { "shop-dev": at("project"), "ops-admin": {} },
  };
}

/** The row agrees with the grants that were planted. */
function assertTrue(row: Row, roleName: RoleName, place: PlaceName, { grants: wanted, denied }: Given): void {
  const { details } = words.en;
  const holdersAt = (at: string) =>
    wanted.flatMap((grant) =>
      grant.at === at && grant.roleName === roleName && [undefined, "ends"].includes(grant.condition)
        ? [grant.member]
        : [],
    );
  const mayRead = (at: PlaceName) => !denied.includes(at);
  const context = `${place} ${roleName} ${row.status}: ${row.details}`;
  const inherited = above[place].filter((at) => mayRead(at) && holdersAt(at).length > 0);
  const own = mayRead(place) ? holdersAt(place) : [];
  if (row.details.includes("Nobody")) assert.deepEqual([own, inherited], [[], []], context);
  if (row.details.includes(details.nobodyHasRoleHereOrAbove)) assert.ok(above[place].every(mayRead), context);
  if (row.status === "done" && own.length > 0)
    assert.ok(
      own.every((member) => row.details.includes(member)),
      context,
    );
  else if (row.status === "done") {
    assert.ok(inherited.length > 0, context);
    for (const at of inherited)
      for (const member of holdersAt(at)) {
        assert.ok(row.details.includes(at), context);
        assert.ok(row.details.includes(member), context);
      }
  }
  // Without a finding at the place itself, whoever has the role is in the row.
  if (!isOpen(row) && own.length + inherited.length > 0) assert.equal(row.status, "done", context);
}

describe("a report on random grants", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.close());

  it("has who has a role and from where, and never that nobody has it while somebody inherits it", async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(given, async (one) => {
        cloud.reset();
        plant(cloud, one);
        const report = await reportOn(cloud, { config: configOf(one) });
        for (const place of placeNames)
          for (const roleName of roleNames) {
            const rows = report.places.find(({ resource }) => resource === place)?.rows ?? assert.fail(place);
            const row = rows.find(({ task }) => task === taskIn(words.en, roleName));
            if (row === undefined) continue;
            if (/Inherited from/.test(row.details)) seen += 1;
            assertTrue(row, roleName, place, one);
          }
      }),
      { numRuns: 80 },
    );
    assert.ok(seen > 0, "nobody inherited a role in any run");
  });
});
