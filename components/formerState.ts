/**
 * The stack's state before this run: which resource had which grant, contact or services. It lets a renamed resource keep its
 * thing in Google Cloud. Pulumi creates the new name first and deletes the old name last, so without an alias, the deletion
 * would remove what the creation has found in place.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { lateUserError, normalizeMember } from "../onboarding/index.ts";
import { isForServiceHealth } from "../guide/index.ts";
import { componentTypes, ownTypes } from "./supportCase/componentTypes.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";
import {
  alertPolicyType,
  channelType,
  contactType,
  grantTypeOf,
  isEventType,
  serviceType,
  subscriptionType,
  topicGrantType,
  topicType,
} from "./gcpTypes.ts";
import type { RunContext } from "./run.ts";

/** The maximum number of attempts to read the state. */
const maxReads = 20;

export const grantThing = (role: string, member: string, where: string) =>
  `the grant of ${role} to ${normalizeMember(member)} on ${where}`;

export const contactThing = (email: string, where: string) => `the contact ${email.toLowerCase()} of ${where}`;

export const alertChannelThing = (email: string, where: string) =>
  `the notification channel for ${email.toLowerCase()} of ${where}`;

export const alertPolicyThing = (where: string) => `the Service Health alerts of ${where}`;

export const serviceThing = (service: string, resource: string) => `the service ${service} of ${resource}`;

export const caseThing = (resource: string) => `the test case of ${resource}`;

export const servicesThing = (projectId: string) => `the services of projects/${projectId}`;

export const topicThing = (topic: string, where: string) => `the topic ${topic} of ${where}`;

/** @param topic Its full name. */
export const subscriptionThing = (organization: string, topic: string) =>
  `the subscription of ${topic} to the support events of ${organization}`;

/** Built once, because searching the whole state for each resource would take quadratic time. */
export interface ThingIndex {
  /** The resources that had the thing. */
  readonly urnsOf: (thing: string) => readonly pulumi.URN[];
  /** The things that differ only in the project's name: by its number instead of its ID, or by its ID instead of its number. */
  readonly alikeInProjects: (thing: string) => readonly string[];
}

export interface FormerState extends ThingIndex {
  readonly resources: Readonly<Record<pulumi.URN, FormerResource>>;
  /** The organizations, folders and projects where a component of this package has resources. */
  readonly places: ReadonlySet<string>;
  readonly has: (urn: pulumi.URN) => boolean;
  /** The services and the test cases, as `thingsToCreate` describes them. */
  readonly servicesAndCases: ReadonlySet<string>;
  /** The same for bindings and policies, each of which can have several grants. */
  readonly bindings: ThingIndex;
  readonly thingOf: (urn: pulumi.URN) => string | undefined;
  /** Google's resource name for the thing of a resource, if it has one. */
  readonly idOf: (urn: pulumi.URN) => string | undefined;
}

export interface FormerResource {
  readonly type: string;
  readonly outputs: Outputs;
}

interface Invoked {
  readonly outputs?: Readonly<Record<string, FormerResource>>;
}

export type Outputs = Readonly<Record<string, unknown>>;

/** Read once for each run. The engine reads it, because it supports every backend and decrypts secrets. */
export function formerState(run: RunContext): Promise<FormerState> {
  return run.shared(readFormerState);
}

async function readFormerState(run: RunContext): Promise<FormerState> {
  return formerStateOf(run.isMocked ? {} : withProjects(await readState()));
}

export function formerStateOf(resources: FormerState["resources"]): FormerState {
  return {
    resources,
    places: placesOf(resources),
    has: (urn) => Object.hasOwn(resources, urn),
    servicesAndCases: new Set(
      Object.values(resources).flatMap(({ type, outputs }) =>
        type === serviceType || isSupportCaseType(type) ? thingsToCreate(type, outputs) : [],
      ),
    ),
    ...indexOf(resources, (resource) => [thingIn(resource)].filter((thing) => thing !== undefined)),
    bindings: indexOf(resources, ({ type, outputs }) => (isBinding(type) ? thingsOf(type, outputs) : [])),
    thingOf: (urn) => thingIn(resources[urn]),
    idOf: (urn) => nameOf(resources[urn]?.outputs),
  };
}

/** Below a CustomerCare, the component of a project's services has no outputs, so its project is that of its services. */
function withProjects(resources: NonNullable<Invoked["outputs"]>): FormerState["resources"] {
  const projects = new Map(
    Object.entries(resources).flatMap(([urn, { type, outputs }]) =>
      type === serviceType ? [[componentOf(urn), textOf(outputs, "project")] as const] : [],
    ),
  );
  const located = Object.entries(resources).map(([urn, resource]) => {
    const project = resource.type === componentTypes.projectServices ? projects.get(urn) : undefined;
    return [
      urn,
      project === undefined ? resource : { ...resource, outputs: { projectId: project, ...resource.outputs } },
    ];
  });
  return Object.fromEntries(located) as FormerState["resources"];
}

/** The URN of the component of a service, whose name is the component's, a slash and the API. */
function componentOf(urn: pulumi.URN): pulumi.URN {
  const name = nameIn(urn);
  return urn.replace(`$${serviceType}::${name}`, `::${name.slice(0, name.lastIndexOf("/"))}`);
}

/** @param thingsIn The things of a resource. */
function indexOf(
  resources: FormerState["resources"],
  thingsIn: (resource: FormerResource) => readonly string[],
): ThingIndex {
  const urns = new Map<string, pulumi.URN[]>();
  for (const [urn, resource] of Object.entries(resources))
    for (const thing of thingsIn(resource)) urns.set(thing, [...(urns.get(thing) ?? []), urn]);
  const keyOf = ({ words, isNumber }: InProject) => `${String(isNumber)} ${words}`;
  const inProjects = Map.groupBy(urns.keys(), (thing) => keyOf(inProject(thing)));
  return {
    urnsOf: (thing) => urns.get(thing) ?? [],
    alikeInProjects: (thing) => {
      const { words, project, isNumber } = inProject(thing);
      return project === "" ? [] : (inProjects.get(keyOf({ words, project, isNumber: !isNumber })) ?? []);
    },
  };
}

type InProject = ReturnType<typeof inProject>;

/** `the grant of … on projects/shop-dev` → `the grant of … on ` and `shop-dev`. */
export function inProject(thing: string) {
  const [, words = thing, project = ""] = /^(.* )projects\/([^/]+)$/.exec(thing) ?? [];
  return { words, project, isNumber: /^\d+$/.test(project) };
}

/** Whether a resource of the type sets all members of a role, or all roles. */
const isBinding = (type: string) => ["Binding", "Policy"].includes(grantTypeOf(type)?.kind ?? "");

/** The organizations, folders and projects where a component of this package has some of the resources. */
function placesOf(resources: FormerState["resources"]): ReadonlySet<string> {
  const ours = Object.entries(resources).filter(([urn]) => isFromPackage(urn));
  return new Set(ours.flatMap(([, { outputs }]) => placeOf(outputs) ?? []));
}

/** A part of the state. */
export function formerOf(
  { resources }: FormerState,
  isMeant: (urn: pulumi.URN, type: string) => boolean,
): Pick<FormerState, "resources" | "places"> {
  const meant = Object.fromEntries(Object.entries(resources).filter(([urn, { type }]) => isMeant(urn, type)));
  return { resources: meant, places: placesOf(meant) };
}

/** A description of what the resource has in Google Cloud; undefined for other types of resources. */
export function thingOf(type: string, outputs: Outputs): string | undefined {
  if (type === componentTypes.projectServices) return servicesThing(textOf(outputs, "projectId"));
  const isSingle =
    [contactType, channelType, alertPolicyType].includes(type) ||
    isEventType(type) ||
    grantTypeOf(type)?.kind === "Member";
  return isSingle ? thingsOf(type, outputs)[0] : undefined;
}

/** Descriptions of what a resource would create, from its type and inputs. */
export function thingsToCreate(type: string, inputs: Outputs): string[] {
  const { project, service, parent } = inputs;
  if (type === serviceType) return [serviceThing(String(service), `projects/${String(project)}`)];
  return isSupportCaseType(type) ? [caseThing(String(parent))] : thingsOf(type, inputs);
}

/** The things of the resources for the events of support cases; undefined for other types. */
function eventThings(type: string, outputs: Outputs): string[] | undefined {
  const [project, topic, organization] = ["project", "topic", "organization"].map((key) => textOf(outputs, key));
  if (type === topicType) return [topicThing(textOf(outputs, "name"), `projects/${project ?? ""}`)];
  if (type === subscriptionType)
    return [subscriptionThing(`organizations/${organization ?? ""}`, textOf(outputs, "pubSubTopic"))];
  if (type !== topicGrantType) return undefined;
  const where = topic?.startsWith("projects/") ? topic : `projects/${project ?? ""}/topics/${topic ?? ""}`;
  return (outputs["condition"] ?? undefined) === undefined
    ? [grantThing(textOf(outputs, "role"), textOf(outputs, "member"), where)]
    : [];
}

/** The same for resources that can have several things, such as a binding or a policy. */
export function thingsOf(type: string, outputs: Outputs): string[] {
  if (type === contactType) return [contactThing(textOf(outputs, "email"), textOf(outputs, "parent"))];
  if (type === channelType || type === alertPolicyType) return alertThingsOf(type, outputs);
  const grant = grantTypeOf(type);
  if (grant === undefined) return eventThings(type, outputs) ?? [];
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

/** None for channels that are not e-mail addresses, and for policies that are not for Service Health. */
function alertThingsOf(type: string, outputs: Outputs): string[] {
  const where = `projects/${textOf(outputs, "project")}`;
  if (type === alertPolicyType) return isForServiceHealth(outputs) ? [alertPolicyThing(where)] : [];
  const email = emailOf(outputs);
  return email === undefined || email === "" ? [] : [alertChannelThing(email, where)];
}

/** The address of a notification channel, if it has one. */
export function emailOf({ labels }: Outputs): string | undefined {
  const email = ((labels ?? {}) as Outputs)["email_address"];
  return typeof email === "string" ? email : undefined;
}

/** The place of a grant, a contact, an alert, a service, a case, a topic or a subscription, such as `projects/shop-dev`. */
export function placeOf(properties: Outputs): string | undefined {
  const [orgId, folder, project, parent, organization] = ["orgId", "folder", "project", "parent", "organization"].map(
    (key) => textOf(properties, key),
  );
  if (parent) return parent;
  if (project) return `projects/${project}`;
  if (folder) return folder.startsWith("folders/") ? folder : `folders/${folder}`;
  const number = orgId || organization;
  return number ? `organizations/${number}` : undefined;
}

function textOf(outputs: Outputs, key: string): string {
  return typeof outputs[key] === "string" ? outputs[key] : "";
}

/** The bindings of an IAM policy in JSON. */
function bindingsIn(policyData: string): Outputs[] {
  try {
    return (JSON.parse(policyData) as { readonly bindings?: Outputs[] }).bindings ?? [];
  } catch {
    // The policy is still unknown.
    return [];
  }
}

export interface CurrentThing {
  readonly thing: string | undefined;
  /** The same for a binding or a policy, which can have several. */
  readonly things: readonly string[];
  readonly id: string | undefined;
}

export const thingIn = (resource: FormerResource | undefined) => resource && thingOf(resource.type, resource.outputs);

/** The thing of a resource in the state of this run; undefined if the resource is not in it. */
export async function currentThing(urn: pulumi.URN): Promise<CurrentThing | undefined> {
  const state = await currentOutputs(urn);
  const type = typeIn(urn);
  return state && { thing: thingOf(type, state), things: thingsOf(type, state), id: nameOf(state) };
}

/** What the engine has of a resource in this run; undefined if the program has not registered it. */
export async function currentOutputs(urn: pulumi.URN): Promise<Outputs | undefined> {
  try {
    return ((await pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn })) as { state: Outputs }).state;
  } catch (error) {
    if (/unknown resource/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** Google's resource name, such as `projects/100000000001/contacts/1`. */
function nameOf(outputs: Outputs | undefined): string | undefined {
  const name = outputs?.["name"];
  return typeof name === "string" ? name : undefined;
}

/** Whether the resource is a component of this package, or inside one. */
export function isFromPackage(urn: pulumi.URN): boolean {
  return urn.split("::")[2]?.includes(ownTypes) ?? false;
}

/** Whether `pulumi state move` may have moved the resource here from another stack: it is in no component, but has its name. */
export function isMovedHere(
  urn: pulumi.URN,
  { name, type }: { readonly name: string; readonly type: string },
): boolean {
  return urn.split("::")[2] === type && nameIn(urn) === name;
}

export function nameIn(urn: pulumi.URN): string {
  return urn.split("::").slice(3).join("::");
}

/** The type of the resource itself: the last one in its URN. */
export function typeIn(urn: pulumi.URN): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/**
 * A file backend overwrites the state file in place, so a read during an update can find a truncated file. Reads it again
 * after a short wait.
 */
export async function retryTruncated<Value>(read: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++)
    try {
      return await read();
    } catch (error) {
      const isHalfWritten = /\bEOF\b|unexpected end of|invalid character/i.test((error as Error).message);
      if (!isHalfWritten || attempt === maxReads) throw error;
      await sleep(50 * attempt);
    }
}

async function readState(): Promise<NonNullable<Invoked["outputs"]>> {
  try {
    return await resourcesOf(pulumi.getStack());
  } catch (error) {
    throw lateUserError(
      `cannot read the state of the stack (${(error as Error).message}), so this update could delete renamed grants and contacts. Run the command again; if the error persists, use another version of the Pulumi CLI`,
      "state",
    );
  }
}

/** The resources in the state of a stack of this project. */
export async function resourcesOf(stack: string): Promise<NonNullable<Invoked["outputs"]>> {
  const organization = pulumi.getOrganization();
  const read = (stackName: string) =>
    retryTruncated(async () => {
      const reply = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName })) as Invoked;
      return reply.outputs ?? {};
    });
  try {
    return await read([organization, pulumi.getProject(), stack].join("/"));
  } catch (error) {
    // The oldest layout of a file backend only accepts the short name. If that fails too, the first error is more helpful.
    if (organization !== "organization") throw error;
    return read(stack).catch(() => {
      throw error;
    });
  }
}
