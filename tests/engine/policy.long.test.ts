/** The policy pack on Pulumi's engine: for each policy, a stack that violates it and one that does not. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { policies } from "../../policy/policies.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { everything, oneCase, planAlone } from "../support/configs.ts";
import type { LocalRunOptions, Outcome } from "../support/localRun.ts";
import { programOf, runWithPolicies, whyNoPolicyPacks } from "./policyPack.ts";

const whyNot = await whyNoPolicyPacks();
const { gcpPlugin } = await engineFromEnvironment();
const whyNotWithStandIn =
  whyNot ??
  (gcpPlugin === "stand-in" ? "the stand-in for the gcp plugin has no resources that take grants away" : undefined);

type Stack = Omit<LocalRunOptions, "name"> & { readonly policyConfig?: object };

interface Example {
  readonly violating: Stack;
  /** The report: the level, the resource, and a part of the message. */
  readonly reported: readonly (readonly [level: string, resource: string, message: string])[];
  readonly clean: Stack;
  readonly whyNot?: string | undefined;
}

const organization = (changes: object) => ({
  config: {
    ...planAlone,
    "customer-care:organization": { id: "123456789012", contacts: { all: ["care@example.com"] }, ...changes },
  },
});

const examples: Readonly<Record<string, Example>> = {
  "additive-grants": {
    violating: {
      config: planAlone,
      program: programOf("takesGrants"),
      // What it touches of the organization has no contact, which is another policy's concern.
      policyConfig: { "organization-contacts": "disabled" },
    },
    reported: [
      ["mandatory", "everything", "an IAMPolicy sets all roles at projects/shop-dev"],
      ["mandatory", "folder", "roles/cloudsupport.techSupportEditor at folders/456789012345"],
      ["mandatory", "organization", "roles/cloudsupport.techSupportEditor at organizations/123456789012"],
      ["mandatory", "project", "write one gcp.projects.IAMMember for each member instead"],
    ],
    clean: organization({ editors: ["group:sre@example.com"] }),
    whyNot: whyNotWithStandIn,
  },
  "administrator-groups": {
    violating: organization({ administrators: ["group:support-admins@example.com", "user:ada@example.com"] }),
    reported: [["mandatory", "customer-care/organization/administrators/user:ada@example.com", 'member is "user:…"']],
    clean: {
      ...organization({ administrators: ["group:support-admins@example.com", "user:ada@example.com"] }),
      policyConfig: { "administrator-groups": { allowedMembers: ["user:ada@example.com"] } },
    },
  },
  "privileged-roles": {
    violating: { config: planAlone, program: programOf("privilegedRoles") },
    reported: [
      ["mandatory", "custom", "a custom role, whose permissions are not visible here"],
      ["mandatory", "owner", "roles/owner is granted at projects/shop-dev: it is a basic role"],
    ],
    clean: {
      config: planAlone,
      program: programOf("privilegedRoles"),
      policyConfig: { "privileged-roles": { allowedRoles: ["roles/owner", "organizations/123456789012/roles/ops"] } },
    },
  },
  "enabled-services": {
    violating: { config: planAlone, program: programOf("disablesService") },
    reported: [["mandatory", "disabled", "would disable cloudsupport.googleapis.com for everyone who uses shop-dev"]],
    clean: { config: oneCase() },
  },
  "organization-contacts": {
    violating: organization({ contacts: { security: ["security@example.com"] } }),
    reported: [["advisory", "customer-care-test", "gets suspension, technical and legal"]],
    clean: organization({
      contacts: {
        "security@example.com": { categories: ["security", "suspension"] },
        "care@example.com": { categories: ["legal", "technical"] },
      },
    }),
  },
  "contact-domains": {
    violating: {
      ...organization({ contacts: { all: ["care@example.com", "ada@gmail.com"] } }),
      policyConfig: { "contact-domains": { allowedDomains: ["example.com"] } },
    },
    reported: [["mandatory", "customer-care/organization/ada@gmail.com", 'in the domain "gmail.com"']],
    clean: {
      ...organization({ contacts: { all: ["care@example.com", "ada@gmail.com"] } }),
      policyConfig: { "contact-domains": { allowedDomains: ["example.com", "gmail.com"] } },
    },
  },
  "notified-alerts": {
    violating: { config: { ...planAlone, "own:notify": [] }, program: programOf("alerts") },
    reported: [["mandatory", "incidents", "in shop-dev has no notification channel"]],
    clean: { config: { ...planAlone, "own:notify": ["oncall@example.com"] }, program: programOf("alerts") },
  },
  "real-cases": {
    violating: { config: oneCase({ realCase: true }) },
    reported: [["mandatory", "customer-care/testCase", 'but the stack "test" is not production']],
    clean: { config: oneCase({ realCase: true }), stackName: "prod" },
  },
  "case-priority": {
    violating: { config: oneCase({ priority: "P2" }) },
    reported: [["mandatory", "customer-care/testCase", "has priority P2, which is more urgent than P4"]],
    clean: { config: oneCase({ priority: "P2" }), policyConfig: { "case-priority": { highest: "P2" } } },
  },
};

const outputOf = ({ messages, violations }: Outcome) => [...messages, JSON.stringify(violations)].join("\n");

describe("a preview with the policy pack", () => {
  it("is tried with each policy", () =>
    assert.deepEqual(Object.keys(examples).sort(), policies.map(({ name }) => name).sort()));

  for (const [policy, example] of Object.entries(examples)) {
    it(`reports what violates ${policy}, and nothing else`, async (t) => {
      const why = whyNot ?? example.whyNot;
      t.skip(why !== undefined, why);
      const run = await runWithPolicies(t, { name: `policy-${policy}`, ...example.violating });
      const outcome = await run.preview();
      assert.deepEqual(
        outcome.violations.map(({ level, policy: reporter, resource }) => [level, reporter, resource]),
        example.reported.map(([level, resource]) => [level, policy, resource]),
        outputOf(outcome),
      );
      for (const [index, [, , message]] of example.reported.entries())
        assert.ok(outcome.violations[index]?.message.includes(message), outputOf(outcome));
      assert.equal(
        outcome.failed,
        example.reported.some(([level]) => level === "mandatory"),
        outputOf(outcome),
      );
    });

    it(`reports nothing of a stack that does not violate ${policy}`, async (t) => {
      t.skip(whyNot !== undefined, whyNot);
      const run = await runWithPolicies(t, { name: `policy-${policy}-clean`, ...example.clean });
      const outcome = await run.preview();
      assert.deepEqual([outcome.failed, outcome.violations], [false, []], outputOf(outcome));
      assert.notEqual(outcome.steps.length, 0);
    });
  }
});

describe("the policy pack", () => {
  it("lets the guide's own stack through, with one advice", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    const run = await runWithPolicies(t, { name: "policy-guide", config: everything });
    const outcome = await run.up();
    assert.equal(outcome.failed, false, outputOf(outcome));
    assert.deepEqual(
      outcome.violations.map(({ level, policy }) => [level, policy]),
      [["advisory", "organization-contacts"]],
    );
  });

  it("stops an update, even one without a preview, before the case is created", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    const run = await runWithPolicies(t, { name: "policy-stops", config: oneCase({ realCase: true, priority: "P1" }) });
    const outcome = await run.up();
    assert.equal(outcome.failed, true);
    assert.deepEqual(
      outcome.violations.map(({ policy }) => policy),
      ["case-priority", "real-cases"],
    );
    assert.ok(!run.cloud.requests.some(({ rpc }) => rpc === "CreateCase"));
  });

  it("reports nothing that a preview cannot know, and stops the update that knows it", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    const run = await runWithPolicies(t, {
      name: "policy-later",
      config: planAlone,
      program: programOf("knowsLater"),
      policyConfig: { "contact-domains": { allowedDomains: ["example.com"] } },
    });
    const preview = await run.preview();
    assert.deepEqual([preview.failed, preview.violations], [false, []], outputOf(preview));
    const update = await run.up();
    assert.equal(update.failed, true);
    // The engine ends with the first of them.
    const expected = ["administrator-groups administrator", "contact-domains contact", "enabled-services service"];
    const reported = update.violations.map(({ policy, resource }) => `${policy} ${resource}`);
    assert.ok(reported.length > 0 && reported.every((one) => expected.includes(one)), outputOf(update));
    assert.deepEqual(
      run.cloud.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`),
      [],
    );
  });

  it("takes another level for a policy from the config, or none", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    const run = await runWithPolicies(t, {
      name: "policy-levels",
      config: oneCase({ realCase: true, priority: "P1" }),
      policyConfig: { "real-cases": "advisory", "case-priority": "disabled" },
    });
    const outcome = await run.preview();
    assert.equal(outcome.failed, false, outputOf(outcome));
    assert.deepEqual(
      outcome.violations.map(({ level, policy }) => [level, policy]),
      [["advisory", "real-cases"]],
    );
  });
});
