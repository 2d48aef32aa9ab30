/** A landing zone that names its folders and projects by each property that has their ID in it. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare, EssentialContacts, ProjectServices, SupportAccess } from "../../../components/index.ts";

const place = (name: string) => {
  const folder = new gcp.organizations.Folder(name, {
    displayName: name,
    parent: "organizations/123456789012",
    deletionProtection: false,
  });
  const project = new gcp.organizations.Project(`${name}-zone`, {
    projectId: `${name}-zone`,
    name: `${name} zone`,
    folderId: folder.folderId,
    billingAccount: "012345-567890-ABCDEF",
    deletionPolicy: "DELETE",
  });
  return { folder, project };
};

const [one, two, three, four] = [place("one"), place("two"), place("three"), place("four")];
const editors = ["group:sre@example.com"];

new CustomerCare("care", {
  plan: "enhanced",
  organization: { id: pulumi.output("organizations/123456789012"), editors: ["group:admins@example.com"] },
  folders: { one: { folderId: one.folder.id, editors }, two: { folderId: two.folder.name, editors } },
  projects: {
    one: { projectId: one.project.id, editors },
    two: { projectId: two.project.number, editors },
    three: { projectId: pulumi.interpolate`projects/${three.project.number}`, editors },
  },
  testCase: { project: "one" },
});
new ProjectServices("four", { projectId: four.project.number });
new SupportAccess("four", { projectId: four.project.id, editors });
new EssentialContacts("four", { folderId: four.folder.id, contacts: { legal: ["legal@example.com"] } });
