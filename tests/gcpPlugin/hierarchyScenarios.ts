/** Courses of the folders and projects that examples/landing-zone makes. */
import { adoption, create, end, fault, life, make, refreshed, scenario } from "./calls.ts";
import type { Call, Scenario } from "./calls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import type { Properties } from "./pluginClient.ts";

const folderType = "gcp:organizations/folder:Folder";
const projectType = "gcp:organizations/project:Project";

const folder = { displayName: "Payments", parent: "organizations/123456789012", deletionProtection: false };
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

/** Made, then taken away behind the plugin's back. */
function lost(type: string, given: Properties, change: Properties): Call {
  return async (plugin, cloud, answers) => {
    const made = await make(plugin, answers, type, given);
    if (!made) throw new Error(`no ${type} was made`);
    cloud.state.folders.delete(made.id);
    cloud.state.projects.delete(String(given["projectId"]));
    const { id, inputs, properties: olds } = made;
    const news = { ...inputs, ...change };
    answers.push(await plugin.update({ type, id, oldInputs: inputs, olds, news }));
    await end(type, made, plugin, answers);
  };
}

export const folderScenarios: Scenario[] = [
  scenario("a folder", [
    life(folderType, folder, ({ id }) => id, [
      { displayName: "Pay" },
      { displayName: "Pay", deletionProtection: true },
      { displayName: "Pay all", deletionProtection: false, deletionPolicy: "PREVENT" },
      { displayName: "Pay all", deletionPolicy: "DELETE" },
    ]),
    create(folderType, folder, 77),
  ]),
  scenario("a folder that is read anew", [refreshed(folderType, folder, { displayName: "Pay" })]),
  scenario("folders that are kept", [
    life(folderType, { ...folder, deletionProtection: null }, ({ id }) => id.replace("folders/", "")),
    life(folderType, { ...folder, displayName: "Retail", deletionPolicy: "PREVENT" }, () => "nonsense"),
    life(folderType, { ...folder, displayName: "Sales", deletionPolicy: "ABANDON" }, () => "folders/1"),
  ]),
  scenario("folders that are refused", [
    create(folderType, folder),
    create(folderType, folder),
    create(folderType, { ...folder, displayName: "P" }),
    create(folderType, { ...folder, displayName: "" }),
    create(folderType, { ...folder, parent: "organizations/999" }),
    create(folderType, { ...folder, parent: "folders/1" }),
    fault({ match: { rpc: "CreateFolder" }, effect: { error: { code: 503 } } }),
    create(folderType, { ...folder, displayName: "Retail", parent: "folders/456789012345" }),
  ]),
  scenario("folders while the API fails", [
    fault({ match: { rpc: "GetOperation" }, effect: { error: { code: 403, message: "no" } } }),
    create(folderType, folder),
    fault({ match: { rpc: "GetOperation", nth: 2 }, effect: { error: { code: 403, message: "no" } } }),
    create(folderType, { ...folder, displayName: "Retail" }),
    fault({ match: { rpc: "GetFolder" }, effect: { error: { code: 403, message: "no" } } }),
    create(folderType, { ...folder, displayName: "Wholesale" }),
    fault({ match: { rpc: "GetFolder" }, effect: { error: { code: 404 } } }),
    create(folderType, { ...folder, displayName: "Logistics" }),
    fault({ match: { rpc: "UpdateFolder" }, effect: { error: { code: 400, message: "no such name" } } }),
    fault({ match: { rpc: "DeleteFolder" }, effect: { error: { code: 400, message: "not empty" } } }),
    life(folderType, { ...folder, displayName: "Sales" }, ({ id }) => id, [
      { displayName: "Shop", deletionPolicy: "PREVENT" },
      { displayName: "Pay", deletionPolicy: "DELETE" },
    ]),
  ]),
  scenario("a folder that somebody else removed", [lost(folderType, folder, { displayName: "Pay" })]),
  scenario("a folder that is adopted", [
    adoption(folderType, "456789012345", { ...folder, displayName: "Shop" }),
    adoption(folderType, "folders/456789012345", { ...folder, displayName: "Shops" }),
  ]),
  scenario("a folder with the provider's policy for deletions", [create(folderType, folder)], {
    config: { deletionPolicy: "ABANDON" },
  }),
  scenario("checks of a folder", [
    checks([
      folderType,
      folder,
      [
        ...["true", "no", 1, ["true"], unknown].map((deletionProtection) => ({ deletionProtection })),
        ...policies,
        { displayName: 7 },
        { displayName: "" },
        { parent: ["organizations/1"] },
        { name: "folders/1" },
        { nonsense: true },
        { configuredCapabilities: ["app-management"] },
      ],
    ]),
  ]),
  scenario("differences of a folder", [
    differences([
      folderType,
      folder,
      [
        { displayName: "Pay" },
        { displayName: unknown },
        { parent: unknown },
        { deletionProtection: null },
        { deletionProtection: unknown },
        { deletionPolicy: "PREVENT" },
        { deletionPolicy: unknown },
      ],
    ]),
    differences([folderType, { ...folder, displayName: "Retail" }, [{ displayName: "Pay" }]], ["displayName"]),
  ]),
  scenario("previews of a folder with unknown inputs", [
    unknowns([folderType, folder, [{ deletionPolicy: unknown }, { deletionPolicy: "" }]]),
  ]),
];

export const projectScenarios: Scenario[] = [
  scenario("a project that is made", [
    life(projectType, project, ({ id }) => id, [
      { name: "Pay dev" },
      { name: "Pay dev", billingAccount: "0FFFFF-0FFFFF-0FFFFF" },
      { name: "Pay dev", billingAccount: null, deletionPolicy: "PREVENT" },
      { name: "Pay dev", billingAccount: null, deletionPolicy: "DELETE" },
    ]),
  ]),
  scenario("a project that is read anew", [
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
  scenario("a project that somebody else removed", [lost(projectType, project, { name: "Pay dev" })]),
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
  ]),
];
