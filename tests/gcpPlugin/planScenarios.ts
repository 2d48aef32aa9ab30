/** Scenarios of how a plugin processes a program's inputs before it calls Google: checks, diffs, previews. */
import { create, make, scenario } from "./calls.ts";
import type { Scenario } from "./calls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";
import { contact, inFolder, inOrganization, project, support, types } from "./scenarios.ts";

const until = { title: "until 2030", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
const unbatched = { config: { batching: JSON.stringify({ enableBatching: false }) } };

const flags: Properties[] = ["true", "no", 1, ["true"], unknown].map((disableOnDestroy) => ({ disableOnDestroy }));
const policies: Properties[] = ["", "NONSENSE", unknown].map((deletionPolicy) => ({ deletionPolicy }));
const members: Properties[] = [
  "User:Ada@Example.com",
  "deleted:user:ada@example.com?uid=1",
  "ada@example.com",
  "allUsers",
  "",
  7,
].map((member) => ({ member }));
const conditions: Properties[] = [until, {}, { title: "no expression" }, [until], "until 2030", unknown].map(
  (condition) => ({ condition }),
);

/** Scenarios of checks, diffs and previews. */
export const planScenarios: Scenario[] = [
  scenario("checks of a service", [
    checks([
      types.service,
      support,
      [
        ...["nodot", "bigquery-json.googleapis.com", "", 7, ["cloudsupport.googleapis.com"], { name: "x" }].map(
          (service) => ({ service }),
        ),
        ...flags,
        ...policies,
        { project: "" },
        { nonsense: true },
      ],
    ]),
  ]),
  scenario("checks of a contact", [
    checks([
      types.contact,
      contact,
      [
        ...["ALL", [], [7, true], ["ALL", unknown], unknown, { one: "ALL" }, ["ALL", ["LEGAL"]]].map(
          (notificationCategorySubscriptions) => ({ notificationCategorySubscriptions }),
        ),
        { email: "nonsense" },
        { email: ["ada@example.com"] },
        { languageTag: 7 },
        { parent: "shop-dev" },
        { name: "organizations/123456789012/contacts/1" },
        { nonsense: true },
        ...policies,
      ],
    ]),
  ]),
  scenario("checks of grants", [
    checks([types.organization, inOrganization, [...members, ...conditions, { etag: "x" }, { nonsense: true }]]),
    checks([types.folder, inFolder, [{ folder: "folders/456789012345" }, { role: "nonsense" }, { role: "" }]]),
    checks([types.project, project, [{ project: "projects/shop-dev" }, { project: "" }, { project: 7 }]]),
  ]),
  scenario(
    "differences of a service",
    [
      differences([
        types.service,
        support,
        [
          { service: "essentialcontacts.googleapis.com" },
          { service: unknown },
          { project: "pay-dev" },
          { project: "projects/shop-dev" },
          { project: unknown },
          { project: null },
          { disableOnDestroy: true },
          { disableOnDestroy: false },
          { disableOnDestroy: unknown },
          { deletionPolicy: "ABANDON" },
          { deletionPolicy: unknown },
        ],
      ]),
    ],
    unbatched,
  ),
  scenario("differences of a contact", [
    differences([
      types.contact,
      contact,
      [
        { email: "sre@example.com" },
        { email: "finops@example.com" },
        { email: unknown },
        { parent: "projects/shop-dev" },
        { parent: unknown },
        ...[
          ["BILLING", "TECHNICAL"],
          ["TECHNICAL"],
          ["TECHNICAL", "BILLING", "LEGAL"],
          ["ALL"],
          ["LEGAL", unknown],
        ].map((notificationCategorySubscriptions) => ({ notificationCategorySubscriptions })),
        { notificationCategorySubscriptions: unknown },
        { languageTag: "de", email: "sre@example.com" },
        { languageTag: unknown },
        { deletionPolicy: "PREVENT" },
      ],
    ]),
    differences(
      [
        types.contact,
        { ...contact, email: "legal@example.com" },
        [{ email: "sre@example.com" }, { languageTag: "de" }, { email: "sre@example.com", languageTag: "de" }],
      ],
      ["email"],
    ),
  ]),
  scenario("differences of a grant in an organization", [
    differences([
      types.organization,
      inOrganization,
      [
        { member: "group:admins@example.com" },
        { member: "group:others@example.com" },
        { member: "GROUP:admins@example.com" },
        { member: unknown },
        { role: "roles/cloudsupport.viewer" },
        { role: unknown },
        { orgId: "organizations/123456789012" },
        { orgId: "999" },
        { orgId: unknown },
        { condition: until },
        { condition: unknown },
        { condition: { ...until, title: unknown } },
      ],
    ]),
  ]),
  scenario(
    "differences of a grant with a condition",
    [
      differences([
        types.folder,
        { ...inFolder, condition: until },
        [
          { folder: "folders/456789012345" },
          { folder: "1" },
          { condition: null },
          { condition: { ...until, title: "until 2031" } },
          { condition: { ...until, description: "a year" } },
          { condition: { ...until, expression: unknown } },
        ],
      ]),
    ],
    unbatched,
  ),
  scenario(
    "differences of a grant in a project",
    [
      differences([
        types.project,
        project,
        [
          { project: "projects/shop-dev" },
          { project: "pay-dev" },
          { project: unknown },
          { member: "user:ADA@example.com" },
        ],
      ]),
    ],
    unbatched,
  ),
  scenario("previews with unknown inputs", [
    unknowns([types.service, support, [{ disableOnDestroy: unknown }, { deletionPolicy: unknown }]]),
    unknowns([types.contact, contact, [{ notificationCategorySubscriptions: ["ALL", unknown] }]]),
    unknowns([
      types.organization,
      inOrganization,
      [{ condition: unknown }, { condition: { ...until, title: unknown } }],
    ]),
    unknowns([types.folder, inFolder, []]),
    unknowns([types.project, project, []]),
  ]),
  scenario(
    "an API that is disabled in the quota project",
    [create(types.contact, contact), create(types.service, support), create(types.organization, inOrganization)],
    { config: { ...unbatched.config, userProjectOverride: "true", billingProject: "shop-dev" } },
  ),
  scenario(
    "a service that somebody else disabled, and a project that somebody else removed",
    [
      async (plugin, cloud, answers) => {
        const made = await make(plugin, answers, types.service, support);
        if (!made) throw new Error("no service was enabled");
        for (const remove of ["service", "project"]) {
          for (const [key, { projectId, services }] of cloud.state.projects) {
            if (projectId !== "shop-dev") continue;
            if (remove === "service") services.delete("cloudsupport.googleapis.com");
            else cloud.state.projects.delete(key);
          }
          answers.push(await plugin.read(types.service, made.id, made.properties, made.inputs));
          answers.push(await plugin.read(types.service, made.id, {}, {}));
        }
        answers.push(await plugin.delete(types.service, made.id, made.properties, made.inputs));
      },
    ],
    unbatched,
  ),
];
