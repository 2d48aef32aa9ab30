/**
 * Checks before a component creates anything whether Google would reject what the state does not have yet. obstacles/ has the rules,
 * which `care doctor` shares.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  callerPrincipal,
  checkUpTransport,
  GoogleError,
  isCredentialRefused,
  isServiceDisabled,
  quotaProjectOf,
} from "../google/index.ts";
import type { Answer, Transport } from "../google/index.ts";
import { allOf, ConfigError } from "../onboarding/index.ts";
import { supportEvents } from "../guide/index.ts";
import { counted } from "../text/index.ts";
import {
  credentialRefused,
  mayChange,
  quotaCallsFor,
  quotaCallsOfState,
  quotaProjectMissing,
  quotaProjectRefused,
  readRefusedChanges,
  recordDenials,
} from "./callerRefusals.ts";
import type { QuotaCall, Refused } from "./callerRefusals.ts";
import { adoptCommands, withCommand } from "./careCommands.ts";
import { eventMessage, existingThing } from "./eventRefusals.ts";
import { alertPolicyThing, contactThing, serviceThing } from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import { readDisabledServices } from "./disabledServices.ts";
import type { IsEnabledByRun } from "./disabledServices.ts";
import { absentChannels } from "./goneAlerts.ts";
import type { Caller } from "./googleSettings.ts";
import { createsAnything, needsOf } from "./obstacles/needs.ts";
import type { Wanted } from "./obstacles/needs.ts";
import { readMemberOrganizations, readUpdateFacts } from "./obstacles/read.ts";
import { refusalsAt } from "./obstacles/refusals.ts";
import type { Refusal, UpdateFacts } from "./obstacles/refusals.ts";
import { contactOfOthers, withOtherStacks } from "./otherStacks.ts";
import type { RunContext } from "./run.ts";
import { emptyWanted, newlyWanted, nothing, thingsIn } from "./wanted.ts";
import type { WantedPlace } from "./wanted.ts";

/**
 * @param name The prefix of error messages: the component's name.
 * @param places All places of the component.
 * @param granting The places whose grants an update creates, maybe with another caller.
 * @param caller The caller of everything at the places.
 * @param ofCaller What the caller has in the state.
 * @param isEnabledByRun Whether this run enables a service on a project.
 * @param denied Google's rejection of the credentials or of the quota project in another request.
 */
export async function readRefused(
  run: RunContext,
  name: string,
  places: readonly WantedPlace[],
  granting: readonly WantedPlace[],
  state: FormerState,
  caller: Caller,
  ofCaller: Pick<FormerState, "resources" | "places">,
  denied: Promise<GoogleError | undefined> | undefined,
  isEnabledByRun: IsEnabledByRun,
): Promise<readonly Refused[]> {
  const wanted = places
    .map((place) => ({ ...place, wanted: newlyWanted(place.wanted, state) }))
    .filter((place) => createsAnything(place.wanted));
  try {
    const ofState = quotaCallsOfState(ofCaller);
    const granted = granting.map((place) => newlyWanted(place.wanted, state));
    const refused =
      wanted.length === 0 ? [] : await refusalsOfPlaces(name, wanted, granted, caller, ofState, isEnabledByRun);
    const isOfCaller = refused.some(({ kind }) => kind === "credentials" || kind === "quota-project-denied");
    const unchecked = wanted.length === 0 ? ofState : [];
    const ofChanges = isOfCaller ? [] : await readRefusedChanges(places, ofCaller, caller, await denied, unchecked);
    return [...(await withOtherStacks(run, name, refused, wanted)), ...ofChanges];
  } catch (error) {
    // The gcp provider reports missing or invalid credentials.
    if (error instanceof GoogleError) return [];
    throw error;
  }
}

/** Refusals that a caller who only reviews a change causes too. */
const ofReviewers: readonly Refusal["kind"][] = ["permission-missing", "support-unreachable"];

/**
 * @param ofState The state's resources that need a quota project, so that one error covers them too.
 */
async function refusalsOfPlaces(
  name: string,
  places: readonly WantedPlace[],
  granting: readonly Wanted[],
  caller: Caller,
  ofState: readonly QuotaCall[],
  isEnabledByRun: IsEnabledByRun,
): Promise<readonly Refused[]> {
  const denied: GoogleError[] = [];
  const transport = recordDenials(checkUpTransport(caller.settings), denied);
  const read = await Promise.all(
    places.map(async (place) => ({ ...place, facts: await readUpdateFacts(transport, place.wanted) })),
  );
  const rejectedCredentials = denied.find(isCredentialRefused);
  if (rejectedCredentials !== undefined) return [credentialRefused(places, caller, rejectedCredentials)];
  if (denied[0] !== undefined) return [await quotaProjectRefused(places, caller, denied[0])];
  const memberOrganizations = await readMemberOrganizations(
    transport,
    read.map(({ wanted: { grants }, facts }) => ({ grants, policies: facts.orgPolicies })),
  );
  // A caller that only previews does not need the permissions to deploy.
  const isPreviewOfAnother =
    pulumi.runtime.isDryRun() && !read.some(({ facts }) => mayChange(facts)) && (await caller.canDeploy?.()) !== true;
  const ofNew = read.flatMap(({ wanted }) => quotaCallsFor(wanted));
  const [principal, missing] = await Promise.all([
    callerIfNeeded(transport, read, granting),
    quotaProjectMissing(transport, caller, [...ofNew, ...ofState], !isPreviewOfAnother),
  ]);
  const isOfNew = (one: Refused) => ofNew.some(({ thing }) => one.things.includes(thing));
  const ofPlaces = read.flatMap(({ wanted, path, alertsPath, eventsPath = path, facts }) => {
    const grantedFirst = granting.flatMap((other) => (isGrantedBefore(other, wanted) ? other.grants : []));
    return refusalsAt(wanted, facts, { memberOrganizations, caller: principal, grantedFirst })
      .filter(
        ({ kind, level }) =>
          (level !== "note" || kind === "alerts-exist" || kind === "notified-twice") &&
          !(ofReviewers.includes(kind) && isPreviewOfAnother),
      )
      .map((refusal) => {
        const asked = { wanted, ...(alertsPath && { alertsPath }) };
        const refusedIn = (stack?: string): Refused => {
          const { key, message, things, isOfEvents = false } = refusalMessage(refusal, asked, stack);
          const problem = { path: [...(isOfEvents ? eventsPath : path), ...key], message };
          return {
            kind: refusal.kind,
            path: problem.path,
            resource: wanted.resource,
            where: wanted.resource,
            isCertain: refusal.level === "error",
            isNote: refusal.level === "note",
            things,
            message: new ConfigError(name, [problem]).message,
          };
        };
        const thing = existingThing(refusal, wanted);
        return { ...refusedIn(), existing: thing === undefined ? undefined : { thing, inStack: refusedIn } };
      });
  });
  // A quota project in the settings is also the one of the caller that deploys.
  const quotaOf = ({ resource }: Wanted) => quotaProjectOf(caller.settings, /^projects\/(.+)$/.exec(resource)?.[1]);
  const isOfDeployer = ({ wanted, facts }: (typeof read)[number]) =>
    facts.permissions?.error !== undefined &&
    isServiceDisabled(facts.permissions.error) &&
    quotaOf(wanted) !== undefined;
  const disabled =
    isPreviewOfAnother && !read.some(isOfDeployer)
      ? []
      : await readDisabledServices(read, transport, quotaOf, isEnabledByRun);
  return [
    ...missing.map((one) => ({ ...one, isOfChanges: !isOfNew(one) })),
    ...disabled,
    ...ofPlaces,
    ...notRead(name, read),
  ];
}

/** One warning for all checks that were skipped because an API did not answer. A caller without a role causes other errors. */
function notRead(name: string, read: readonly (WantedPlace & { readonly facts: UpdateFacts })[]): Refused[] {
  const failed = read.flatMap(({ wanted, path, facts }) => {
    const { orgPolicies, ...rest } = facts;
    const answers: (Answer<unknown> | undefined)[] = [...Object.values(rest), ...Object.values(orgPolicies ?? {})];
    const error = answers.find((fact) => isOutage(fact?.error))?.error;
    return error === undefined ? [] : [{ wanted, path, error }];
  });
  const [first] = failed;
  if (first === undefined) return [];
  const { wanted, path, error } = first;
  const others = failed.length === 1 ? "" : ` and in ${counted(failed.length - 1, "other place")}`;
  const message = `not checked whether an update would fail here${others}: ${error.message}; run pulumi preview again`;
  return [
    {
      kind: "not-read",
      path,
      resource: wanted.resource,
      where: wanted.resource,
      isCertain: false,
      things: [],
      message: new ConfigError(name, [{ path, message }]).message,
    },
  ];
}

/** Whether the server or the network failed. */
const isOutage = (error: GoogleError | undefined) =>
  error !== undefined && (error.status === undefined || error.status >= 500);

/** Whether an update creates the grants of `other` before other resources at a place. */
function isGrantedBefore(other: Wanted, { level, resource }: Wanted): boolean {
  return (
    other.resource === resource || other.level === "organization" || (other.level === "folder" && level === "project")
  );
}

/** The caller, read only if it matters: the caller lacks a permission that the update may grant first. */
async function callerIfNeeded(
  transport: Transport,
  read: readonly { readonly wanted: Wanted; readonly facts: UpdateFacts }[],
  granting: readonly Wanted[],
): Promise<string | undefined> {
  const isLacking = read.some(({ wanted: { contacts, testCase, subscription, ...wanted }, facts: { permissions } }) =>
    needsOf({ ...wanted, ...nothing, contacts, testCase, subscription }).some((need) =>
      need.permissions.some((permission) => permissions?.value?.includes(permission) === false),
    ),
  );
  if (!isLacking || !granting.some(({ grants }) => grants.length > 0)) return undefined;
  return callerPrincipal(transport).catch(() => undefined);
}

interface RefusalMessage {
  readonly key: readonly string[];
  readonly message: string;
  readonly things: readonly string[];
  /** Whether the key is one of the config of support events. */
  readonly isOfEvents?: boolean;
}

function refusalMessage(
  refusal: Refusal,
  { wanted, alertsPath = ["alerts", "serviceHealth"] }: Pick<WantedPlace, "wanted" | "alertsPath">,
  stack: string | undefined,
): RefusalMessage {
  const { resource } = wanted;
  const allow = "or have an Organization Policy Administrator allow";
  switch (refusal.kind) {
    case "contact-exists":
      return {
        key: ["contacts"],
        message: contactOfOthers(contactThing(refusal.email, resource)),
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
        things: [
          ...grantsOf(wanted, (member) => refusal.members.includes(member)),
          ...(refusal.members.includes(supportEvents.publisher) ? partOf(wanted, "topic") : []),
        ],
      };
    case "policy-full":
      return {
        key: [],
        message: `with ${String(refusal.added)} more, the policy of ${resource} would have ${String(refusal.count)} ${refusal.what}, and Google allows at most ${String(refusal.most)}; grant the roles to ${refusal.what === "groups" ? "fewer groups" : "groups instead of their members"}`,
        things: grantsOf(wanted, () => true),
      };
    case "alert-channel-not-found":
      return {
        key: [...alertsPath, "notify"],
        message: absentChannels(refusal.channels, resource),
        things: [alertPolicyThing(resource)],
      };
    case "alerts-exist": {
      const [notifies, policy, it] =
        refusal.policies.length === 1 ? ["notifies", "that policy", "it"] : ["notify", "those policies", "them"];
      const adopt = adoptCommands();
      return {
        key: alertsPath,
        message: `${resource} already has ${allOf(refusal.policies.map(({ displayName = "", name }) => `the alert policy ${JSON.stringify(displayName)} (${name})`))}, which also ${notifies} of incidents of Service Health and ${it === "it" ? "is" : "are"} not in this stack: people on both are notified twice; ${stack === undefined ? `leave out alerts here, or, if no other stack has ${policy}, delete ${it}${adopt === undefined ? "" : `, or, if this program has created ${it}, run ${adopt}`}` : `the stack ${stack} has alerts there, so leave them out of one of the two configs`}`,
        things: [],
      };
    }
    case "notified-twice":
      return {
        key: [...alertsPath, "notify"],
        message: `${refusal.addresses.map(({ email, channels }) => `${email} is also the address of ${allOf(channels)}`).join(", and ")}, so each notification is sent there several times; write each address once`,
        things: [],
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
        message: `to ${purpose} at ${resource}, this caller lacks ${refusal.missing.join(", ")}; grant the caller ${displayName} (${role})${withCommand()}`,
        things: partOf(wanted, part),
        isOfEvents: part === "topic" || part === "subscription",
      };
    }
    default:
      return { isOfEvents: true, ...eventMessage(refusal, wanted, stack) };
  }
}

function grantsOf({ resource, grants }: Wanted, isMeant: (member: string) => boolean): string[] {
  return thingsIn({ ...emptyWanted(resource), grants: grants.filter(({ member }) => isMeant(member)) });
}

function partOf(wanted: Wanted, part: string): string[] {
  const { resource, services, grants, contacts, alerts, testCase, topic, subscription } = wanted;
  const parts: Readonly<Record<string, Partial<Wanted>>> = {
    services: { services },
    grants: { grants },
    contacts: { contacts },
    alerts: { alerts },
    case: { testCase },
    topic: { topic },
    subscription: { subscription },
  };
  return thingsIn({ ...emptyWanted(resource), ...parts[part] });
}
