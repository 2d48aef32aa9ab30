/**
 * Decides whether a denied call waits for a grant of the same update: only if Google reports a missing permission, and a new
 * grant gives it to the caller at that place. Every other denial has a cause that does not go away, such as a quota project.
 */
import { answer, resourceManagerApi } from "../google/index.ts";
import type { GoogleRequest, ResourceManagerApi, Transport } from "../google/index.ts";
import { roles } from "../guide/index.ts";
import { normalizeMember } from "../onboarding/index.ts";
import { placeOf } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { contactType, subscriptionType } from "./gcpTypes.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";

export interface NewGrant {
  readonly role: string;
  /** As in an IAM policy. */
  readonly member: string;
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  readonly place: string;
  /** In milliseconds since the epoch. */
  readonly at: number;
}

/** The inputs of an IAM member as a new grant; undefined if they are not complete. */
export function newGrantOf(inputs: Outputs, at: number): NewGrant | undefined {
  const { role, member } = inputs;
  const place = placeOf(inputs);
  if (typeof role !== "string" || typeof member !== "string" || place === undefined) return undefined;
  return { role, member: normalizeMember(member), place, at };
}

/** What a denied call needs. */
interface Needed {
  readonly role: string;
  /** The beginning of the permissions that the role gives. */
  readonly permissions: string;
}

function neededFor(type: string): Needed | undefined {
  if (type === contactType)
    return { role: roles.contactAdministrators.role, permissions: "essentialcontacts.contacts." };
  // Google does not document the permissions of subscriptions.
  if (type === subscriptionType) return { role: roles.editors.role, permissions: "cloudsupport." };
  return isSupportCaseType(type) ? { role: roles.editors.role, permissions: "cloudsupport.techCases." } : undefined;
}

/** Permissions that an error names: `Permission 'x.y.z' denied`, `"permission": "x.y.z"`, `Required 'x.y.z' permission`. */
const namedPermission = /(?:permissions?|required)\b["']?[\s:]*["'`]?([a-z]+(?:\.[A-Za-z]+){2,3})\b/gi;

/**
 * Whether Google denies the call for lack of a permission that the role of this type of resource gives. The status
 * `PERMISSION_DENIED` alone is no evidence: Google also uses it for quota projects, disabled APIs, scopes and perimeters.
 */
export function isPermissionDenied(error: string, type: string): boolean {
  const needed = neededFor(type);
  if (needed === undefined || !/\b403\b/.test(error)) return false;
  if (/quota project|to use project|USER_PROJECT_DENIED|SERVICE_DISABLED|BILLING_DISABLED|\bscopes?\b/i.test(error))
    return false;
  // Without codes and without the link to the page of errors, both of which contain the word.
  const text = error.replace(/\b[A-Z]+(_[A-Z]+)+\b/g, "").replace(/^See \S+errors\.md#.*$/gm, "");
  if (!/\bpermissions?\b/i.test(text)) return false;
  const named = [...text.matchAll(namedPermission)].flatMap(([, name = ""]) =>
    name.includes("googleapis") ? [] : [name],
  );
  return named.every((name) => name.startsWith(needed.permissions));
}

interface DeniedCall {
  readonly type: string;
  readonly inputs: Outputs;
  /** Such as `user:ada@example.com`; undefined if it is not known. */
  readonly caller: string | undefined;
}

/**
 * A transport that sends each request once, because hundreds of resources can wait for one grant, and each of them sends the same
 * requests after each wait. Only a failed request is sent again.
 */
export function cachedTransport(transport: Transport): Transport {
  const replies = new Map<string, Promise<unknown>>();
  return {
    settings: transport.settings,
    request: <Reply>(request: GoogleRequest) => {
      const key = JSON.stringify(request);
      const known = replies.get(key);
      if (known !== undefined) return known as Promise<Reply>;
      const reply = transport.request<Reply>(request);
      replies.set(key, reply);
      reply.catch(() => replies.delete(key));
      return reply;
    },
  };
}

/** The new grants that can give the caller the permission at the place. */
export async function explainingGrants(
  grants: readonly NewGrant[],
  { type, inputs, caller }: DeniedCall,
  transport: Transport,
): Promise<readonly NewGrant[]> {
  const place = placeOf(inputs);
  const needed = neededFor(type);
  const ofCaller = grants.filter(({ role, member }) => role === needed?.role && mayBe(member, caller));
  if (place === undefined || ofCaller.length === 0) return [];
  if (ofCaller.some((grant) => grant.place === place)) return ofCaller.filter((grant) => grant.place === place);
  const above = await placesAbove(resourceManagerApi(transport), place);
  return ofCaller.filter((grant) => above === undefined || above.includes(grant.place));
}

/** Members of groups and federated identities are not known. */
function mayBe(member: string, caller: string | undefined): boolean {
  return caller === undefined || !/^(user|serviceAccount):/.test(member) || member === normalizeMember(caller);
}

/** The folders and the organization above a place; undefined if the caller cannot read all of them. */
async function placesAbove(api: ResourceManagerApi, place: string): Promise<readonly string[] | undefined> {
  const above: string[] = [];
  for (let at = place; !at.startsWith("organizations/");) {
    const [collection, id = ""] = at.split("/");
    const { value } = await answer<{ readonly parent?: string }>(() =>
      collection === "folders" ? api.getFolder(id) : api.getProject(id),
    );
    if (value === undefined) return undefined;
    // A project can have no organization.
    if (value.parent === undefined) return above;
    at = value.parent;
    above.push(at);
  }
  return above;
}
