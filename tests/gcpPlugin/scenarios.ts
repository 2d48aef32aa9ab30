/** Scenarios of the lives and the failures of contacts and grants, and of what is looked up. */
import { create, fault, invoke, make, scenario, together } from "./calls.ts";
import type { Call, Made, Scenario } from "./calls.ts";
import { adoption, end, life } from "./lifeCalls.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";

export const types = {
  service: "gcp:projects/service:Service",
  organization: "gcp:organizations/iAMMember:IAMMember",
  folder: "gcp:folder/iAMMember:IAMMember",
  project: "gcp:projects/iAMMember:IAMMember",
  contact: "gcp:essentialcontacts/contact:Contact",
} as const;

export const functions = {
  organization: "gcp:organizations/getOrganization:getOrganization",
  project: "gcp:organizations/getProject:getProject",
} as const;

export const unbatched = { batching: JSON.stringify({ enableBatching: false }) };
export const batched = { batching: JSON.stringify({ enableBatching: true, sendAfter: "1s" }) };
export const support = { service: "cloudsupport.googleapis.com", project: "shop-dev" };
export const contact = {
  parent: "projects/ops-admin",
  email: "Finops@example.com",
  languageTag: "en",
  notificationCategorySubscriptions: ["TECHNICAL", "BILLING"],
};
const condition = { title: "until 2030", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
export const inOrganization = {
  orgId: "123456789012",
  role: "roles/cloudsupport.admin",
  member: "group:Admins@Example.com",
};
export const inFolder = {
  folder: "456789012345",
  role: "roles/cloudsupport.techSupportEditor",
  member: "user:ada@example.com",
};
const inProject = { ...inFolder, project: "shop-dev", folder: undefined };
const onSet = { rpc: "SetIamPolicy" };

/** Drops undefined values. */
function plain(properties: Record<string, unknown>): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

export const project = plain(inProject);
const byGrant = (target: string) => (made: Made) =>
  [made.properties[target], made.properties["role"], made.properties["member"]].join(" ");

/** Adds organizations of these domains to the cloud, each with the seed's policy. */
const organizations =
  (...domains: readonly string[]): Call =>
  (_plugin, { state }) => {
    const [seeded] = state.organizations.values();
    state.organizations.clear();
    for (const [index, displayName] of domains.entries()) {
      const id = String(123456789012 + index);
      const name = `organizations/${id}`;
      if (seeded !== undefined) state.organizations.set(name, { ...seeded, name, id, displayName });
    }
    return Promise.resolve();
  };

export const scenarios: Scenario[] = [
  scenario("a contact", [
    life(types.contact, contact, ({ id }) => id, [
      { languageTag: "fr" },
      { notificationCategorySubscriptions: ["BILLING", "TECHNICAL"] },
      { languageTag: "ja", notificationCategorySubscriptions: ["ALL"] },
      { languageTag: "ja", notificationCategorySubscriptions: ["ALL"], deletionPolicy: "ABANDON" },
      { languageTag: "ja", notificationCategorySubscriptions: ["ALL"], deletionPolicy: "DELETE" },
    ]),
  ]),
  scenario(
    "a contact and a service that are adopted",
    [
      create(types.contact, contact),
      adoption(types.contact, "projects/ops-admin/contacts/1", { ...contact, languageTag: "fr" }),
      create(types.service, support),
      adoption(types.service, `${support.project}/${support.service}`, { ...support, disableOnDestroy: false }),
    ],
    { config: unbatched },
  ),
  scenario("contacts above a project", [
    life(types.contact, { ...contact, parent: "organizations/123456789012" }, ({ id }) => id),
    life(types.contact, { ...contact, parent: "folders/456789012345" }, ({ id }) => id),
    create(types.contact, { ...contact, parent: "organizations/123456789012", email: "legal@example.com" }),
    create(types.contact, { ...contact, parent: "projects/nowhere-dev" }),
    create(types.contact, { ...contact, parent: "projects/shop-dev" }),
    create(types.contact, { ...contact, notificationCategorySubscriptions: ["NONSENSE"] }),
    create(types.contact, { ...contact, notificationCategorySubscriptions: [] }),
  ]),
  scenario("a contact that is kept", [
    life(types.contact, { ...contact, deletionPolicy: "PREVENT" }, ({ id }) => id),
    async (plugin, _cloud, answers) =>
      void answers.push(await plugin.read(types.contact, "projects/1/contacts/99", {}, {})),
  ]),
  scenario("a contact while the API is shaky", [
    ...[503, 500, 502, 429].map((code, i) =>
      fault({ match: { rpc: "CreateContact", nth: i + 1 }, effect: { error: { code } } }),
    ),
    create(types.contact, contact),
  ]),
  scenario("a contact that was made but cannot be read", [
    fault({ match: { rpc: "GetContact" }, effect: { error: { code: 403, message: "<no> & nothing" } } }),
    create(types.contact, contact),
  ]),
  scenario("a contact that cannot be changed", [
    fault({ match: { rpc: "UpdateContact" }, effect: { error: { code: 400, message: "no such language" } } }),
    life(types.contact, contact, ({ id }) => id, [{ languageTag: "xx" }, { languageTag: "de" }]),
  ]),
  scenario("a contact whose change is lost on the way", [
    fault({ match: { rpc: "CreateContact" }, effect: "reset-after-effect" }),
    create(types.contact, contact),
  ]),
  scenario("a contact that somebody else removed", [
    async (plugin, cloud, answers) => {
      const made = await make(plugin, answers, types.contact, contact);
      if (!made) return;
      for (const key of cloud.state.contacts.keys()) if (key === made.id) cloud.state.contacts.delete(key);
      await end(types.contact, made, plugin, answers);
      const news = { ...made.inputs, languageTag: "de" };
      answers.push(
        await plugin.update({ type: types.contact, id: made.id, oldInputs: made.inputs, olds: made.properties, news }),
      );
    },
  ]),
  scenario("a grant in an organization", [life(types.organization, inOrganization, byGrant("orgId"))]),
  scenario(
    "a grant in a folder, with a condition",
    [life(types.folder, { ...inFolder, condition }, (made) => `${byGrant("folder")(made)} until 2030`)],
    { config: unbatched },
  ),
  scenario("a grant in a project", [life(types.project, project, byGrant("project"))], { config: unbatched }),
  scenario(
    "grants in a batch",
    [
      together(
        create(types.project, project),
        create(types.project, { ...project, role: "roles/essentialcontacts.viewer" }),
        create(types.project, { ...project, member: "group:Auditors@Example.com" }),
        create(types.project, { ...project, project: "pay-dev" }),
      ),
    ],
    { config: batched },
  ),
  scenario(
    "grants in a batch, then singly, for one is wrong",
    [together(create(types.project, project), create(types.project, { ...project, member: "nonsense:ada" }))],
    { config: batched, isRace: true },
  ),
  scenario(
    "a grant that somebody else makes way for",
    [
      fault({
        match: onSet,
        effect: { error: { code: 409, status: "ABORTED", message: "There were concurrent policy changes." } },
      }),
      fault({ match: { ...onSet, nth: 2 }, effect: { error: { code: 412, message: "stale" } } }),
      create(types.project, project),
    ],
    { config: unbatched },
  ),
  scenario(
    "grants that are refused",
    [
      fault({ match: onSet, effect: { error: { code: 403, message: "no" } } }),
      create(types.organization, inOrganization),
      fault({ match: { rpc: "GetIamPolicy" }, effect: { error: { code: 404 } } }),
      create(types.project, project),
      create(types.organization, { ...inOrganization, orgId: "999" }),
      create(types.project, { ...project, project: "nowhere-dev" }),
    ],
    { config: unbatched },
  ),
  scenario(
    "a grant that was made but cannot be read",
    [
      fault({ match: { rpc: "GetIamPolicy", nth: 5 }, effect: { error: { code: 403 } } }),
      create(types.project, project),
    ],
    { config: unbatched },
  ),
  scenario(
    "grants that somebody else took away",
    [
      async (plugin, cloud, answers) => {
        const made = await make(plugin, answers, types.project, project);
        if (!made) return;
        for (const resource of cloud.state.projects.values()) {
          resource.policy.bindings = resource.policy.bindings.filter(({ role }) => role !== project["role"]);
        }
        await end(types.project, made, plugin, answers);
        answers.push(await plugin.read(types.project, byGrant("project")(made), {}, {}));
        answers.push(await plugin.read(types.project, "nonsense", {}, {}));
      },
    ],
    { config: unbatched },
  ),
  scenario(
    "a program's own timeouts",
    [create(types.contact, contact, 77), create(types.service, support, 90), create(types.project, project, 60)],
    { config: unbatched },
  ),
  scenario(
    "a slow operation",
    [
      async (plugin, cloud, answers) => {
        cloud.faults.set({ operationPolls: 3 });
        await make(plugin, answers, types.service, support);
      },
    ],
    { config: { ...unbatched, pollInterval: "1s" } },
  ),
  scenario(
    "an operation that is done at once",
    [
      async (plugin, cloud, answers) => {
        cloud.faults.set({ operationPolls: 0 });
        await make(plugin, answers, types.service, support);
      },
    ],
    { config: unbatched },
  ),
  scenario("organizations", [
    invoke(functions.organization, { domain: "example.com" }),
    invoke(functions.organization, { organization: "123456789012" }),
    invoke(functions.organization, { organization: "organizations/123456789012" }),
    invoke(functions.organization, { organization: "999" }),
    invoke(functions.organization, { domain: "example.org" }),
    invoke(functions.organization, {}),
    invoke(functions.organization, { domain: "example.com", organization: "1" }),
    invoke(functions.organization, { domain: "example.com", nonsense: true }),
  ]),
  scenario("organizations that a search finds loosely", [
    organizations("dev.example.com"),
    invoke(functions.organization, { domain: "example.com" }),
    organizations("dev.example.com", "example.com"),
    invoke(functions.organization, { domain: "example.com" }),
    invoke(functions.organization, { domain: "EXAMPLE.com" }),
    organizations("dev.example.com", "test.example.com"),
    invoke(functions.organization, { domain: "example.com" }),
  ]),
  scenario("projects", [
    ...["shop-dev", "ops-admin", "legacy-dev", "closed-dev", "gone-dev", "nowhere-dev"].map((projectId) =>
      invoke(functions.project, { projectId }),
    ),
    invoke(functions.project, {}),
    invoke(functions.project, { projectId: "shop-dev", name: "Shop" }),
    fault({ match: { rpc: "GetProjectBillingInfo" }, effect: { error: { code: 403, message: "no" } } }),
    invoke(functions.project, { projectId: "shop-dev" }),
  ]),
  scenario(
    "an update that changes nothing",
    [
      async (plugin, _cloud, answers) => {
        for (const [type, given] of [
          [types.contact, contact],
          [types.service, support],
        ] as const) {
          const made = await make(plugin, answers, type, given);
          if (!made) continue;
          const { id, inputs, properties } = made;
          answers.push(await plugin.update({ type, id, oldInputs: inputs, olds: properties, news: inputs }));
        }
      },
    ],
    { config: unbatched },
  ),
];
