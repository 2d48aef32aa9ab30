/** Organizations, folders, projects and billing accounts. */
import assert from "node:assert/strict";
import { healthy, oneProject, operator, organizationOf, projectOf } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

export const places: readonly Scenario[] = [
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
];
