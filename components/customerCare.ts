import * as pulumi from "@pulumi/pulumi";
import { alertServices, supportEvents } from "../guide/index.ts";
import type { RoleName, ServiceName } from "../guide/index.ts";
import { ConfigError, formatPath, onboardingOfArgs, userError, withModel } from "../onboarding/index.ts";
import type { CustomerCareArgs, PlaceOfArgs } from "../onboarding/index.ts";
import { componentTypes } from "./supportCase/componentTypes.ts";
import { checklist } from "./checklist.ts";
import type { ChecklistRow } from "./checklist.ts";
import { note, rememberAcknowledged, warn } from "./acknowledge.ts";
import { configNotes } from "./configNotes.ts";
import type { ConfigNote } from "./configNotes.ts";
import { preventLosses } from "./endOfProgram.ts";
import { EssentialContactsOfPlaces } from "./essentialContacts.ts";
import { locatedPlaces } from "./places.ts";
import type { LocatedPlace } from "./places.ts";
import { ProjectServices } from "./projectServices.ts";
import { whenReady } from "./readiness.ts";
import { currentRun } from "./run.ts";
import { printsAdvice } from "./operation.ts";
import type { RunContext } from "./run.ts";
import { valueOf } from "./outputs.ts";
import { ServiceHealthAlertsOfPlaces } from "./serviceHealthAlerts.ts";
import { SupportAccessOfPlaces } from "./supportAccess.ts";
import { SupportEvents } from "./supportEvents.ts";
import type { CheckedEvents } from "./supportEvents.ts";
import { TestSupportCase } from "./testSupportCase.ts";

/**
 * Implements Google Cloud's guide "Customer Care onboarding": enables the services of projects, grants the support roles,
 * creates Essential Contacts, sends Service Health alerts, publishes the events of support cases, and creates the test case.
 * Nothing is created for a section that is absent.
 *
 * @throws RunError with all problems of the args, before the component creates anything
 */
export class CustomerCare extends pulumi.ComponentResource {
  /** The guide's checklist, with links to the console. Unknown in a preview, because it describes what exists. */
  readonly checklist: pulumi.Output<ChecklistRow[]>;
  /** The test case; undefined if the args have none. */
  readonly testCase: TestSupportCase | undefined;
  /** The events of support cases; undefined if the args have none. */
  readonly supportEvents: SupportEvents | undefined;

  constructor(name: string, args: CustomerCareArgs, opts?: pulumi.ComponentResourceOptions) {
    const run = currentRun();
    const { args: checked, onboarding } = onboardingOfArgs(name, args, run.namedMembersKey);
    rejectUnresolved(name, onboarding.places);
    super(componentTypes.customerCare, name, {}, opts);
    rememberAcknowledged(run, this, checked.acknowledge);
    preventLosses(run, this);
    const parent = this as pulumi.Resource;
    const places = locatedPlaces(run, name, onboarding.places, parent);
    const ready = whenReady(run, name, this, places, opts);
    const waiting = ready === undefined ? { parent } : { parent, dependsOn: ready };
    const projects = places.filter(({ level }) => level === "project");
    const above = places.filter(({ level }) => level !== "project");
    const top = above.filter(({ level }) => level === "organization");
    for (const one of configNotes(places)) void logNote(run, this, one);

    const services = new Map<LocatedPlace, ProjectServices>();
    for (const place of projects) {
      const asked = withModel({ projectId: place.scope.id, services: place.services }, place);
      services.set(place, new ProjectServices(place.name, asked, waiting));
    }

    // The components of grants and contacts have this component's name, because children inherit an alias only if their
    // name starts with their parent's.
    const withGrants = places.filter(({ grants }) => grants.length > 0);
    const access = withGrants.length === 0 ? undefined : new SupportAccessOfPlaces(run, name, withGrants, waiting);

    // A call for a project needs the service in that project. A call for a folder or an organization can use the quota of any
    // project. The caller's own grant can be on a parent.
    const neededBy = (place: LocatedPlace, service: ServiceName, roleName: RoleName): pulumi.Resource[] => {
      const own = services.get(place);
      const enabled = (own === undefined ? [...services.values()] : [own]).flatMap(
        (one) => one.enabled.get(service) ?? [],
      );
      const grants = [...new Set([place, ...(own === undefined ? top : above)])].flatMap(
        (one) => access?.of(one, roleName) ?? [],
      );
      return [...enabled, ...grants];
    };

    const withContacts = places.filter((place) => place.contacts.length > 0);
    const contactsNeed = (place: LocatedPlace) =>
      neededBy(place, "essentialcontacts.googleapis.com", "contactAdministrators");
    const contacts =
      withContacts.length === 0
        ? undefined
        : new EssentialContactsOfPlaces(run, name, withContacts, contactsNeed, waiting);

    const withAlerts = projects.filter(({ alerts }) => alerts !== undefined);
    const alertsNeed = (place: LocatedPlace) =>
      alertServices.flatMap((service) => services.get(place)?.enabled.get(service) ?? []);
    const alerts =
      withAlerts.length === 0 ? undefined : new ServiceHealthAlertsOfPlaces(run, name, withAlerts, alertsNeed, waiting);

    const ofCase = places.find(({ testCase }) => testCase !== undefined);
    if (ofCase !== undefined) {
      const needed = neededBy(ofCase, "cloudsupport.googleapis.com", "editors");
      const dependsOn = ready?.then(() => needed) ?? needed;
      this.testCase = new TestSupportCase(`${name}/testCase`, withModel({}, ofCase), { parent, dependsOn });
    }

    const ofEvents = places.find((place) => place.supportEvents !== undefined);
    if (ofEvents?.supportEvents !== undefined) {
      const events = ofEvents.supportEvents;
      const home = projects.find(({ id }) => id === events.project);
      const pubsub = (home && services.get(home)?.enabled.get(supportEvents.service)) ?? [];
      const checkedEvents: CheckedEvents = {
        organizationId: ofEvents.scope.id,
        events,
        key: `${name}:${formatPath([...ofEvents.path, "supportEvents"])}`,
        isEnabled: home?.services.includes(supportEvents.service) === true,
      };
      const needed = neededBy(ofEvents, "cloudsupport.googleapis.com", "editors").concat(pubsub);
      const dependsOn = ready?.then(() => needed) ?? needed;
      const asked = withModel({ organizationId: ofEvents.scope.id, project: events.project }, checkedEvents);
      this.supportEvents = new SupportEvents(`${name}/supportEvents`, asked, { parent, dependsOn });
    }

    const placeResources = places.map((place) => ({
      place,
      services: [...(services.get(place)?.enabled.values() ?? [])],
      grants: (roleName: RoleName) => access?.of(place, roleName) ?? [],
      contacts: contacts?.of(place) ?? [],
      alerts: alerts?.of(place),
      events: place === ofEvents ? this.supportEvents : undefined,
    }));
    this.checklist = checklist(
      onboarding,
      placeResources,
      ofCase && this.testCase && { resource: this.testCase, place: ofCase },
    );
    // The checklist is not registered, because it is long, and a program that exports it has it in the state already.
    this.registerOutputs();
  }
}

async function logNote(
  run: RunContext,
  component: pulumi.Resource,
  configNote: ConfigNote<LocatedPlace>,
): Promise<void> {
  const { id, level, about, what, remedy } = configNote;
  if (level === "warning" && !printsAdvice(run)) return;
  const text = `${what}; ${remedy}`;
  const print = level === "warning" ? warn : note;
  if (typeof about === "string") return print(run, component, { id, where: about }, text);
  // The lookup reports an organization that it does not find.
  const resource = await valueOf(about.scope.resourceName).catch(() => undefined);
  return print(run, component, { id, where: resource ?? about.path.join(".") }, `${about.name}: ${text}`);
}

/** A constructor cannot wait for the request that lists the projects below a folder. */
function rejectUnresolved(name: string, places: readonly PlaceOfArgs[]): void {
  const problems = places
    .filter(({ everyProject }) => everyProject !== undefined)
    .map(({ path }) => ({
      path: [...path, "everyProject"],
      message: `must be resolved before the component is created; write new CustomerCare(${JSON.stringify(name)}, await withEveryProject(${JSON.stringify(name)}, args))`,
    }));
  if (problems.length > 0) throw userError(new ConfigError(name, problems));
}
