/** What exists once an update has come to a resource, and what does not: refused by Google, or not targeted. */
import * as pulumi from "@pulumi/pulumi";

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

/** What `valueOf` gives of each of the resources that exists. */
export function existing<One extends pulumi.CustomResource, Value>(
  resources: readonly One[],
  valueOf: (one: One) => pulumi.Output<Value>,
): pulumi.Output<Value[]> {
  const none = pulumi.output<Value[]>([]) as pulumi.Output<Value[]>;
  const values = resources.map((one) =>
    existingValue(one.id).apply((id) => (id === undefined ? none : valueOf(one).apply((value) => [value]))),
  );
  return (pulumi.all(values) as pulumi.Output<Value[][]>).apply((all) => all.flat());
}
