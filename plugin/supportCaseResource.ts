import * as pulumi from "@pulumi/pulumi";
import type { CaseResource } from "../components/run.ts";
import { supportCaseTypes } from "../components/supportCase/properties.ts";
import type { Inputs } from "../components/dynamicCase.ts";
import { gcpConfig } from "./gcpConfig.ts";

/** The case as a resource of this package. */
export class PackagedSupportCase extends pulumi.CustomResource implements CaseResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly state: pulumi.Output<string>;

  constructor(name: string, inputs: Inputs, opts: pulumi.CustomResourceOptions) {
    const outputs = { name: undefined, state: undefined, createTime: undefined, escalated: undefined };
    super(
      supportCaseTypes.packaged,
      name,
      { ...inputs, ...outputs, gcpConfig: gcpConfig() },
      {
        ...opts,
        // A stack of the program in TypeScript that moves here keeps its case.
        aliases: [...(opts.aliases ?? []), { type: supportCaseTypes.dynamic }],
      },
    );
  }
}
