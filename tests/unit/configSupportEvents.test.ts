/** The config of support events: what is refused, with the key, the value and the remedy. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { check, onboardingOf } from "../../onboarding/index.ts";
import { supportWith } from "./configs.ts";

const config = (supportEvents: unknown, more: object = {}) => ({
  plan: "standard",
  organization: { domain: "example.com", supportEvents },
  ...more,
});

const problemsOf = (document: object) =>
  check(document).problems.map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("the config of support events", () => {
  const models: [string, object, object][] = [
    [
      "a project alone",
      { project: "ops-admin" },
      { project: "ops-admin", topic: "support-events", existingIn: undefined },
    ],
    [
      "a topic's name",
      { project: "ops-admin", topic: "cases" },
      { project: "ops-admin", topic: "cases", existingIn: undefined },
    ],
    [
      "a topic's full name",
      { project: "ops-admin", topic: "projects/ops-admin/topics/cases" },
      { project: "ops-admin", topic: "cases", existingIn: "ops-admin" },
    ],
  ];
  for (const [what, written, model] of models)
    it(`takes ${what}`, () => {
      const { config: checked, problems } = check(config(written));
      assert.deepEqual(problems, []);
      assert.ok(checked);
      assert.deepEqual(onboardingOf(checked).places[0]?.supportEvents, model);
    });

  const faults: [string, object, readonly string[]][] = [
    [
      "no value",
      config(null),
      ["organization.supportEvents: has no value; write {project: ops-admin}, or a map of project or topic"],
    ],
    [
      "a project without its key",
      config("ops-admin"),
      [
        'organization.supportEvents: "ops-admin" is not the config of support events; write {project: "ops-admin"}, or a map of project or topic',
      ],
    ],
    [
      "a topic without its key",
      config("projects/ops-admin/topics/cases"),
      [
        'organization.supportEvents: "projects/ops-admin/topics/cases" is not the config of support events; write {project: "ops-admin", topic: "projects/ops-admin/topics/cases"}, or a map of project or topic',
      ],
    ],
    ["no project", config({}), ['organization.supportEvents.project: is missing; write "shop-dev"']],
    [
      "a misspelled key and a wrong value at once",
      config({ project: "Ops", topik: "cases", topic: "goog-cases" }),
      [
        'organization.supportEvents.topik: "topik" is not a key here (did you mean topic?); write project or topic',
        'organization.supportEvents.project: "Ops" is not a project ID (6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last); write one such as "shop-dev"',
        'organization.supportEvents.topic: "goog-cases" is not a topic; write a name of 3 to 255 letters, digits and -._~+%, a letter first and not goog, such as "support-events", or the full name of an existing topic of the project, such as "projects/ops-admin/topics/support-events"',
      ],
    ],
    [
      "the URL of a topic in the console",
      config({
        project: "ops-admin",
        topic: "https://console.cloud.google.com/cloudpubsub/topic/detail/cases?project=ops-admin",
      }),
      [
        'organization.supportEvents.topic: "https://console.cloud.google.com/cloudpubsub/topic/detail/cases?project=ops-admin" is not a topic; write "projects/ops-admin/topics/cases"',
      ],
    ],
    [
      "a project's number in a topic",
      config({ project: "ops-admin", topic: "projects/100000000003/topics/cases" }),
      [
        'organization.supportEvents.topic: "projects/100000000003/topics/cases" has the number of a project; write the project\'s ID in its place, such as "projects/ops-admin/topics/cases"',
      ],
    ],
    [
      "a full name with a wrong name of the topic",
      config({ project: "ops-admin", topic: "projects/shop-dev/topics/x" }),
      [
        'organization.supportEvents.topic: "projects/shop-dev/topics/x" has "x" in the place of the topic\'s name; write a name of 3 to 255 letters, digits and -._~+%, a letter first and not goog there, such as "projects/shop-dev/topics/support-events"',
      ],
    ],
    [
      "a full name with a wrong project",
      config({ project: "ops-admin", topic: "projects/other/topics/x" }),
      [
        'organization.supportEvents.topic: "projects/other/topics/x" has "other" in the place of a project\'s ID, and the topic must be in the project of supportEvents; write the name of a topic of 3 to 255 letters, digits and -._~+%, a letter first and not goog, or the full name of an existing topic with the value of project, such as "projects/ops-admin/topics/support-events"',
      ],
    ],
    [
      "a topic of another project",
      config({ project: "ops-admin", topic: "projects/shop-dev/topics/cases" }),
      [
        'organization.supportEvents.topic: "projects/shop-dev/topics/cases" is a topic of another project than "ops-admin"; write project: shop-dev, or a topic of ops-admin',
      ],
    ],
    [
      "the key of a project in place of its ID",
      config({ project: "payments" }, { projects: { payments: { projectId: "pay-dev" } } }),
      [
        'organization.supportEvents.project: "payments" is a key of projects and not the ID of a project; write "pay-dev", the projectId of projects.payments',
      ],
    ],
    [
      "the Basic plan",
      config({ project: "ops-admin" }, { plan: "basic" }),
      [
        `organization.supportEvents: requires ${supportWith(({ cloudSupportApi }) => cloudSupportApi)} (plan is basic), because Basic Support has no Cloud Support API; leave it out, or set plan to the plan that you bought`,
      ],
    ],
  ];
  for (const [what, document, problems] of faults)
    it(`refuses ${what}`, () => assert.deepEqual(problemsOf(document).sort(), [...problems].sort()));

  it("may be below a folder or a project no more than elsewhere", () =>
    assert.match(
      problemsOf({ plan: "standard", projects: { "shop-dev": { supportEvents: { project: "shop-dev" } } } }).join(),
      /^projects\.shop-dev\.supportEvents: "supportEvents" is not a key here/,
    ));
});
