/** A landing zone with two instances: the config lists what each of them creates. */
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare, SupportAccess } from "../../../components/index.ts";
import type { CustomerCareArgs, SupportAccessArgs } from "../../../components/index.ts";

const config = new pulumi.Config("instances");

const instances: pulumi.Resource[] = [];
for (const name of ["one", "other"]) {
  const projects = config.getObject<NonNullable<CustomerCareArgs["projects"]>>(name);
  // One after the other: which of the two comes first is no chance.
  const dependsOn = [...instances];
  if (projects !== undefined) instances.push(new CustomerCare(name, { plan: "enhanced", projects }, { dependsOn }));
}

// Of a project whose ID the first update alone knows.
const { output } = new pulumi.Stash(
  "later",
  { input: pulumi.runtime.isDryRun() ? pulumi.runtime.unknownValue : "1" },
  { ignoreChanges: ["input"] },
);
for (const [name, editors] of Object.entries(
  config.requireObject<Record<string, SupportAccessArgs["editors"]>>("later"),
))
  new SupportAccess(name, { projectId: output.apply(() => "shop-dev"), editors });
