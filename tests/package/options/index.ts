/** Two instances in one program: one with each of Pulumi's resource options, one that goes by the defaults. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "customer-care";

const config = new pulumi.Config();

// The quota project of the one instance: it appears only in its calls.
const google = new gcp.Provider("google", { billingProject: "shop-dev", userProjectOverride: true });

/** The options that a landing zone sets on each resource below the component, whatever the component sets. */
const transform: pulumi.ResourceTransform = ({ type, props, opts }) => {
  if (type === "gcp:essentialcontacts/contact:Contact") return { props: { ...props, languageTag: "fr" }, opts };
  if (type === "pulumi-nodejs:dynamic/customercare:SupportCase")
    return { props, opts: pulumi.mergeOptions(opts, { ignoreChanges: ["displayName"] }) };
  return undefined;
};

const formerName = config.get("formerName");

const careful = new CustomerCare(
  config.get("name") ?? "careful",
  {
    plan: "enhanced",
    projects: {
      "shop-dev": { editors: ["user:ada@example.com"], contacts: { technical: ["shop-oncall@example.com"] } },
    },
    testCase: { project: "shop-dev", keepOpen: true, displayName: config.get("displayName") },
  },
  {
    providers: { gcp: google },
    protect: config.getBoolean("protect") ?? false,
    retainOnDelete: config.getBoolean("retainOnDelete") ?? false,
    transforms: [transform],
    aliases: formerName === undefined ? [] : [{ name: formerName }],
  },
);

const plain = new CustomerCare(
  "plain",
  {
    plan: "enhanced",
    projects: { "pay-dev": { contacts: { technical: ["pay-oncall@example.com"] } } },
    testCase: { project: "pay-dev" },
  },
  { dependsOn: careful },
);

// Made once all of the instance is there.
export const after = new pulumi.Stash("after", { input: "done" }, { dependsOn: plain }).output;
export const cases = [careful, plain].map(({ testCase }) => testCase?.caseName);
