/** Unit tests of the program with Pulumi's mocks: what it registers. They run with Vitest, and with Jest (jest.config.json). */
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const registered: Registered[] = [];

beforeAll(async () => {
  pulumi.runtime.setAllConfig({
    "project:organization": "123456789012",
    "project:billingAccount": "012345-567890-ABCDEF",
    "project:supportEvents": "false",
  });
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      registered.push({ type: args.type, name: args.name, inputs: args.inputs as Record<string, unknown> });
      return { id: `${args.name}_id`, state: args.inputs as Record<string, unknown> };
    },
    call: (args) => args.inputs as Record<string, unknown>,
  });
  await import("./index.ts");
  await pulumi.runtime.disconnect();
});

const ofType = (type: string) => registered.filter((one) => one.type === type);

test("each project enables the Cloud Support API, and never disables it", () => {
  const services = ofType("gcp:projects/service:Service").filter(
    ({ inputs }) => inputs["service"] === "cloudsupport.googleapis.com",
  );
  expect(services.map(({ inputs }) => inputs["project"]).sort()).toEqual([
    "payments-development",
    "retail-development",
  ]);
  for (const { inputs } of services) expect(inputs["disableOnDestroy"]).toBe(false);
});

test("a test case is created for each project", () => {
  const cases = ofType("pulumi-nodejs:dynamic/customercare:SupportCase");
  expect(cases.map(({ inputs }) => inputs["parent"]).sort()).toEqual([
    "projects/payments-development",
    "projects/retail-development",
  ]);
  for (const { inputs } of cases) expect(inputs["testCase"]).toBe(true);
});
