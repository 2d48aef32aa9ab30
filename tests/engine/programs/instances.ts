/**
 * A program with the instances of CustomerCare that its config lists, and with grants and contacts of its own. A text that
 * begins with `later:` is an Output.
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

for (const [name, args] of Object.entries(config.getObject<Record<string, CustomerCareArgs>>("all") ?? {}))
  new CustomerCare(name, withOutputs(args) as CustomerCareArgs, opts);

for (const [name, grant] of Object.entries(
  config.getObject<Record<string, gcp.projects.IAMMemberArgs>>("grants") ?? {},
))
  new gcp.projects.IAMMember(name, grant);

for (const [name, contact] of Object.entries(
  config.getObject<Record<string, gcp.essentialcontacts.ContactArgs>>("contacts") ?? {},
))
  new gcp.essentialcontacts.Contact(name, contact);

function withOutputs(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("later:")) return pulumi.output(value.replace("later:", ""));
  if (Array.isArray(value)) return value.map(withOutputs);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withOutputs(child)]));
}
