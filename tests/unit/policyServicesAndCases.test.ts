/** The policies on services and cases: none is disabled, none is real outside production, none is too urgent. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { casePriorityNames, serviceNames } from "../../guide/index.ts";
import {
  casePriority,
  tooUrgentCases,
  enabledServices,
  disabledServices,
  realCases,
  realCasesOutsideProduction,
} from "../../policy/servicesAndCases.ts";
import { supportCaseTypes } from "../../components/supportCase/properties.ts";
import { reportedBy, resourceOf, unknown } from "./policy.ts";

describe("enabled-services", () => {
  const service = (props: Record<string, unknown>) =>
    resourceOf("gcp:projects/service:Service", {
      project: "shop-dev",
      service: "cloudsupport.googleapis.com",
      ...props,
    });

  it("refuses to disable a service, the guide's or another", () => {
    for (const name of [...serviceNames, "compute.googleapis.com"])
      assert.deepEqual(disabledServices(service({ service: name, disableOnDestroy: true })), [
        `disableOnDestroy is true, so a destroy would disable ${name} for everyone who uses shop-dev; write disableOnDestroy: false`,
      ]);
  });

  it("accepts one that stays enabled: as configured, by default, or because its deletion is prevented", () => {
    for (const props of [
      { disableOnDestroy: false },
      {},
      { disableOnDestroy: true, deletionPolicy: "ABANDON" },
      { disableOnDestroy: true, deletionPolicy: "PREVENT" },
    ])
      assert.deepEqual(disabledServices(service(props)), []);
    assert.equal(disabledServices(service({ disableOnDestroy: true, deletionPolicy: "DELETE" })).length, 1);
  });

  it("leaves resources of other types alone", () =>
    assert.deepEqual(disabledServices(resourceOf("gcp:other/service:Service", { disableOnDestroy: true })), []));

  it("reports nothing while it is unknown whether the service stays enabled, whether or not its project is known", async () => {
    assert.deepEqual(await reportedBy(enabledServices, service({ disableOnDestroy: unknown })), []);
    assert.deepEqual(
      await reportedBy(enabledServices, service({ disableOnDestroy: true, deletionPolicy: unknown })),
      [],
    );
    assert.match(
      String(
        await reportedBy(enabledServices, service({ disableOnDestroy: true, project: unknown, service: unknown })),
      ),
      /would disable the service for everyone who uses its project;/,
    );
  });
});

describe("real-cases", () => {
  const config = { productionStacks: ["prod", "production"] };
  const supportCase = (stack: string, props: Record<string, unknown> = {}) =>
    resourceOf(
      supportCaseTypes.dynamic,
      { parent: "projects/shop-dev", testCase: false, marker: unknown, ...props },
      stack,
    );

  it("refuses a real case in a stack that is not production", () =>
    assert.deepEqual(realCasesOutsideProduction(supportCase("dev"), config), [
      'The case at projects/shop-dev is a real case, which a support agent answers, but the stack "dev" is not production (prod or production is); leave out realCase: true, or add the stack to productionStacks of this policy\'s config',
    ]));

  it("refuses one of a program in another language, too", () => {
    const packaged = resourceOf(supportCaseTypes.packaged, { parent: "projects/a", testCase: false }, "dev");
    assert.equal(realCasesOutsideProduction(packaged, config).length, 1);
    const urgent = resourceOf(supportCaseTypes.packaged, { parent: "projects/a", testCase: true, priority: "P1" });
    assert.equal(tooUrgentCases(urgent, { highest: "P4" }).length, 1);
  });

  it("refuses it everywhere where no stack is production", () =>
    assert.match(String(realCasesOutsideProduction(supportCase("prod"), { productionStacks: [] })), /\(none is\)/));

  it("takes one in production, by the stack's whole name", () => {
    for (const stack of config.productionStacks)
      assert.deepEqual(realCasesOutsideProduction(supportCase(stack), config), []);
    for (const stack of ["preprod", "prod-eu", "Prod"])
      assert.equal(realCasesOutsideProduction(supportCase(stack), config).length, 1, stack);
  });

  it("takes a test case in any stack", () =>
    assert.deepEqual(realCasesOutsideProduction(supportCase("dev", { testCase: true }), config), []));

  it("leaves resources of other types alone", () =>
    assert.deepEqual(realCasesOutsideProduction(resourceOf("gcp:other:Case", { testCase: false }), config), []));

  it("reports nothing while it is unknown whether the case is real, whether or not its place is known", async () => {
    assert.deepEqual(await reportedBy(realCases, supportCase("dev", { testCase: unknown }), config), []);
    assert.match(
      String(await reportedBy(realCases, supportCase("dev", { parent: unknown }), config)),
      /The case at its parent is/,
    );
  });
});

describe("case-priority", () => {
  const supportCase = (priority: string, props: Record<string, unknown> = {}) =>
    resourceOf(supportCaseTypes.dynamic, { parent: "organizations/123", testCase: true, priority, ...props });

  it("refuses a priority above the highest allowed one, and accepts the rest", () => {
    for (const [cap, highest] of casePriorityNames.entries())
      for (const [index, priority] of casePriorityNames.entries())
        assert.deepEqual(
          tooUrgentCases(supportCase(priority), { highest }),
          index >= cap
            ? []
            : [
                `The case at organizations/123 has priority ${priority}, which is more urgent than ${highest}; write priority: ${highest}, or set highest of this policy's config to ${priority}`,
              ],
        );
  });

  it("leaves a priority that there is not to the resource, which refuses it", () =>
    assert.deepEqual(tooUrgentCases(supportCase("P9"), { highest: "P4" }), []));

  it("leaves resources of other types alone", () =>
    assert.deepEqual(tooUrgentCases(resourceOf("gcp:other:Case", { priority: "P1" }), { highest: "P4" }), []));

  it("reports nothing while the priority is unknown, whether or not the case's place is known", async () => {
    assert.deepEqual(await reportedBy(casePriority, supportCase(unknown), { highest: "P4" }), []);
    assert.match(
      String(await reportedBy(casePriority, supportCase("P1", { parent: unknown }), { highest: "P4" })),
      /The case at its parent has/,
    );
  });
});
