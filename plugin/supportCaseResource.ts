import * as pulumi from "@pulumi/pulumi";
import type { CaseResource } from "../components/caseResource.ts";
import type { Inputs } from "../components/supportCaseResource.ts";
import { gcpConfig } from "./gcpConfig.ts";

/** What the case of a program in TypeScript is (../components/supportCaseResource.ts): one that moves here keeps its case. */
const dynamicType = "pulumi-nodejs:dynamic/customercare:SupportCase";

/** The case as a resource of this package. */
export class PackagedSupportCase extends pulumi.CustomResource implements CaseResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly state: pulumi.Output<string>;

  constructor(name: string, inputs: Inputs, opts: pulumi.CustomResourceOptions) {
    const outputs = { name: undefined, state: undefined, createTime: undefined, escalated: undefined };
    super(
      "customer-care:index:SupportCase",
      name,
      { ...inputs, ...outputs, gcpConfig: gcpConfig() },
      {
        ...opts,
        aliases: [...(opts.aliases ?? []), { type: dynamicType }],
      },
    );
  }
}
