/**
 * Checks before anything is created whether Google would reject what the state does not have yet. obstacles/ has the rules,
 * which `care doctor` shares.
 */
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../onboarding/index.ts";
import type { PlaceOfArgs } from "../onboarding/index.ts";
import {
  callerPrincipal,
  checkUpTransport,
  GoogleError,
  isCredentialRefused,
  quotaProjectOf,
  readGoogleSettings,
} from "../google/index.ts";
import type { GoogleRequest, GoogleSettings, Transport } from "../google/index.ts";
import type { Level } from "../guide/index.ts";
import { contactThing, grantThing, otherStacksWith, thingsOf } from "./formerState.ts";
import type { FormerState, Outputs } from "./formerState.ts";
import { serviceType } from "./gcpTypes.ts";
import { createsAnything, needsOf } from "./obstacles/needs.ts";
import { readMemberOrganizations, readUpdateFacts } from "./obstacles/read.ts";
import { isQuotaProjectDenied, isQuotaProjectMissing, refusalsAt, secondContactRefused } from "./obstacles/refusals.ts";
import type { Refusal, UpdateFacts } from "./obstacles/refusals.ts";
import type { Wanted } from "./obstacles/needs.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";

/** What the args configure at a place. */
export interface WantedPlace {
  readonly wanted: Wanted;
  /** The path of the place in the args. */
  readonly path: readonly string[];
}

/** Something that Google would reject in an update. */
export interface Refused {
  readonly resource: string;
  /** Whether the rejection is certain. */
  readonly isCertain: boolean;
  /** What would not be created, as `thingsToCreate` describes it. */
  readonly things: readonly string[];
  /** The error, with its config key. */
  readonly message: string;
}

interface RefusedWithKind extends Refused {
  readonly kind: Refusal["kind"] | "credentials" | "quota-project" | "quota-project-missing";
  /** The path in the args. */
  readonly path: readonly string[];
}

/** What a component would create at a place. Outputs are skipped, because the program may create what they name. */
export type Asked = Partial<Pick<PlaceOfArgs, "services" | "grants" | "contacts" | "testCase">>;

export function wantedAt(
  level: Level,
  resource: string,
  { services = [], grants = [], contacts = [], testCase }: Asked,
): Wanted {
  const known = grants.flatMap(({ role, member }) => (typeof member === "string" ? [{ role, member }] : []));
  return { level, resource, services, grants: known, contacts, testCase };
}

/** The part that is not in the state yet. */
export function newlyWanted(wanted: Wanted, state: FormerState): Wanted {
  const { resource } = wanted;
  const isNew = (thing: string) => state.urnsOf(thing).length === 0;
  const present = new Set(
    Object.values(state.resources).flatMap(({ type, outputs }) =>
      type === serviceType || isSupportCaseType(type) ? thingsToCreate(type, outputs) : [],
    ),
  );
  return {
    ...wanted,
    services: wanted.services.filter((service) => !present.has(serviceThing(service, resource))),
    grants: wanted.grants.filter(({ role, member }) => isNew(grantThing(role, member, resource))),
    contacts: wanted.contacts.filter(({ email }) => isNew(contactThing(email, resource))),
    testCase: present.has(caseThing(resource)) ? undefined : wanted.testCase,
  };
}

const serviceThing = (service: string, resource: string) => `the service ${service} of ${resource}`;
const caseThing = (resource: string) => `the test case of ${resource}`;

/** Descriptions of what a resource would create, from its type and inputs. */
export function thingsToCreate(type: string, inputs: Outputs): string[] {
  const { project, service, parent } = inputs;
  if (type === serviceType) return [serviceThing(String(service), `projects/${String(project)}`)];
  return isSupportCaseType(type) ? [caseThing(String(parent))] : thingsOf(type, inputs);
}

function thingsIn({ resource, services, grants, contacts, testCase }: Wanted): string[] {
  return [
    ...services.map((service) => serviceThing(service, resource)),
    ...grants.map(({ role, member }) => grantThing(role, member, resource)),
    ...contacts.map(({ email }) => contactThing(email, resource)),
    ...(testCase === undefined ? [] : [caseThing(resource)]),
  ];
}

/** Callers that only read have none of these permissions. */
const isChange = (permission: string) => /\.(setIamPolicy|create|enable)$/.test(permission);

/**
 * @param name The prefix of error messages: the component's name.
 * @param places All places of the component.
 */
export async function readRefused(
  name: string,
  places: readonly WantedPlace[],
  state: FormerState,
): Promise<readonly Refused[]> {
  const wanted = places
    .map((place) => ({ ...place, wanted: newlyWanted(place.wanted, state) }))
    .filter((place) => createsAnything(place.wanted));
  if (wanted.length === 0) return [];
  const config = pulumi.runtime.allConfig();
  try {
    const refused = await read(
      name,
      wanted,
      readGoogleSettings((key) => config[key]),
    );
    return await withMoves(name, refused);
  } catch (error) {
    // The gcp provider reports missing or invalid credentials.
    if (error instanceof GoogleError) return [];
    throw error;
  }
}

/** If another stack of the program has the contact, it may be moving between stacks, so the refusal is not certain. */
async function withMoves(name: string, refused: readonly RefusedWithKind[]): Promise<Refused[]> {
  const contacts = refused.flatMap(({ kind, things }) => (kind === "contact-exists" ? things : []));
  const others = contacts.length === 0 ? new Map<string, string>() : await otherStacksWith(contacts);
  return refused.map((one) => {
    const [thing = ""] = one.things;
    const stack = one.kind === "contact-exists" ? others.get(thing) : undefined;
    if (stack === undefined) return one;
    const message = `${thing} is in the stack ${stack}: update that stack first, or move the contact with the command that care diff shows for the previews of both stacks; until then Google refuses a second one`;
    return { ...one, isCertain: false, message: new ConfigError(name, [{ path: one.path, message }]).message };
  });
}

async function read(
  name: string,
  places: readonly WantedPlace[],
  settings: GoogleSettings,
): Promise<readonly RefusedWithKind[]> {
  const denied: GoogleError[] = [];
  const transport = recordDenials(checkUpTransport(settings), denied);
  const read = await Promise.all(
    places.map(async (place) => ({ ...place, facts: await readUpdateFacts(transport, place.wanted) })),
  );
  const rejectedCredentials = denied.find(isCredentialRefused);
  if (rejectedCredentials !== undefined) return [credentialRefused(places, rejectedCredentials)];
  if (denied[0] !== undefined) return [await quotaProjectRefused(places, settings, denied[0])];
  const memberOrganizations = await readMemberOrganizations(
    transport,
    read.map(({ wanted: { grants }, facts }) => ({ grants, policies: facts.members?.value })),
  );
  // A caller that only previews does not need the permissions to deploy.
  const isPreviewOfAnother = pulumi.runtime.isDryRun() && !read.some(({ facts }) => mayChange(facts));
  const [caller, missing] = await Promise.all([
    callerIfAsked(transport, read),
    quotaProjectMissing(transport, read, !isPreviewOfAnother),
  ]);
  const ofPlaces = read.flatMap(({ wanted, path, facts }) => {
    const grantedFirst = places.flatMap(({ wanted: other }) => (isGrantedBefore(other, wanted) ? other.grants : []));
    return refusalsAt(wanted, facts, { memberOrganizations, caller, grantedFirst })
      .filter(({ kind, level }) => level !== "information" && !(kind === "permission-missing" && isPreviewOfAnother))
      .map((refusal) => {
        const { key, message, things } = refusalMessage(refusal, wanted);
        const problem = { path: [...path, ...key], message };
        return {
          kind: refusal.kind,
          path: problem.path,
          resource: wanted.resource,
          isCertain: refusal.level === "error",
          things,
          message: new ConfigError(name, [problem]).message,
        };
      });
  });
  return [...missing, ...ofPlaces];
}

/** Collects rejections of the credentials and of the quota project, after which nothing else can be read. */
function recordDenials(transport: Transport, denied: GoogleError[]): Transport {
  return {
    ...transport,
    request: async <Reply>(request: GoogleRequest) => {
      try {
        return await transport.request<Reply>(request);
      } catch (error) {
        if (error instanceof GoogleError && (isQuotaProjectDenied(error) || isCredentialRefused(error)))
          denied.push(error);
        throw error;
      }
    },
  };
}

function mayChange({ permissions }: UpdateFacts): boolean {
  return permissions?.value?.some(isChange) === true;
}

/** Whether an update creates the grants of `other` before other resources at a place. */
function isGrantedBefore(other: Wanted, { level, resource }: Wanted): boolean {
  return (
    other.resource === resource || other.level === "organization" || (other.level === "folder" && level === "project")
  );
}

/** The caller, read only if it matters: the caller lacks a permission that the update may grant first. */
async function callerIfAsked(
  transport: Transport,
  read: readonly { readonly wanted: Wanted; readonly facts: UpdateFacts }[],
): Promise<string | undefined> {
  const isLacking = read.some(({ wanted: { contacts, testCase, ...wanted }, facts: { permissions } }) =>
    needsOf({ ...wanted, ...nothing, contacts, testCase }).some((need) =>
      need.permissions.some((permission) => permissions?.value?.includes(permission) === false),
    ),
  );
  if (!isLacking || !read.some(({ wanted }) => wanted.grants.length > 0)) return undefined;
  return callerPrincipal(transport).catch(() => undefined);
}

/** Google rejects the credentials, so nothing can be read or created. */
function credentialRefused(places: readonly WantedPlace[], error: GoogleError): RefusedWithKind {
  const said = error.status === 401 ? "Google rejects them, because they have expired or are invalid" : error.message;
  return {
    kind: "credentials",
    path: [],
    resource: "",
    isCertain: true,
    things: places.flatMap(({ wanted }) => thingsIn(wanted)),
    message: `credentials: ${said}; ${error.status === 403 ? "grant the caller Service Account Token Creator (roles/iam.serviceAccountTokenCreator) on the service account" : "run gcloud auth application-default login, or replace them where they are configured"}`,
  };
}

/** Reads the caller only if contacts will be created and no quota project is set. */
async function quotaProjectMissing(
  transport: Transport,
  places: readonly WantedPlace[],
  isCertain: boolean,
): Promise<RefusedWithKind[]> {
  const contacts = places.flatMap(({ wanted }) =>
    thingsIn({ ...emptyWanted(wanted.resource), contacts: wanted.contacts }),
  );
  const named = quotaProjectOf(transport.settings, undefined);
  if (contacts.length === 0 || named !== undefined) return [];
  const principal = await callerPrincipal(transport).catch(() => undefined);
  if (!isQuotaProjectMissing(principal, named)) return [];
  const message =
    "gcp:billingProject: Google requires a quota project for contacts with a user's credentials, and the gcp provider has none; run pulumi config set gcp:userProjectOverride true && pulumi config set gcp:billingProject PROJECT_ID";
  return [{ kind: "quota-project-missing", path: [], resource: "", isCertain, things: contacts, message }];
}

/** An error for a caller that can change something, otherwise a warning. */
async function quotaProjectRefused(
  places: readonly WantedPlace[],
  settings: GoogleSettings,
  error: GoogleError,
): Promise<RefusedWithKind> {
  const project = quotaProjectOf(settings, undefined) ?? error.consumer?.replace("projects/", "") ?? "";
  const without = checkUpTransport({
    ...settings,
    userProjectOverride: false,
    billingProject: undefined,
    quotaProject: undefined,
  });
  const facts = pulumi.runtime.isDryRun()
    ? await Promise.all(places.map(({ wanted }) => readUpdateFacts(without, { ...wanted, ...nothing })))
    : [];
  const key =
    settings.userProjectOverride && settings.billingProject !== undefined
      ? "gcp:billingProject (or GOOGLE_BILLING_PROJECT)"
      : settings.quotaProject !== undefined
        ? "GOOGLE_CLOUD_QUOTA_PROJECT"
        : "gcp:userProjectOverride (or USER_PROJECT_OVERRIDE)";
  const shown = JSON.stringify(project);
  return {
    kind: "quota-project",
    path: [],
    resource: "",
    isCertain: !pulumi.runtime.isDryRun() || facts.some(mayChange),
    things: places.flatMap(({ wanted }) => thingsIn(wanted)),
    message: `${key}: the caller cannot use the quota project ${shown}: it does not exist, or the caller does not have Service Usage Consumer (roles/serviceusage.serviceUsageConsumer) on it; write the ID of a project that the caller can use, or grant the caller that role`,
  };
}

const nothing = { services: [], grants: [], contacts: [], testCase: undefined };

interface RefusalMessage {
  readonly key: readonly string[];
  readonly message: string;
  readonly things: readonly string[];
}

function refusalMessage(refusal: Refusal, wanted: Wanted): RefusalMessage {
  const { resource } = wanted;
  const allow = "or have an Organization Policy Administrator allow";
  switch (refusal.kind) {
    case "contact-exists":
      return {
        key: ["contacts"],
        message: contactExistsMessage(contactThing(refusal.email, resource)),
        things: [contactThing(refusal.email, resource)],
      };
    case "contact-domain-restricted":
      return {
        key: ["contacts"],
        message: `the policy ${refusal.constraint} of ${resource} does not allow contacts of ${refusal.domain} (got ${refusal.emails.join(", ")}); leave them out, ${allow} the domain`,
        things: refusal.emails.map((email) => contactThing(email, resource)),
      };
    case "member-restricted":
      return {
        key: [],
        message:
          refusal.level === "error"
            ? `the policy ${refusal.constraint} of ${resource} does not allow grants to ${refusal.members.join(", ")}; leave them out, ${allow} them`
            : `the policy ${refusal.constraint} of ${resource} allows grants only to members of certain organizations, and this caller cannot see whether ${refusal.members.join(", ")} belongs to one: if not, an update fails`,
        things: grantsOf(wanted, (member) => refusal.members.includes(member)),
      };
    case "policy-full":
      return {
        key: [],
        message: `with ${String(refusal.added)} more, the policy of ${resource} would have ${String(refusal.count)} ${refusal.what}, and Google allows at most ${String(refusal.most)}; grant the roles to ${refusal.what === "groups" ? "fewer groups" : "groups instead of their members"}`,
        things: grantsOf(wanted, () => true),
      };
    case "service-restricted":
      return {
        key: ["services"],
        message: `the policy gcp.restrictServiceUsage of ${resource} does not allow ${refusal.service}; leave it out, ${allow} it`,
        things: [serviceThing(refusal.service, resource)],
      };
    case "permission-missing": {
      const { part, purpose, displayName, role } = refusal.need;
      return {
        key: [],
        message: `to ${purpose} at ${resource}, this caller lacks ${refusal.missing.join(", ")}; grant the caller ${displayName} (${role}) with the command that care doctor shows`,
        things: partOf(wanted, part),
      };
    }
  }
}

/**
 * The error for a contact that somebody else has created.
 * @param contact A description from formerState.ts.
 */
export function contactExistsMessage(contact: string): string {
  return `${contact} already exists and is not in this stack, ${secondContactRefused}; run care adopt --stack ${pulumi.getStack()}, which writes the file for pulumi import, or leave the contact out`;
}

function grantsOf({ resource, grants }: Wanted, isMeant: (member: string) => boolean): string[] {
  return thingsIn({ ...emptyWanted(resource), grants: grants.filter(({ member }) => isMeant(member)) });
}

function partOf(wanted: Wanted, part: string): string[] {
  const { resource, services, grants, contacts, testCase } = wanted;
  const parts: Readonly<Record<string, Partial<Wanted>>> = {
    services: { services },
    grants: { grants },
    contacts: { contacts },
    case: { testCase },
  };
  return thingsIn({ ...emptyWanted(resource), ...parts[part] });
}

const emptyWanted = (resource: string): Wanted => ({ level: "project", resource, ...nothing });
