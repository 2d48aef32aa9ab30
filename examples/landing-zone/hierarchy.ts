/** The landing zone's own part: folders, and a project in each. Their numbers and IDs are known once they are made. */
import * as gcp from "@pulumi/gcp";
import { billingAccount, google, organization } from "./settings.ts";

export interface Place {
  readonly folder: gcp.organizations.Folder;
  readonly project: gcp.organizations.Project;
}

export function place(name: string, displayName: string): Place {
  const folder = new gcp.organizations.Folder(
    name,
    // So that this example can be taken down again. A landing zone that stays leaves both protections on.
    { displayName, parent: `organizations/${organization}`, deletionProtection: false },
    { provider: google },
  );
  const projectId = `${name}-development`;
  const project = new gcp.organizations.Project(
    projectId,
    {
      projectId,
      name: `${displayName} development`,
      folderId: folder.folderId,
      billingAccount,
      deletionPolicy: "DELETE",
    },
    { provider: google },
  );
  return { folder, project };
}
