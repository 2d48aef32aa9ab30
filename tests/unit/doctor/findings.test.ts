/** Each finding of `care doctor`, provoked on a local cloud: it is found, with its remedy, and nothing else is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { parse } from "yaml";
import { casesOfState } from "../../../care/case/state.ts";
import { acknowledgeableIds, findingIds } from "../../../onboarding/index.ts";
import type { Finding } from "../../../care/doctor/finding.ts";
import type { FindingId } from "../../../onboarding/index.ts";
import { markerOf } from "../../../components/internal.ts";
import type { AdoptedCaseInputs } from "../../../components/internal.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { shippedFile, shippedStacks } from "../../support/environments/index.ts";
import type { ShippedStack } from "../../support/environments/index.ts";
import { examined, inBrief } from "../../support/examination.ts";
import type { Given } from "../../support/examination.ts";

const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";
const organizationName = "organizations/123456789012";

/** Everything in the guide, at the three levels. */
const healthy = {
  plan: "enhanced",
  organization: {
    domain: "example.com",
    administrators: ["group:support-admins@example.com"],
    contacts: { security: ["security@example.com"] },
  },
  folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
  projects: {
    "shop-dev": { editors: ["user:ada@example.com"], contacts: { technical: ["shop-oncall@example.com"] } },
    "pay-dev": {},
  },
  testCase: { project: "shop-dev" },
};

/** A stack's file, as it comes. */
function shipped(stack: ShippedStack) {
  const { config } = parse(readFileSync(shippedFile(stack), "utf8")) as { config: Record<string, unknown> };
  const of = (namespace: string) => Object.entries(config).filter(([key]) => key.startsWith(`${namespace}:`));
  return {
    own: Object.fromEntries(of("customer-care").map(([key, value]) => [key.replace(/^.*:/, ""), value])),
    gcp: Object.fromEntries(of("gcp").map(([key, value]) => [key, String(value)])),
  };
}

const shippedDev = shipped("dev");

const oneProject = { plan: "enhanced", projects: { "shop-dev": {} } };

/** One is of another organization, one is granted already, and one is a service account of the own organization. */
const foreign = [
  "user:a@partner.example",
  "user:there@partner.example",
  "serviceAccount:x@shop-dev.iam.gserviceaccount.com",
  "group:own@example.com",
];

const ownPrincipals = {
  allowedMemberSubjects: [],
  allowedPrincipalSets: ["//cloudresourcemanager.googleapis.com/organizations/123456789012"],
};

interface Scenario {
  readonly when: string;
  readonly given: Given;
  /** The fault in the cloud. */
  readonly plant?: (cloud: Cloud) => void;
  /** `level id where` of all that is found. */
  readonly found: readonly string[];
  /** The text of the first of them, and how it is fixed. */
  readonly what?: RegExp;
  readonly remedy?: string;
}

const organizationOf = (cloud: Cloud) => cloud.state.organizations.get(organizationName) ?? assert.fail();
const projectOf = (cloud: Cloud, id: string) => cloud.state.projects.get(id) ?? assert.fail();
const plantedLife = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";

function plantCase(cloud: Cloud, testCase: boolean): void {
  const [like = assert.fail()] = cloud.state.cases.values();
  const name = "projects/shop-dev/cases/99000001";
  const marker = markerOf("organization/customer-care/dev", "customer-care/testCase", plantedLife);
  const description = `Words\n\n${marker}`;
  cloud.state.cases.set("99000001", { ...structuredClone(like), name, description, testCase, state: "NEW" });
}
const adoptedName = "projects/shop-dev/cases/99000001";
const adopted: AdoptedCaseInputs = {
  version: 1,
  parent: "projects/shop-dev",
  adopt: adoptedName,
  marker: markerOf("organization/customer-care/dev", "customer-care/testCase", plantedLife),
  displayName: "The title of the case",
  keepOpen: true,
};
const contact = (parent: string, email: string, id: number) => ({
  name: `${parent}/contacts/${String(id)}`,
  email,
  notificationCategorySubscriptions: ["SECURITY"],
  languageTag: "en",
  validationState: "VALID" as const,
  validateTime: "2026-01-01T00:00:00Z",
});

/** Takes a role from the operator at the organization. */
function withdraw(cloud: Cloud, ...roles: string[]) {
  for (const binding of organizationOf(cloud).policy.bindings)
    if (roles.includes(binding.role)) binding.members = binding.members.filter((member) => member !== operator);
}

const deployedCase = {
  kind: "case",
  urn: "",
  type: "",
  name: "",
  resource: "projects/shop-dev",
  thing: "projects/shop-dev/cases/1",
} as const;

const scenarios: readonly Scenario[] = [
  { when: "all is well", given: { config: healthy }, found: [] },
  {
    when: "all is well for a person with a quota project",
    given: {
      config: oneProject,
      caller: "ada",
      gcp: { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" },
    },
    found: [],
  },
  {
    when: "the caller has the roles that README.md names, and no others",
    given: { config: healthy, caller: "nobody" },
    plant: (cloud) => {
      const members = ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"];
      const grant = (resource: { policy: { bindings: unknown[] } } | undefined, ...roles: string[]) =>
        resource?.policy.bindings.push(...roles.map((role) => ({ role, members })));
      const folder = cloud.state.folders.get("folders/456789012345");
      grant(
        organizationOf(cloud),
        "roles/resourcemanager.organizationAdmin",
        "roles/resourcemanager.organizationViewer",
        "roles/essentialcontacts.admin",
        "roles/orgpolicy.policyViewer",
      );
      grant(folder, "roles/resourcemanager.folderAdmin");
      for (const id of ["shop-dev", "pay-dev"])
        grant(projectOf(cloud, id), "roles/serviceusage.serviceUsageAdmin", "roles/browser");
      grant(
        projectOf(cloud, "shop-dev"),
        "roles/resourcemanager.projectIamAdmin",
        "roles/essentialcontacts.admin",
        "roles/cloudsupport.techSupportEditor",
      );
      grant(projectOf(cloud, "ops-admin"), "roles/serviceusage.serviceUsageConsumer");
    },
    found: [],
  },
  {
    when: "Google does not accept the token",
    given: { config: oneProject, caller: "unknown" },
    found: ["error credentials credentials"],
    remedy: "gcloud auth application-default login",
  },
  {
    when: "a person has no quota project, and the config has nothing that needs one",
    given: {
      config: { ...oneProject, projects: { "shop-dev": { editors: ["user:ada@example.com"] } } },
      caller: "ada",
    },
    found: ["information quota-project-missing gcp:billingProject"],
    what: /which some APIs require for a user's credential\. Only the doctor calls them/,
  },
  {
    when: "a person has no quota project, which the test case needs",
    given: { config: { ...oneProject, testCase: { project: "shop-dev" } }, caller: "ada" },
    found: ["error quota-project-missing gcp:billingProject", "information quota-project-missing gcp:billingProject"],
    remedy: "pulumi config set gcp:userProjectOverride true && pulumi config set gcp:billingProject PROJECT_ID",
  },
  {
    when: "a person has no quota project, and the state has the contacts and the test case",
    given: {
      config: { ...oneProject, testCase: { project: "shop-dev" } },
      caller: "ada",
      states: {
        managed: [deployedCase],
        claims: [{ urn: "", resource: "projects/shop-dev", thing: "shop-oncall@example.com" }],
      },
    },
    found: ["warning quota-project-missing gcp:billingProject", "information quota-project-missing gcp:billingProject"],
  },
  {
    when: "each project's own quota is used for all but contacts, which the gcp provider requests without a quota project",
    given: {
      config: { ...oneProject, projects: { "shop-dev": { contacts: { technical: ["shop-oncall@example.com"] } } } },
      caller: "ada",
      gcp: { "gcp:userProjectOverride": "true" },
    },
    plant: (cloud) => {
      for (const api of ["essentialcontacts", "orgpolicy"])
        projectOf(cloud, "shop-dev").services.set(`${api}.googleapis.com`, { enabledAt: 0 });
    },
    found: ["error quota-project-missing gcp:billingProject"],
    what: /It does not use the quota project in the credential\.$/,
  },
  {
    when: "the caller may not use the quota project",
    given: {
      config: oneProject,
      caller: "someone-else",
      gcp: { "gcp:userProjectOverride": "true", "gcp:billingProject": "pay-dev" },
    },
    found: ["error quota-project-denied projects/pay-dev"],
    what: /\(roles\/serviceusage\.serviceUsageConsumer\) is missing, or the project does not exist\.$/,
    remedy:
      "gcloud projects add-iam-policy-binding pay-dev --member=user:someone-else@example.com --role=roles/serviceusage.serviceUsageConsumer --condition=None",
  },
  {
    when: "an API that pulumi up calls is not enabled on the quota project",
    given: { config: healthy },
    plant: (cloud) => void projectOf(cloud, "ops-admin").services.delete("cloudsupport.googleapis.com"),
    found: ["error service-disabled projects/ops-admin"],
    what: /Cloud Support API is not enabled/,
    remedy: "gcloud services enable cloudsupport.googleapis.com --project=ops-admin",
  },
  {
    when: "an API that only the doctor calls is not enabled there",
    given: { config: healthy },
    plant: (cloud) => void projectOf(cloud, "ops-admin").services.delete("orgpolicy.googleapis.com"),
    found: ["information service-disabled projects/ops-admin"],
    remedy: "gcloud services enable orgpolicy.googleapis.com --project=ops-admin",
  },
  {
    when: "the Resource Manager API is not enabled there",
    given: { config: oneProject },
    plant: (cloud) => void projectOf(cloud, "ops-admin").services.delete("cloudresourcemanager.googleapis.com"),
    found: ["error service-disabled projects/ops-admin"],
  },
  {
    when: "the stack itself enables an API on its quota project",
    given: { config: healthy, gcp: { "gcp:userProjectOverride": "true", "gcp:billingProject": "shop-dev" } },
    plant: (cloud) => {
      projectOf(cloud, "shop-dev").services.set("orgpolicy.googleapis.com", { enabledAt: 0 });
    },
    found: ["information service-disabled projects/shop-dev", "information service-disabled projects/shop-dev"],
    what: /Essential Contacts API .* pulumi up enables it/,
  },
  {
    when: "the stack dev that comes with the repository was not deployed yet",
    given: {
      config: { plan: "enhanced", ...shippedDev.own },
      gcp: shippedDev.gcp,
    },
    found: [
      "information service-disabled projects/shop-dev",
      "information service-disabled projects/shop-dev",
      "information service-disabled projects/shop-dev",
    ],
  },
  {
    when: "each project's own quota is used, and it lacks an API that nothing enables",
    given: { config: oneProject, gcp: { "gcp:userProjectOverride": "true" } },
    plant: (cloud) => {
      projectOf(cloud, "shop-dev").services.delete("cloudbilling.googleapis.com");
      projectOf(cloud, "shop-dev").services.set("orgpolicy.googleapis.com", { enabledAt: 0 });
    },
    found: ["information service-disabled projects/shop-dev"],
    remedy: "gcloud services enable cloudbilling.googleapis.com --project=shop-dev",
  },
  {
    when: "each project's own quota is used, and it lacks the API that enables the others",
    given: {
      config: { plan: "enhanced", projects: { "shop-dev": {}, "pay-dev": { services: [] } } },
      gcp: { "gcp:userProjectOverride": "true" },
    },
    plant: (cloud) => {
      for (const id of ["shop-dev", "pay-dev"]) {
        projectOf(cloud, id).services.delete("serviceusage.googleapis.com");
        projectOf(cloud, id).services.set("orgpolicy.googleapis.com", { enabledAt: 0 });
      }
    },
    found: ["error service-disabled projects/shop-dev"],
    what: /^serviceusage\.googleapis\.com is not enabled on the quota project, and pulumi up calls it\.$/,
    remedy: "gcloud services enable serviceusage.googleapis.com --project=shop-dev",
  },
  {
    when: "the environment names a quota project, which comes before each project's own",
    given: {
      config: oneProject,
      gcp: { "gcp:userProjectOverride": "true" },
      environment: { GOOGLE_CLOUD_QUOTA_PROJECT: "pay-dev" },
    },
    plant: (cloud) => {
      projectOf(cloud, "pay-dev").services.set("orgpolicy.googleapis.com", { enabledAt: 0 });
      projectOf(cloud, "pay-dev").services.delete("serviceusage.googleapis.com");
    },
    found: ["error service-disabled projects/pay-dev"],
    remedy: "gcloud services enable serviceusage.googleapis.com --project=pay-dev",
  },
  {
    when: "the organization's domain is not there",
    given: { config: { ...healthy, organization: { ...healthy.organization, domain: "example.org" } } },
    found: ["error organization-not-visible example.org"],
    remedy: `gcloud organizations add-iam-policy-binding "$(gcloud organizations list --filter=displayName=example.org --format="value(name.basename())")" --member=${operator} --role=roles/resourcemanager.organizationViewer --condition=None`,
  },
  {
    when: "the organization's number is not there",
    given: { config: { ...healthy, organization: { id: "999", administrators: ["group:a@example.com"] } } },
    found: ["error organization-not-visible organizations/999"],
    what: /^The organization does not exist: the caller would see it\.$/,
    remedy: "write the number of an existing organization, as gcloud organizations list shows it",
  },
  {
    when: "the organization's number is not there, or the caller does not see it",
    given: {
      config: { plan: "enhanced", organization: { id: "999", administrators: ["group:a@example.com"] } },
      caller: "nobody",
    },
    plant: (cloud) => {
      const members = ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"];
      projectOf(cloud, "ops-admin").policy.bindings.push({
        role: "roles/serviceusage.serviceUsageConsumer",
        members,
      });
    },
    found: ["error organization-not-visible organizations/999"],
    remedy: "https://console.cloud.google.com/iam-admin/iam?organizationId=999",
  },
  {
    when: "the organization's domain is not there, and Google's loose search finds another one for it",
    given: { config: { ...healthy, organization: { ...healthy.organization, domain: "example.com" } } },
    plant: (cloud) => {
      organizationOf(cloud).displayName = "dev.example.com";
    },
    found: ["error organization-not-visible example.com"],
  },
  {
    when: "a folder is not there",
    given: { config: { plan: "enhanced", folders: { "999": { editors: ["group:shop-leads@example.com"] } } } },
    found: ["error folder-not-visible folders/999"],
  },
  {
    when: "a folder is marked for deletion",
    given: { config: { plan: "enhanced", folders: healthy.folders } },
    plant: (cloud) => {
      (cloud.state.folders.get("folders/456789012345") ?? assert.fail()).state = "DELETE_REQUESTED";
    },
    found: ["error folder-not-active folders/456789012345"],
    remedy: "gcloud resource-manager folders undelete 456789012345",
  },
  {
    when: "a project is not there",
    given: { config: { ...oneProject, projects: { "shop-live": {} } } },
    found: ["error project-not-visible projects/shop-live"],
    what: /^The project does not exist: the caller would see it\.$/,
    remedy: "write the ID of an existing project, as gcloud projects list shows it",
  },
  {
    when: "a project is marked for deletion",
    given: { config: { ...oneProject, projects: { "gone-dev": {} } } },
    found: ["error project-not-active projects/gone-dev"],
    remedy: "gcloud projects undelete gone-dev",
  },
  {
    when: "a project has no billing account",
    given: { config: { ...oneProject, projects: { "legacy-dev": {} } } },
    found: ["error billing-disabled projects/legacy-dev"],
    what: /^The project has no billing account\.$/,
    remedy: "gcloud billing projects link legacy-dev --billing-account=ACCOUNT_ID",
  },
  {
    when: "a project's billing account is closed",
    given: { config: { ...oneProject, projects: { "closed-dev": {} } } },
    found: ["error billing-disabled projects/closed-dev"],
    what: /billingAccounts\/0FFFFF-0FFFFF-0FFFFF, is closed/,
    remedy: "https://console.cloud.google.com/billing/linkedaccount?project=closed-dev",
  },
  {
    when: "the caller may not enable services",
    given: { config: oneProject },
    plant: (cloud) => withdraw(cloud, "roles/serviceusage.serviceUsageAdmin"),
    found: ["error permission-missing projects/shop-dev", "warning not-read projects/ops-admin"],
    what: /To enable services, the caller lacks Service Usage Admin .*: serviceusage\.services\.enable, serviceusage\.services\.list\. It can be granted by an Organization Administrator/,
    remedy: `gcloud projects add-iam-policy-binding shop-dev --member=${operator} --role=roles/serviceusage.serviceUsageAdmin --condition=None`,
  },
  {
    when: "the caller may not grant at a folder",
    given: { config: { plan: "enhanced", folders: healthy.folders } },
    plant: (cloud) => withdraw(cloud, "roles/resourcemanager.organizationAdmin"),
    found: ["error permission-missing folders/456789012345"],
    what: /resourcemanager\.folders\.getIamPolicy, resourcemanager\.folders\.setIamPolicy/,
    remedy: `gcloud resource-manager folders add-iam-policy-binding 456789012345 --member=${operator} --role=roles/resourcemanager.folderAdmin --condition=None`,
  },
  {
    when: "the caller may not create cases, and the same update grants the role to a group that may have the caller in it",
    given: { config: healthy },
    plant: (cloud) => withdraw(cloud, "roles/cloudsupport.techSupportEditor"),
    found: ["warning permission-missing projects/shop-dev"],
  },
  {
    when: "the caller may not create cases, and the same update grants the role to the caller first",
    given: {
      config: { ...oneProject, projects: { "shop-dev": { editors: [operator] } }, testCase: { project: "shop-dev" } },
    },
    plant: (cloud) => withdraw(cloud, "roles/cloudsupport.techSupportEditor"),
    found: [],
  },
  {
    when: "the caller may not create cases, and the stack has the case",
    given: {
      config: { ...oneProject, testCase: { project: "shop-dev" } },
      states: {
        managed: [deployedCase],
      },
    },
    plant: (cloud) => withdraw(cloud, "roles/cloudsupport.techSupportEditor"),
    found: ["warning permission-missing projects/shop-dev"],
  },
  {
    when: "the caller may not create cases, where the policy shows who can grant it",
    given: { config: { ...healthy, folders: {} } },
    plant: (cloud) => {
      withdraw(cloud, "roles/cloudsupport.techSupportEditor");
    },
    found: ["error permission-missing projects/shop-dev"],
    what: /cloudsupport\.techCases\.create, .* It can be granted by group:gcp-organization-admins@example\.com, serviceAccount:operator@/,
  },
  {
    when: "an organization's case needs to see the organization",
    given: { config: { plan: "enhanced", organization: { id: "123456789012" }, testCase: { organization: true } } },
    plant: (cloud) =>
      withdraw(
        cloud,
        "roles/resourcemanager.organizationAdmin",
        "roles/resourcemanager.organizationViewer",
        "roles/resourcemanager.projectCreator",
      ),
    found: [`error permission-missing ${organizationName}`],
    remedy: `gcloud organizations add-iam-policy-binding 123456789012 --member=${operator} --role=roles/resourcemanager.organizationViewer --condition=None`,
  },
  {
    when: "a case is adopted by one who may not create one",
    given: {
      config: { ...oneProject, testCase: { project: "shop-dev", adopt: "projects/shop-dev/cases/43595344" } },
    },
    plant: (cloud) => {
      withdraw(cloud, "roles/cloudsupport.techSupportEditor");
      projectOf(cloud, "shop-dev").policy.bindings.push({
        role: "roles/cloudsupport.techSupportViewer",
        members: [operator],
      });
    },
    found: ["error permission-missing projects/shop-dev"],
    what: /To adopt the case, .*: cloudsupport\.techCases\.update\. /,
  },
  {
    when: "a policy restricts services",
    given: { config: oneProject },
    plant: (cloud) => {
      organizationOf(cloud).allowedServices = ["cloudsupport.googleapis.com", "essentialcontacts.googleapis.com"];
    },
    found: ["error service-restricted projects/shop-dev"],
    what: /does not allow servicehealth\.googleapis\.com/,
    remedy: "gcloud org-policies describe gcp.restrictServiceUsage --effective --project=shop-dev",
  },
  {
    when: "a policy restricts the domains of contacts",
    given: {
      config: {
        ...healthy,
        organization: { domain: "example.com", contacts: { all: ["a@example.com", "b@partner.example"] } },
      },
    },
    plant: (cloud) => {
      organizationOf(cloud).allowedContactDomains = ["@Example.com"];
    },
    found: [`error contact-domain-restricted ${organizationName}`],
    what: /contacts of @partner\.example/,
    remedy:
      "gcloud org-policies describe essentialcontacts.allowedContactDomains --effective --organization=123456789012",
  },
  {
    when: "the policy that Google gives each new organization restricts the domains of contacts",
    given: {
      config: {
        ...healthy,
        organization: { domain: "example.com", contacts: { all: ["a@example.com", "b@partner.example"] } },
      },
    },
    plant: (cloud) => {
      organizationOf(cloud).managedContactDomains = ["@example.com"];
    },
    found: [`error contact-domain-restricted ${organizationName}`],
    what: /^The policy essentialcontacts\.managed\.allowedContactDomains does not allow contacts of @partner\.example\./,
    remedy:
      "gcloud org-policies describe essentialcontacts.managed.allowedContactDomains --effective --organization=123456789012",
  },
  {
    when: "that policy is enforced without a domain",
    given: { config: { ...oneProject, projects: { "shop-dev": { contacts: { all: ["a@example.com"] } } } } },
    plant: (cloud) => {
      organizationOf(cloud).managedContactDomains = [];
    },
    found: ["error contact-domain-restricted projects/shop-dev"],
  },
  {
    when: "grants are restricted to the organization's own principals, as the config has them",
    given: { config: healthy },
    plant: (cloud) => {
      organizationOf(cloud).allowedPolicyMemberDomains = ["C0123abcd"];
      organizationOf(cloud).allowedPolicyMembers = ownPrincipals;
    },
    found: [],
  },
  ...(
    [
      ["iam.allowedPolicyMemberDomains", { allowedPolicyMemberDomains: ["C0123abcd"] }],
      [
        "iam.allowedPolicyMemberDomains",
        { allowedPolicyMemberDomains: ["is:principalSet://iam.googleapis.com/organizations/123456789012"] },
      ],
      ["iam.managed.allowedPolicyMembers", { allowedPolicyMembers: ownPrincipals }],
    ] as const
  ).map(([constraint, restriction]): Scenario => ({
    when: `grants are restricted to the organization's own principals by ${JSON.stringify(restriction)}`,
    given: { config: { ...oneProject, projects: { "shop-dev": { editors: foreign } } } },
    plant: (cloud) => {
      projectOf(cloud, "shop-dev").policy.bindings.push({
        role: "roles/cloudsupport.techSupportEditor",
        members: ["user:there@partner.example"],
      });
      Object.assign(organizationOf(cloud), structuredClone(restriction));
    },
    found: ["warning member-restricted projects/shop-dev", "information grant-exists projects/shop-dev"],
    what: new RegExp(
      `^The policy ${constraint.replaceAll(".", "\\.")} only allows .* whether user:a@partner\\.example belongs to one`,
    ),
    remedy: `gcloud org-policies describe ${constraint} --effective --project=shop-dev`,
  })),
  {
    when: "grants are restricted, and the member's organization can be seen: it is another one",
    given: { config: { ...oneProject, projects: { "shop-dev": { editors: ["user:a@partner.example"] } } } },
    plant: (cloud) => {
      const own = organizationOf(cloud);
      own.allowedPolicyMemberDomains = ["C0123abcd"];
      const other = { ...own, name: "organizations/2", id: "2", displayName: "partner.example" };
      cloud.state.organizations.set(other.name, { ...other, directoryCustomerId: "C0999" });
    },
    found: ["error member-restricted projects/shop-dev"],
    what: /^The policy iam\.allowedPolicyMemberDomains does not allow grants to user:a@partner\.example\./,
  },
  ...(
    [
      ["serviceAccount:x@other-prj.iam.gserviceaccount.com", "error"],
      ["serviceAccount:200000000001-compute@developer.gserviceaccount.com", "error"],
      ["principalSet://iam.googleapis.com/projects/200000000001/locations/global/workloadIdentityPools/ci/*", "error"],
      ["serviceAccount:x@unseen-prj.iam.gserviceaccount.com", "warning"],
      ["serviceAccount:service-1@gcp-sa-pubsub.iam.gserviceaccount.com", "warning"],
      ["principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/a", "warning"],
      ["serviceAccount:x@shop-prod.iam.gserviceaccount.com", undefined],
      ["serviceAccount:100000000008-compute@developer.gserviceaccount.com", undefined],
      [
        "principalSet://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/ci/*",
        undefined,
      ],
    ] as const
  ).flatMap(([member, level]) =>
    [
      { allowedPolicyMemberDomains: ["C0123abcd"] },
      { allowedPolicyMemberDomains: ["is:principalSet://iam.googleapis.com/organizations/123456789012"] },
      { allowedPolicyMembers: ownPrincipals },
    ].map((restriction): Scenario => ({
      when: `grants are restricted by ${JSON.stringify(restriction)}, and the member is ${member}`,
      given: { config: { ...oneProject, projects: { "shop-dev": { editors: [member] } } } },
      plant: (cloud) => {
        const own = organizationOf(cloud);
        Object.assign(own, structuredClone(restriction));
        const other = { ...own, name: "organizations/2", id: "2", displayName: "partner.example" };
        cloud.state.organizations.set(other.name, { ...other, directoryCustomerId: "C0999" });
        const project = { ...projectOf(cloud, "shop-prod"), projectId: "other-prj", projectNumber: "200000000001" };
        cloud.state.projects.set("other-prj", { ...project, name: "projects/200000000001", parent: "organizations/2" });
      },
      found: level === undefined ? [] : [`${level} member-restricted projects/shop-dev`],
    })),
  ),
  {
    when: "grants are restricted, and the caller cannot see to whose principals",
    given: {
      config: { ...oneProject, projects: { "shop-dev": { editors: ["user:a@example.com"] } } },
      caller: "nobody",
    },
    plant: (cloud) => {
      organizationOf(cloud).allowedPolicyMemberDomains = ["C0123abcd"];
      const members = ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"];
      const grant = (id: string, ...roles: string[]) =>
        projectOf(cloud, id).policy.bindings.push(...roles.map((role) => ({ role, members })));
      grant("shop-dev", "roles/serviceusage.serviceUsageAdmin", "roles/resourcemanager.projectIamAdmin");
      grant("shop-dev", "roles/orgpolicy.policyViewer", "roles/browser");
      grant("ops-admin", "roles/serviceusage.serviceUsageConsumer");
    },
    found: ["information member-restricted projects/shop-dev"],
  },
  {
    when: "a policy has no room for one more member",
    given: {
      config: { ...oneProject, projects: { "shop-dev": { editors: ["user:a@example.com", "group:b@example.com"] } } },
    },
    plant: (cloud) => {
      const members = Array.from({ length: 1499 }, (_, index) => `user:m${String(index)}@example.com`);
      projectOf(cloud, "shop-dev").policy.bindings = [{ role: "roles/viewer", members }];
    },
    found: ["error policy-full projects/shop-dev"],
    what: /^With 2 more, the policy has 1501 members, and Google allows 1500\./,
  },
  {
    when: "a policy has no room for one more group",
    given: { config: { ...oneProject, projects: { "shop-dev": { editors: ["group:b@example.com"] } } } },
    plant: (cloud) => {
      const members = Array.from({ length: 250 }, (_, index) => `group:m${String(index)}@example.com`);
      projectOf(cloud, "shop-dev").policy.bindings = [{ role: "roles/viewer", members }];
    },
    found: ["error policy-full projects/shop-dev"],
    what: /251 groups, and Google allows 250\./,
  },
  {
    when: "a policy is full, and has the configured members",
    given: { config: { ...oneProject, projects: { "shop-dev": { editors: ["user:m0@example.com"] } } } },
    plant: (cloud) => {
      const members = Array.from({ length: 1500 }, (_, index) => `user:m${String(index)}@example.com`);
      projectOf(cloud, "shop-dev").policy.bindings = [{ role: "roles/cloudsupport.techSupportEditor", members }];
    },
    found: ["information grant-exists projects/shop-dev"],
  },
  {
    when: "the plan is not in force",
    given: { config: healthy },
    plant: (cloud) => {
      organizationOf(cloud).supportPlan = "basic";
    },
    found: ["error support-unreachable projects/shop-dev"],
    what: /Check that the organization has the plan Enhanced of the config\./,
    remedy: "https://console.cloud.google.com/support?project=shop-dev",
  },
  {
    when: "a contact is there already",
    given: { config: healthy },
    plant: (cloud) => {
      cloud.state.contacts.set("x", contact("projects/100000000001", "Shop-Oncall@example.com", 7));
    },
    found: ["error contact-exists projects/shop-dev"],
    remedy: "npm run --silent care -- adopt --stack dev",
  },
  {
    when: "a contact is there already, and in this stack's state",
    given: {
      config: healthy,
      states: { claims: [{ urn: "", resource: "projects/shop-dev", thing: "shop-oncall@example.com" }] },
    },
    plant: (cloud) => {
      cloud.state.contacts.set("x", contact("projects/100000000001", "shop-oncall@example.com", 7));
    },
    found: [],
  },
  ...(["SECURITY", "TECHNICAL"] as const).map((category): Scenario => ({
    when: `somebody has deleted a contact, and the state has it with the category ${category}`,
    given: {
      config: healthy,
      states: {
        claims: [{ urn: "", resource: "projects/shop-dev", thing: "shop-oncall@example.com" }],
        contacts: [
          {
            name: "projects/100000000001/contacts/7",
            resource: "projects/shop-dev",
            email: "shop-oncall@example.com",
            categories: [category],
            language: "en",
          },
        ],
      },
    },
    found: category === "TECHNICAL" ? [] : ["error contact-gone projects/shop-dev"],
    ...(category === "SECURITY" && { remedy: "run pulumi up --refresh, which creates it again" }),
  })),
  {
    when: "a grant is there already",
    given: {
      config: {
        plan: "enhanced",
        organization: { domain: "example.com", administrators: ["group:gcp-billing-admins@example.com"] },
      },
    },
    found: [`information grant-exists ${organizationName}`],
    remedy: "if the stack must never remove it, leave it out of customer-care:organization.administrators",
  },
  {
    when: "a grant is there already, under a condition: another one",
    given: {
      config: {
        plan: "enhanced",
        organization: { domain: "example.com", editors: ["user:contractor@partner.example"] },
      },
    },
    found: [],
  },
  {
    when: "another stack has the same contact and the same grant",
    given: {
      config: healthy,
      states: {
        others: [
          {
            name: "org",
            claims: [
              { urn: "", resource: "projects/100000000001", thing: "shop-oncall@example.com" },
              {
                urn: "",
                resource: "projects/shop-dev",
                thing: "roles/cloudsupport.techSupportEditor user:ada@example.com",
              },
              {
                urn: "",
                resource: "projects/pay-dev",
                thing: "roles/cloudsupport.techSupportEditor user:ada@example.com",
              },
            ],
          },
        ],
      },
    },
    found: ["warning claimed-twice projects/shop-dev", "warning claimed-twice projects/shop-dev"],
    what: /^The grant of roles\/cloudsupport\.techSupportEditor to user:ada@example\.com: the stack org has it too\./,
    remedy:
      "if it moves to dev, update org first; else remove it from customer-care:projects.shop-dev.editors of dev, or from the config of org",
  },
  {
    when: "a project is marked for deletion, and the state has all that the config has there",
    given: {
      config: { ...oneProject, projects: { "gone-dev": { services: [], editors: ["user:ada@example.com"] } } },
      states: {
        claims: [
          {
            urn: "",
            resource: "projects/gone-dev",
            thing: "roles/cloudsupport.techSupportEditor user:ada@example.com",
          },
        ],
      },
    },
    found: ["warning project-not-active projects/gone-dev"],
  },
  {
    when: "the case to adopt does not exist",
    given: { config: { ...oneProject, testCase: { project: "shop-dev", adopt: "projects/shop-dev/cases/99999999" } } },
    found: ["error case-not-changeable projects/shop-dev"],
    what: /^Case projects\/shop-dev\/cases\/99999999 was not found; /,
    remedy: "correct customer-care:testCase.adopt",
  },
  ...[true, false].map((adopts): Scenario => ({
    when: `the state has an adopted case that is closed, and the config ${adopts ? "changes" : "no longer adopts"} it`,
    given: {
      config: {
        ...oneProject,
        testCase: { project: "shop-dev", ...(adopts && { adopt: adoptedName, displayName: "Another title" }) },
      },
      states: {
        managed: [
          {
            kind: "case",
            urn: "",
            type: "",
            name: "customer-care/testCase",
            resource: "projects/shop-dev",
            thing: adoptedName,
          },
        ],
        testCase: {
          inputs: { ...adopted, closeOnDestroy: false },
          outputs: { ...adopted, name: adoptedName, state: "CLOSED", createTime: "2026-01-01T00:00:00Z" },
        },
      },
    },
    plant: (cloud) => {
      plantCase(cloud, false);
      Object.assign(cloud.state.cases.get("99000001") ?? {}, { description: "By hand", state: "CLOSED" });
    },
    // The case of the state is replaced, so that nothing of it changes.
    found: adopts ? ["error case-not-changeable projects/shop-dev"] : [],
  })),
  {
    when: "the state of another stack cannot be read",
    given: { config: oneProject, states: { others: [{ name: "prod", claims: undefined }] } },
    found: ["warning not-read stack prod"],
    remedy: "pulumi stack export --stack prod",
  },
  {
    when: "policies of the organization may not be read",
    given: {
      config: {
        ...healthy,
        organization: { domain: "example.com", contacts: { security: ["security@example.com"] } },
        folders: {},
        projects: { "shop-dev": {} },
      },
    },
    plant: (cloud) => {
      withdraw(cloud, "roles/resourcemanager.organizationAdmin");
    },
    found: [`warning not-read ${organizationName}`, "warning not-read projects/shop-dev"],
    remedy: `gcloud organizations add-iam-policy-binding 123456789012 --member=${operator} --role=roles/orgpolicy.policyViewer --condition=None`,
  },
  {
    when: "an API is in trouble",
    given: { config: oneProject },
    plant: (cloud) =>
      cloud.faults.add({
        match: { service: "cloudbilling.googleapis.com", times: 100 },
        effect: { error: { code: 500 } },
      }),
    found: ["warning not-read projects/shop-dev"],
    what: /Not checked, since the billing could not be read: .*500 INTERNAL/,
    remedy: "run care doctor again",
  },
  {
    when: "a read fails once, and is tried again",
    given: { config: healthy },
    plant: (cloud) => {
      for (const rpc of ["TestIamPermissions", "GetIamPolicy", "GetProject", "ListContacts", "ListCases"])
        cloud.faults.add({ match: { rpc }, effect: { error: { code: 503 } } });
    },
    found: [],
  },
  {
    when: "the classification of the test case does not exist",
    given: {
      config: {
        ...oneProject,
        testCase: { project: "shop-dev", classification: "Technical Issue > Compute > Compute Engin" },
      },
    },
    found: ["error classification-not-found projects/shop-dev"],
    what: /was not found; the closest are "Technical Issue > Compute > Compute Engine"/,
    remedy: "correct customer-care:testCase.classification",
  },
  {
    when: "an open test case bears the stack's name",
    given: { config: { ...oneProject, testCase: { project: "shop-dev" } } },
    plant: (cloud) => plantCase(cloud, true),
    found: ["error case-in-doubt projects/shop-dev/cases/99000001"],
    what: /^The case is open, and of another life: it has this stack's name, but this state did not create it/,
  },
  {
    when: "an open test case bears the stack's name, and the config ignores it",
    given: {
      config: { ...oneProject, testCase: { project: "shop-dev", ignoreCases: ["projects/shop-dev/cases/99000001"] } },
    },
    plant: (cloud) => plantCase(cloud, true),
    found: [],
  },
  {
    when: "a killed update has left a case, and the test case is taken out of the config",
    given: {
      config: oneProject,
      states: {
        cases: casesOfState({
          resources: [
            {
              urn: "urn:pulumi:dev::customer-care::customer-care:index:TestSupportCase$pulumi:index:Stash::customer-care/testCase",
              type: "pulumi:index:Stash",
              outputs: { output: { id: plantedLife, place: "projects/shop-dev" } },
            },
          ],
        }),
      },
    },
    plant: (cloud) => plantCase(cloud, true),
    found: ["error case-left projects/shop-dev/cases/99000001"],
  },
  {
    when: "a person's real case quotes the marker of the test case",
    given: { config: { ...oneProject, testCase: { project: "shop-dev" } } },
    plant: (cloud) => plantCase(cloud, false),
    found: [],
  },
  {
    when: "a folder and a project of the config have the same",
    given: {
      config: {
        plan: "enhanced",
        folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
        projects: { "shop-dev": { editors: ["group:shop-leads@example.com"] } },
      },
    },
    found: ["information folder-overlap projects/shop-dev"],
    what: /^folders\.456789012345 also has editors: group:shop-leads@example\.com\.$/,
  },
  {
    when: "a member has the same role on many projects",
    given: {
      config: {
        plan: "enhanced",
        projects: Object.fromEntries(
          ["shop-dev", "pay-dev", "shop-prod", "pay-prod", "shop-staging"].map((id) => [
            id,
            { editors: ["group:shop-leads@example.com"] },
          ]),
        ),
      },
    },
    found: ["information grant-repeated group:shop-leads@example.com"],
  },
  {
    when: "the contacts of technical get no incidents any more",
    given: {
      config: {
        plan: "enhanced",
        projects: {
          "shop-dev": { contacts: { technical: ["a@example.com"], "technical-incidents": ["b@example.com"] } },
        },
      },
    },
    found: ["information incidents-redirected projects/shop-dev"],
    what: /^a@example\.com will not get technical incidents, because technical-incidents has its own contacts\.$/,
  },
  {
    when: "the config acknowledges a finding that does not occur",
    given: {
      config: { ...oneProject, acknowledge: { "grant-exists projects/shop-dev": "Made by hand" } },
    },
    found: ['information acknowledgement-unused customer-care:acknowledge["grant-exists projects/shop-dev"]'],
    what: /^No grant-exists is reported for this caller\.$/,
    remedy: "leave it out if no caller needs it",
  },
  {
    when: "the caller has no role at all",
    given: { config: { plan: "enhanced", projects: { "shop-dev": {} } }, caller: "nobody" },
    found: ["error project-not-visible projects/shop-dev", "warning not-read projects/ops-admin"],
  },
];

describe("care doctor on a local cloud", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  beforeEach(() => cloud.reset());
  afterAll(() => cloud.close());

  for (const { when, given, plant, found, what, remedy } of scenarios)
    it(`finds ${found.length === 0 ? "nothing" : "just that"} when ${when}`, async () => {
      plant?.(cloud);
      const before = JSON.stringify([...cloud.state.contacts.values(), organizationOf(cloud)]);
      const findings = await examined(cloud, given);
      assert.deepEqual(inBrief(findings), found, JSON.stringify(findings, undefined, 2));
      if (what !== undefined) assert.match(findings[0]?.what ?? "", what);
      if (remedy !== undefined) assert.equal(findings[0]?.remedy, remedy);
      assert.equal(JSON.stringify([...cloud.state.contacts.values(), organizationOf(cloud)]), before);
      assert.deepEqual(
        cloud.requests.filter(
          ({ method, rpc }) => method !== "GET" && !/^(TestIamPermissions|GetIamPolicy|TokenInfo)$/.test(rpc),
        ),
        [],
        "only reads",
      );
    });

  for (const { when, given, plant, found } of scenarios.filter((one) => one.found.length > 0))
    it(`leaves all but an acknowledged finding as it is, and each error, when ${when}`, async () => {
      const shown = (findings: readonly Finding[]) =>
        findings
          .filter(({ id }) => id !== "acknowledgement-unused")
          .map(({ level, id, where, acknowledged }) => ({ line: `${level} ${id} ${where}`, acknowledged }));
      plant?.(cloud);
      for (const { id, where } of await examined(cloud, given)) {
        if (!(acknowledgeableIds as FindingId[]).includes(id)) continue;
        for (const key of [id, `${id} ${where}`]) {
          const config = { ...given.config, acknowledge: { [key]: "We know." } };
          const isMeant = (line: string) =>
            !line.startsWith("error ") && (key === id ? line.split(" ")[1] === id : line.endsWith(` ${key}`));
          const expected = found
            .filter((line) => !line.includes(" acknowledgement-unused "))
            .map((line) =>
              isMeant(line)
                ? { line: line.replace(/^warning/, "information"), acknowledged: "We know." }
                : { line, acknowledged: undefined },
            );
          const findings = await examined(cloud, { ...given, config });
          const sort = (all: typeof expected) => all.map((one) => JSON.stringify(one)).sort();
          assert.deepEqual(sort(shown(findings)), sort(expected), key);
          assert.ok(!findings.some((one) => one.id === "acknowledgement-unused" && one.where.includes(key)), key);
        }
      }
    });

  for (const stack of shippedStacks)
    it(`finds nothing that keeps \`care doctor && pulumi up\` from the stack ${stack}, as it comes`, async () => {
      const { own, gcp } = shipped(stack);
      const findings = await examined(cloud, { config: { plan: "enhanced", ...own }, gcp });
      assert.deepEqual(
        findings.filter(({ level }) => level !== "information"),
        [],
      );
    });

  it("provokes every kind of finding here, but that of the config, which is checked first", () => {
    const provoked = new Set(scenarios.flatMap(({ found }) => found.map((line) => line.split(" ")[1] as FindingId)));
    const missing = (Object.keys(findingIds) as FindingId[]).filter((id) => !provoked.has(id));
    assert.deepEqual(missing, ["config"]);
  });
});
