/**
 * Reads Outputs: their value, and whether the resource exists after an update. It does not if Google rejected it, or if it was
 * not targeted.
 */
import * as pulumi from "@pulumi/pulumi";

/** A method of each Output that the SDK's types do not include. */
interface WithPromise<Value> {
  /** Undefined if the value is not known yet. */
  promise(): Promise<Value | undefined>;
}

/** The value; undefined if it is not known yet. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value | undefined> {
  return (output as unknown as WithPromise<Value>).promise();
}

/** A property of each Output that the SDK's types do not include. */
interface Knowable {
  readonly isKnown: Promise<boolean>;
}

/** In an update, the ID is known only if the resource exists. If its creation failed, the ID is an error. */
function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as Knowable).isKnown.catch(() => false);
}

/** The value in an update; undefined if its resource does not exist. A secret stays a secret. */
export function existingValue<Value>(input: pulumi.Input<Value>): pulumi.Output<pulumi.Unwrap<Value> | undefined> {
  const output = pulumi.output<Value>(input);
  const known = isKnown(output).then((is) => (is ? output : undefined));
  return pulumi.output(known) as pulumi.Output<pulumi.Unwrap<Value> | undefined>;
}

/** Applies `of` to each resource that exists. */
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
