/** A program with the instances of CustomerCare that its config lists. A text that begins with `later:` is an Output. */
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../../components/index.ts";
import type { CustomerCareArgs } from "../../../components/index.ts";

const config = new pulumi.Config("instances");

for (const [name, args] of Object.entries(config.requireObject<Record<string, CustomerCareArgs>>("all")))
  new CustomerCare(name, withOutputs(args) as CustomerCareArgs);

function withOutputs(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("later:")) return pulumi.output(value.replace("later:", ""));
  if (Array.isArray(value)) return value.map(withOutputs);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withOutputs(child)]));
}
