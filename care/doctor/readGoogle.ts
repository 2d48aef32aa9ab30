/** Asks Google all that the checks look at, at once where it can, and writes nothing. */
import {
  contactConstraints,
  memberConstraints,
  permissionsToAsk,
  readMemberOrganizations,
  readPolicies,
} from "../../components/internal.ts";
import type { EffectivePolicies, MemberOrganizations } from "../../components/internal.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import {
  billingApi,
  callerPrincipal,
  credentialQuotaProject,
  essentialContactsApi,
  GoogleError,
  isOutOfSight,
  orgPolicyApi,
  quotaProjectOf,
  readSight,
  resourceManagerApi,
  serviceUsageApi,
  supportApi,
} from "../../google/index.ts";
import type {
  BillingInfo,
  EffectivePolicy,
  EssentialContact,
  Folder,
  Organization,
  Policy,
  Project,
  Sight,
  Transport,
} from "../../google/index.ts";
import { readEveryProject } from "../google/everyProject.ts";
import { organizationIdOf, readOrganization } from "../google/organization.ts";
import { read } from "../google/reading.ts";
import type { Reading } from "../google/reading.ts";
import { placesOf } from "../../onboarding/index.ts";
import type { NamedPlace as Place } from "../../onboarding/index.ts";

export interface PlaceReadings {
  readonly place: Place;
  /** The permissions that the caller has, of those that the config needs there and those by which the place is seen. */
  readonly permissions: Reading<readonly string[]>;
  readonly policy?: Reading<Policy>;
  readonly contacts?: Reading<readonly EssentialContact[]>;
  readonly project?: Reading<Project>;
  readonly folder?: Reading<Folder>;
  readonly organization?: Reading<Organization>;
  readonly billing?: Reading<BillingInfo>;
  /** The policy of `gcp.restrictServiceUsage`. */
  readonly restrictedServices?: Reading<EffectivePolicy>;
  /** The policies of `contactConstraints`. */
  readonly contactDomains?: Reading<EffectivePolicies>;
  /** The policies of `memberConstraints`. */
  readonly members?: Reading<EffectivePolicies>;
  /** The services that are enabled on the project, where it is its own quota project. */
  readonly ownServices?: Reading<readonly string[]>;
  /** Whether the cases can be had. */
  readonly cases?: Reading<boolean>;
}

export interface Caller {
  /** Such as `user:ada@example.com`; undefined where Google does not tell. */
  readonly principal: string | undefined;
  /** The project whose quota is used; undefined where there is none, or each request uses its own project's. */
  readonly quotaProject: string | undefined;
  /** Whether a request about a project uses that project's quota: `gcp:userProjectOverride` without a billing project. */
  readonly usesOwnProjects: boolean;
  /** The quota project that the gcp provider's requests for contacts name: it never takes the one of the credential. */
  readonly quotaProjectForContacts?: string | undefined;
}

export interface GoogleReading {
  readonly caller: Caller;
  /** The services that are enabled on the quota project. */
  readonly quotaServices: Reading<readonly string[]> | undefined;
  /** The organization of the config, as it was found. */
  readonly organization: Reading<Organization | undefined> | undefined;
  /** The projects below each folder with `everyProject`. */
  readonly everyProject: readonly Reading<readonly string[]>[];
  readonly places: readonly PlaceReadings[];
  /** What the caller would see, were it there; undefined where each place was seen. */
  readonly sight: Sight | undefined;
  /** Those whose members the policies of `memberConstraints` allow, and those of members that the config names. */
  readonly memberOrganizations: MemberOrganizations;
}

export async function readGoogle(config: CustomerCareConfig, transport: Transport): Promise<GoogleReading> {
  const caller = await readCaller(transport);
  const { quotaProject } = caller;
  const [quotaServices, organization, everyProject] = await Promise.all([
    quotaProject === undefined ? undefined : readQuotaServices(quotaProject, transport),
    config.organization === undefined ? undefined : readOrganization(config.organization, transport),
    readEveryProject(config, transport),
  ]);
  const all = placesOf(config, organizationIdOf(config, organization), everyProject.resolved);
  const places = await Promise.all(all.map((place) => readPlace(place, caller, transport)));
  const [sight, memberOrganizations] = await Promise.all([
    places.some(({ project, folder, organization: self }) => isOutOfSight((project ?? folder ?? self)?.error))
      ? readSight(transport)
      : undefined,
    readMemberOrganizations(
      transport,
      places.map(({ place: { grants }, members }) => ({ grants, policies: members?.value })),
    ),
  ]);
  return {
    caller,
    quotaServices,
    organization,
    everyProject: everyProject.readings,
    places,
    sight,
    memberOrganizations,
  };
}

/** @throws GoogleError where there is no credential */
async function readCaller(transport: Transport): Promise<Caller> {
  const { settings } = transport;
  const ofCredential = await credentialQuotaProject(settings);
  const principal = await callerPrincipal(transport).catch((error: unknown) => {
    // A federated principal has no address. What else is wrong shows in the other questions.
    if (error instanceof GoogleError && error.request !== "credentials") return undefined;
    throw error;
  });
  const own = /^serviceAccount:[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/.exec(principal ?? "")?.[1];
  const configured = quotaProjectOf(settings, undefined);
  const usesOwnProjects = settings.userProjectOverride && configured === undefined;
  return {
    principal,
    quotaProject: configured ?? ofCredential ?? (usesOwnProjects ? undefined : own),
    usesOwnProjects,
    quotaProjectForContacts: configured,
  };
}

function readQuotaServices(project: string, transport: Transport) {
  const question = {
    what: "the services of the quota project",
    where: `projects/${project}`,
    service: "serviceusage.googleapis.com",
    permission: "serviceusage.services.list",
  };
  return read(question, () => serviceUsageApi(transport).enabledServices(project));
}

async function readPlace(place: Place, caller: Caller, transport: Transport): Promise<PlaceReadings> {
  const { level, resource, grants, contacts, services, testCase } = place;
  const resourceManager = resourceManagerApi(transport);
  const service = "cloudresourcemanager.googleapis.com";
  const id = resource.split("/")[1] ?? "";
  const ask = <Value>(
    isAsked: boolean,
    what: string,
    of: { readonly service: string; readonly permission?: string },
    question: () => Promise<Value>,
  ) => (isAsked ? read({ what, where: resource, ...of }, question) : undefined);
  const policiesOf = (constraints: readonly string[]) => readPolicies(transport, resource, constraints);
  const orgPolicy = { service: "orgpolicy.googleapis.com", permission: "orgpolicy.policy.get" };
  const readings = {
    permissions: read({ what: "the caller's permissions", where: resource, service }, () =>
      resourceManager.testIamPermissions(resource, permissionsToAsk(place)),
    ),
    // Also where nothing is granted: it tells who may grant what the caller lacks.
    policy: ask(true, "the grants", { service, permission: `resourcemanager.${level}s.getIamPolicy` }, () =>
      resourceManager.getIamPolicy(resource),
    ),
    contacts: ask(
      contacts.length > 0,
      "the contacts",
      { service: "essentialcontacts.googleapis.com", permission: "essentialcontacts.contacts.list" },
      () => essentialContactsApi(transport).listContacts(resource),
    ),
    project: ask(level === "project", "the project", { service, permission: "resourcemanager.projects.get" }, () =>
      resourceManager.getProject(id),
    ),
    folder: ask(level === "folder", "the folder", { service, permission: "resourcemanager.folders.get" }, () =>
      resourceManager.getFolder(id),
    ),
    // By its number it need not be seen: only the permissions there count.
    organization: ask(
      level === "organization",
      "the organization",
      { service, permission: "resourcemanager.organizations.get" },
      () => resourceManager.getOrganization(id),
    ),
    billing: ask(
      level === "project",
      "the billing",
      { service: "cloudbilling.googleapis.com", permission: "resourcemanager.projects.get" },
      () => billingApi(transport).getBillingInfo(id),
    ),
    restrictedServices: ask(services.length > 0, "the policy gcp.restrictServiceUsage", orgPolicy, () =>
      orgPolicyApi(transport).getEffectivePolicy(resource, "gcp.restrictServiceUsage"),
    ),
    contactDomains: ask(contacts.length > 0, `the policies ${contactConstraints.join(" and ")}`, orgPolicy, () =>
      policiesOf(contactConstraints),
    ),
    members: ask(grants.length > 0, `the policies ${memberConstraints.join(" and ")}`, orgPolicy, () =>
      policiesOf(memberConstraints),
    ),
    ownServices: ask(
      level === "project" && caller.usesOwnProjects && (services.length > 0 || testCase !== undefined),
      "the services of the project, which is its own quota project",
      { service: "serviceusage.googleapis.com", permission: "serviceusage.services.list" },
      () => serviceUsageApi(transport).enabledServices(id),
    ),
    cases: ask(
      testCase !== undefined,
      "the cases",
      { service: "cloudsupport.googleapis.com", permission: "cloudsupport.techCases.list" },
      () =>
        supportApi(transport)
          .firstCase(resource)
          .then(() => true),
    ),
  };
  const entries = await Promise.all(
    Object.entries(readings).map(async ([key, reading]) => [key, await reading] as const),
  );
  return { place, ...(Object.fromEntries(entries) as unknown as Omit<PlaceReadings, "place">) };
}
