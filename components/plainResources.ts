/**
 * The grants, contacts and support event resources that the program creates without a component of this package. They come from
 * the SDK's resource tree, which contains everything that this process has registered, even before the first component.
 */
import * as pulumi from "@pulumi/pulumi";
import { thingsOf } from "./formerState.ts";
import { contactType, grantTypeOf, isEventType } from "./gcpTypes.ts";
import { valueOf } from "./outputs.ts";
import { registered } from "./resourceTree.ts";
import type { Registered } from "./resourceTree.ts";

export interface PlainResource {
  readonly name: string;
  readonly type: string;
  readonly urn: pulumi.Output<pulumi.URN>;
  /** Its things in Google Cloud, as formerState.ts describes them, as far as they are known. */
  readonly things: () => Promise<readonly string[]>;
  readonly isSecret: () => Promise<boolean>;
  /** Its aliases, as URNs. */
  readonly aliases: () => Promise<readonly pulumi.URN[]>;
}

/** The properties that identify a grant, a contact, a topic, a subscription or an alert policy. */
const identifyingKeys = [
  "role",
  "member",
  "members",
  "policyData",
  "condition",
  "project",
  "folder",
  "orgId",
  "email",
  "parent",
  "name",
  "topic",
  "organization",
  "pubSubTopic",
  "conditions",
];

const isUsual = (type: string) => type === contactType || isEventType(type) || grantTypeOf(type) !== undefined;

/** @param isMeant Whether resources of a type are meant: also alert policies, if it includes them. */
export function plainResources(root: pulumi.Resource, isMeant = isUsual): PlainResource[] {
  return below(registered(root), isMeant).map(plainResource);
}

/** The URNs of the resources of a type that the program creates without a component of this package. */
export async function plainUrns(root: pulumi.Resource, type: string): Promise<pulumi.URN[]> {
  const urns = await Promise.all(below(registered(root), (one) => one === type).map(({ urn }) => knownValue(urn)));
  return urns.filter((urn) => urn !== undefined);
}

function below({ __childResources = new Set() }: Registered, isMeant: (type: string) => boolean): Registered[] {
  return [...__childResources].flatMap((child) => {
    const { __pulumiType: type = "" } = child;
    if (type.startsWith("customer-care:")) return [];
    return isMeant(type) ? [child, ...below(child, isMeant)] : below(child, isMeant);
  });
}

function plainResource(resource: Registered): PlainResource {
  const { __pulumiType: type = "" } = resource;
  const outputs = identifyingKeys.flatMap((key) => {
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

/** Undefined if the value is not known yet, or if the creation of the resource failed. */
function knownValue<Value>(output: pulumi.Output<Value>): Promise<Value | undefined> {
  return valueOf(output).catch(() => undefined);
}

/** The resource's own aliases, and those inherited from its parents. */
async function aliasesOf(resource: Registered): Promise<pulumi.URN[]> {
  const { __aliases = [], __parentResource: parent, __name: name = "", __pulumiType: type = "" } = resource;
  const own = await Promise.all(__aliases.map((alias) => knownValue(pulumi.output(alias))));
  const inherited = (parent === undefined ? [] : await aliasesOf(parent)).map((urn) => {
    const [, , types = "", ...rest] = urn.split("::");
    const parentName = parent?.__name ?? "";
    const formerName = name.startsWith(parentName) ? rest.join("::") + name.slice(parentName.length) : name;
    return [...urn.split("::").slice(0, 2), `${types}$${type}`, formerName].join("::");
  });
  return [...own.filter((urn) => urn !== undefined), ...inherited];
}
