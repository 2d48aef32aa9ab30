/** What somebody has deleted outside of Pulumi, and Google would refuse to create again: an update with --refresh is checked too. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { care } from "../support/care.ts";
import { commandLine } from "../support/commandLine.ts";
import { localRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";
import { keysOf, organizationOf, projectOf } from "./refusals/given.ts";

const services = ["essentialcontacts.googleapis.com"];
const contacts = { "l@example.com": { categories: ["legal"] } };
const withBilling = { "l@example.com": { categories: ["legal", "billing"] } };
const alerts = (on: string) => ({ serviceHealth: { notify: ["one@example.com"], on } });
const at = (project: object) => keysOf({ config: { projects: { "shop-dev": { services, ...project } } } });

async function deployed(t: TestContext, name: string, project: object) {
  const run = await localRun({ name: `recreated-${name}`, config: at(project) });
  t.onTestFinished(() => run.close());
  for (const service of ["monitoring", "logging", "servicehealth"])
    for (const id of ["ops-admin", "shop-dev"])
      projectOf(run.cloud, id).services.set(`${service}.googleapis.com`, { enabledAt: 0 });
  const { failed, messages } = await run.up();
  assert.equal(failed, false, messages.join("\n"));
  return run;
}

/** Somebody deletes each of them, and creates it again by hand. */
function createAgain<One extends { name: string }>(all: Map<string, One>): void {
  for (const [key, one] of [...all]) {
    all.delete(key);
    all.set(`${key}7`, { ...one, name: `${one.name}7` });
  }
}

const refreshing = [
  ["preview", "--refresh"],
  ["up", "--refresh", "--yes", "--skip-preview"],
] as const;

const scenarios = [
  {
    what: "a contact that somebody has created again",
    project: { contacts },
    plant: (cloud: Cloud) => createAgain(cloud.state.contacts),
    error: /the contact l@example\.com of projects\/shop-dev (was deleted .* created again|already exists)/,
  },
  {
    what: "a contact whose domain is no longer allowed",
    project: { contacts },
    plant: (cloud: Cloud) => {
      cloud.state.contacts.clear();
      organizationOf(cloud).allowedContactDomains = ["@other.example"];
    },
    error: /the policy essentialcontacts\.allowedContactDomains of projects\/shop-dev does not allow contacts/,
  },
  {
    what: "a grant whose member is no longer allowed",
    project: { editors: ["user:a@partner.example"] },
    plant: (cloud: Cloud) => {
      projectOf(cloud, "shop-dev").policy.bindings = [];
      const own = organizationOf(cloud);
      own.allowedPolicyMemberDomains = ["C0123abcd"];
      const other = { ...own, name: "organizations/2", id: "2", displayName: "partner.example" };
      cloud.state.organizations.set(other.name, { ...other, directoryCustomerId: "C0999" });
    },
    error: /the policy iam\.allowedPolicyMemberDomains of projects\/shop-dev does not allow grants/,
  },
  {
    what: "a service that is no longer allowed",
    project: {},
    plant: (cloud: Cloud) => {
      projectOf(cloud, "shop-dev").services.delete("essentialcontacts.googleapis.com");
      organizationOf(cloud).allowedServices = ["cloudsupport.googleapis.com"];
    },
    error: /the policy gcp\.restrictServiceUsage of projects\/shop-dev does not allow essentialcontacts/,
  },
];

describe("with --refresh, the preview and the update refuse", () => {
  for (const [index, { what, project, plant, error }] of scenarios.entries())
    it(what, async (t) => {
      const run = await deployed(t, String(index), project);
      plant(run.cloud);
      const first = run.cloud.requests.length;
      for (const words of refreshing) {
        const { code, text } = await commandLine(run, ...words);
        assert.notEqual(code, 0, text);
        assert.match(text, error);
        assert.doesNotMatch(text, /\b409\b/);
      }
      assert.deepEqual(writesSince(run.cloud, first), []);
    });
});

async function remedies(run: Parameters<typeof care>[0]): Promise<Readonly<Record<string, string | undefined>>> {
  const { findings } = JSON.parse((await care(run, ["doctor", "--json"])).stdout) as ReturnType<typeof jsonOf>;
  return Object.fromEntries(findings.map(({ id, remedy }) => [id, remedy]));
}

it("a contact that somebody has created again is not created by a refresh: the advice is to import it", async (t) => {
  const run = await deployed(t, "contact", { contacts });
  createAgain(run.cloud.state.contacts);
  await run.setConfig(at({ contacts: withBilling }));
  const again =
    /l@example\.com of projects\/shop-dev was deleted outside of Pulumi and created again as projects\/\S+7; run pulumi refresh, then care adopt --stack test/;
  for (const operation of ["preview", "up"] as const) assert.match((await run[operation]()).messages.join("\n"), again);
  assert.match((await commandLine(run, "preview", "--refresh")).text, again);
  assert.match((await remedies(run))["contact-gone"] ?? "", /^run pulumi refresh, then import the contact: .* adopt /);
  await run.refresh();
  const { failed, messages } = await run.preview();
  assert.equal(failed, true);
  assert.match(messages.join("\n"), /already exists and is not in this stack, .* run care adopt --stack test/);
});

it("an alert policy that somebody has created again is reported: a refresh would create a second one", async (t) => {
  const run = await deployed(t, "policy", { alerts: alerts("all-updates") });
  createAgain(run.cloud.state.alertPolicies);
  await run.setConfig(at({ alerts: alerts("new-incidents") }));
  const replaced = /if projects\/shop-dev\/alertPolicies\/\d+7 replaces it, run pulumi refresh, then .*adopt --stack /;
  const { failed, messages } = await run.preview();
  assert.equal(failed, true);
  assert.match(messages.join("\n"), replaced);
  assert.match((await remedies(run))["alert-policy-gone"] ?? "", replaced);
  const { code, text } = await commandLine(run, "preview", "--refresh");
  assert.equal(code, 0, text);
  assert.match(text, /projects\/shop-dev already has the alert policy .*7\).* notified twice.*\[alerts-exist\]/);
});

it("what an update replaces is not refused as something that exists already", async (t) => {
  const run = await deployed(t, "replaced", {
    contacts,
    alerts: alerts("all-updates"),
    editors: ["user:a@example.com"],
  });
  const { deployment } = (await run.stack.exportStack()) as {
    deployment: { resources: { urn: string; type: string }[] };
  };
  const replaced = deployment.resources.flatMap(({ urn, type }) => (type.startsWith("gcp:") ? ["--replace", urn] : []));
  const { code, text } = await commandLine(run, "preview", ...replaced);
  assert.equal(code, 0, text);
  assert.doesNotMatch(text, /exist/);
});
