/** Organization policies, and the limits of an IAM policy. */
import { healthy, oneProject, organizationName, organizationOf, projectOf } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

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

export const policies: readonly Scenario[] = [
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
    found: ["warning member-restricted projects/shop-dev", "note grant-exists projects/shop-dev"],
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
    found: ["note member-restricted projects/shop-dev"],
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
    found: ["note grant-exists projects/shop-dev"],
  },
];
