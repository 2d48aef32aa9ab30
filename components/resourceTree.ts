/** The SDK's tree of the resources that this process has registered. The types of the SDK do not include these properties. */
import type * as pulumi from "@pulumi/pulumi";

export interface Registered {
  readonly urn: pulumi.Output<pulumi.URN>;
  readonly __name?: string;
  readonly __pulumiType?: string;
  readonly __aliases?: readonly pulumi.Input<pulumi.URN>[];
  readonly __parentResource?: Registered & pulumi.Resource;
  readonly __childResources?: ReadonlySet<Registered & pulumi.Resource>;
}

export const registered = (resource: pulumi.Resource) => resource as unknown as Registered;
