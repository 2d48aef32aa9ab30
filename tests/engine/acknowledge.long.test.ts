/** Warnings and notes that the config acknowledges: each kind that the preview has is silenced by its name, and nothing else is. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { describe, it } from "vitest";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import { shippedFile, shippedPlan, shippedStacks } from "../support/environments/index.ts";
import { localRun } from "../support/localRun.ts";
import { readStackFile } from "../support/stackFile.ts";

const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";
const nobody = "serviceAccount:nobody@ops-admin.iam.gserviceaccount.com";

const organizationOf = (cloud: Cloud) => cloud.state.organizations.get("organizations/123456789012") ?? assert.fail();
const projectOf = (cloud: Cloud, id: string) => cloud.state.projects.get(id) ?? assert.fail();

const quota = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
const leads = ["group:shop-leads@example.com"];
const projectIds = ["shop-dev", "pay-dev", "shop-prod", "pay-prod", "shop-staging"];

interface Warned {
  readonly when: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly gcp?: Readonly<Record<string, string>>;
  readonly token?: string;
  /** Whether the stack is deployed before it is so. */
  readonly isDeployed?: true;
  readonly plant?: (cloud: Cloud) => void;
  /** The findings of which the preview warns. */
  readonly ids: readonly string[];
  /** The one place of each. */
  readonly where: string;
}

const kinds: readonly Warned[] = [
  {
    when: "a caller who sees some places does not see another one",
    config: { projects: { "shop-dev": {}, "shop-live": {} } },
    gcp: {},
    token: "local-nobody-token",
    plant: (cloud) =>
      void projectOf(cloud, "shop-dev").policy.bindings.push({ role: "roles/browser", members: [nobody] }),
    ids: ["project-not-visible"],
    where: "projects/shop-live",
  },
  {
    when: "a caller sees no place",
    config: { folders: { "456789012345": { editors: leads } } },
    gcp: {},
    token: "local-nobody-token",
    ids: ["folder-not-visible"],
    where: "folders/456789012345",
  },
  {
    when: "a caller who only previews may not use the quota project",
    config: { projects: { "shop-dev": {} } },
    token: "local-nobody-token",
    ids: ["quota-project-denied"],
    where: "projects/ops-admin",
  },
  {
    when: "a project of the stack is marked for deletion",
    config: { projects: { "shop-dev": {}, "pay-dev": { editors: leads } } },
    isDeployed: true,
    plant: (cloud) => void Object.assign(projectOf(cloud, "pay-dev"), { state: "DELETE_REQUESTED" }),
    ids: ["project-not-active"],
    where: "projects/pay-dev",
  },
  {
    when: "a project of the stack has no billing any more",
    config: { projects: { "shop-dev": {}, "pay-dev": { editors: leads } } },
    isDeployed: true,
    plant: (cloud) => void Object.assign(projectOf(cloud, "pay-dev"), { billingAccountName: "" }),
    ids: ["billing-disabled"],
    where: "projects/pay-dev",
  },
  {
    when: "the update may grant the caller the role that is missing",
    config: {
      projects: {
        "shop-dev": {
          contactAdministrators: ["group:sre@example.com"],
          contacts: { security: ["security@example.com"] },
        },
      },
    },
    plant: (cloud) => {
      for (const { role, members } of organizationOf(cloud).policy.bindings)
        if (/^roles\/(essentialcontacts\.admin|resourcemanager\.organizationAdmin)$/.test(role))
          members.splice(0, members.length, ...members.filter((member) => member !== operator));
      const role = "roles/resourcemanager.projectIamAdmin";
      projectOf(cloud, "shop-dev").policy.bindings.push({ role, members: [operator] });
    },
    ids: ["permission-missing"],
    where: "projects/shop-dev",
  },
  {
    when: "the policy of members may not allow a member",
    config: { projects: { "shop-dev": { editors: ["user:a@partner.example"] } } },
    plant: (cloud) => void Object.assign(organizationOf(cloud), { allowedPolicyMemberDomains: ["C0123abcd"] }),
    ids: ["member-restricted"],
    where: "projects/shop-dev",
  },
  {
    when: "a config has the same grants and contacts more than once, and redirects incidents",
    config: {
      folders: { "456789012345": { contacts: { technical: ["a@example.com"] } } },
      projects: Object.fromEntries(
        projectIds.map((id) => [
          id,
          id === "shop-dev"
            ? { contacts: { technical: ["a@example.com"], "technical-incidents": ["b@example.com"] } }
            : {},
        ]),
      ),
    },
    ids: ["folder-overlap", "incidents-redirected"],
    where: "projects/shop-dev",
  },
  {
    when: "a member has the same role on many projects",
    config: { projects: Object.fromEntries(projectIds.map((id) => [id, { editors: leads }])) },
    ids: ["grant-repeated"],
    where: leads[0] ?? "",
  },
];

const keysOf = (config: Readonly<Record<string, unknown>>) => ({
  "customer-care:plan": "enhanced",
  ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`customer-care:${key}`, value])),
});

/** The names of a preview's warnings. */
const idsIn = (messages: readonly string[]) =>
  messages.flatMap((message) => [...message.matchAll(/ \[([a-z-]+)\]$/gm)].map(([, id]) => id ?? "")).sort();

describe("the preview", { concurrent: true }, () => {
  for (const [index, { when, config, gcp = quota, token, isDeployed, plant, ids, where }] of kinds.entries())
    it(`names what it warns of, and does not report acknowledged ones, when ${when}`, async (t) => {
      const all = { ...gcp, ...keysOf(config) };
      const run = await localRun({ name: `acknowledge-${String(index)}`, config: all });
      t.onTestFinished(() => run.close());
      if (isDeployed) assert.equal((await run.up()).failed, false);
      plant?.(run.cloud);
      if (token !== undefined) run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: token });
      let steps: readonly string[] | undefined;
      const warns = async (keys: readonly string[], expected: readonly string[]) => {
        const acknowledge = Object.fromEntries(keys.map((key) => [key, "We know."]));
        await run.setConfig({ ...all, ...(keys.length > 0 && { "customer-care:acknowledge": acknowledge }) });
        const preview = await run.preview();
        steps ??= preview.steps;
        const found = [preview.failed, idsIn(preview.messages), preview.steps];
        assert.deepEqual(found, [false, [...expected].sort(), steps], preview.messages.join("\n"));
      };
      // What is acknowledged at another place is reported here.
      await warns(
        ids.map((id) => `${id} ${where}x`),
        ids,
      );
      for (const id of ids)
        await warns(
          [`${id} ${where}`],
          ids.filter((one) => one !== id),
        );
      if (index > 0) return;
      await warns([], ids);
      await warns([...ids], []);
    });

  it("does not let an update pass that is refused, whatever is acknowledged", async (t) => {
    const acknowledge = { "contact-exists": "We know.", "project-not-visible": "We know.", "billing-disabled": "Yes." };
    const config = {
      organization: { domain: "example.com", contacts: { legal: ["legal@example.com"] } },
      projects: { "shop-live": {}, "legacy-dev": {} },
      acknowledge,
    };
    const run = await localRun({ name: "acknowledge-errors", config: { ...quota, ...keysOf(config) } });
    t.onTestFinished(() => run.close());
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    for (const words of ["already exists", '"shop-live" does not exist', "has no billing account"])
      assert.ok(messages.join("\n").includes(words), messages.join("\n"));
  });

  it("of a contact that moves from another stack warns by the name that the doctor has for it", async (t) => {
    const contact = keysOf({ projects: { "shop-dev": { contacts: { legal: ["moving@example.com"] } } } });
    const first = await localRun({ name: "acknowledge-moved", stackName: "one", config: { ...quota, ...contact } });
    t.onTestFinished(() => first.close());
    assert.equal((await first.up()).failed, false);
    const second = await localRun({
      name: "acknowledge-moving",
      stackName: "two",
      config: { ...quota, ...contact },
      cloud: first.cloud,
      state: join(first.directory, "state"),
    });
    // As in a clone, where the stacks' files are side by side.
    await writeFile(join(second.directory, "Pulumi.one.yaml"), "config: {}\n");
    assert.deepEqual(idsIn((await second.preview()).messages), ["claimed-twice"]);
    await second.setConfig({
      ...quota,
      ...contact,
      "customer-care:acknowledge": { "claimed-twice projects/shop-dev": "It moves." },
    });
    assert.deepEqual(await second.preview().then(({ failed, messages }) => [failed, messages]), [false, [""]]);
  });

  it("of each stack of this repository warns of nothing, before it is deployed and after", async (t) => {
    const cloud = await startCloud();
    t.onTestFinished(() => cloud.close());
    for (const name of shippedStacks) {
      const { config } = readStackFile(readFileSync(shippedFile(name), "utf8"));
      const run = await localRun({
        name: `acknowledge-${name}`,
        stackName: name,
        config: { "customer-care:plan": shippedPlan, ...config },
        cloud,
      });
      const otherMessages = (messages: readonly string[]) =>
        messages.filter((message) => !/^(organization\.domain: example\.com is organizations\/\d+)?$/.test(message));
      assert.deepEqual(otherMessages((await run.preview()).messages), [], name);
      assert.equal((await run.up()).failed, false, name);
      assert.deepEqual(otherMessages((await run.preview()).messages), [], name);
    }
  });
});
