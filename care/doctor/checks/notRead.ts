/** What could not be read, and so was not checked. */
import { isQuotaProjectDenied } from "../../../components/internal.ts";
import type { GoogleError } from "../../../google/index.ts";
import { consoleLinks, readerRoles } from "../../../guide/index.ts";
import { isCredentialProblem, isMendedByLogin, loginCommand } from "../../google/credentials.ts";
import type { Reading } from "../../google/reading.ts";
import type { Finding } from "../finding.ts";
import type { GoogleReading, PlaceReadings } from "../readGoogle.ts";
import { isUnseen, missingPermissions } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { grantCommand } from "../remedies.ts";
import { serviceDisabled, withoutQuotaProject } from "./quotaServices.ts";

/** Whether the error says by itself what is wrong, whatever was asked. */
export function isTold(error: GoogleError): boolean {
  return isCredentialProblem(error) || isQuotaProjectDenied(error) || error.reason === "SERVICE_DISABLED";
}

export function notReadFindings(readings: Readings): Finding[] {
  const { quotaServices, organization, everyProject, places } = readings.google;
  const ofPlaces = places.flatMap((at) => readingsAt(at).map((reading) => ({ reading, at })));
  const failed = [
    ...[quotaServices, organization].flatMap((reading) => (reading === undefined ? [] : [{ reading, at: undefined }])),
    ...everyProject.map((reading) => ({
      reading,
      at: places.find(({ place }) => place.resource === reading.where),
    })),
    ...ofPlaces,
  ].flatMap(({ reading, at }) => (reading.error === undefined ? [] : [{ reading, at, error: reading.error }]));
  const told = failed
    .filter(({ error }) => isTold(error))
    .map(({ reading, error }) => ofError(reading, error, readings));
  const rest = failed.filter(({ reading, at, error }) => !isTold(error) && !isExplained(reading, error, at));
  return [...told, ...together(rest, readings), ...unreadStacks(readings)];
}

/** Those whose failure means that a check was not made. Support has a check of its own. */
function readingsAt({
  place,
  permissions,
  policy,
  contacts,
  project,
  billing,
  ...rest
}: PlaceReadings): Reading<unknown>[] {
  const { restrictedServices, contactDomains, members, ownServices, cases } = rest;
  const all: (Reading<unknown> | undefined)[] = [
    permissions,
    contacts,
    project,
    billing,
    restrictedServices,
    contactDomains,
    members,
    ownServices,
    cases,
  ];
  if (place.grants.length > 0) all.push(policy);
  return all.filter((reading) => reading !== undefined);
}

/** Whether another finding says why: the caller lacks a permission that the config needs, or sees nothing there. */
function isExplained(reading: Reading<unknown>, error: GoogleError, at: PlaceReadings | undefined): boolean {
  const isRefused = error.status === 403 || error.status === 404;
  if (!isRefused || at === undefined) return false;
  if (reading === at.cases || isUnseen(at)) return true;
  // A grant that cannot be made needs no policy that allows it.
  if (reading === at.members && missingPermissions(at).some((permission) => permission.endsWith(".setIamPolicy")))
    return true;
  return reading.permission !== undefined && missingPermissions(at).includes(reading.permission);
}

/** The project of gcloud itself: the consumer of a person's credential that has no quota project. */
const gcloudProject = "projects/764086051850";

function ofError({ service }: Reading<unknown>, error: GoogleError, readings: Readings): Finding {
  if (isCredentialProblem(error)) return credentialsFinding(error);
  const { google } = readings;
  const { principal } = google.caller;
  const project = quotaProjectOf(error, google);
  const places = google.places.map(({ place }) => place);
  if (project === undefined) return withoutQuotaProject(service, readings);
  if (error.reason === "SERVICE_DISABLED") return serviceDisabled(service, project, places);
  return {
    id: "quota-project-denied",
    level: "error",
    where: `projects/${project}`,
    what: "The caller may not use the quota project: Service Usage Consumer (roles/serviceusage.serviceUsageConsumer) is missing, or there is no such project.",
    remedy: grantCommand(`projects/${project}`, principal, "roles/serviceusage.serviceUsageConsumer"),
  };
}

/** By its ID where that is known, else by the number that the error names. */
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

/** One finding for all that could not be read for the same reason. */
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
        what: `Not checked, as ${what} could not be read: ${first.error.message}.${othersIn(more)}`,
        remedy: !isRefused
          ? "run care doctor again"
          : role === undefined
            ? consoleLinks.iam(where)
            : grantCommand(organizationOf(google.places) ?? where, google.caller.principal, role),
      },
    ];
  });
}

/** What is to be mended: the same role, or the same trouble of Google's or of the network's. */
function reasonOf({ reading, error: { status, code, request, message } }: Failed): string {
  if (status === 403) return reading.what;
  return status === undefined ? String(code) : message.replace(request, "");
}

/** Places of a list that are named: hundreds would take the room of all else. */
const mostNamed = 10;

function othersIn(failed: readonly Failed[]): string {
  if (failed.length === 0) return "";
  const listed = [...Map.groupBy(failed, ({ reading }) => reading.what)].map(([what, each]) => {
    const places = each.map(({ reading }) => reading.where);
    const rest = places.length - mostNamed;
    const named = rest > 0 ? [...places.slice(0, mostNamed), `${String(rest)} more`] : places;
    return `${what} (${named.join(", ")})`;
  });
  return ` Nor could, for the same reason: ${listed.join("; ")}.`;
}

/** Where a role is granted once for all. */
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
      what: "Whether this stack claims the same was not checked, as its state could not be read.",
      remedy: `pulumi stack export --stack ${name}`,
    }));
}

/** A credential that is not there, or that Google does not accept. */
export function credentialsFinding(error: GoogleError): Finding {
  return {
    id: "credentials",
    level: "error",
    where: "credentials",
    what:
      error.status === 401
        ? "Google does not accept the credential: it has expired, or is not one."
        : `Nothing can be asked: ${error.message}.`,
    remedy: remedyOf(error),
  };
}

function remedyOf(error: GoogleError): string {
  if (isMendedByLogin(error)) return loginCommand;
  if (error.request === "credentials") return "correct it in the stack's config or in the environment";
  return error.status === 403
    ? "let the caller act as the service account, by Service Account Token Creator (roles/iam.serviceAccountTokenCreator) on it"
    : "run care doctor again";
}
