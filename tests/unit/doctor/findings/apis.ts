/** APIs that are not enabled on the quota project. */
import { healthy, oneProject, projectOf, shipped } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

const shippedDev = shipped("dev");

export const apis: readonly Scenario[] = [
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
    found: ["note service-disabled projects/ops-admin"],
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
    found: ["note service-disabled projects/shop-dev", "note service-disabled projects/shop-dev"],
    what: /Essential Contacts API .* pulumi up enables it/,
  },
  {
    when: "the stack dev that comes with the repository was not deployed yet",
    given: {
      config: { plan: "enhanced", ...shippedDev.own },
      gcp: shippedDev.gcp,
    },
    found: [
      "note service-disabled projects/shop-dev",
      "note service-disabled projects/shop-dev",
      "note service-disabled projects/shop-dev",
    ],
  },
  {
    when: "each project's own quota is used, and it lacks an API that nothing enables",
    given: { config: oneProject, gcp: { "gcp:userProjectOverride": "true" } },
    plant: (cloud) => {
      projectOf(cloud, "shop-dev").services.delete("cloudbilling.googleapis.com");
      projectOf(cloud, "shop-dev").services.set("orgpolicy.googleapis.com", { enabledAt: 0 });
    },
    found: ["note service-disabled projects/shop-dev"],
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
    what: /^Service Usage API is not enabled on the quota project, and pulumi up calls it\.$/,
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
];
