/** The APIs that `pulumi up` calls, on the project whose quota it uses. */
import { isQuotaProjectMissing } from "../../../components/internal.ts";
import { titleOfApi } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import type { Place } from "../../google/eventPlaces.ts";
import type { StatesReading } from "../../stack/states.ts";
import type { PlaceReadings } from "../readGoogle.ts";
import { newAt } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { enableCommand } from "../remedies.ts";
import { servicesOffOutside } from "./deployedServices.ts";

export function quotaServiceFindings(readings: Readings): Finding[] {
  return [...withoutOneForContacts(readings), ...disabledServices(readings)];
}

/** Essential Contacts needs a quota project, which a user's credential lacks. */
function withoutOneForContacts({ states, google: { caller, places } }: Readings): Finding[] {
  const isMissing = isQuotaProjectMissing(caller.principal, caller.quotaProjectForContacts);
  const withContacts = places.filter(({ place }) => place.contacts.length > 0);
  if (!isMissing || withContacts.length === 0) return [];
  // The provider only sends a request for a contact in the state if it changes.
  const isNew = withContacts.some((at) => newAt(at, states).contacts.length > 0);
  return [{ ...quotaProjectMissing, level: isNew ? "error" : "warning" }];
}

const quotaProjectMissing: Finding = {
  id: "quota-project-missing",
  level: "error",
  where: "gcp:billingProject",
  what: "The gcp provider has no quota project, which some of Google's APIs require for a user's credential. It does not use the quota project in the credential.",
  remedy: "pulumi config set gcp:userProjectOverride true && pulumi config set gcp:billingProject PROJECT_ID",
};

/**
 * An error if `pulumi up` creates something with an API that requires one; a warning if it may only change something; a note if only
 * the doctor calls the API.
 */
export function withoutQuotaProject(service: string, { google: { places }, states }: Readings): Finding {
  if (calledServices(places.map((at) => newAt(at, states))).includes(service)) return quotaProjectMissing;
  if (calledServices(places.map(({ place }) => place)).includes(service))
    return { ...quotaProjectMissing, level: "warning" };
  return {
    ...quotaProjectMissing,
    level: "note",
    what: "There is no quota project, which some APIs require for a user's credential. Only the doctor calls them: these checks were skipped.",
    purpose: runChecks,
  };
}

function disabledServices({ google, states }: Readings): Finding[] {
  const { quotaProject } = google.caller;
  const enabled = google.quotaServices?.value;
  if (quotaProject === undefined || enabled === undefined)
    return google.caller.usesOwnProjects ? google.places.flatMap((at) => ofOwnProject(at, states)) : [];
  return calledServices(google.places.map(({ place }) => place))
    .filter((service) => !enabled.includes(service))
    .flatMap((service) => serviceDisabled(service, quotaProject, google.places, states));
}

/** The services of each project, if requests use the project's own quota: for its services and for the test case. */
function ofOwnProject(at: PlaceReadings, states: StatesReading): Finding[] {
  const { place, enabledServices } = at;
  const enabled = enabledServices?.value;
  if (enabled === undefined) return [];
  return calledServices([{ ...place, contacts: [] }])
    .filter((service) => !enabled.includes(service))
    .flatMap((service) => serviceDisabled(service, place.resource.replace("projects/", ""), [at], states));
}

/** The APIs that the gcp provider and the test case call, if the config contains that section. */
function calledServices(places: readonly Place[]): string[] {
  return [
    ...(places.some(callsResourceManager) ? ["cloudresourcemanager.googleapis.com"] : []),
    ...(places.some(({ services: names }) => names.length > 0) ? ["serviceusage.googleapis.com"] : []),
    ...(places.some(({ contacts }) => contacts.length > 0) ? ["essentialcontacts.googleapis.com"] : []),
    ...(places.some(({ alerts }) => alerts !== undefined) ? ["monitoring.googleapis.com"] : []),
    ...(places.some(({ topic }) => topic !== undefined) ? ["pubsub.googleapis.com"] : []),
    ...(places.some(({ testCase, subscription }) => (testCase ?? subscription) !== undefined)
      ? ["cloudsupport.googleapis.com"]
      : []),
  ];
}

/** The provider reads the project of a service, the policy of a grant and the organization of a domain. */
function callsResourceManager({ services, grants, everyProject, domain }: Place): boolean {
  return services.length + grants.length > 0 || everyProject !== undefined || domain !== undefined;
}

/** The purpose of a command without which `pulumi up` works. */
const runChecks = "To run these checks now";

/**
 * An error if `pulumi up` calls it and does not enable it; a note if only the doctor needs it. None if the check of deployed
 * resources reports it. An update does not enable a service that the state has as enabled.
 */
export function serviceDisabled(
  service: string,
  project: string,
  all: readonly PlaceReadings[],
  states: StatesReading,
): Finding[] {
  const isCalled = calledServices(all.map(({ place }) => place)).includes(service);
  const own = all.find(({ place }) => place.resource === `projects/${project}`);
  const isCalledNow = calledServices(all.map((at) => newAt(at, states))).includes(service);
  if (own !== undefined && !isCalledNow && servicesOffOutside(own, states).includes(service)) return [];
  const isEnabledByStack = own !== undefined && (newAt(own, states).services as string[]).includes(service);
  const name = titleOfApi(service);
  return [
    {
      id: "service-disabled",
      level: isCalled && !isEnabledByStack ? "error" : "note",
      where: `projects/${project}`,
      what: isEnabledByStack
        ? `${name} is not enabled on the quota project yet. pulumi up enables it. Its checks were skipped.`
        : isCalled
          ? `${name} is not enabled on the quota project, and pulumi up calls it.`
          : `${name} is not enabled on the quota project. Its checks were skipped.`,
      remedy: enableCommand(service, project),
      ...(isCalled && !isEnabledByStack ? {} : { purpose: runChecks }),
    },
  ];
}
