/**
 * Declares the APIs of the local cloud, and checks permissions: a principal has a permission if the resource or one of its
 * ancestors grants a role with it.
 */
import { domainOf } from "../../onboarding/emailAddress.ts";
import type { Clock } from "./clock.ts";
import { permissionDenied } from "./errors.ts";
import type { Faults } from "./faults.ts";
import { findResource, lineage } from "./hierarchy.ts";
import { conditionApplies } from "./iamConditions.ts";
import { grantKey } from "./iamPolicy.ts";
import type { Query } from "./query.ts";
import { roleGives } from "./roles.ts";
import type { Principal, Project, Resource, ResourceName, State } from "./state.ts";

/** The context of every method. */
export interface Context {
  readonly state: State;
  readonly clock: Clock;
  readonly faults: Faults;
}

/** One request, after authentication. */
export interface Call {
  readonly context: Context;
  readonly api: Api;
  /** Such as `CreateCase`. */
  readonly rpc: string;
  readonly principal: Principal;
  /** The project whose quota is used, and in which the API must be enabled. */
  readonly consumer: Project | undefined;
  /** The variables of the HTTP rule, such as `name` and `parent`. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  /** The JSON body with lowerCamelCase keys, checked by the schema; `{}` without one. */
  readonly body: unknown;
  /** The raw body, for uploads and forms. */
  readonly bytes: Buffer;
  readonly contentType: string;
  /** The Authorization header. */
  readonly authorization: string | undefined;
  /** The permissions that the request has needed so far. */
  readonly permissions: string[];
}

/** A reply that is not JSON. */
export class Media {
  readonly contentType: string;
  readonly bytes: Buffer;

  constructor(contentType: string, bytes: Buffer) {
    this.contentType = contentType;
    this.bytes = bytes;
  }
}

export interface Method {
  /** The method in the API's package, such as `CaseService.CreateCase`. */
  readonly rpc: string;
  /** The method's full name if several APIs have it, such as `google.iam.v1.IAMPolicy.GetIamPolicy`. */
  readonly of?: string;
  /** Its google.api.http rules, such as `POST /v2/{parent=projects/*}/cases`, if the schema does not have them. */
  readonly http?: readonly string[];
  /** Whether the path also exists under `/upload`, for media. */
  readonly isUpload?: true;
  /** Whether the reply is a file with `alt=media`. */
  readonly isDownload?: true;
  /** Returns the reply's message, which can contain default values. */
  handle(call: Call): object;
}

export interface Api {
  /** The service's name, such as `cloudsupport.googleapis.com`. */
  readonly service: string;
  /** Its title, as errors name it. */
  readonly title: string;
  /** Its protocol buffer package, as errors name it. */
  readonly package: string;
  /** The first segment of its paths here. Google uses a separate host instead. */
  readonly prefix: string;
  /**
   * The requirements for requests: `open` none (the API issues credentials), `credential` an access token, `quotaProject` also a
   * quota project, which user credentials do not have.
   */
  readonly access: "open" | "credential" | "quotaProject";
  /** The API's own 403 for a missing permission; without it, that of most APIs. */
  denied?(call: Call, permission: string, name: ResourceName): Error;
  readonly methods: readonly Method[];
}

/** The resource with a name, if the caller has the permission on it. Otherwise 403, as for a resource that does not exist. */
export function authorize(call: Call, permission: string, name: ResourceName): Resource {
  call.permissions.push(permission);
  const resource = findResource(call.context.state, name);
  if (resource === undefined || !hasPermission(call.context, call.principal, permission, resource))
    throw call.api.denied?.(call, permission, name) ?? permissionDenied(call.api.service, permission, name);
  return resource;
}

/** The variable of the HTTP rule. */
export function variable(call: Call, field: string): string {
  return call.path[field] ?? "";
}

/** Whether the principal currently has the permission on the resource. */
export function hasPermission(context: Context, principal: Principal, permission: string, resource: Resource): boolean {
  const { state, clock, faults } = context;
  const names = memberNames(state, principal);
  const now = clock.now();
  return lineage(state, resource).some(({ policy }) =>
    policy.bindings.some(
      ({ role, members, condition }) =>
        roleGives(role, permission, state.roles) &&
        conditionApplies(condition, now, resource) &&
        members.some((member) => {
          if (!names.has(member)) return false;
          const granted = policy.grantTimes.get(grantKey(role, member, condition)) ?? 0;
          return now >= granted + faults.settings.grantPropagation;
        }),
    ),
  );
}

/** The members of a policy that include the principal. */
function memberNames(state: State, { principal }: Principal): Set<string> {
  const names = new Set([principal, "allUsers", "allAuthenticatedUsers"]);
  for (const [group, members] of state.groups) if (members.includes(principal)) names.add(group);
  if (principal.startsWith("user:")) names.add(`domain:${domainOf(principal) ?? ""}`);
  return names;
}
