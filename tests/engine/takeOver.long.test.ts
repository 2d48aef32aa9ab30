/** Resources of a program that take over a component's grant or contact: nothing is lost in Google Cloud. */
import assert from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { describe, it } from "vitest";
import { SupportAccess } from "../../components/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import { holdingsOf } from "../../tools/stack/index.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { localRun } from "../support/localRun.ts";
import type { Outcome } from "../support/localRun.ts";
import { shapes } from "./shapes.ts";

type Config = Readonly<Record<string, unknown>>;

const succeeded = (outcome: Outcome) => assert.equal(outcome.failed, false, outcome.messages.join("\n"));

/** Resources that the program itself takes over from a component in one update, each with the fix from the error. */
describe(
  "a grant or a contact that a resource of the program takes over from a component",
  { concurrent: true },
  () => {
    const role = "roles/cloudsupport.techSupportEditor";
    const ada = "user:ada@example.com";
    const { program, projectName, config } = shapes.names;
    const { "instances:all": _, ...gcpConfig } = config;
    const urns = "urn:pulumi:test::names::customer-care:index:CustomerCare$customer-care:index:";
    const grantUrn = `${urns}SupportAccess$gcp:projects/iAMMember:IAMMember::care/projects/ops-admin/editors/${ada}`;
    const contactUrn = `${urns}EssentialContacts$gcp:essentialcontacts/contact:Contact::care/projects/ops-admin/a@example.com`;
    const whole = { editors: [ada], contacts: { legal: ["a@example.com"] } };
    const ofComponent = (project: object) => ({
      "instances:all": { care: { plan: "enhanced", projects: { "ops-admin": project } } },
    });
    const grant = { project: "ops-admin", role, member: ada };
    const contact = {
      parent: "projects/ops-admin",
      email: "a@example.com",
      languageTag: "en",
      notificationCategorySubscriptions: ["LEGAL"],
    };
    const withoutGrant = ofComponent({ contacts: whole.contacts });
    const withoutContact = ofComponent({ editors: whole.editors });

    interface TakeOver {
      readonly after: Config;
      /** The same with the alias that the preview suggests; undefined where that is a command. */
      readonly aliased?: Config;
      readonly remedy: string;
      /** Whether an update comes before the alias, as without a preview. */
      readonly isUpdated?: true;
      readonly realPluginOnly?: true;
    }
    const aliased = (key: string, args: object, urn: string) => ({ [key]: { own: { ...args, aliases: [urn] } } });
    const grantAlias = `Give own the alias '${grantUrn}' for one update, in its options`;
    const takeOvers: Readonly<Record<string, TakeOver>> = {
      "a grant": {
        after: { ...withoutGrant, "instances:grants": { own: grant } },
        aliased: { ...withoutGrant, ...aliased("instances:grants", grant, grantUrn) },
        remedy: grantAlias,
      },
      "a grant, with the project's number in place of its ID": {
        after: { ...withoutGrant, "instances:grants": { own: { ...grant, project: "100000000003" } } },
        remedy: `Run: pulumi state remove '${grantUrn}'`,
      },
      "a grant that is created before the component, in an update without a preview": {
        after: { ...withoutGrant, "instances:earlierGrants": { own: grant } },
        remedy: grantAlias,
        isUpdated: true,
      },
      "a grant, with the component's other resources": {
        after: { ...ofComponent({}), "instances:grants": { own: grant }, "instances:contacts": { own: contact } },
        aliased: {
          ...ofComponent({}),
          ...aliased("instances:grants", grant, grantUrn),
          ...aliased("instances:contacts", contact, contactUrn),
        },
        remedy: grantAlias,
      },
      "a grant that becomes one of a binding": {
        after: { ...withoutGrant, "instances:bindings": { own: { project: "ops-admin", role, members: [ada] } } },
        remedy: `Run: pulumi state remove '${grantUrn}'`,
        realPluginOnly: true,
      },
      "a contact": {
        after: { ...withoutContact, "instances:contacts": { own: contact } },
        aliased: { ...withoutContact, ...aliased("instances:contacts", contact, contactUrn) },
        remedy: `Give own the alias '${contactUrn}' for one update, in its options`,
        isUpdated: true,
      },
    };

    for (const [what, { after, aliased: next, remedy, ...takeOver }] of Object.entries(takeOvers))
      it(`is kept: ${what}`, async (t) => {
        const { gcpPlugin } = await engineFromEnvironment();
        t.skip(takeOver.realPluginOnly === true && gcpPlugin === "stand-in", "the stand-in has no such resource");
        const run = await localRun({
          name: `takeOver${String(Object.keys(takeOvers).indexOf(what))}`,
          ...(program && { program }),
          ...(projectName && { projectName }),
          config: { ...gcpConfig, ...ofComponent(whole) },
        });
        t.onTestFinished(() => run.close());
        succeeded(await run.up());
        const holdingsBefore = holdingsOf(run.cloud.state);
        assert.ok(holdingsBefore.grants.includes(`projects/ops-admin ${role} ${ada}`));

        await run.setConfig({ ...gcpConfig, ...after });
        const preview = await run.preview();
        assert.equal(preview.failed, true);
        assert.ok(preview.messages.join("\n").includes(remedy), preview.messages.join("\n"));
        assert.doesNotMatch(preview.messages.join("\n"), /\.ts:\d|\bat \w/);
        let command = remedy;
        if (takeOver.isUpdated === true) {
          const up = await run.up();
          assert.equal(up.failed, true);
          command = up.messages.join("\n");
          assert.deepEqual(holdingsOf(run.cloud.state), holdingsBefore);
        }

        if (next === undefined) {
          const [, urn = ""] = /pulumi state remove '(.*)'/.exec(command) ?? [];
          succeeded(await run.pulumi("state", "remove", urn, "--yes"));
        } else await run.setConfig({ ...gcpConfig, ...next });
        succeeded(await run.up());
        assert.deepEqual(holdingsOf(run.cloud.state), holdingsBefore);
        await run.setConfig({ ...gcpConfig, ...after });
        assert.deepEqual((await run.preview()).steps, []);
      });
  },
);

/** The reverse: the program gives a grant up to a component. A binding removes all its members in the end. */
describe("a grant that a component takes over from the program's binding", () => {
  const role = "roles/cloudsupport.techSupportEditor";
  const ada = "user:ada@example.com";
  const { program, projectName, config } = shapes.names;
  const { "instances:all": _, ...gcpConfig } = config;
  const component = (project: object) => ({
    "instances:all": { care: { plan: "enhanced", projects: { "ops-admin": project } } },
  });
  const binding = (...members: string[]) => ({
    "instances:bindings": { own: { project: "ops-admin", role, members } },
  });

  it("is kept: the preview and the update are refused, and the remedy works", async (t) => {
    const { gcpPlugin } = await engineFromEnvironment();
    t.skip(gcpPlugin === "stand-in", "the stand-in has no such resource");
    const run = await localRun({
      name: "takeOverBinding",
      ...(program && { program }),
      ...(projectName && { projectName }),
      config: { ...gcpConfig, ...component({}), ...binding(ada, "user:bea@example.com") },
    });
    t.onTestFinished(() => run.close());
    succeeded(await run.up());
    const before = holdingsOf(run.cloud.state);
    assert.ok(before.grants.includes(`projects/ops-admin ${role} ${ada}`));

    for (const [bindings, remedy] of [
      [{}, /Run: pulumi state remove '(.*)'/],
      [
        binding("user:bea@example.com"),
        /Keep the member in own, which sets all members of the role, and remove it here/,
      ],
    ] as const) {
      await run.setConfig({ ...gcpConfig, "instances:bindings": {}, ...component({ editors: [ada] }), ...bindings });
      const preview = await run.preview();
      assert.equal(preview.failed, true);
      assert.match(preview.messages.join("\n"), remedy);
    }
    // Without a preview, the program would change its own binding before it ends. It deletes a binding after that.
    await run.setConfig({ ...gcpConfig, "instances:bindings": {}, ...component({ editors: [ada] }) });
    assert.equal((await run.up()).failed, true);
    assert.deepEqual(holdingsOf(run.cloud.state), before);
    const [, urn = ""] = /pulumi state remove '(.*)'/.exec((await run.preview()).messages.join("\n")) ?? [];
    succeeded(await run.pulumi("state", "remove", urn, "--yes"));
    succeeded(await run.up());
    assert.deepEqual(holdingsOf(run.cloud.state), before);
  });
});

describe("an inline program of the Automation API", () => {
  it("keeps a grant that its own resource takes over: the preview and the update are refused", async (t) => {
    const { environment } = await engineFromEnvironment();
    const cloud = await startCloud();
    t.onTestFinished(() => cloud.close());
    const state = join(home, "tests", "inline");
    await rm(state, { recursive: true, force: true });
    await mkdir(state, { recursive: true });
    const grant = {
      project: "ops-admin",
      role: "roles/cloudsupport.techSupportEditor",
      member: "user:ada@example.com",
    };
    let projectId = grant.project;
    const program = () => {
      new SupportAccess(projectId, { projectId, editors: [grant.member] });
      if (projectId === "shop-dev") new gcp.projects.IAMMember("own", grant);
      if (projectId === "pay-dev") void Promise.reject(new Error("the program is wrong"));
      return Promise.resolve();
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "test", projectName: "inline", program },
      {
        pulumiCommand: await PulumiCommand.get({ skipVersionCheck: true }),
        envVars: { ...environment, ...cloud.environment, PULUMI_BACKEND_URL: `file://${state}` },
      },
    );
    const isHeld = () =>
      holdingsOf(cloud.state).grants.includes(`projects/${grant.project} ${grant.role} ${grant.member}`);
    await stack.up();
    assert.ok(isHeld());
    projectId = "shop-dev";
    const refusal = /own: this update would delete the grant of \S+ to user:ada@example\.com on projects\/ops-admin,/;
    await assert.rejects(stack.preview(), refusal);
    await assert.rejects(stack.up(), refusal);
    assert.ok(isHeld());
    // Of a program that fails, the SDK reports the end all the same.
    projectId = "pay-dev";
    await assert.rejects(stack.up(), /the program is wrong/);
    assert.ok(isHeld());
  });
});
