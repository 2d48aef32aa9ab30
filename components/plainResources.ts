/**
 * The grants and contacts that the program makes itself, without a component of this package. They are read from the SDK's tree of
 * resources: it has all that this process has registered, also what came before the first component.
 */
import * as pulumi from "@pulumi/pulumi";
import { thingsOf } from "./formerState.ts";
import { contactType, grantTypeOf } from "./gcpTypes.ts";
import { valueOf } from "./outputs.ts";

export interface PlainResource {
  readonly name: string;
  readonly type: string;
  readonly urn: pulumi.Output<pulumi.URN>;
  /** What it has in Google Cloud, in the words of formerState.ts, as far as that is known. */
  readonly things: () => Promise<readonly string[]>;
  readonly isSecret: () => Promise<boolean>;
  /** The other names under which it goes on with a resource of the state. */
  readonly aliases: () => Promise<readonly pulumi.URN[]>;
}

/** What each resource has, though the SDK's type does not say so. */
interface Registered {
  readonly urn: pulumi.Output<pulumi.URN>;
  readonly __name?: string;
  readonly __pulumiType: string;
  readonly __aliases?: readonly pulumi.Input<pulumi.URN>[];
  readonly __parentResource?: Registered;
  readonly __childResources?: ReadonlySet<Registered>;
}

/** The properties that say what a grant or a contact is. */
const keys = ["role", "member", "members", "policyData", "condition", "project", "folder", "orgId", "email", "parent"];

export function plainResources(root: pulumi.Resource): PlainResource[] {
  return below(root as unknown as Registered);
}

function below({ __childResources = new Set() }: Registered): PlainResource[] {
  return [...__childResources].flatMap((child) => {
    const type = child.__pulumiType;
    if (type.startsWith("customer-care:")) return [];
    const isPlain = type === contactType || grantTypeOf(type) !== undefined;
    return isPlain ? [plainResource(child), ...below(child)] : below(child);
  });
}

function plainResource(resource: Registered): PlainResource {
  const type = resource.__pulumiType;
  const outputs = keys.flatMap((key) => {
    const output = (resource as unknown as Readonly<Record<string, unknown>>)[key];
    return pulumi.Output.isInstance(output) ? [[key, output] as const] : [];
  });
  return {
    name: resource.__name ?? "",
    type,
    urn: resource.urn,
    things: async () => {
      const values = await Promise.all(outputs.map(async ([key, output]) => [key, await knownValue(output)] as const));
      return thingsOf(type, Object.fromEntries(values));
    },
    isSecret: async () => (await Promise.all(outputs.map(([, output]) => pulumi.isSecret(output)))).includes(true),
    aliases: () => aliasesOf(resource),
  };
}

/** Undefined where it is known only later, or the resource was refused. */
function knownValue<Value>(output: pulumi.Output<Value>): Promise<Value | undefined> {
  return valueOf(output).catch(() => undefined);
}

/** Those that the program gives the resource, and those that come of its parents'. */
async function aliasesOf(resource: Registered): Promise<pulumi.URN[]> {
  const { __aliases = [], __parentResource: parent, __name: name = "", __pulumiType: type } = resource;
  const own = await Promise.all(__aliases.map((alias) => knownValue(pulumi.output(alias))));
  const inherited = (parent === undefined ? [] : await aliasesOf(parent)).map((urn) => {
    const [, , types = "", ...rest] = urn.split("::");
    const parentName = parent?.__name ?? "";
    const formerName = name.startsWith(parentName) ? rest.join("::") + name.slice(parentName.length) : name;
    return [...urn.split("::").slice(0, 2), `${types}$${type}`, formerName].join("::");
  });
  return [...own.filter((urn) => urn !== undefined), ...inherited];
}
