/**
 * Each check that asks for permissions asks for those of guide/permissions.ts. tests/engine/permissions.long.test.ts compares the
 * permissions of updates with those that a stack's life needs.
 */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import * as cases from "../../components/supportCase/index.ts";
import { readReadiness } from "../../components/internal.ts";
import { checkUpTransport, readGoogleSettings } from "../../google/index.ts";
import { levels, permissionsOfUpdates, readRequests, updatePermissions } from "../../guide/index.ts";
import type { RolePermissions } from "../../guide/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { roleGives } from "../../tools/localCloud/roles.ts";
import { inputs } from "../support/caseSetting.ts";
import { examined } from "../support/examination.ts";
import { reportOn } from "../support/report/reportOn.ts";
import { adopting } from "./adopt/adopting.ts";
import { configOf } from "./supportCase/setting.ts";

const places = {
  organization: "organizations/123456789012",
  folder: "folders/456789012345",
  project: "projects/shop-dev",
} as const;
const { grantRoles, ...otherNeeds } = updatePermissions;
const needs: readonly RolePermissions[] = [...Object.values(otherNeeds), ...Object.values(grantRoles)];

describe("a role", () => {
  for (const { role, permissions } of needs)
    it(`${role} contains ${permissions.join(", ")}`, () => {
      for (const permission of permissions) assert.ok(roleGives(role, permission), permission);
    });
  for (const { role, permission } of Object.values(readRequests))
    it(`${role} contains ${permission}`, () => assert.ok(roleGives(role, permission)));
});

describe("a caller", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  beforeEach(() => cloud.reset());
  afterAll(() => cloud.close());

  /** Gives the caller one permission, and no other. */
  function hold(member: string, resource: string, permission: string | undefined) {
    const { organizations, folders, projects, roles, groups } = cloud.state;
    for (const { policy } of [...organizations.values(), ...folders.values(), ...projects.values()])
      for (const binding of policy.bindings) binding.members = binding.members.filter((one) => one !== member);
    for (const members of groups.values()) members.splice(0, members.length);
    if (permission === undefined) return;
    const role = "organizations/123456789012/roles/one";
    roles.set(role, [permission]);
    const place =
      organizations.get(resource) ?? folders.get(resource) ?? projects.get(resource.replace("projects/", ""));
    place?.policy.bindings.push({ role, members: [member] });
  }

  for (const level of levels)
    it(`with any permission for an update knows that the ${level} exists`, async () => {
      const environment = { ...cloud.environment, GOOGLE_OAUTH_ACCESS_TOKEN: "local-nobody-token" };
      const settings = readGoogleSettings(() => undefined, environment);
      for (const permission of [undefined, readRequests[level].permission, ...permissionsOfUpdates(level)]) {
        hold("serviceAccount:nobody@ops-admin.iam.gserviceaccount.com", places[level], permission);
        const transport = checkUpTransport(settings, undefined, { sleep: () => Promise.resolve() });
        const { obstacles } = await readReadiness(transport, [places[level]]);
        assert.equal(obstacles.get(places[level])?.kind, permission === undefined ? "unseen" : undefined, permission);
      }
    });

  /** The permissions by which a caller counts as the one who deploys. */
  const ofDeployers = {
    organization: ["resourcemanager.organizations.setIamPolicy"],
    project: [
      "resourcemanager.projects.setIamPolicy",
      "serviceusage.services.enable",
      ...["create", "delete", "setIamPolicy"].map((verb) => `pubsub.topics.${verb}`),
      ...["alertPolicies", "notificationChannels"].flatMap((what) =>
        ["create", "delete", "update"].map((verb) => `monitoring.${what}.${verb}`),
      ),
    ],
  };
  for (const level of ["organization", "project"] as const)
    it(`without a quota project gets an error for a case of the ${level} if an update by the caller can change something`, async () => {
      const config = configOf(cloud, "local-someone-else-token");
      const oauth2 = cloud.environment["GOOGLE_OAUTH2_CUSTOM_ENDPOINT"];
      const withoutProject = {
        get: (key: string) => (key === "gcp:oauth2CustomEndpoint" ? oauth2 : config.get(key)),
      };
      const rest = ["create", "update", "escalate"].map((verb) => `cloudsupport.techCases.${verb}`);
      const contacts = ["create", "update", "delete"].map((verb) => `essentialcontacts.contacts.${verb}`);
      const failing: string[] = [];
      for (const permission of [undefined, ...permissionsOfUpdates(level)]) {
        hold("user:someone-else@example.com", places[level], permission);
        const { failures } = await cases.check({}, { ...inputs, parent: places[level] }, withoutProject);
        if (failures.some(({ reason }) => reason.includes("have no quota project"))) failing.push(permission ?? "none");
      }
      assert.deepEqual(failing.sort(), [...ofDeployers[level], ...rest, ...contacts].sort());
    });

  it("of care needs the permission of each request, and no others", async () => {
    const config = {
      plan: "enhanced",
      organization: {
        domain: "example.com",
        contacts: { security: ["security@example.com"] },
        supportEvents: { project: "ops-admin" },
      },
      folders: { "456789012345": { everyProject: { editors: ["user:ada@example.com"] } } },
      projects: {
        "shop-dev": {
          services: ["servicehealth.googleapis.com", "recommender.googleapis.com"],
          alerts: { serviceHealth: { notify: ["oncall@example.com"] } },
        },
      },
      testCase: { project: "shop-dev" },
    };
    for (const service of config.projects["shop-dev"].services)
      cloud.state.projects.get("shop-dev")?.services.set(service, { enabledAt: 0 });
    await examined(cloud, { config });
    await adopting(cloud, { config });
    const [open] = [...cloud.state.cases.values()].map(({ name }) => name);
    await reportOn(cloud, { config, cases: open === undefined ? [] : [open] });
    const needed = new Set(cloud.requests.flatMap(({ permissions }) => permissions));
    const known = new Set<string>(Object.values(readRequests).map(({ permission }) => permission));
    assert.deepEqual([...known].filter((one) => !needed.has(one)).sort(), []);
    // The role for the list of locations contains the permissions for each recommender.
    const others = [...needed].filter((one) => !known.has(one) && !/^recommender\.\w+\.list$/.test(one));
    assert.deepEqual(others.sort(), ["resourcemanager.folders.list"]);
  });
});
