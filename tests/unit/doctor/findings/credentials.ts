/** Credentials and quota projects. */
import { deployedCase, healthy, oneProject, projectOf } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

export const credentials: readonly Scenario[] = [
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
    found: ["note quota-project-missing gcp:billingProject"],
    what: /which some APIs require for a user's credential\. Only the doctor calls them/,
  },
  {
    when: "a person has no quota project, which the test case needs",
    given: { config: { ...oneProject, testCase: { project: "shop-dev" } }, caller: "ada" },
    found: ["error quota-project-missing gcp:billingProject", "note quota-project-missing gcp:billingProject"],
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
    found: ["warning quota-project-missing gcp:billingProject", "note quota-project-missing gcp:billingProject"],
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
];
