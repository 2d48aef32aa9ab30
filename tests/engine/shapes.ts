/** The configs whose states each release records, for later releases to continue from: see recordState.ts. */
import { join } from "node:path";
import type { Binding, Cloud, Contact, State, SupportCase } from "../../tools/localCloud/index.ts";
import type { LocalRunOptions } from "../support/localRun.ts";

export type Shape = Pick<LocalRunOptions, "config" | "program" | "projectName">;

const gcp = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "gcp:batching": { enableBatching: false },
};

/** Keys that are not the IDs, as the program takes them from a stack's config. */
const keys: Shape = {
  config: {
    ...gcp,
    "customer-care:plan": "enhanced",
    "customer-care:organization": {
      domain: "example.com",
      administrators: ["group:support-admins@example.com"],
      contacts: { security: ["security@example.com"] },
    },
    "customer-care:folders": {
      shop: {
        folderId: "456789012345",
        editors: ["group:shop-leads@example.com"],
        contacts: { suspension: ["leads@example.com"] },
      },
    },
    "customer-care:projects": {
      store: {
        projectId: "shop-dev",
        editors: ["user:ada@example.com", "group:sre@example.com"],
        contacts: { technical: ["oncall@example.com"], "finops@example.com": { categories: ["billing"] } },
      },
      payments: {
        projectId: "pay-dev",
        services: ["cloudsupport.googleapis.com"],
        contactViewers: ["user:bob@example.com"],
      },
    },
    "customer-care:testCase": { project: "store" },
  },
};

/** Members under names, projects and folders whose IDs are Outputs, and a second instance. */
const names: Shape = {
  program: join(import.meta.dirname, "programs", "instances.ts"),
  projectName: "names",
  config: {
    ...gcp,
    "instances:all": {
      care: {
        plan: "enhanced",
        folders: { shop: { folderId: "later:456789012345", editors: { leads: "group:shop-leads@example.com" } } },
        projects: {
          store: {
            projectId: "later:shop-dev",
            editors: { ada: "user:ada@example.com", bot: "later:serviceAccount:bot@shop-dev.iam.gserviceaccount.com" },
            contacts: { technical: ["oncall@example.com"] },
          },
          payments: { projectId: "pay-dev", editors: { ada: "user:ada@example.com" } },
        },
        testCase: { project: "store" },
      },
      second: {
        plan: "enhanced",
        projects: {
          ops: {
            projectId: "ops-admin",
            editors: { ada: "user:ada@example.com" },
            contacts: { legal: ["legal@example.com"] },
          },
        },
      },
    },
  },
};

export const shapes = { keys, names };

/** The parts of a cloud that a stack can have created. */
export interface CloudRecording {
  readonly bindings: readonly (readonly [string, Binding[]])[];
  readonly contacts: readonly Contact[];
  readonly services: readonly (readonly [string, readonly string[]])[];
  readonly cases: readonly SupportCase[];
}

const resourcesOf = ({ organizations, folders, projects }: State) => [
  ...organizations.values(),
  ...folders.values(),
  ...projects.values(),
];

export function recordCloud({ state }: Cloud): CloudRecording {
  return {
    bindings: resourcesOf(state).map(({ name, policy }) => [name, policy.bindings]),
    contacts: [...state.contacts.values()],
    services: [...state.projects.values()].map(({ projectId, services }) => [projectId, [...services.keys()]]),
    cases: [...state.cases.values()],
  };
}

/** The same in another cloud. */
export function restoreCloud({ state }: Cloud, { bindings, contacts, services, cases }: CloudRecording): void {
  const recorded = new Map(bindings);
  for (const { name, policy } of resourcesOf(state)) policy.bindings = structuredClone(recorded.get(name) ?? []);
  for (const contact of contacts) state.contacts.set(contact.name, structuredClone(contact));
  for (const [projectId, names] of services)
    for (const service of names) state.projects.get(projectId)?.services.set(service, { enabledAt: 0 });
  for (const supportCase of cases)
    state.cases.set(supportCase.name.split("/").at(-1) ?? "", structuredClone(supportCase));
}
