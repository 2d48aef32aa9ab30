/** Permissions that the caller has or lacks. */
import {
  deployedCase,
  healthy,
  oneProject,
  operator,
  organizationName,
  organizationOf,
  projectOf,
  withdraw,
} from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

export const permissions: readonly Scenario[] = [
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
    when: "the caller has no role at all",
    given: { config: { plan: "enhanced", projects: { "shop-dev": {} } }, caller: "nobody" },
    found: ["error project-not-visible projects/shop-dev", "warning not-read projects/ops-admin"],
  },
  {
    when: "the caller may not enable services",
    given: { config: oneProject },
    plant: (cloud) => withdraw(cloud, "roles/serviceusage.serviceUsageAdmin"),
    found: ["error permission-missing projects/shop-dev", "warning not-read projects/ops-admin"],
    what: /To enable services, the caller lacks Service Usage Admin .*: serviceusage\.operations\.get, serviceusage\.services\.enable, serviceusage\.services\.list\. It can be granted by an Organization Administrator/,
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
];
