/** The case as a resource of this package, with the stack's `gcp:` config for the provider's requests to Google. */
import * as pulumi from "@pulumi/pulumi";
import type { CaseInputs, CaseResource } from "../components/dynamicCase.ts";
import { supportCaseTypes } from "../components/internal.ts";
import type { GoogleSettings } from "../components/internal.ts";
import type { Config } from "../components/supportCase/index.ts";
import { isConfigSecret } from "../onboarding/index.ts";

/** The keys that google/settings.ts reads for the case, without the credentials. */
const storedKeys = [
  "impersonateServiceAccount",
  "impersonateServiceAccountDelegates",
  "billingProject",
  "userProjectOverride",
  "requestReason",
  "universeDomain",
  "cloudSupportCustomEndpoint",
  "resourceManagerV3CustomEndpoint",
  "iamCredentialsCustomEndpoint",
] as const satisfies readonly (keyof GoogleSettings)[];

export type GcpConfig = Readonly<Partial<Record<(typeof storedKeys)[number], string>>>;

/**
 * The stack's `gcp:` config. The engine passes it only when it constructs a component. The case's resource stores the values
 * that are not secret, so that a refresh or a destroy without the program uses the same settings. Credentials stay in the memory
 * of this process; without them, the environment is used.
 */
export class GcpConfigs {
  /** The config of the running program. A provider serves one engine and one stack. */
  #ofProgram: Readonly<Record<string, string>> | undefined;

  /** The config that the resource of a new case stores. */
  kept(): GcpConfig {
    const config: Record<string, string> = pulumi.runtime.allConfig();
    this.#ofProgram = config;
    const own: Record<string, string> = {};
    for (const key of storedKeys) {
      const value = config[`gcp:${key}`];
      if (value !== undefined && value !== "" && !isConfigSecret(`gcp:${key}`)) own[key] = value;
    }
    return own;
  }

  /** The config for a case: the program's, or the stored one if no program runs. */
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
        // A stack that moves from the TypeScript program to another language keeps its case.
        aliases: [...(opts.aliases ?? []), { type: supportCaseTypes.dynamic }],
      },
    );
  }
}
