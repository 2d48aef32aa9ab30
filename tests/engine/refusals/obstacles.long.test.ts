/** What Google would refuse is an error of the doctor and of the preview, and of nothing else: each kind that the local cloud enforces. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { localRun } from "../../support/localRun.ts";
import type { LocalRun } from "../../support/localRun.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { examined } from "../../support/examination.ts";
import { writesSince } from "../../support/writes.ts";
import { keysOf, operator, organizationName, organizationOf, projectOf, quota, withdraw } from "./given.ts";
import type { Obstacle } from "./given.ts";

const someContact = { contacts: { security: ["a@partner.example"] } };

const obstacles: readonly Obstacle[] = [
  {
    what: "a contact that exists",
    config: { organization: { domain: "example.com", contacts: { legal: ["Legal@example.com"] } } },
    finding: "contact-exists",
    message:
      /^customer-care:organization\.contacts: the contact legal@example\.com of organizations\/123456789012 already exists .*; run care adopt --stack test --file adopt\.json and the pulumi import command that it prints/m,
  },
  {
    what: "a contact that the policy of domains does not allow",
    config: { projects: { "shop-dev": someContact } },
    plant: (cloud) => void (organizationOf(cloud).allowedContactDomains = ["@example.com"]),
    finding: "contact-domain-restricted",
    message:
      /^customer-care:projects\.shop-dev\.contacts: the policy essentialcontacts\.allowedContactDomains of projects\/shop-dev does not allow contacts of @partner\.example \(got a@partner\.example\)/m,
  },
  {
    what: "a contact that the managed policy of domains does not allow",
    config: { folders: { "456789012345": someContact } },
    plant: (cloud) => void (organizationOf(cloud).managedContactDomains = ["@example.com"]),
    finding: "contact-domain-restricted",
    message:
      /^customer-care:folders\.456789012345\.contacts: the policy essentialcontacts\.managed\.allowedContactDomains/m,
  },
  {
    what: "a member of an organization that is not allowed",
    config: { projects: { "shop-dev": { editors: ["user:a@partner.example"] } } },
    plant: (cloud) => {
      const own = organizationOf(cloud);
      own.allowedPolicyMemberDomains = ["C0123abcd"];
      const other = { ...own, name: "organizations/2", id: "2", displayName: "partner.example" };
      cloud.state.organizations.set(other.name, { ...other, directoryCustomerId: "C0999" });
    },
    finding: "member-restricted",
    message:
      /^customer-care:projects\.shop-dev: the policy iam\.allowedPolicyMemberDomains of projects\/shop-dev does not/m,
  },
  {
    what: "a service account of another organization, by the managed policy of members",
    config: { projects: { "shop-dev": { editors: ["serviceAccount:x@other-prj.iam.gserviceaccount.com"] } } },
    plant: (cloud) => {
      const own = organizationOf(cloud);
      const principal = `//cloudresourcemanager.googleapis.com/${organizationName}`;
      own.allowedPolicyMembers = { allowedMemberSubjects: [], allowedPrincipalSets: [principal] };
      const other = { ...own, name: "organizations/2", id: "2", displayName: "partner.example" };
      cloud.state.organizations.set(other.name, { ...other, directoryCustomerId: "C0999" });
      const project = { ...projectOf(cloud, "shop-prod"), projectId: "other-prj", projectNumber: "200000000001" };
      cloud.state.projects.set("other-prj", { ...project, name: "projects/200000000001", parent: "organizations/2" });
      const email = "x@other-prj.iam.gserviceaccount.com";
      const name = `projects/other-prj/serviceAccounts/${email}`;
      cloud.state.serviceAccounts.set(email, { name, email, policy: project.policy });
    },
    finding: "member-restricted",
    message:
      /^customer-care:projects\.shop-dev: the policy iam\.managed\.allowedPolicyMembers of projects\/shop-dev does not/m,
  },
  {
    what: "a policy that has no room",
    config: { projects: { "shop-dev": { editors: ["user:a@example.com"] } } },
    plant: (cloud) => {
      const members = Array.from({ length: 1500 }, (_, index) => `user:m${String(index)}@example.com`);
      projectOf(cloud, "shop-dev").policy.bindings = [{ role: "roles/viewer", members }];
    },
    finding: "policy-full",
    message:
      /^customer-care:projects\.shop-dev: with 1 more, the policy of projects\/shop-dev would have 1501 members/m,
  },
  {
    what: "a permission to enable services that the caller lacks",
    config: { projects: { "shop-dev": {} } },
    plant: (cloud) => {
      withdraw(cloud, "roles/serviceusage.serviceUsageAdmin");
      projectOf(cloud, "ops-admin").policy.bindings.push({
        role: "roles/serviceusage.serviceUsageConsumer",
        members: [operator],
      });
    },
    finding: "permission-missing",
    message:
      /^customer-care:projects\.shop-dev: to enable services at projects\/shop-dev, this caller lacks serviceusage\.operations\.get, serviceusage\.services\.enable/m,
  },
  {
    what: "a permission to make contacts that the caller lacks",
    config: { projects: { "shop-dev": { contacts: { security: ["security@example.com"] } } } },
    plant: (cloud) => withdraw(cloud, "roles/essentialcontacts.admin", "roles/resourcemanager.organizationAdmin"),
    finding: "permission-missing",
    message: /^customer-care:projects\.shop-dev: to manage contacts at projects\/shop-dev, this caller lacks /m,
  },
  {
    what: "a quota project that is not there",
    config: { projects: { "shop-dev": { contacts: { security: ["security@example.com"] } } } },
    gcp: { "gcp:userProjectOverride": "true", "gcp:billingProject": "nosuch-prj" },
    finding: "quota-project-denied",
    message: /^gcp:billingProject \(or GOOGLE_BILLING_PROJECT\): the caller cannot use the quota project "nosuch-prj"/m,
  },
  ...["serviceusage.googleapis.com", "cloudresourcemanager.googleapis.com"].flatMap((api): Obstacle[] => {
    const off = (id: string) => (cloud: Cloud) => void projectOf(cloud, id).services.delete(api);
    const message = (id: string) =>
      new RegExp(
        `^${api} is not enabled on projects/${id}, the quota project of .*; run gcloud services enable ${api} --project ${id}`,
        "m",
      );
    const config = { projects: { "shop-dev": { editors: ["user:ada@example.com"] } } };
    return [
      {
        what: `${api}, which is off on the quota project,`,
        config,
        plant: off("ops-admin"),
        finding: "service-disabled",
        message: message("ops-admin"),
      },
      {
        what: `${api}, which is off on a project that is its own quota project,`,
        config,
        gcp: { "gcp:userProjectOverride": "true" },
        plant: off("shop-dev"),
        finding: "service-disabled",
        message: message("shop-dev"),
      },
    ];
  }),
  {
    what: "a project without billing",
    config: { projects: { "legacy-dev": {} } },
    isOfGuide: true,
    finding: "billing-disabled",
    message: /^customer-care:projects\.legacy-dev: the project "legacy-dev" has no billing account/m,
  },
  {
    what: "a project that is marked for deletion",
    config: { projects: { "gone-dev": {} } },
    finding: "project-not-active",
    message: /^customer-care:projects\.gone-dev: the project "gone-dev" is marked for deletion/m,
  },
  {
    what: "a project that does not exist",
    config: { projects: { "shop-live": {} } },
    finding: "project-not-visible",
    message: /^customer-care:projects\.shop-live: the project "shop-live" does not exist;/m,
  },
];

describe("an update that Google would refuse", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "refusals", config: keysOf({ config: {} }) });
  });
  beforeEach(() => run.cloud.reset());
  afterAll(() => run.close());

  for (const [index, { what, config, plant, gcp, finding, message, isOfGuide }] of obstacles.entries())
    it(`for ${what} is an error of the doctor and of the preview, and nothing is created`, async (t) => {
      const { cloud } = run;
      plant?.(cloud);
      await run.setConfig(keysOf({ config, ...(gcp && { gcp }) }));

      const byDoctor = await examined(cloud, { config: { plan: "enhanced", ...config }, gcp: gcp ?? quota });
      const errors = byDoctor.filter(({ level }) => level === "error").map(({ id }) => id);
      assert.deepEqual([...new Set(errors)], [finding], JSON.stringify(byDoctor, undefined, 2));

      for (const operation of ["preview", "up"] as const) {
        const first = cloud.requests.length;
        const { failed, messages } = await run[operation]();
        assert.equal(failed, true, `${operation}: ${messages.join("\n")}`);
        assert.match(messages.join("\n"), message);
        assert.deepEqual(writesSince(cloud, first), [], operation);
      }

      if (isOfGuide === true) return;
      const unchecked = await localRun({
        name: `refusalsUnchecked-${String(index)}`,
        cloud,
        program: join(import.meta.dirname, "..", "programs", "unchecked.ts"),
        config: keysOf({ config, ...(gcp && { gcp }) }),
      });
      t.onTestFinished(() => unchecked.close());
      if (gcp !== undefined)
        unchecked.setEnvironment({ USER_PROJECT_OVERRIDE: "true", GOOGLE_BILLING_PROJECT: gcp["gcp:billingProject"] });
      assert.equal((await unchecked.up()).failed, true, "without the check, Google refuses it");
    });
});
