/**
 * What an update would be refused although its places are ready: asked of Google before anything is created, and only for what the
 * state does not have yet. obstacles/ decides it, for `care doctor` too.
 */
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../onboarding/index.ts";
import type { PlaceOfArgs } from "../onboarding/index.ts";
import {
  answer,
  callerPrincipal,
  checkUpTransport,
  credentialQuotaProject,
  GoogleError,
  isCredentialRefused,
  quotaProjectOf,
  readGoogleSettings,
  resourceManagerApi,
} from "../google/index.ts";
import type { GoogleRequest, GoogleSettings, Transport } from "../google/index.ts";
import type { Level } from "../guide/index.ts";
import { contactThing, grantThing, isOurs, otherStacksWith, thingsOf } from "./formerState.ts";
import type { FormerState, Outputs } from "./formerState.ts";
import { contactType, serviceType } from "./gcpTypes.ts";
import { isAnything, needsOf } from "./obstacles/needs.ts";
import { permissionsToAsk, readMemberOrganizations, readUpdateFacts } from "./obstacles/read.ts";
import { isQuotaProjectDenied, isQuotaProjectMissing, refusalsAt, secondContactRefused } from "./obstacles/refusals.ts";
import type { Refusal, UpdateFacts } from "./obstacles/refusals.ts";
import type { Wanted } from "./obstacles/needs.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";

/** What the args have at a place. */
export interface WantedPlace {
  readonly wanted: Wanted;
  /** Where the place stands in the args. */
  readonly path: readonly string[];
}

/** Something that an update would be refused. */
export interface Refused {
  readonly resource: string;
  /** Whether it surely would be. */
  readonly isCertain: boolean;
  /** What would not be created, in the words of `thingsToCreate`. */
  readonly things: readonly string[];
  /** The error, with the key of the config. */
  readonly message: string;
  /** Whether it is about what the state has already: only an update that changes or deletes it is refused. */
  readonly isOfChanges?: boolean;
}

/** In place of a thing: each resource that the update changes. */
export const anyChange = "each change";

/** In place of a thing: each resource of a kind that the update changes. Of the kinds that Google refuses without a quota project. */
export function changesOf(type: string): string | undefined {
  if (type === contactType) return "each change of a contact";
  return isSupportCaseType(type) ? "each change of a test case" : undefined;
}

interface FoundRefused extends Refused {
  readonly kind: Refusal["kind"] | "credentials" | "quota-project" | "quota-project-missing" | "claimed-twice";
  /** Where it stands in the args. */
  readonly path: readonly string[];
}

/** What is asked for at a place, as far as it is known. What is an Output may come of the program itself. */
export type Asked = Partial<Pick<PlaceOfArgs, "services" | "grants" | "contacts" | "testCase">>;

export function wantedAt(
  level: Level,
  resource: string,
  { services = [], grants = [], contacts = [], testCase }: Asked,
): Wanted {
  const known = grants.flatMap(({ role, member }) => (typeof member === "string" ? [{ role, member }] : []));
  return { level, resource, services, grants: known, contacts, testCase };
}

/** What the state does not have yet. */
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

/** What a resource would create, by its type and inputs. */
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

/** Of those permissions a caller who only looks has none. */
const isChange = (permission: string) => /\.(setIamPolicy|create|enable)$/.test(permission);

/**
 * @param name What an error starts with: the component's name.
 * @param places All places of the component, from the top.
 * @param denied Google's refusal of the credential or of the quota project, where another question met it.
 */
export async function readRefused(
  name: string,
  places: readonly WantedPlace[],
  state: FormerState,
  denied: Promise<GoogleError | undefined>,
): Promise<readonly Refused[]> {
  const wanted = places
    .map((place) => ({ ...place, wanted: newlyWanted(place.wanted, state) }))
    .filter((place) => isAnything(place.wanted));
  const config = pulumi.runtime.allConfig();
  try {
    const settings = readGoogleSettings((key) => config[key]);
    const refused = wanted.length === 0 ? [] : await read(name, wanted, settings);
    const isOfCaller = refused.some(({ kind }) => kind === "credentials" || kind === "quota-project");
    const ofChanges = isOfCaller ? [] : await readRefusedChanges(places, state, settings, await denied);
    return [...(await withMoves(name, refused)), ...(await grantsOfOtherStacks(name, wanted)), ...ofChanges];
  } catch (error) {
    // The gcp provider reports a credential that is missing or wrong, where it needs one.
    if (error instanceof GoogleError) return [];
    throw error;
  }
}

/** What refuses the caller whatever the update changes or deletes. Which of it the update does is not known before the engine compares. */
async function readRefusedChanges(
  places: readonly WantedPlace[],
  state: FormerState,
  settings: GoogleSettings,
  denied: GoogleError | undefined,
): Promise<readonly Refused[]> {
  const [first] = state.places;
  if (first === undefined) return [];
  const wanted = places.find((place) => place.wanted.resource === first)?.wanted ?? noneOf(first);
  if (denied !== undefined) {
    const refused = isCredentialRefused(denied)
      ? credentialRefused([], denied)
      : await quotaProjectRefused([{ wanted, path: [] }], settings, denied);
    return [{ ...refused, things: [anyChange], isOfChanges: true }];
  }
  const ours = Object.entries(state.resources).flatMap(([urn, resource]) => (isOurs(urn) ? [resource] : []));
  const calls = ours.flatMap(({ type, outputs }): QuotaCall[] => {
    const thing = changesOf(type);
    if (thing === undefined) return [];
    return [{ thing, ...(isSupportCaseType(type) && { casePlace: String(outputs["parent"]) }) }];
  });
  const transport = checkUpTransport(settings);
  const missing = await quotaProjectMissing(transport, calls, true);
  if (missing.length === 0) return [];
  const permissions = await answer(() =>
    resourceManagerApi(transport).testIamPermissions(first, permissionsToAsk(wanted)),
  );
  const isCertain = !pulumi.runtime.isDryRun() || mayChange({ permissions });
  return missing.map((one) => ({ ...one, isCertain, isOfChanges: true }));
}

/** A contact that another stack of the program has may move: that stack may be updated first. */
async function withMoves(name: string, refused: readonly FoundRefused[]): Promise<Refused[]> {
  const contacts = refused.flatMap(({ kind, things }) => (kind === "contact-exists" ? things : []));
  const others = contacts.length === 0 ? new Map<string, string>() : await otherStacksWith(contacts);
  return refused.map((one) => {
    const [thing = ""] = one.things;
    const stack = one.kind === "contact-exists" ? others.get(thing) : undefined;
    if (stack === undefined) return one;
    const message = `${thing} is in the stack ${stack}: update that stack first, or take it over by the command that care diff shows for the previews of both; until then Google refuses a second one`;
    return { ...one, isCertain: false, message: new ConfigError(name, [{ path: one.path, message }]).message };
  });
}

/** Google takes a grant that exists, so no update of the stack fails: the update that deletes it in the other stack takes it from both. */
async function grantsOfOtherStacks(name: string, places: readonly WantedPlace[]): Promise<Refused[]> {
  const grants = places.flatMap(({ wanted, path }) =>
    thingsIn({ ...noneOf(wanted.resource), grants: wanted.grants }).map((thing) => ({ thing, path })),
  );
  if (grants.length === 0) return [];
  const others = await otherStacksWith(grants.map(({ thing }) => thing));
  const byStack = Map.groupBy(grants, ({ thing }) => others.get(thing) ?? "");
  return [...byStack].flatMap(([stack, [first, ...more]]): FoundRefused[] => {
    if (stack === "" || first === undefined) return [];
    const rest = more.length === 0 ? " is" : ` and ${String(more.length)} more grants are`;
    const message = `${first.thing}${rest} in the stack ${stack} too, and the update that deletes a grant in one stack takes it from both; if it moves here, update ${stack} first, else leave it out of one of the two`;
    return [
      {
        kind: "claimed-twice",
        path: first.path,
        resource: "",
        isCertain: false,
        things: [],
        message: new ConfigError(name, [{ path: first.path, message }]).message,
      },
    ];
  });
}

async function read(
  name: string,
  places: readonly WantedPlace[],
  settings: GoogleSettings,
): Promise<readonly FoundRefused[]> {
  const denied: GoogleError[] = [];
  const transport = notingRefused(checkUpTransport(settings), denied);
  const read = await Promise.all(
    places.map(async (place) => ({ ...place, facts: await readUpdateFacts(transport, place.wanted) })),
  );
  const unaccepted = denied.find(isCredentialRefused);
  if (unaccepted !== undefined) return [credentialRefused(places, unaccepted)];
  if (denied[0] !== undefined) return [await quotaProjectRefused(places, settings, denied[0])];
  const memberOrganizations = await readMemberOrganizations(
    transport,
    read.map(({ wanted: { grants }, facts }) => ({ grants, policies: facts.members?.value })),
  );
  // Who previews what another one deploys need not have the permissions of the other one.
  const isPreviewOfAnother = pulumi.runtime.isDryRun() && !read.some(({ facts }) => mayChange(facts));
  const [caller, missing] = await Promise.all([
    callerIfAsked(transport, read),
    quotaProjectMissing(
      transport,
      read.flatMap(({ wanted }) => quotaCallsFor(wanted)),
      !isPreviewOfAnother,
    ),
  ]);
  const ofPlaces = read.flatMap(({ wanted, path, facts }) => {
    const grantedFirst = places.flatMap(({ wanted: other }) => (isBefore(other, wanted) ? other.grants : []));
    return refusalsAt(wanted, facts, { memberOrganizations, caller, grantedFirst })
      .filter(({ kind, level }) => level !== "information" && !(kind === "permission-missing" && isPreviewOfAnother))
      .map((refusal) => {
        const { key, message, things } = told(refusal, wanted);
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

/** Notes the refusals of the credential and of the quota project: then nothing else can be known. */
export function notingRefused(transport: Transport, denied: GoogleError[]): Transport {
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

function mayChange({ permissions }: Pick<UpdateFacts, "permissions">): boolean {
  return permissions?.value?.some(isChange) === true;
}

/** The grants that an update makes before what it creates at a place. */
function isBefore(other: Wanted, { level, resource }: Wanted): boolean {
  return (
    other.resource === resource || other.level === "organization" || (other.level === "folder" && level === "project")
  );
}

/** Asked only where it decides: the caller lacks a permission that the update may grant first. */
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

/** For whoever calls: nothing can be created with it, nor anything looked at. */
function credentialRefused(places: readonly WantedPlace[], error: GoogleError): FoundRefused {
  const said = error.status === 401 ? "Google does not accept it: it has expired, or is not one" : error.message;
  return {
    kind: "credentials",
    path: [],
    resource: "",
    isCertain: true,
    things: places.flatMap(({ wanted }) => thingsIn(wanted)),
    message: `credentials: ${said}; ${error.status === 403 ? "let the caller act as the service account, by Service Account Token Creator (roles/iam.serviceAccountTokenCreator) on it" : "run gcloud auth application-default login, or write another one where this one comes from"}`,
  };
}

/** What Google refuses to a person's credential without a quota project. */
interface QuotaCall {
  /** In the words of `thingsToCreate`, or of `changesOf`. */
  readonly thing: string;
  /** Where a case is. Its calls also use the quota project that the credential names; those of the gcp provider, for a contact, do not. */
  readonly casePlace?: string;
}

const quotaCallsFor = ({ resource, contacts, testCase }: Wanted): QuotaCall[] => [
  ...contacts.map(({ email }) => ({ thing: contactThing(email, resource) })),
  ...(testCase === undefined ? [] : [{ thing: caseThing(resource), casePlace: resource }]),
];

/** Whose credential it is, is asked only where it decides. */
async function quotaProjectMissing(
  transport: Transport,
  calls: readonly QuotaCall[],
  isCertain: boolean,
): Promise<FoundRefused[]> {
  const { settings } = transport;
  const projectIn = (place = "") => /^projects\/(.+)$/.exec(place)?.[1];
  const without = calls.filter(({ casePlace }) => quotaProjectOf(settings, projectIn(casePlace)) === undefined);
  if (without.length === 0) return [];
  const principal = await callerPrincipal(transport).catch(() => undefined);
  if (!isQuotaProjectMissing(principal, undefined)) return [];
  const ofCredential = await credentialQuotaProject(settings);
  const things = without.flatMap(({ thing, casePlace }) =>
    casePlace !== undefined && ofCredential !== undefined ? [] : [thing],
  );
  if (things.length === 0) return [];
  const message =
    "gcp:billingProject: Google requires a quota project for contacts and support cases with a person's credential, and the gcp provider has none; run pulumi config set gcp:userProjectOverride true && pulumi config set gcp:billingProject PROJECT_ID";
  return [{ kind: "quota-project-missing", path: [], resource: "", isCertain, things: [...new Set(things)], message }];
}

/** An error for who would change something with it, else a warning. */
async function quotaProjectRefused(
  places: readonly WantedPlace[],
  settings: GoogleSettings,
  error: GoogleError,
): Promise<FoundRefused> {
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
    message: `${key}: the caller may not use the quota project ${shown}: it does not exist, or Service Usage Consumer (roles/serviceusage.serviceUsageConsumer) is missing on it; write the ID of a project that the caller may use, or grant the caller that role`,
  };
}

const nothing = { services: [], grants: [], contacts: [], testCase: undefined };

interface Told {
  readonly key: readonly string[];
  readonly message: string;
  readonly things: readonly string[];
}

function told(refusal: Refusal, wanted: Wanted): Told {
  const { resource } = wanted;
  const allow = "or have an Organization Policy Administrator allow";
  switch (refusal.kind) {
    case "contact-exists":
      return {
        key: ["contacts"],
        message: existsAlready(contactThing(refusal.email, resource)),
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
            : `the policy ${refusal.constraint} of ${resource} allows grants to members of some organizations alone, and this caller cannot see whether ${refusal.members.join(", ")} is of one: if not, an update fails`,
        things: grantsOf(wanted, (member) => refusal.members.includes(member)),
      };
    case "policy-full":
      return {
        key: [],
        message: `with ${String(refusal.added)} more the policy of ${resource} would have ${String(refusal.count)} ${refusal.what}, and Google takes ${String(refusal.most)} at most; grant the roles to ${refusal.what === "groups" ? "fewer groups" : "groups in place of their members"}`,
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
        message: `to ${purpose} at ${resource}, this caller lacks ${refusal.missing.join(", ")}; grant the caller ${displayName} (${role}), by the command that care doctor shows`,
        things: partOf(wanted, part),
      };
    }
  }
}

/**
 * What to do where others have made a contact.
 * @param contact In the words of formerState.ts.
 */
export function existsAlready(contact: string): string {
  return `${contact} exists already and is not in this stack, ${secondContactRefused}; run care adopt --stack ${pulumi.getStack()}, which writes the file that pulumi import takes, or leave the contact out`;
}

function grantsOf({ resource, grants }: Wanted, isMeant: (member: string) => boolean): string[] {
  return thingsIn({ ...noneOf(resource), grants: grants.filter(({ member }) => isMeant(member)) });
}

function partOf(wanted: Wanted, part: string): string[] {
  const { resource, services, grants, contacts, testCase } = wanted;
  const parts: Readonly<Record<string, Partial<Wanted>>> = {
    services: { services },
    grants: { grants },
    contacts: { contacts },
    case: { testCase },
  };
  return thingsIn({ ...noneOf(resource), ...parts[part] });
}

const noneOf = (resource: string): Wanted => ({ level: "project", resource, ...nothing });
