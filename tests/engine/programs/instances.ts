/**
 * A program with the instances of CustomerCare that its config lists, and with grants, contacts, alerts and support event resources
 * of its own. A text that begins with `later:` is an Output.
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../../components/index.ts";
import type { CustomerCareArgs } from "../../../components/index.ts";

const config = new pulumi.Config("instances");

/** The name of a resource in an instance, to the URN that it had. */
const formerly = config.getObject<Record<string, string>>("formerly") ?? {};
const transform: pulumi.ResourceTransform = ({ name, props, opts }) => {
  const alias = formerly[name];
  return alias === undefined ? undefined : { props, opts: pulumi.mergeOptions(opts, { aliases: [alias] }) };
};
const opts = Object.keys(formerly).length > 0 ? { transforms: [transform] } : {};

/** Resources of the program's own, each with the URNs that it had. */
type Own<Args> = Record<string, Args & { readonly aliases?: string[] }>;

function makeOwn<Args extends object>(
  key: string,
  make: (name: string, args: Args, opts: pulumi.CustomResourceOptions) => pulumi.Resource,
): void {
  for (const [name, { aliases = [], ...args }] of Object.entries(config.getObject<Own<Args>>(key) ?? {}))
    make(name, args as unknown as Args, { aliases });
}

makeOwn<gcp.projects.IAMMemberArgs>("earlierGrants", (...all) => new gcp.projects.IAMMember(...all));

for (const [name, args] of Object.entries(config.getObject<Record<string, CustomerCareArgs>>("all") ?? {}))
  new CustomerCare(name, withOutputs(args) as CustomerCareArgs, opts);

makeOwn<gcp.projects.IAMMemberArgs>("grants", (...all) => new gcp.projects.IAMMember(...all));
makeOwn<gcp.projects.IAMBindingArgs>("bindings", (...all) => new gcp.projects.IAMBinding(...all));
makeOwn<gcp.essentialcontacts.ContactArgs>("contacts", (...all) => new gcp.essentialcontacts.Contact(...all));
makeOwn<gcp.pubsub.TopicArgs>("topics", (...all) => new gcp.pubsub.Topic(...all));
makeOwn<gcp.monitoring.AlertPolicyArgs>("policies", (...all) => new gcp.monitoring.AlertPolicy(...all));
makeOwn<gcp.cloudsupport.SupportEventSubscriptionArgs>(
  "subscriptions",
  (...all) => new gcp.cloudsupport.SupportEventSubscription(...all),
);

function withOutputs(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("later:")) return pulumi.output(value.replace("later:", ""));
  if (Array.isArray(value)) return value.map(withOutputs);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withOutputs(child)]));
}
