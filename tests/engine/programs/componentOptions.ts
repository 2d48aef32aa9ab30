/** Each public component, with a resource option of Pulumi that the config names. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import {
  CustomerCare,
  EssentialContacts,
  ProjectServices,
  SupportAccess,
  TestSupportCase,
} from "../../../components/index.ts";

const config = new pulumi.Config("options");
const google = new gcp.Provider("google", {
  billingProject: "shop-dev",
  userProjectOverride: true,
  batching: { enableBatching: false },
});
const gate = new ProjectServices("gate", { projectId: "shop-staging" });

/** Each resource below a component, but no component, gets other options. */
const below =
  (changes: pulumi.CustomResourceOptions): pulumi.ResourceTransform =>
  ({ type, props, opts }) =>
    type.startsWith("customer-care:") ? undefined : { props, opts: pulumi.mergeOptions(opts, changes) };

/** The properties that the second config changes. */
const changed = ["displayName", "languageTag"];

const options = {
  none: {},
  provider: { provider: google },
  providers: { providers: { gcp: google } },
  "providers as a list": { providers: [google] },
  dependsOn: { dependsOn: gate },
  protect: { protect: true },
  retainOnDelete: { retainOnDelete: true },
  transforms: { transforms: [below({ protect: true })] },
  ignoreChanges: { ignoreChanges: changed },
  "ignoreChanges in a transform": { transforms: [below({ ignoreChanges: changed })] },
  replaceOnChanges: { replaceOnChanges: changed },
  customTimeouts: { customTimeouts: { create: "1h", update: "1h", delete: "1h" } },
} as const satisfies Record<string, pulumi.ComponentResourceOptions>;

const opts: pulumi.ComponentResourceOptions = options[config.get<keyof typeof options>("option") ?? "none"];

const prefix = config.get("prefix") ?? "";
const named = (name: string): [string, pulumi.ComponentResourceOptions] => [
  `${prefix}${name}`,
  prefix === "" ? opts : { ...opts, aliases: [{ name }] },
];
const language = config.get("language");
const displayName = config.get("title");
const contacts = (address: string) => ({ [address]: { categories: ["technical" as const], language } });

const [whole, ofWhole] = named("whole");
new CustomerCare(
  whole,
  {
    plan: "enhanced",
    projects: { "shop-dev": { editors: ["user:ada@example.com"], contacts: contacts("shop-oncall@example.com") } },
    testCase: { project: "shop-dev", keepOpen: true, displayName },
  },
  ofWhole,
);

const [services, ofServices] = named("services");
new ProjectServices(services, { projectId: "pay-dev" }, ofServices);
const [access, ofAccess] = named("access");
new SupportAccess(access, { projectId: "pay-dev", editors: ["user:bob@example.com"] }, ofAccess);
const [addresses, ofAddresses] = named("addresses");
new EssentialContacts(addresses, { projectId: "pay-dev", contacts: contacts("pay-oncall@example.com") }, ofAddresses);
const [test, ofTest] = named("test");
new TestSupportCase(test, { projectId: "pay-dev", keepOpen: true, displayName }, ofTest);
