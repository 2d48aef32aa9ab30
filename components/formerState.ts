/**
 * The stack's state as it was before this run: which resource had which grant, contact or services. So a resource keeps its
 * thing in Google Cloud under any name. Pulumi creates a new name first and deletes the old name last: without an alias,
 * the deletion would take away what the creation has found in place.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { lateUserError, normalizeMember, stacksWithFiles } from "../onboarding/index.ts";
import { contactType, grantTypeOf } from "./gcpTypes.ts";
import type { RunContext } from "./run.ts";

/** How often the state is read at most. */
const reads = 20;

export const projectServicesType = "customer-care:index:ProjectServices";

export const grantThing = (role: string, member: string, where: string) =>
  `the grant of ${role} to ${normalizeMember(member)} on ${where}`;

export const contactThing = (email: string, where: string) => `the contact ${email.toLowerCase()} of ${where}`;

export const servicesThing = (projectId: string) => `the services of projects/${projectId}`;

export interface FormerState {
  readonly resources: Readonly<Record<pulumi.URN, FormerResource>>;
  /** The organizations, folders and projects that a component of this package has something at. */
  readonly places: ReadonlySet<string>;
  readonly has: (urn: pulumi.URN) => boolean;
  /** What each resource had, once each. */
  readonly things: readonly string[];
  /** The resources that had the thing. */
  readonly urnsOf: (thing: string) => readonly pulumi.URN[];
  readonly thingOf: (urn: pulumi.URN) => string | undefined;
  /** What Google calls the thing of a resource, where it gives it a name. */
  readonly idOf: (urn: pulumi.URN) => string | undefined;
}

interface FormerResource {
  readonly type: string;
  readonly outputs: Outputs;
}

interface Invoked {
  readonly outputs?: Readonly<Record<string, FormerResource>>;
}

export type Outputs = Readonly<Record<string, unknown>>;

/** Read once for each run, and from the engine: it has the state of each backend, and its secrets. */
export function formerState(run: RunContext): Promise<FormerState> {
  return run.the(readFormerState);
}

async function readFormerState(run: RunContext): Promise<FormerState> {
  const resources = run.isMocked ? {} : await readState();
  const urns = new Map<string, pulumi.URN[]>();
  for (const [urn, resource] of Object.entries(resources)) {
    const thing = thingIn(resource);
    if (thing !== undefined) urns.set(thing, [...(urns.get(thing) ?? []), urn]);
  }
  const ours = Object.entries(resources).filter(([urn]) => isOurs(urn));
  return {
    resources,
    places: new Set(ours.flatMap(([, { outputs }]) => placeOf(outputs) ?? [])),
    has: (urn) => Object.hasOwn(resources, urn),
    things: [...urns.keys()],
    urnsOf: (thing) => urns.get(thing) ?? [],
    thingOf: (urn) => thingIn(resources[urn]),
    idOf: (urn) => nameOf(resources[urn]?.outputs),
  };
}

/**
 * The other stacks of the program that have a thing, by their files. One that cannot be read has none: it may not have been deployed.
 */
export async function otherStacksWith(things: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const others = stacksWithFiles(pulumi.getRootDirectory()).filter((name) => name !== pulumi.getStack());
  const found = await Promise.all(
    others.map(async (stack) => {
      const resources = await resourcesOf(stack).catch(() => ({}));
      return Object.values<FormerResource>(resources).flatMap((resource) => {
        const thing = thingIn(resource);
        return thing !== undefined && things.includes(thing) ? [[thing, stack] as const] : [];
      });
    }),
  );
  return new Map(found.flat());
}

/** What the resource has in Google Cloud, in words; undefined for a resource of another kind. */
export function thingOf(type: string, outputs: Outputs): string | undefined {
  if (type === projectServicesType) return servicesThing(textOf(outputs, "projectId"));
  return type === contactType || grantTypeOf(type)?.kind === "Member" ? thingsOf(type, outputs)[0] : undefined;
}

/** The same for a resource that may have several: one that sets all members of a role, or all roles. */
export function thingsOf(type: string, outputs: Outputs): string[] {
  if (type === contactType) return [contactThing(textOf(outputs, "email"), textOf(outputs, "parent"))];
  const grant = grantTypeOf(type);
  if (grant === undefined) return [];
  const id = textOf(outputs, grant.property);
  const where = id.startsWith(`${grant.level}s/`) ? id : `${grant.level}s/${id}`;
  const bindings = grant.kind === "Policy" ? bindingsIn(textOf(outputs, "policyData")) : [outputs];
  return bindings
    .filter(({ condition }) => (condition ?? undefined) === undefined)
    .flatMap((binding) => {
      const members = grant.kind === "Member" ? [binding["member"]] : binding["members"];
      return (Array.isArray(members) ? members : []).map((member) =>
        grantThing(textOf(binding, "role"), typeof member === "string" ? member : "", where),
      );
    });
}

/** Where a grant, a contact, a service or a case is, such as `projects/shop-dev`. */
export function placeOf(properties: Outputs): string | undefined {
  const [orgId, folder, project, parent] = ["orgId", "folder", "project", "parent"].map((key) =>
    textOf(properties, key),
  );
  if (parent) return parent;
  if (project) return `projects/${project}`;
  if (folder) return folder.startsWith("folders/") ? folder : `folders/${folder}`;
  return orgId ? `organizations/${orgId}` : undefined;
}

function textOf(outputs: Outputs, key: string): string {
  return typeof outputs[key] === "string" ? outputs[key] : "";
}

/** Of an IAM policy as JSON. */
function bindingsIn(policyData: string): Outputs[] {
  try {
    return (JSON.parse(policyData) as { readonly bindings?: Outputs[] }).bindings ?? [];
  } catch {
    // It is known only later.
    return [];
  }
}

export interface ThingNow {
  readonly thing: string | undefined;
  readonly id: string | undefined;
}

const thingIn = (resource: FormerResource | undefined) => resource && thingOf(resource.type, resource.outputs);

/** Whether the resource is in the state that this run makes, and what it has there. */
export async function thingNow(urn: pulumi.URN): Promise<ThingNow | undefined> {
  try {
    const { state } = (await pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn })) as { state: Outputs };
    return { thing: thingOf(typeIn(urn), state), id: nameOf(state) };
  } catch (error) {
    if (/unknown resource/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** Such as `projects/100000000001/contacts/1`. */
function nameOf(outputs: Outputs | undefined): string | undefined {
  const name = outputs?.["name"];
  return typeof name === "string" ? name : undefined;
}

/** Whether it is a component of this package, or in one. */
export function isOurs(urn: pulumi.URN): boolean {
  return urn.split("::")[2]?.includes("customer-care:index:") ?? false;
}

export function nameIn(urn: pulumi.URN): string {
  return urn.split("::").slice(3).join("::");
}

/** The last type of a URN: that of the resource itself. */
export function typeIn(urn: pulumi.URN): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/**
 * A file backend writes the state in place while an update runs: a read meanwhile finds an empty file, or the first part of it.
 * It is read again after a moment.
 */
async function repeated<Value>(read: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++)
    try {
      return await read();
    } catch (error) {
      const isHalfWritten = /\bEOF\b|unexpected end of|invalid character/i.test((error as Error).message);
      if (!isHalfWritten || attempt === reads) throw error;
      await sleep(50 * attempt);
    }
}

async function readState(): Promise<NonNullable<Invoked["outputs"]>> {
  try {
    return await resourcesOf(pulumi.getStack());
  } catch (error) {
    throw lateUserError(
      `the state of the stack could not be read (${(error as Error).message}), so grants and contacts that get another name could be lost. Repeat the command; if the error stays, use another version of the Pulumi CLI`,
    );
  }
}

/** What the state of a stack of this project has. */
async function resourcesOf(stack: string): Promise<NonNullable<Invoked["outputs"]>> {
  const organization = pulumi.getOrganization();
  const read = (stackName: string) =>
    repeated(async () => {
      const reply = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName })) as Invoked;
      return reply.outputs ?? {};
    });
  try {
    return await read([organization, pulumi.getProject(), stack].join("/"));
  } catch (error) {
    // A file backend of the oldest layout knows a stack by its name alone. Otherwise the first error says more.
    if (organization !== "organization") throw error;
    return read(stack).catch(() => {
      throw error;
    });
  }
}
