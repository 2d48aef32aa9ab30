/** A program that uses the components without CustomerCare, all for the project in its config. */
import * as pulumi from "@pulumi/pulumi";
import { EssentialContacts, ProjectServices, SupportAccess, TestSupportCase } from "../../../components/index.ts";

const projectId = new pulumi.Config("alone").require("projectId");
new ProjectServices("services", { projectId });
new SupportAccess("access", { projectId, editors: ["group:a@example.com"] });
new EssentialContacts("contacts", { projectId, contacts: { legal: ["legal@example.com"] } });
new TestSupportCase("case", { projectId });
