/** `care doctor` and the program's preview find the same places in which an update would fail, whatever the caller sees. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { afterAll, beforeAll, describe, it } from "vitest";
import { readReadiness } from "../../../components/internal.ts";
import type { Obstacle } from "../../../components/internal.ts";
import { checkUpTransport, readGoogleSettings } from "../../../google/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { examined } from "../../support/examination.ts";

const nobody = "serviceAccount:nobody@ops-admin.iam.gserviceaccount.com";
const ids = ["shop-dev", "pay-dev", "shop-prod"] as const;

/** What may have become of a project. */
const fates = ["ready", "inactive", "without billing", "closed", "absent"] as const;

/** Roles of the caller on a project, and at the organization. */
const projectRoles = ["roles/browser", "roles/essentialcontacts.viewer", "roles/serviceusage.serviceUsageAdmin"];
const organizationRoles = [
  "roles/resourcemanager.organizationViewer",
  "roles/browser",
  "roles/cloudsupport.techSupportEditor",
];

/** The finding by which the doctor reports each obstacle. */
const findingOf: Readonly<Record<Obstacle["kind"], string>> = {
  absent: "project-not-visible",
  unseen: "project-not-visible",
  inactive: "project-not-active",
  unbilled: "billing-disabled",
};

describe("care doctor and the preview", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.close());

  function plant(project: { readonly id: string; readonly fate: (typeof fates)[number]; readonly roles: string[] }) {
    const found = cloud.state.projects.get(project.id) ?? assert.fail();
    found.policy.bindings.push(...project.roles.map((role) => ({ role, members: [nobody] })));
    if (project.fate === "inactive") found.state = "DELETE_REQUESTED";
    if (project.fate === "without billing") found.billingAccountName = "";
    if (project.fate === "closed") found.billingAccountName = "billingAccounts/0FFFFF-0FFFFF-0FFFFF";
    if (project.fate === "absent") cloud.state.projects.delete(project.id);
  }

  it("agree on each project, for callers with any roles", { timeout: 300_000 }, async () => {
    const projectWorld = fc.record({ fate: fc.constantFrom(...fates), roles: fc.subarray(projectRoles) });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(projectWorld, projectWorld, projectWorld),
        fc.subarray(organizationRoles),
        async (worlds, roles) => {
          cloud.reset();
          const organization = cloud.state.organizations.get("organizations/123456789012") ?? assert.fail();
          organization.policy.bindings.push(...roles.map((role) => ({ role, members: [nobody] })));
          for (const [index, id] of ids.entries()) plant({ id, ...(worlds[index] ?? assert.fail()) });

          const config = { plan: "enhanced", projects: Object.fromEntries(ids.map((id) => [id, {}])) };
          const findings = await examined(cloud, { config, caller: "nobody" });
          const kinds = new Set(Object.values(findingOf));
          const byDoctor = findings.filter(({ id }) => kinds.has(id)).map(({ id, where }) => `${id} ${where}`);

          const environment = { ...cloud.environment, GOOGLE_OAUTH_ACCESS_TOKEN: "local-nobody-token" };
          const transport = checkUpTransport(readGoogleSettings(() => undefined, environment));
          const { obstacles } = await readReadiness(
            transport,
            ids.map((id) => `projects/${id}`),
          );
          const byPreview = [...obstacles].map(([resource, { kind }]) => `${findingOf[kind]} ${resource}`);
          assert.deepEqual(byDoctor.sort(), byPreview.sort());
        },
      ),
      { numRuns: 30 },
    );
  });
});
