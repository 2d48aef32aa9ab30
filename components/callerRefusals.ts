/** Rejections because of the caller's credentials or quota project, whatever the update does. */
import * as pulumi from "@pulumi/pulumi";
import {
  answer,
  callerPrincipal,
  checkUpTransport,
  credentialQuotaProject,
  GoogleError,
  isCredentialRefused,
  quotaProjectOf,
  resourceManagerApi,
} from "../google/index.ts";
import type { GoogleRequest, Transport } from "../google/index.ts";
import { caseThing, contactThing, isFromPackage, subscriptionThing } from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import type { Caller } from "./googleSettings.ts";
import { contactType, subscriptionType } from "./gcpTypes.ts";
import type { Wanted } from "./obstacles/needs.ts";
import { readReadiness } from "./obstacles/places.ts";
import type { Obstacle } from "./obstacles/places.ts";
import { permissionsToAsk, readUpdateFacts } from "./obstacles/read.ts";
import { isQuotaProjectDenied, isQuotaProjectMissing } from "./obstacles/refusals.ts";
import type { Refusal, UpdateFacts } from "./obstacles/refusals.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";
import { emptyWanted, nothing, thingsIn } from "./wanted.ts";
import type { WantedPlace } from "./wanted.ts";

/** Something that Google would reject in an update. */
export interface Refused {
  readonly resource: string;
  /** Whether the rejection is certain. */
  readonly isCertain: boolean;
  /** What would not be created, as `thingsToCreate` describes it. */
  readonly things: readonly string[];
  /** The error, with its config key. */
  readonly message: string;
  /** Whether it is only a note: the update works. */
  readonly isNote?: boolean;
  /** Whether it concerns only resources that the state contains: Google rejects only an update that changes or deletes them. */
  readonly isOfChanges?: boolean;
  /** The finding of `care doctor`. */
  readonly kind:
    | Refusal["kind"]
    | "claimed-twice"
    | "credentials"
    | "not-read"
    | "quota-project-denied"
    | "quota-project-missing"
    | "service-disabled";
  /** The place, or the config key, of the finding. */
  readonly where: string;
  /** The path in the args. */
  readonly path: readonly string[];
  /** The existing thing, which may belong to another stack of the program, and the rejection if it does. */
  readonly existing?: { readonly thing: string; readonly inStack: (stack: string) => Refused } | undefined;
}

/** Represents each resource that the update changes. */
export const anyChange = "each change";

/** Represents each resource of a kind that the update changes, if that kind needs a quota project. */
export function changesOf(type: string): string | undefined {
  if (type === contactType) return "each change of a contact";
  if (type === subscriptionType) return "each change of a subscription to support events";
  return isSupportCaseType(type) ? "each change of a test case" : undefined;
}

/** What the caller has in the state that Google changes and deletes only with a quota project. */
export function quotaCallsOfState({ resources }: Pick<FormerState, "resources">): QuotaCall[] {
  return Object.entries(resources).flatMap(([urn, { type, outputs }]) => {
    const thing = isFromPackage(urn) ? changesOf(type) : undefined;
    if (thing === undefined) return [];
    return [{ thing, ...(isSupportCaseType(type) && { casePlace: String(outputs["parent"]) }) }];
  });
}

/** Callers that only read have none of these permissions. */
const isChange = (permission: string) => /\.(setIamPolicy|create|enable)$/.test(permission);

/**
 * Rejections that any change or deletion would meet. The program does not know which resources change: the engine compares them
 * later.
 *
 * @param state What the caller has in the state.
 * @param calls What has not been checked for a quota project yet.
 */
export async function readRefusedChanges(
  places: readonly WantedPlace[],
  state: Pick<FormerState, "places">,
  caller: Caller,
  denied: GoogleError | undefined,
  calls: readonly QuotaCall[],
): Promise<readonly Refused[]> {
  const [first] = state.places;
  if (first === undefined) return [];
  const wanted = places.find((place) => place.wanted.resource === first)?.wanted ?? emptyWanted(first);
  // Without a quota project of all requests, each uses the project of its resource: a denial there does not apply to the others.
  if (
    denied !== undefined &&
    (isCredentialRefused(denied) || quotaProjectOf(caller.settings, undefined) !== undefined)
  ) {
    const refused = isCredentialRefused(denied)
      ? credentialRefused([], caller, denied)
      : await quotaProjectRefused([{ wanted, path: [] }], caller, denied);
    return [{ ...refused, things: [anyChange], isOfChanges: true }];
  }
  const transport = checkUpTransport(caller.settings);
  const missing = await quotaProjectMissing(transport, caller, calls, true);
  if (missing.length === 0) return [];
  const permissions = await answer(() =>
    resourceManagerApi(transport).testIamPermissions(first, permissionsToAsk(wanted)),
  );
  const isCertain = !pulumi.runtime.isDryRun() || mayChange({ permissions });
  return missing.map((one) => ({ ...one, isCertain, isOfChanges: true }));
}

/** Whether the places exist and are ready, and Google's rejection of the credentials or of the quota project. */
export async function readPlaces({ settings }: Caller, resources: readonly string[]) {
  const denied: GoogleError[] = [];
  try {
    const transport = recordDenials(checkUpTransport(settings), denied);
    return { ...(await readReadiness(transport, resources)), denied: denied[0] };
  } catch (error) {
    // The gcp provider reports missing or invalid credentials.
    if (error instanceof GoogleError)
      return { obstacles: new Map<string, Obstacle>(), hasSeenAny: false, denied: denied[0] };
    throw error;
  }
}

/** What Google rejects of a caller who only deletes. @param state What the caller deletes. */
export async function refusedToDelete(
  caller: Caller,
  state: Pick<FormerState, "places" | "resources">,
): Promise<readonly Refused[]> {
  try {
    const { denied } = await readPlaces(caller, [...state.places].slice(0, 1));
    return await readRefusedChanges([], state, caller, denied, quotaCallsOfState(state));
  } catch (error) {
    if (error instanceof GoogleError) return [];
    throw error;
  }
}

/** Collects rejections of the credentials and of the quota project, after which nothing else can be read. */
export function recordDenials(transport: Transport, denied: GoogleError[]): Transport {
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

export function mayChange({ permissions }: Pick<UpdateFacts, "permissions">): boolean {
  return permissions?.value?.some(isChange) === true;
}

/** Google rejects the credentials, so nothing can be read or created. */
export function credentialRefused(
  places: readonly WantedPlace[],
  { provider, isRemoved = false }: Pick<Caller, "provider" | "isRemoved">,
  error: GoogleError,
): Refused {
  const reason = error.status === 401 ? "Google rejects them, because they have expired or are invalid" : error.message;
  const whose = provider === undefined ? "credentials" : `credentials of the gcp.Provider ${provider}`;
  const renewed =
    provider === undefined
      ? "run gcloud auth application-default login, or replace them where they are configured"
      : isRemoved
        ? "keep the provider in the program, with valid ones, until the update that removes its resources is done"
        : "replace them where the program gets them";
  return {
    kind: "credentials",
    path: [],
    resource: "",
    where: provider ?? "credentials",
    isCertain: true,
    things: places.flatMap(({ wanted }) => thingsIn(wanted)),
    message: `${whose}: ${reason}; ${error.status === 403 ? "grant the caller Service Account Token Creator (roles/iam.serviceAccountTokenCreator) on the service account" : renewed}`,
  };
}

/** A resource that Google rejects with a user's credentials and no quota project. */
export interface QuotaCall {
  /** As `thingsToCreate` or `changesOf` describes it. */
  readonly thing: string;
  /** The parent of a case. Requests for cases use the quota project in the credentials; requests of the gcp provider for contacts do not. */
  readonly casePlace?: string;
}

export const quotaCallsFor = ({ resource, contacts, testCase, subscription }: Wanted): QuotaCall[] => [
  ...contacts.map(({ email }) => ({ thing: contactThing(email, resource) })),
  ...(testCase === undefined ? [] : [{ thing: caseThing(resource), casePlace: resource }]),
  ...(subscription === undefined ? [] : [{ thing: subscriptionThing(resource, subscription) }]),
];

/** What a component's own provider lacks. */
export const providerQuotaProject =
  'Google requires a quota project for contacts with a user\'s credentials, and the gcp.Provider has none; write userProjectOverride: true and billingProject: "PROJECT_ID" into its args';

/** Reads the caller only if a request has no quota project. */
export async function quotaProjectMissing(
  transport: Transport,
  { provider }: Pick<Caller, "provider">,
  calls: readonly QuotaCall[],
  isCertain: boolean,
): Promise<Refused[]> {
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
    provider === undefined
      ? "gcp:billingProject: Google requires a quota project for contacts and support cases with a user's credentials, and the gcp provider has none; run pulumi config set gcp:userProjectOverride true && pulumi config set gcp:billingProject PROJECT_ID"
      : `the gcp.Provider ${provider}: ${providerQuotaProject}`;
  return [
    {
      kind: "quota-project-missing",
      path: [],
      resource: "",
      where: provider ?? "gcp:billingProject",
      isCertain,
      things: [...new Set(things)],
      message,
    },
  ];
}

/** An error for a caller that can change something, otherwise a warning. */
export async function quotaProjectRefused(
  places: readonly WantedPlace[],
  { settings, provider }: Caller,
  error: GoogleError,
): Promise<Refused> {
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
    provider !== undefined
      ? `the gcp.Provider ${provider}`
      : settings.userProjectOverride && settings.billingProject !== undefined
        ? "gcp:billingProject (or GOOGLE_BILLING_PROJECT)"
        : settings.quotaProject !== undefined
          ? "GOOGLE_CLOUD_QUOTA_PROJECT"
          : "gcp:userProjectOverride (or USER_PROJECT_OVERRIDE)";
  const shown = JSON.stringify(project);
  // Google names the consumer by its number or its ID.
  const isOwn = quotaProjectOf(settings, undefined) === undefined && !/^\d+$/.test(project);
  const isMeant = ({ wanted }: WantedPlace) => !isOwn || wanted.resource === `projects/${project}`;
  return {
    kind: "quota-project-denied",
    path: [],
    resource: "",
    where: `projects/${project}`,
    isCertain: !pulumi.runtime.isDryRun() || facts.some(mayChange),
    things: places.filter(isMeant).flatMap(({ wanted }) => thingsIn(wanted)),
    message: `${key}: the caller cannot use the quota project ${shown}: it does not exist, or the caller does not have Service Usage Consumer (roles/serviceusage.serviceUsageConsumer) on it; write the ID of a project that the caller can use, or grant the caller that role`,
  };
}
