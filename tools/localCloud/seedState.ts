/** Builds the state from a seed. */
import { findResource, isProject } from "./hierarchy.ts";
import { seedPolicy } from "./iamPolicy.ts";
import type { Seed } from "./seed.ts";
import { actor } from "./cloudSupport/access.ts";
import { nextNumber } from "./state.ts";
import type { Message, Resource, State, SupportCase } from "./state.ts";

/** A new state from the seed. */
export function seedState(source: Seed): State {
  const seed = structuredClone(source);
  const state: State = {
    organizations: new Map(),
    folders: new Map(),
    projects: new Map(),
    billingAccounts: new Map(),
    serviceAccounts: new Map(),
    roles: new Map(Object.entries(seed.roles)),
    principals: new Map(),
    groups: new Map(Object.entries(seed.groups)),
    accessTokens: new Map(),
    contacts: new Map(),
    testMessages: [],
    cases: new Map(),
    caseRevisions: new Map(),
    caseClassifications: [...seed.caseClassifications],
    supportEventSubscriptions: new Map(),
    topics: new Map(),
    publishedMessages: [],
    notificationChannels: new Map(),
    verificationCodes: new Map(),
    alertPolicies: new Map(),
    logEntries: [],
    notifications: [],
    events: new Map(),
    recommendations: new Map(),
    insights: new Map(),
    operations: new Map(),
    counters: new Map(),
  };
  seedHierarchy(state, seed);
  seedPrincipals(state, seed);
  seedContacts(state, seed);
  seedCases(state, seed);
  seedMessages(state, state.events, seed.events, (resource) =>
    isProject(resource) ? `projects/${resource.projectId}` : resource.name,
  );
  seedMessages(state, state.recommendations, seed.recommendations, ({ name }) => name);
  seedMessages(state, state.insights, seed.insights, ({ name }) => name);
  return state;
}

/** Stores messages by their names in the API, which contain a project's ID or number. */
function seedMessages(
  state: State,
  kept: Map<string, Message>,
  messages: readonly Message[],
  shown: (resource: Resource) => string,
): void {
  for (const message of messages) {
    const [collection = "", id = "", ...rest] = message.name.split("/");
    const resource = findResource(state, `${collection}/${id}`);
    if (resource === undefined) throw new Error(`the seed has no ${collection}/${id}, the parent of ${message.name}`);
    const name = [shown(resource), ...rest].join("/");
    kept.set(name, { ...message, name });
  }
}

function seedHierarchy(state: State, seed: Seed): void {
  for (const { id, domain, bindings, ...organization } of seed.organizations) {
    const name = `organizations/${id}`;
    state.organizations.set(name, { name, id, displayName: domain, policy: seedPolicy({ bindings }), ...organization });
  }
  for (const { id, bindings, ...folder } of seed.folders) {
    const name = `folders/${id}`;
    const policy = seedPolicy({ bindings });
    state.folders.set(name, { name, id, state: "ACTIVE", updateTime: folder.createTime, policy, ...folder });
  }
  for (const { services, bindings, parent, displayName, billingAccountName, ...project } of seed.projects)
    state.projects.set(project.projectId, {
      name: `projects/${project.projectNumber}`,
      displayName: displayName ?? project.projectId,
      updateTime: project.createTime,
      ...(project.state === "DELETE_REQUESTED" && { deleteTime: project.createTime }),
      billingAccountName: billingAccountName ?? "",
      services: new Map(services.map((service) => [service, { enabledAt: 0 }])),
      policy: seedPolicy({ bindings }),
      ...(parent === undefined ? {} : { parent }),
      ...project,
    });
  for (const { bindings, parent, ...account } of seed.billingAccounts) {
    const policy = seedPolicy({ bindings });
    state.billingAccounts.set(account.name, { policy, ...(parent === undefined ? {} : { parent }), ...account });
  }
}

function seedPrincipals(state: State, seed: Seed): void {
  for (const { principal, displayName, accessToken, bindings } of seed.principals) {
    const [, email, projectId] = /^serviceAccount:([^@]+@([^.]+)\.iam\.gserviceaccount\.com)$/.exec(principal) ?? [];
    state.principals.set(principal, {
      principal,
      displayName: displayName ?? principal.replace(/^\w+:/, ""),
      ...(projectId === undefined ? {} : { projectId }),
    });
    if (accessToken !== undefined) state.accessTokens.set(accessToken, { principal });
    if (email !== undefined && projectId !== undefined) {
      const name = `projects/${projectId}/serviceAccounts/${email}`;
      const parent = `projects/${projectId}`;
      state.serviceAccounts.set(email, { name, parent, email, policy: seedPolicy({ bindings }) });
    }
  }
}

function seedContacts(state: State, seed: Seed): void {
  for (const { parent, ...contact } of seed.contacts) {
    const resource = findResource(state, parent);
    if (resource === undefined) throw new Error(`the seed has no ${parent}, the parent of a contact`);
    const name = `${resource.name}/contacts/${nextNumber(state, `${resource.name}/contacts`)}`;
    state.contacts.set(name, { name, ...contact });
  }
}

function seedCases(state: State, seed: Seed): void {
  for (const { name, classification: id, creator, comments, ...fields } of seed.cases) {
    const [, parentName = "", caseId = ""] = /^((?:projects|organizations)\/[^/]+)\/cases\/(\d{8})$/.exec(name) ?? [];
    const parent = findResource(state, parentName);
    const classification = state.caseClassifications.find((candidate) => candidate.id === id);
    if (parent === undefined)
      throw new Error(`the seed has no parent for ${name}, or the case's number does not have 8 digits`);
    if (classification === undefined) throw new Error(`the seed has no case classification ${id}, which ${name} has`);
    const supportCase: SupportCase = {
      name,
      parent: parent.name,
      classification: { id, displayName: classification.displayName },
      timeZone: "",
      updateTime: fields.createTime,
      creator: actor(state, creator),
      contactEmail: "",
      escalated: false,
      escalations: 0,
      languageCode: "en",
      comments: comments.map((comment, index) => ({
        name: `${name}/comments/${String(index + 1).padStart(18, "0")}`,
        createTime: comment.createTime,
        creator: actor(state, comment.creator),
        body: comment.body,
      })),
      attachments: [],
      ...fields,
    };
    state.cases.set(caseId, supportCase);
  }
}
