/** Components of one name below different parents, which Pulumi takes for different ones; the config sets the order. */
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare, EssentialContacts, SupportAccess } from "../../../components/index.ts";

const make: Record<string, (opts: pulumi.ComponentResourceOptions) => void> = {
  shop(opts) {
    new CustomerCare("care", { plan: "enhanced", projects: { "shop-dev": levels("shop") } }, opts);
  },
  pay(opts) {
    new CustomerCare("care", { plan: "enhanced", projects: { "pay-dev": levels("pay") } }, opts);
  },
  singly(opts) {
    const { editors, contacts } = levels("ops");
    new SupportAccess("care", { projectId: "ops-admin", editors }, opts);
    new EssentialContacts("care", { projectId: "ops-admin", contacts }, opts);
  },
};

function levels(team: string) {
  return { editors: [`group:${team}@example.com`], contacts: { technical: [`${team}@example.com`] } };
}

for (const name of new pulumi.Config("instances").requireObject<string[]>("order"))
  make[name]?.({ parent: new pulumi.ComponentResource(`tests:index:${name}`, name) });
