/** Scenarios of a project, as examples/landing-zone creates it. */
import { mover } from "./folderScenarios.ts";
import { create, fault, scenario } from "./calls.ts";
import type { Scenario } from "./calls.ts";
import { adoption, life, lost, refreshed } from "./lifeCalls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";

const projectType = "gcp:organizations/project:Project";
const project = {
  projectId: "payments-development",
  name: "Payments development",
  folderId: "456789012345",
  billingAccount: "012345-567890-ABCDEF",
  deletionPolicy: "DELETE",
};
/** As it is in the seed, but for its name. */
const shop = { ...project, projectId: "shop-dev", name: "Shop" };
const policies: Properties[] = ["", "NONSENSE", unknown].map((deletionPolicy) => ({ deletionPolicy }));

export const projectScenarios: Scenario[] = [
  scenario("a project that is made", [
    life(projectType, project, ({ id }) => id, [
      { name: "Pay dev" },
      { name: "Pay dev", billingAccount: "0FFFFF-0FFFFF-0FFFFF" },
      { name: "Pay dev", billingAccount: null, deletionPolicy: "PREVENT" },
      { name: "Pay dev", billingAccount: null, deletionPolicy: "DELETE" },
    ]),
  ]),
  scenario("a project that moves", [
    mover,
    life(projectType, project, ({ id }) => id, [
      { folderId: null, orgId: "123456789012" },
      { name: "Pay dev", labels: { team: "pay" } },
      { name: "Pay dev", folderId: null, orgId: "organizations/123456789012" },
      { name: "Pay dev", folderId: "1" },
      { name: "Pay dev", folderId: null },
    ]),
    fault({ match: { rpc: "UpdateProject" }, effect: { error: { code: 400, message: "no" } } }),
    life(
      projectType,
      { ...project, projectId: "retail-development", folderId: null, orgId: "123456789012" },
      ({ id }) => id,
      [
        { orgId: null, folderId: "456789012345" },
        { orgId: null, folderId: "456789012345", name: "Retail" },
      ],
    ),
  ]),
  scenario("a project with labels", [
    life(projectType, { ...project, labels: { team: "pay", tier: "1" } }, ({ id }) => id, [
      { labels: { team: "pay", tier: "2" } },
      { labels: { team: "pay" } },
      { labels: {} },
      { labels: null },
      { labels: { "goog-pulumi-provisioned": "false", own: "" } },
    ]),
    create(projectType, { ...project, projectId: "retail-development", labels: { Team: "Pay" } }),
  ]),
  scenario("a project with labels that is read again", [
    refreshed(projectType, { ...project, labels: { team: "pay" } }, { labels: { tier: "1" } }),
  ]),
  scenario("projects with the labels of others that are adopted", [
    async (_plugin, { state }) => {
      const found = state.projects.get("shop-dev");
      if (found === undefined) throw new Error("no project in the seed");
      Object.assign(found.labels, { others: "yes", team: "shop" });
      return Promise.resolve();
    },
    adoption(projectType, "shop-dev", { ...shop, labels: { team: "shops" } }),
    adoption(projectType, "shop-dev", { ...shop, labels: { tier: "1" } }),
    adoption(projectType, "shop-dev", shop),
  ]),
  scenario("a project that is read again", [
    refreshed(projectType, { ...project, folderId: "folders/456789012345" }, { name: "Pay dev" }),
  ]),
  scenario("a project without billing that is kept", [
    life(projectType, { ...project, billingAccount: null, deletionPolicy: null }, () => "payments-development", [
      { billingAccount: "012345-567890-ABCDEF", deletionPolicy: "ABANDON" },
    ]),
  ]),
  scenario("projects that are refused", [
    create(projectType, { ...project, projectId: "shop-dev" }),
    create(projectType, { ...project, folderId: "1" }),
    create(projectType, { ...project, folderId: null }),
    create(projectType, { ...project, billingAccount: "0FFFFF-0FFFFF-0FFFFF" }),
    create(projectType, { ...project, billingAccount: "nonsense" }),
    fault({
      match: { path: "testIamPermissions" },
      effect: { error: { code: 403, message: "no" } },
    }),
    create(projectType, project),
    fault({ match: { rpc: "GetOperation" }, effect: { error: { code: 403, message: "no" } } }),
    create(projectType, project),
  ]),
  scenario("projects that are made but cannot be billed or read", [
    fault({ match: { rpc: "UpdateProjectBillingInfo" }, effect: { error: { code: 403, message: "no" } } }),
    create(projectType, project),
    fault({ match: { rpc: "GetProjectBillingInfo" }, effect: { error: { code: 403, message: "no" } } }),
    create(projectType, { ...project, projectId: "retail-development" }),
    fault({ match: { rpc: "GetProject" }, effect: { error: { code: 403, message: "no" } } }),
    create(projectType, { ...project, projectId: "wholesale-development" }),
  ]),
  scenario("projects that are adopted", [
    adoption(projectType, "projects/shop-dev", shop),
    fault({ match: { rpc: "UpdateProject" }, effect: { error: { code: 400, message: "no such name" } } }),
    adoption(projectType, "shop-dev", { ...shop, name: "Shops" }),
    fault({ match: { rpc: "UpdateProjectBillingInfo" }, effect: { error: { code: 400, message: "no" } } }),
    adoption(projectType, "shop-dev", { ...shop, name: "Shops", billingAccount: "0FFFFF-0FFFFF-0FFFFF" }),
    ...["100000000001", "gone-dev", "nowhere-dev", "legacy-dev"].map((id) => adoption(projectType, id, shop)),
    async (plugin, _cloud, answers) => {
      const found = await plugin.read(projectType, "shop-dev", {}, {});
      if (!("ok" in found)) throw new Error("no project was found");
      const { id, properties, inputs } = found.ok;
      answers.push(await plugin.delete(projectType, id, properties, inputs));
    },
  ]),
  scenario("a project that somebody else removed", [
    lost(projectType, project, ({ state }) => state.projects.delete(project.projectId), { name: "Pay dev" }),
  ]),
  scenario("a project with the provider's policy for deletions", [adoption(projectType, "shop-dev", shop)], {
    config: { deletionPolicy: "ABANDON", userProjectOverride: "true", billingProject: "ops-admin" },
  }),
  scenario("checks of a project", [
    checks(
      [
        projectType,
        project,
        [
          ...["Shop", "shop", "shop-", "a-name-of-more-than-thirty-letters", "", 7, unknown].map((projectId) => ({
            projectId,
          })),
          ...["Pay", "Payments <1>", "A name of more than thirty letters", "", unknown].map((name) => ({ name })),
          { folderId: "folders/456789012345" },
          { folderId: 456789012345 },
          { orgId: "123456789012" },
          ...["123456789012", "organizations/123456789012", 123456789012, unknown].map((orgId) => ({
            folderId: null,
            orgId,
          })),
          ...[
            { team: "pay" },
            { team: 7 },
            { team: true },
            { team: null },
            { team: unknown },
            unknown,
            "team",
            ["team"],
            {},
          ].map((labels) => ({ labels })),
          { autoCreateNetwork: true },
          { number: "1" },
          { nonsense: true },
          ...policies,
        ],
      ],
      ["projectId", "name"],
    ),
  ]),
  scenario("differences of a project", [
    differences([
      projectType,
      project,
      [
        { projectId: "retail-development" },
        { projectId: unknown },
        { name: "Pay dev" },
        { name: unknown },
        { folderId: "folders/456789012345" },
        { folderId: "1" },
        { folderId: null },
        { folderId: unknown },
        { folderId: null, orgId: "123456789012" },
        { folderId: null, orgId: unknown },
        { labels: { team: "pay" } },
        { labels: { team: unknown } },
        { labels: unknown },
        { labels: {} },
        { billingAccount: null },
        { billingAccount: unknown },
        { deletionPolicy: null },
        { deletionPolicy: "ABANDON" },
        { deletionPolicy: unknown },
      ],
    ]),
  ]),
  scenario("previews of a project with unknown inputs", [
    unknowns([projectType, project, [{ deletionPolicy: null }, { folderId: "folders/456789012345" }]]),
    unknowns([
      projectType,
      { ...project, labels: { team: "pay", tier: "1" } },
      [{ labels: { team: "pay", tier: unknown } }],
    ]),
  ]),
  scenario("differences of a project with labels", [
    differences([
      projectType,
      { ...project, labels: { team: "pay", tier: "1" } },
      [
        { labels: { team: "pay", tier: "2" } },
        { labels: { team: "pay" } },
        { labels: { team: "pay", tier: "1", more: "" } },
        { labels: {} },
        { labels: null },
        { labels: unknown },
        { labels: { team: "pay", tier: unknown } },
        { name: "Pay dev" },
      ],
    ]),
    differences(
      [
        projectType,
        { ...project, projectId: "retail-development", labels: { team: "pay" } },
        [{ labels: { team: "p" } }],
      ],
      ["labels"],
    ),
  ]),
];
