/** Customer Care for the whole: one component, with the folder and the project that this program makes. */
import { CustomerCare } from "customer-care";
import { place } from "./hierarchy.ts";
import { google, organization } from "./settings.ts";

const { folder, project } = place("retail", "Retail");

export const customerCare = new CustomerCare(
  "customer-care",
  {
    plan: "enhanced",
    organization: {
      id: organization,
      administrators: ["group:support-admins@example.com"],
      contacts: { security: ["security@example.com"] },
    },
    folders: { retail: { folderId: folder.folderId, editors: ["group:retail-leads@example.com"] } },
    projects: {
      retail: { projectId: project.projectId, contacts: { technical: ["retail-oncall@example.com"] } },
    },
    testCase: { project: "retail" },
  },
  { providers: { gcp: google } },
);
