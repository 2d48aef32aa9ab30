/** The repository's program, with the component of the package in place of its own: as the SDK that Pulumi generates creates it. */
import * as pulumi from "@pulumi/pulumi";
import schema from "../../../plugin/schema.json" with { type: "json" };
import { stackConfig } from "../../../onboarding/index.ts";

class CustomerCare extends pulumi.ComponentResource {
  declare readonly testCase: pulumi.Output<{ caseName: string; state: string }>;

  constructor(name: string, args: object, opts: pulumi.ComponentResourceOptions = {}) {
    super(
      "customer-care:index:CustomerCare",
      name,
      { ...args, checklist: undefined },
      { version: schema.version, ...opts },
      true,
    );
  }
}

const customerCare = new CustomerCare("customer-care", stackConfig());

export const testCase = customerCare.testCase.apply((one) => one.caseName);
export const testCaseState = customerCare.testCase.apply((one) => one.state);
