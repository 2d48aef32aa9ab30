/** The sandbox of a run: its places, what the run may make there, and what existed before. */
import { randomBytes } from "node:crypto";
import { callerPrincipal, serviceUsageApi } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import { roleNames, roles } from "../../guide/index.ts";
import { AcceptanceError, readPolicy } from "./google.ts";
import type { Ask } from "./google.ts";
import type { Own } from "./redact.ts";

/** From the environment. */
export interface SandboxSettings {
  readonly project: string;
  readonly folder: string | undefined;
  readonly organization: string | undefined;
  /** Gets the grants, and mail for its address gets the contacts. Without it, there are no grants and contacts. */
  readonly member: string | undefined;
}

const prefix = "CUSTOMER_CARE_ACCEPTANCE_";

const rules = {
  PROJECT: [/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "the ID of a sandbox project, such as care-sandbox"],
  FOLDER: [/^\d+$/, "the number of a folder, such as 456789012345"],
  ORGANIZATION: [/^\d+$/, "the number of an organization, such as 123456789012"],
  MEMBER: [/^(group|user):[^\s@:]+@[^\s@]+\.[^\s@]+$/, "a group or a user, such as group:care-sandbox@example.com"],
} as const;

/** @throws AcceptanceError */
export function readSandboxSettings(environment: NodeJS.ProcessEnv): SandboxSettings {
  const read = (name: keyof typeof rules) => {
    const value = environment[prefix + name] || undefined;
    const [form, expected] = rules[name];
    if (value === undefined || form.test(value)) return value;
    throw new AcceptanceError(`${prefix}${name} is ${JSON.stringify(value)}; write ${expected}.`);
  };
  const project = read("PROJECT");
  if (project === undefined)
    throw new AcceptanceError(
      `${prefix}PROJECT is not set; write ${rules.PROJECT[1]}. The run creates test cases, grants and contacts there.`,
    );
  // Google stores members in lower case.
  const member = read("MEMBER")?.toLowerCase();
  return { project, folder: read("FOLDER"), organization: read("ORGANIZATION"), member };
}

/** What the run needs to know before the first write. It is in the journal, so that a later process can clean up. */
export interface Sandbox extends SandboxSettings {
  readonly number: string;
  readonly marker: string;
  readonly contact: string;
  /** The services that were enabled before. */
  readonly services: readonly string[];
  /** The collection of the project's parent. */
  readonly parent: "folders" | "organizations" | undefined;
  readonly hasBilling: boolean;
  readonly caller: string | undefined;
  /** The collections of the places where others have grants with a condition. */
  readonly conditional: readonly string[];
}

export function placesOf({ project, folder, organization }: SandboxSettings): string[] {
  return [
    ...(organization === undefined ? [] : [`organizations/${organization}`]),
    ...(folder === undefined ? [] : [`folders/${folder}`]),
    `projects/${project}`,
  ];
}

export function ownOf({ marker, member = "", contact, number, folder, organization }: Omit<Sandbox, "project">): Own {
  const places = [`projects/${number}`, `folders/${folder ?? ""}`, `organizations/${organization ?? ""}`];
  return { marker, member, contact, places };
}

/** The permissions of the caller on the project without which most steps would fail. */
const needed = [
  "resourcemanager.projects.get",
  "resourcemanager.projects.getIamPolicy",
  "resourcemanager.projects.setIamPolicy",
  "serviceusage.services.enable",
  "serviceusage.services.disable",
  "serviceusage.services.list",
  "serviceusage.services.use",
  "cloudsupport.techCases.create",
  "cloudsupport.techCases.update",
  "essentialcontacts.contacts.create",
  "essentialcontacts.contacts.delete",
];

/** The roles that the run grants. */
export const grantedRoles: readonly string[] = roleNames.map((name) => roles[name].role);

interface ProjectMessage {
  readonly name: string;
  readonly parent?: string;
  readonly state: string;
}

/**
 * Reads the sandbox. It fails if a grant of the run exists already, because the run would remove it.
 *
 * @throws AcceptanceError
 */
export async function readSandbox(given: SandboxSettings, transport: Transport, ask: Ask): Promise<Sandbox> {
  const { project, member } = given;
  const read = async <Body>(...request: Parameters<Ask>) => {
    const { status, error, body } = await ask(...request);
    if (status === 200) return body as Body;
    throw new AcceptanceError(
      `${request[1]} ${request[2]}: ${String(status)} ${error}. Check the roles of the caller.`,
    );
  };
  const found = await read<ProjectMessage>("cloudresourcemanager", "GET", `v3/projects/${project}`);
  if (found.state !== "ACTIVE")
    throw new AcceptanceError(`The project ${project} is ${found.state}; it must be ACTIVE.`);
  const caller = await callerPrincipal(transport).catch(() => undefined);
  if (member !== undefined && caller === member.toLowerCase())
    throw new AcceptanceError(`${member} is the caller; name another member, because the run removes its grants.`);
  const { permissions = [] } = await read<{ permissions?: readonly string[] }>(
    "cloudresourcemanager",
    "POST",
    `v3/projects/${project}:testIamPermissions`,
    { body: { permissions: needed } },
  );
  const missing = needed.filter((permission) => !permissions.includes(permission));
  if (missing.length > 0)
    throw new AcceptanceError(`The caller lacks permissions on ${project}: ${missing.join(", ")}.`);
  const conditional: string[] = [];
  for (const place of placesOf(given)) {
    const { bindings } = await readPolicy(ask, place);
    if (bindings.some(({ condition }) => condition !== undefined)) conditional.push(place.replace(/\/.*/, ""));
    const held = bindings.find(
      ({ role, members = [] }) => grantedRoles.includes(role) && members.includes(member ?? ""),
    );
    if (held !== undefined)
      throw new AcceptanceError(`${member ?? ""} has ${held.role} on ${place} already; name a member without it.`);
  }
  const billing = await ask("cloudbilling", "GET", `v1/projects/${project}/billingInfo`);
  const run = `r${randomBytes(4).toString("hex")}`;
  const [, user = "", domain = ""] = /^\w+:(.*)@(.*)$/.exec(member ?? "") ?? [];
  const parent = found.parent?.split("/")[0];
  return {
    ...given,
    number: found.name.replace("projects/", ""),
    marker: `customer-care acceptance ${run}`,
    // An address that only this run uses, so that no contact of others is removed.
    contact: member === undefined ? "" : `${user}+care-${run}@${domain}`,
    services: await serviceUsageApi(transport).enabledServices(project),
    parent: parent === "folders" || parent === "organizations" ? parent : undefined,
    hasBilling: billing.body["billingEnabled"] === true,
    caller,
    conditional,
  };
}
