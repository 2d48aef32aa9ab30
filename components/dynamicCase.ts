/** The case as a dynamic resource, for programs in TypeScript. */
import * as pulumi from "@pulumi/pulumi";
import type { AdoptedCaseInputs, MadeCaseInputs, SupportCaseInputs, SupportCaseOutputs } from "./supportCase/index.ts";

/** The resource of a case: `SupportCase` below, or the resource for other languages (../plugin/packagedCase.ts). */
export interface CaseResource extends pulumi.CustomResource {
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly name: pulumi.Output<string>;
  readonly state: pulumi.Output<string>;
}

export type CreateCaseResource = (name: string, inputs: CaseInputs, opts: pulumi.CustomResourceOptions) => CaseResource;

export type CaseInputs = InputsOf<MadeCaseInputs> | InputsOf<AdoptedCaseInputs>;

type InputsOf<Properties> = { readonly [Key in keyof Properties]: pulumi.Input<Properties[Key]> };

/**
 * Pulumi serializes this object into the state, and a later refresh or destroy runs that text. So it is a shim that calls the
 * package, and it never changes. It contains no types, because stripping them leaves spaces; it refers to nothing else in this
 * file; and it stores the config before it waits.
 */
const provider = {
  configure(request) {
    this.config = request.config;
    return Promise.resolve();
  },
  async check(olds, news) {
    return (await import("customer-care/supportCase")).check(olds, news, this.config);
  },
  async create(inputs) {
    return (await import("customer-care/supportCase")).create(inputs, this.config);
  },
  async diff(id, olds, news) {
    return (await import("customer-care/supportCase")).diff(id, olds, news);
  },
  async read(id, properties) {
    return (await import("customer-care/supportCase")).read(id, properties, this.config);
  },
  async update(id, olds, news) {
    return (await import("customer-care/supportCase")).update(id, olds, news, this.config);
  },
  async delete(id, properties) {
    return (await import("customer-care/supportCase")).delete(id, properties, this.config);
  },
} satisfies pulumi.dynamic.ResourceProvider<SupportCaseInputs, SupportCaseOutputs> &
  ThisType<{ config: pulumi.dynamic.Config }>;

/** A support case as a Pulumi resource. It is closed after it is created, or on destroy. */
export class SupportCase extends pulumi.dynamic.Resource {
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  declare readonly name: pulumi.Output<string>;
  declare readonly state: pulumi.Output<string>;
  /** RFC 3339. */
  declare readonly createTime: pulumi.Output<string>;

  constructor(name: string, inputs: CaseInputs, opts?: pulumi.CustomResourceOptions) {
    const outputs = { name: undefined, state: undefined, createTime: undefined, escalated: undefined };
    super(provider, name, { ...inputs, ...outputs }, opts, "customercare", "SupportCase");
  }
}
