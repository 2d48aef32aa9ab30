/** The case as a resource of this package, with the stack's `gcp:` config, by which its provider calls Google. */
import * as pulumi from "@pulumi/pulumi";
import type { CaseInputs, CaseResource } from "../components/dynamicCase.ts";
import { supportCaseTypes } from "../components/internal.ts";
import type { Config } from "../components/supportCase/index.ts";
import { isConfigSecret } from "../onboarding/index.ts";

/** What google/settings.ts reads for the case, without the credentials. */
const kept = [
  "impersonateServiceAccount",
  "impersonateServiceAccountDelegates",
  "billingProject",
  "userProjectOverride",
  "requestReason",
  "universeDomain",
  "cloudSupportCustomEndpoint",
  "resourceManagerV3CustomEndpoint",
  "iamCredentialsCustomEndpoint",
] as const;

export type GcpConfig = Readonly<Partial<Record<(typeof kept)[number], string>>>;

/**
 * The stack's `gcp:` config, which the engine hands to a component that is made, and to nothing else. What is no secret goes
 * into the case's resource, so that a refresh or a destroy that does not run the program calls Google the same way. A
 * credential never does: it stays in the memory of this process, and is found in the environment where there is none.
 */
export class GcpConfigs {
  /** The config of the program that runs: one engine, one stack, one provider. */
  #ofProgram: Readonly<Record<string, string>> | undefined;

  /** For a case that is being made: what its resource keeps. */
  kept(): GcpConfig {
    const config: Record<string, string> = pulumi.runtime.allConfig();
    this.#ofProgram = config;
    const own: Record<string, string> = {};
    for (const key of kept) {
      const value = config[`gcp:${key}`];
      if (value !== undefined && value !== "" && !isConfigSecret(`gcp:${key}`)) own[key] = value;
    }
    return own;
  }

  /** The config by which a case is reached: the program's, or without one what the resource has kept of it. */
  of({ gcpConfig: own = {} }: { readonly gcpConfig?: GcpConfig | undefined }): Config {
    return {
      get: (key) => this.#ofProgram?.[key] ?? (own as Readonly<Record<string, string>>)[key.replace(/^gcp:/, "")],
    };
  }
}

export class PackagedSupportCase extends pulumi.CustomResource implements CaseResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly state: pulumi.Output<string>;

  constructor(name: string, inputs: CaseInputs, gcpConfig: GcpConfig, opts: pulumi.CustomResourceOptions) {
    const outputs = { name: undefined, state: undefined, createTime: undefined, escalated: undefined };
    super(
      supportCaseTypes.packaged,
      name,
      { ...inputs, ...outputs, gcpConfig },
      {
        ...opts,
        // A stack of the program in TypeScript that moves here keeps its case.
        aliases: [...(opts.aliases ?? []), { type: supportCaseTypes.dynamic }],
      },
    );
  }
}
