/** Sends the requests of a recording to a local cloud with the same sandbox, and compares the replies. */
import { serviceNames } from "../../guide/index.ts";
import { loadSeed, startCloud } from "../localCloud/index.ts";
import type { Cloud, SeedInput } from "../localCloud/index.ts";
import { compareReplies } from "./compare.ts";
import type { FieldDifference } from "./compare.ts";
import { Pairs, filled, placeholdersIn } from "./placeholders.ts";
import { invalidToken, startRecorder } from "./proxy.ts";
import type { Exchange, Recorder } from "./proxy.ts";
import { Redactor } from "./redact.ts";
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
  /** Where others have grants with a condition, such as `organizations`: they change the version of a policy. */
  readonly conditional: readonly string[];
}

/** The form of a recording. */
export const recordingVersion = 2;

export interface Recording {
  readonly version: typeof recordingVersion;
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
  const { marker, services, parent, hasBilling, conditional } = sandbox;
  return {
    marker,
    services,
    parent,
    hasBilling,
    conditional,
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
  conditional,
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
    conditional,
    caller: account,
  };
}

/** The roles of the caller, which docs/how-to/acceptance.md asks for. */
export const callerRoles = {
  organizations: ["resourcemanager.organizationAdmin", "essentialcontacts.admin"],
  folders: ["resourcemanager.folderAdmin", "essentialcontacts.admin"],
  projects: [
    "resourcemanager.projectIamAdmin",
    "serviceusage.serviceUsageAdmin",
    "cloudsupport.techSupportEditor",
    "essentialcontacts.admin",
  ],
  /** The organization of the project, also if the run has none. */
  root: ["orgpolicy.policyViewer"],
} as const;

function seedOf(world: World, { caller = "" }: Sandbox): SeedInput {
  const { caseClassifications, billingAccounts } = loadSeed();
  const { project, number, folder, organization, domain, token } = local;
  const condition = { title: "A grant of others", expression: 'resource.name != ""' };
  const bindings = (collection: keyof typeof callerRoles, isGiven: boolean) => [
    ...(isGiven ? callerRoles[collection].map((role) => ({ role: `roles/${role}`, members: [caller] })) : []),
    ...(world.conditional.includes(collection)
      ? [{ role: "roles/resourcemanager.tagUser", members: [`user:other@${domain}`], condition }]
      : []),
  ];
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
        bindings: [...bindings("organizations", world.hasOrganization), ...bindings("root", true)],
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

/** The exchange with the local cloud for one with Google; undefined if the request needs what the local cloud has not returned. */
export interface Replayed {
  readonly google: Exchange;
  readonly local: Exchange | undefined;
  readonly differences: readonly FieldDifference[];
}

/** Sends the requests of a recording to a local cloud, and records its replies in the same way. */
export async function replayed({ world, exchanges }: Recording): Promise<Replayed[]> {
  const sandbox = localSandbox(world);
  const { member } = ownOf(sandbox);
  const cloud = await startCloud({ seed: seedOf(world, sandbox) });
  const redactor = new Redactor(ownOf(sandbox), knownIn(sandbox));
  const apis = new Set(exchanges.map(({ api }) => api));
  const recorder = await startRecorder(
    Object.fromEntries([...apis].map((api) => [api, `${cloud.address}/${api}`])),
    redactor,
  );
  const pairs = new Pairs();
  const valueOf = (name: string) => redactor.valueOf(pairs.local(name) ?? "");
  /** The placeholders in the replies so far. */
  const returned = new Set<string>();
  const found: Replayed[] = [];
  try {
    for (const google of exchanges) {
      const needed = placeholdersIn(JSON.stringify([google.path, google.query, google.request ?? null]));
      if (needed.some((name) => returned.has(name) && pairs.local(name) === undefined))
        found.push({ google, local: undefined, differences: [] });
      else {
        await send(cloud, recorder, google, valueOf, member);
        const local = recorder.exchanges.at(-1);
        if (local === undefined) throw new Error("the local cloud has not replied");
        found.push({ google, local, differences: compareReplies(google, local, pairs) });
      }
      for (const name of placeholdersIn(JSON.stringify(google.reply))) returned.add(name);
    }
  } finally {
    await recorder.close();
    await cloud.close();
  }
  return found.map((one) => ({ ...one, differences: one.differences.map((difference) => alike(difference, pairs)) }));
}

/** The local values with the placeholders of the recording, so that both sides look alike. */
function alike(difference: FieldDifference, pairs: Pairs): FieldDifference {
  const { local: value } = difference;
  return value === undefined
    ? difference
    : { ...difference, local: JSON.parse(pairs.asGoogle(JSON.stringify(value))) as Json };
}

export async function replay(recording: Recording): Promise<Comparison> {
  const skipped: number[] = [];
  const differences = new Map<string, Difference>();
  const all = await replayed(recording);
  for (const [index, { google: exchange, local, differences: found }] of all.entries()) {
    if (local === undefined) skipped.push(index + 1);
    for (const difference of found) {
      const row = { request: `${exchange.method} ${exchange.api}/${exchange.path}`, ...difference };
      const key = JSON.stringify([row.request, row.field, row.google, row.local]);
      const known = differences.get(key) ?? { ...row, exchanges: [] };
      known.exchanges.push(index + 1);
      differences.set(key, known);
    }
  }
  return { compared: all.length - skipped.length, skipped, differences: [...differences.values()] };
}

type ValueOf = (placeholder: string) => string | undefined;

async function send(cloud: Cloud, { address }: Recorder, exchange: Exchange, valueOf: ValueOf, member: string) {
  const { api, method, path, query, credentials, hasQuotaProject, contentType, request } = exchange;
  const place = filled(path, valueOf);
  const url = new URL(`${address}/${api}/${place}`);
  for (const [key, value] of query) url.searchParams.append(key, filled(value, valueOf));
  const token = credentials === "caller" ? local.token : invalidToken;
  const response = await fetch(url, {
    method,
    headers: {
      ...(credentials !== "none" && { authorization: `Bearer ${token}` }),
      ...(hasQuotaProject && { "x-goog-user-project": local.project }),
      ...(contentType !== undefined && { "content-type": contentType }),
    },
    ...(request !== undefined && { body: bodyFor(cloud, place, filledJson(request, valueOf), member) }),
  });
  await response.arrayBuffer();
}

function filledJson(request: Json, valueOf: ValueOf): Json {
  return JSON.parse(JSON.stringify(request), (_key, value: unknown) =>
    typeof value === "string" ? filled(value, valueOf) : value,
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
