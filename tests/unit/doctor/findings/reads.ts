/** States, policies and APIs that cannot be read. */
import { healthy, oneProject, operator, organizationName, withdraw } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

export const reads: readonly Scenario[] = [
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
    found: [`warning not-read ${organizationName}`],
    what: /Not readable for the same reason: .*; the policy gcp\.restrictServiceUsage \(projects\/shop-dev\)\.$/,
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
];
