/** The program below a component whose transforms import a contact that exists. */
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../../components/index.ts";
import { stackConfig } from "../../../onboarding/index.ts";

const contact = new pulumi.Config("importing").get("contact");
const importing: pulumi.ResourceTransform = ({ type, props, opts }) =>
  type === "gcp:essentialcontacts/contact:Contact" && contact !== undefined
    ? { props, opts: pulumi.mergeOptions(opts, { import: contact }) }
    : undefined;
const parent = new pulumi.ComponentResource("example:index:Zone", "zone", {}, { transforms: [importing] });
new CustomerCare("customer-care", stackConfig(), { parent });
