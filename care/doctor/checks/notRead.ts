/** Failed readings, whose checks are skipped. */
import { isQuotaProjectDenied, memberConstraints } from "../../../components/internal.ts";
import { isServiceDisabled } from "../../../google/index.ts";
import type { GoogleError } from "../../../google/index.ts";
import { consoleLinks, readerRoles } from "../../../guide/index.ts";
import { isCredentialProblem, isFixedByLogin, loginCommand } from "../../google/credentials.ts";
import type { Reading } from "../../google/reading.ts";
import type { Finding } from "../finding.ts";
import type { GoogleReading, PlaceReadings } from "../readGoogle.ts";
import { isUnseen, missingPermissions } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { grantCommand } from "../remedies.ts";
import { serviceDisabled, withoutQuotaProject } from "./quotaServices.ts";

/** Whether the error alone shows the cause, independent of the request. */
export function isSelfExplanatory(error: GoogleError): boolean {
  return isCredentialProblem(error) || isQuotaProjectDenied(error) || isServiceDisabled(error);
}

export function notReadFindings(readings: Readings): Finding[] {
  const { quotaServices, organization, everyProject, places } = readings.google;
  const { problem, classification, others, left } = readings.testCase ?? {};
  const ofCase = places.find(({ place }) => place.testCase !== undefined);
  const ofPlaces = places.flatMap((at) => readingsAt(at).map((reading) => ({ reading, at })));
  const failed = [
    ...[quotaServices, organization].flatMap((reading) => (reading === undefined ? [] : [{ reading, at: undefined }])),
    ...[...everyProject, ...readingsOfDeletions(readings)].map((reading) => ({
      reading,
      at: places.find(({ place }) => place.resource === reading.where),
    })),
    ...ofPlaces,
    ...[problem, classification, others, left].flatMap((reading) =>
      reading === undefined ? [] : [{ reading, at: ofCase }],
    ),
  ].flatMap(({ reading, at }) => (reading.error === undefined ? [] : [{ reading, at, error: reading.error }]));
  const alone = failed
    .filter(({ error }) => isSelfExplanatory(error))
    .flatMap(({ reading, error }) => ofError(reading, error, readings));
  const rest = failed.filter(({ reading, at, error }) => !isSelfExplanatory(error) && !isExplained(reading, error, at));
  return [...alone, ...together(rest, readings), ...unreadStacks(readings)];
}

/** The readings whose failure skips a check. */
function readingsAt({ place, policy, orgPolicies, topic, topicPolicy, ...rest }: PlaceReadings): Reading<unknown>[] {
  const all: readonly (Reading<unknown> | undefined)[] = [
    ...Object.values(rest),
    ...Object.values(orgPolicies),
    // A topic that does not exist is a result.
    ...(topic?.error?.status === 404 ? [] : [topic, topicPolicy]),
    ...(place.grants.length > 0 ? [policy] : []),
  ];
  return all.filter((reading) => reading !== undefined);
}

function readingsOfDeletions({ deletions: { policies, subscriptions, obstacles } }: Readings): Reading<unknown>[] {
  // A subscription that Google has purged is a result.
  const found = subscriptions.filter(({ error }) => error?.status !== 404);
  return [...policies, ...found].filter(({ where }) => !obstacles.has(where));
}

/** Whether another finding explains it: the caller lacks a permission that the config needs, or sees nothing there. */
function isExplained(reading: Reading<unknown>, error: GoogleError, at: PlaceReadings | undefined): boolean {
  const isRefused = error.status === 403 || error.status === 404;
  if (!isRefused || at === undefined) return false;
  // A folder or an organization need not be visible: only the permissions count.
  const explained = [at.cases, at.subscriptions, at.folder, at.organization];
  if (explained.some((one) => one === reading) || isUnseen(at)) return true;
  // If the caller cannot grant, the policies for members are not relevant.
  const isForMembers = memberConstraints.some((constraint) => at.orgPolicies[constraint] === reading);
  const cannotGrant = missingPermissions(at).some((one) => /^resourcemanager\..*\.setIamPolicy$/.test(one));
  if (isForMembers && cannotGrant) return true;
  return reading.permission !== undefined && missingPermissions(at).includes(reading.permission);
}

/** gcloud's own project: the consumer for a user's credential without a quota project. */
const gcloudProject = "projects/764086051850";

function ofError({ service }: Reading<unknown>, error: GoogleError, readings: Readings): Finding[] {
  if (isCredentialProblem(error)) return [credentialsFinding(error)];
  const { google } = readings;
  const { principal } = google.caller;
  const project = quotaProjectOf(error, google);
  if (project === undefined) return [withoutQuotaProject(service, readings)];
  if (isServiceDisabled(error)) return serviceDisabled(service, project, google.places, readings.states);
  return [
    {
      id: "quota-project-denied",
      level: "error",
      where: `projects/${project}`,
      what: "The caller may not use the quota project: Service Usage Consumer (roles/serviceusage.serviceUsageConsumer) is missing, or the project does not exist.",
      remedy: grantCommand(`projects/${project}`, principal, "roles/serviceusage.serviceUsageConsumer"),
    },
  ];
}

/** Its ID if known, else the number in the error. */
function quotaProjectOf({ consumer }: GoogleError, { caller, places }: GoogleReading): string | undefined {
  if (caller.quotaProject !== undefined) return caller.quotaProject;
  if (consumer === undefined || consumer === gcloudProject) return undefined;
  const known = places.find(({ project }) => project?.value?.name === consumer)?.project?.value?.projectId;
  return known ?? consumer.replace("projects/", "");
}

interface Failed {
  readonly reading: Reading<unknown>;
  readonly error: GoogleError;
}

/** One finding for all readings that failed for the same reason. */
function together(failed: readonly Failed[], { google }: Readings): Finding[] {
  const alike = Map.groupBy(failed, ({ reading, error }) => `${reading.what} ${String(error.status ?? error.code)}`);
  const groups = Map.groupBy([...alike.values()], ([first]) => (first === undefined ? "" : reasonOf(first)));
  return [...groups.values()].flatMap((group): Finding[] => {
    const [first, ...more] = group.flat();
    if (first === undefined) return [];
    const { what, where, permission = "" } = first.reading;
    const role = readerRoles[permission];
    const isRefused = first.error.status === 403;
    return [
      {
        id: "not-read",
        level: "warning",
        where,
        what: `Not checked, since ${what} could not be read: ${first.error.message}.${othersIn(more)}`,
        remedy: !isRefused
          ? "run care doctor again"
          : role === undefined
            ? consoleLinks.iam(where)
            : grantCommand(organizationOf(google.places) ?? where, google.caller.principal, role),
      },
    ];
  });
}

/** The cause: a missing role, or a problem of Google or of the network. */
function reasonOf({ reading, error: { status, code, request, message } }: Failed): string {
  if (status === 403) return reading.permission ?? reading.what;
  return status === undefined ? String(code) : message.replace(request, "");
}

/** The number of places that a list names, so that hundreds do not fill the screen. */
const mostNamed = 10;

function othersIn(failed: readonly Failed[]): string {
  if (failed.length === 0) return "";
  const listed = [...Map.groupBy(failed, ({ reading }) => reading.what)].map(([what, each]) => {
    const places = each.map(({ reading }) => reading.where);
    const rest = places.length - mostNamed;
    const named = rest > 0 ? [...places.slice(0, mostNamed), `${String(rest)} more`] : places;
    return `${what} (${named.join(", ")})`;
  });
  return ` Not readable for the same reason: ${listed.join("; ")}.`;
}

/** The place where one grant covers everything. */
function organizationOf(places: readonly PlaceReadings[]): string | undefined {
  return places.find(({ place }) => place.level === "organization")?.place.resource;
}

function unreadStacks({ states }: Readings): Finding[] {
  return states.others
    .filter(({ claims }) => claims === undefined)
    .map(({ name }) => ({
      id: "not-read",
      level: "warning",
      where: `stack ${name}`,
      what: "Not checked whether this stack has the same resources, since its state could not be read.",
      remedy: `pulumi stack export --stack ${name}`,
    }));
}

/** A credential that is missing, or that Google rejects. */
export function credentialsFinding(error: GoogleError): Finding {
  return {
    id: "credentials",
    level: "error",
    where: "credentials",
    what:
      error.status === 401
        ? "Google rejects the credential: it has expired or is invalid."
        : `Nothing can be checked: ${error.message}.`,
    remedy: remedyOf(error),
  };
}

function remedyOf(error: GoogleError): string {
  if (isFixedByLogin(error)) return loginCommand;
  if (error.request === "credentials") return "correct it in the stack's config or in the environment";
  return error.status === 403
    ? "grant the caller Service Account Token Creator (roles/iam.serviceAccountTokenCreator) on the service account"
    : "run care doctor again";
}
