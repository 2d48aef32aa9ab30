import type * as pulumi from "@pulumi/pulumi";

/** What each Output has, though the type does not say so. */
interface WithPromise<Value> {
  /** Undefined where the value is not known yet. */
  promise(): Promise<Value | undefined>;
}

/** Undefined where it is not known yet. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value | undefined> {
  return (output as unknown as WithPromise<Value>).promise();
}
