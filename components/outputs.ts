/**
 * What an Output has: its value, and whether the resource that it comes of exists once an update has come to it. It does not where Google
 * refused it, and where it was not targeted.
 */
import * as pulumi from "@pulumi/pulumi";

/** What each Output has, though the type does not say so. */
interface WithPromise<Value> {
  /** Undefined where the value is not known yet. */
  promise(): Promise<Value | undefined>;
}

/** Undefined where it is not known yet. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value | undefined> {
  return (output as unknown as WithPromise<Value>).promise();
}

/** Of the SDK's own Output, which does not publish it. */
interface Knowable {
  readonly isKnown: Promise<boolean>;
}

/** In an update, only the ID of a resource that exists is known; that of one that failed is an error. */
function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as Knowable).isKnown.catch(() => false);
}

/** The value in an update; undefined where it comes of a resource that does not exist. A secret stays one. */
export function existingValue<Value>(input: pulumi.Input<Value>): pulumi.Output<pulumi.Unwrap<Value> | undefined> {
  const output = pulumi.output<Value>(input);
  const known = isKnown(output).then((is) => (is ? output : undefined));
  return pulumi.output(known) as pulumi.Output<pulumi.Unwrap<Value> | undefined>;
}

/** What `of` gives of each of the resources that exists. */
export function existing<One extends pulumi.CustomResource, Value>(
  resources: readonly One[],
  of: (one: One) => pulumi.Output<Value>,
): pulumi.Output<Value[]> {
  const none = pulumi.output<Value[]>([]) as pulumi.Output<Value[]>;
  const values = resources.map((one) =>
    existingValue(one.id).apply((id) => (id === undefined ? none : of(one).apply((value) => [value]))),
  );
  return (pulumi.all(values) as pulumi.Output<Value[][]>).apply((all) => all.flat());
}
