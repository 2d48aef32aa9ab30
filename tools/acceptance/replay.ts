/** Sends the requests of a recording to a local cloud with the same sandbox, and compares the replies. */
import { serviceNames } from "../../guide/index.ts";
import { loadSeed, startCloud } from "../localCloud/index.ts";
import type { Cloud, SeedInput } from "../localCloud/index.ts";
import { compare } from "./compare.ts";
import type { FieldDifference } from "./compare.ts";
import { filled, placeholdersIn } from "./placeholders.ts";
import type { Bindings } from "./placeholders.ts";
import { invalidToken, jsonOf, recordedOf } from "./proxy.ts";
import type { Exchange } from "./proxy.ts";
import { ownPart } from "./redact.ts";
import type { Json } from "./redact.ts";
import { ownOf } from "./sandbox.ts";
import type { Sandbox } from "./sandbox.ts";
import type { Answers } from "./steps.ts";

/** What the replay needs to know of the sandbox, without identifiers. */
export interface World {
  readonly marker: string;
  readonly services: readonly string[];
  readonly parent: "folders" | "organizations" | undefined;
  readonly hasBilling: boolean;
  /** Whether the run had a folder and an organization. */
  readonly hasFolder: boolean;
  readonly hasOrganization: boolean;
  readonly member: "group" | "user" | undefined;
  readonly caller: "user" | "serviceAccount";
}

export interface Recording {
  /** The form of the recording. */
  readonly version: 1;
  /** Such as `2026-11-29`. */
  readonly day: string;
  readonly tools: Readonly<Record<string, string>>;
  readonly world: World;
  readonly answers: Answers;
  readonly exchanges: readonly Exchange[];
}

/** The same difference in several exchanges. */
export interface Difference extends FieldDifference {
  /** Such as `POST cloudsupport/v2/projects/<project>/cases`. */
  readonly request: string;
  /** The exchanges, from 1. */
  readonly exchanges: number[];
}

export interface Comparison {
  readonly compared: number;
  /** Requests that need what the local cloud has not returned. */
  readonly skipped: readonly number[];
  readonly differences: readonly Difference[];
}

/** The sandbox in the local cloud. */
const local = {
  project: "acceptance-project",
  number: "100000000001",
  folder: "200000000001",
  organization: "300000000001",
  user: "acceptance",
  domain: "example.com",
  token: "acceptance-token",
} as const;

export function worldOf({ folder, organization, member, caller, ...sandbox }: Sandbox): World {
  const { marker, services, parent, hasBilling } = sandbox;
  return {
    marker,
    services,
    parent,
    hasBilling,
    hasFolder: folder !== undefined,
    hasOrganization: organization !== undefined,
    member: member === undefined ? undefined : member.startsWith("group:") ? "group" : "user",
    caller: caller?.startsWith("serviceAccount:") ? "serviceAccount" : "user",
  };
}

/** The identifiers of a sandbox, each with its placeholder. */
export function knownIn({ project, number, folder, organization, member, contact, caller }: Sandbox) {
  const known: Record<string, string> = { [project]: "<project>", [number]: "<number:project>" };
  if (folder !== undefined) known[folder] = "<folder>";
  if (organization !== undefined) known[organization] = "<organization>";
  if (caller !== undefined) known[caller.replace(/^\w+:/, "")] = "<email:caller>";
  if (member !== undefined) known[member.replace(/^\w+:/, "")] = "<email:member>";
  if (contact !== "") known[contact] = "<email:contact>";
  return known;
}

function localSandbox({
  marker,
  hasFolder,
  hasOrganization,
  member,
  caller,
  services,
  parent,
  hasBilling,
}: World): Sandbox {
  const { project, number, folder, organization, user, domain } = local;
  const account =
    caller === "user" ? `user:caller@${domain}` : "serviceAccount:caller@acceptance-caller.iam.gserviceaccount.com";
  return {
    project,
    number,
    folder: hasFolder ? folder : undefined,
    organization: hasOrganization ? organization : undefined,
    member: member === undefined ? undefined : `${member}:${user}@${domain}`,
    marker,
    contact: member === undefined ? "" : `${user}+care@${domain}`,
    services,
    parent,
    hasBilling,
    caller: account,
  };
}

/** The roles of the caller, which docs/how-to/acceptance.md asks for. */
const callerRoles = {
  organizations: ["resourcemanager.organizationAdmin", "essentialcontacts.admin"],
  folders: ["resourcemanager.folderAdmin", "essentialcontacts.admin"],
  projects: [
    "resourcemanager.projectIamAdmin",
    "serviceusage.serviceUsageAdmin",
    "cloudsupport.techSupportEditor",
    "essentialcontacts.admin",
    "orgpolicy.policyViewer",
  ],
} as const;

function seedOf(world: World, { caller = "" }: Sandbox): SeedInput {
  const { caseClassifications, billingAccounts } = loadSeed();
  const { project, number, folder, organization, domain, token } = local;
  const bindings = (collection: keyof typeof callerRoles, isGiven: boolean) =>
    isGiven ? callerRoles[collection].map((role) => ({ role: `roles/${role}`, members: [caller] })) : [];
  const root = `organizations/${organization}`;
  const [account] = billingAccounts;
  const home = {
    projectId: "acceptance-caller",
    projectNumber: "100000000002",
    parent: root,
    services: [...serviceNames, ...world.services, "cloudresourcemanager.googleapis.com", "orgpolicy.googleapis.com"],
  };
  return {
    organizations: [
      {
        id: organization,
        domain,
        directoryCustomerId: "C0123abcd",
        cloudSupportApi: true,
        bindings: bindings("organizations", world.hasOrganization),
      },
    ],
    folders: [{ id: folder, displayName: "Acceptance", parent: root, bindings: bindings("folders", world.hasFolder) }],
    projects: [
      {
        projectId: project,
        projectNumber: number,
        services: [...world.services],
        ...(world.parent !== undefined && { parent: world.parent === "folders" ? `folders/${folder}` : root }),
        ...(world.hasBilling && account !== undefined && { billingAccountName: account.name }),
        bindings: bindings("projects", true),
      },
      home,
    ],
    billingAccounts: billingAccounts.map(({ parent: _, bindings: __, ...rest }) => rest),
    principals: [{ principal: caller, accessToken: token }],
    caseClassifications,
  };
}

export async function replay({ world, exchanges }: Recording): Promise<Comparison> {
  const sandbox = localSandbox(world);
  const own = ownOf(sandbox);
  const cloud = await startCloud({ seed: seedOf(world, sandbox) });
  const bindings: Bindings = new Map(Object.entries(knownIn(sandbox)).map(([value, name]) => [name, value]));
  /** The placeholders in the replies so far. */
  const returned = new Set<string>();
  const skipped: number[] = [];
  const differences = new Map<string, Difference>();
  try {
    for (const [index, exchange] of exchanges.entries()) {
      const { method, api, path, query, request = null, status, headers, reply } = exchange;
      const needed = placeholdersIn(JSON.stringify([path, query, request]));
      if (needed.some((name) => returned.has(name) && !bindings.has(name))) skipped.push(index + 1);
      else {
        const got = await send(cloud, exchange, bindings, own.member);
        const found = [
          ...compare(status, got.status, bindings, "status"),
          ...compare(headers, got.headers, bindings, "header"),
          ...compare(reply, ownPart(got.reply, own), bindings, ""),
        ];
        for (const difference of found) {
          const row = { request: `${method} ${api}/${path}`, ...shownIn(difference, bindings) };
          const key = JSON.stringify([row.request, row.field, row.google, row.local]);
          const known = differences.get(key) ?? { ...row, exchanges: [] };
          known.exchanges.push(index + 1);
          differences.set(key, known);
        }
      }
      for (const name of placeholdersIn(JSON.stringify(reply))) returned.add(name);
    }
  } finally {
    await cloud.close();
  }
  return { compared: exchanges.length - skipped.length, skipped, differences: [...differences.values()] };
}

/** The local values as placeholders, so that both sides look alike. */
function shownIn(difference: FieldDifference, bindings: Bindings): FieldDifference {
  const { local: value } = difference;
  if (value === undefined) return difference;
  let text = JSON.stringify(value).replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"<time>"');
  for (const [name, bound] of bindings) if (bound.length >= 6) text = text.replaceAll(bound, name);
  return { ...difference, local: jsonOf(text) ?? text };
}

async function send(cloud: Cloud, exchange: Exchange, bindings: Bindings, member: string) {
  const { api, method, path, query, credentials, hasQuotaProject, contentType, request } = exchange;
  const place = filled(path, bindings);
  const url = new URL(`${cloud.address}/${api}/${place}`);
  for (const [key, value] of query) url.searchParams.append(key, filled(value, bindings));
  const token = credentials === "caller" ? local.token : invalidToken;
  const response = await fetch(url, {
    method,
    headers: {
      ...(credentials !== "none" && { authorization: `Bearer ${token}` }),
      ...(hasQuotaProject && { "x-goog-user-project": local.project }),
      ...(contentType !== undefined && { "content-type": contentType }),
    },
    ...(request !== undefined && { body: bodyFor(cloud, place, filledJson(request, bindings), member) }),
  });
  const text = await response.text();
  return { status: response.status, headers: recordedOf(response.headers), reply: jsonOf(text) ?? text };
}

function filledJson(request: Json, bindings: Bindings): Json {
  return JSON.parse(JSON.stringify(request), (_key, value: unknown) =>
    typeof value === "string" ? filled(value, bindings) : value,
  ) as Json;
}

/** The recording has no grants of others. Without them, the caller would lose its roles in the local cloud. */
function bodyFor({ state }: Cloud, path: string, request: Json, member: string): string {
  if (typeof request === "string") return request;
  const place = /\/((?:projects|folders|organizations)\/[^/:]+):setIamPolicy$/.exec(path)?.[1] ?? "";
  const resource =
    state.projects.get(place.replace("projects/", "")) ?? state.folders.get(place) ?? state.organizations.get(place);
  if (resource === undefined) return JSON.stringify(request);
  const { policy, ...rest } = request as { policy: { bindings?: readonly object[] } };
  const others = resource.policy.bindings
    .map((binding) => ({ ...binding, members: binding.members.filter((other) => other !== member) }))
    .filter(({ members }) => members.length > 0);
  return JSON.stringify({ ...rest, policy: { ...policy, bindings: [...others, ...(policy.bindings ?? [])] } });
}
