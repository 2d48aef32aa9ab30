/** Support cases: the plan, the case to adopt, and cases that killed updates have left. */
import assert from "node:assert/strict";
import { casesOfState } from "../../../../care/case/state.ts";
import { markerOf } from "../../../../components/internal.ts";
import type { AdoptedCaseInputs } from "../../../../components/internal.ts";
import type { Cloud } from "../../../../tools/localCloud/index.ts";
import { healthy, oneProject, organizationOf } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

const plantedLife = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";

function plantCase(cloud: Cloud, testCase: boolean): void {
  const [like = assert.fail()] = cloud.state.cases.values();
  const name = "projects/shop-dev/cases/99000001";
  const marker = markerOf("organization/customer-care/dev", "customer-care/testCase", plantedLife);
  const description = `Words\n\n${marker}`;
  cloud.state.cases.set("99000001", { ...structuredClone(like), name, description, testCase, state: "NEW" });
}

/** The test case in the state. */
const deployedCase = (thing: string) =>
  ({ kind: "case", urn: "", type: "", name: "customer-care/testCase", resource: "projects/shop-dev", thing }) as const;

const adoptedName = "projects/shop-dev/cases/99000001";
const adopted: AdoptedCaseInputs = {
  version: 1,
  parent: "projects/shop-dev",
  adopt: adoptedName,
  marker: markerOf("organization/customer-care/dev", "customer-care/testCase", plantedLife),
  displayName: "The title of the case",
  keepOpen: true,
};

export const cases: readonly Scenario[] = [
  {
    when: "the plan is not in force",
    given: { config: healthy },
    plant: (cloud) => {
      organizationOf(cloud).cloudSupportApi = false;
    },
    found: ["error support-unreachable projects/shop-dev"],
    what: /Check that the organization has the plan Enhanced of the config\./,
    remedy: "https://console.cloud.google.com/support?project=shop-dev",
  },
  {
    when: "the case to adopt does not exist",
    given: { config: { ...oneProject, testCase: { project: "shop-dev", adopt: "projects/shop-dev/cases/99999999" } } },
    found: ["error case-not-changeable projects/shop-dev"],
    what: /^Case projects\/shop-dev\/cases\/99999999 was not found; /,
    remedy: "correct customer-care:testCase.adopt",
  },
  ...[true, false].map((adopts): Scenario => ({
    when: `the state has an adopted case that is closed, and the config ${adopts ? "changes" : "no longer adopts"} it`,
    given: {
      config: {
        ...oneProject,
        testCase: { project: "shop-dev", ...(adopts && { adopt: adoptedName, displayName: "Another title" }) },
      },
      states: {
        managed: [deployedCase(adoptedName)],
        testCase: {
          inputs: { ...adopted, closeOnDestroy: false },
          outputs: { ...adopted, name: adoptedName, state: "CLOSED", createTime: "2026-01-01T00:00:00Z" },
        },
      },
    },
    plant: (cloud) => {
      plantCase(cloud, false);
      Object.assign(cloud.state.cases.get("99000001") ?? {}, { description: "By hand", state: "CLOSED" });
    },
    // The case of the state is replaced, so that nothing of it changes.
    found: adopts ? ["error case-not-changeable projects/shop-dev"] : [],
  })),
  {
    when: "the classification of the test case does not exist",
    given: {
      config: {
        ...oneProject,
        testCase: { project: "shop-dev", classification: "Technical Issue > Compute > Compute Engin" },
      },
    },
    found: ["error classification-not-found projects/shop-dev"],
    what: /was not found; the closest are "Technical Issue > Compute > Compute Engine"/,
    remedy: "correct customer-care:testCase.classification",
  },
  {
    when: "an open test case bears the stack's name",
    given: { config: { ...oneProject, testCase: { project: "shop-dev" } } },
    plant: (cloud) => plantCase(cloud, true),
    found: ["error case-in-doubt projects/shop-dev/cases/99000001"],
    what: /^The case is open, and of unknown origin: its description names this stack, but this state does not have it as its own/,
  },
  {
    when: "two updates at once have created two test cases, and the state has one of them",
    given: {
      config: { ...oneProject, testCase: { project: "shop-dev" } },
      states: { managed: [deployedCase("projects/shop-dev/cases/99000002")] },
    },
    plant: (cloud) => plantCase(cloud, true),
    found: ["warning case-in-doubt projects/shop-dev/cases/99000001"],
    what: /not have it as its own .*\. The state has another test case\.$/,
    remedy:
      "close it by care case close projects/shop-dev/cases/99000001 if it is yours, or write ignoreCases: [projects/shop-dev/cases/99000001] in customer-care:testCase",
  },
  {
    when: "an open test case bears the stack's name, and the config ignores it",
    given: {
      config: { ...oneProject, testCase: { project: "shop-dev", ignoreCases: ["projects/shop-dev/cases/99000001"] } },
    },
    plant: (cloud) => plantCase(cloud, true),
    found: [],
  },
  {
    when: "a killed update has left a case, and the test case is taken out of the config",
    given: {
      config: oneProject,
      states: {
        cases: casesOfState({
          resources: [
            {
              urn: "urn:pulumi:dev::customer-care::customer-care:index:TestSupportCase$pulumi:index:Stash::customer-care/testCase",
              type: "pulumi:index:Stash",
              outputs: { output: { id: plantedLife, place: "projects/shop-dev" } },
            },
          ],
        }),
      },
    },
    plant: (cloud) => plantCase(cloud, true),
    found: ["error case-left projects/shop-dev/cases/99000001"],
  },
  {
    when: "a person's real case quotes the marker of the test case",
    given: { config: { ...oneProject, testCase: { project: "shop-dev" } } },
    plant: (cloud) => plantCase(cloud, false),
    found: [],
  },
];
