/**
 * The resource that a test case is. A program in TypeScript makes a dynamic one; where the components are served to other
 * languages there is none, and ../plugin makes its own. Both lead the same life of a case.
 */
import type * as pulumi from "@pulumi/pulumi";
import { SupportCase } from "./supportCaseResource.ts";
import type { Inputs } from "./supportCaseResource.ts";

export interface CaseResource extends pulumi.CustomResource {
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly name: pulumi.Output<string>;
  readonly state: pulumi.Output<string>;
}

export type MakeCaseResource = (name: string, inputs: Inputs, opts: pulumi.CustomResourceOptions) => CaseResource;

let make: MakeCaseResource = (name, inputs, opts) => new SupportCase(name, inputs, opts);

export const makeCaseResource: MakeCaseResource = (name, inputs, opts) => make(name, inputs, opts);

/** For ../plugin alone: from now on, each test case is such a resource. */
export function useCaseResource(other: MakeCaseResource): void {
  make = other;
}
